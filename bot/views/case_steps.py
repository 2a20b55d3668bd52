"""What a member is asked when she opens a case, and those who decide before they offer something."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.cases import CaseButton, CaseDeedButton, CaseOpenButton, CaseSendButton
from bot.callbacks.receipts import ReceiptButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.cases import Bounds, needs_words
from bot.views.cases import case_head, kind_words
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs, shortened
from storage.repositories.case_lists import SeenCase
from storage.repositories.pickups import OrderInHand
from storage.states import CaseKind, CaseLevel, CaseOutcome

_LONGEST_TITLE = 60
_LONGEST_SHOWN = 600


def wrong_button(
    t: Translator, order_id: int, *, case_id: int | None = None, in_place: bool = True
) -> Button:
    """Says that something is wrong with an order, or leads to the case that is open about it.

    Below a notice it leads to a message of its own, since that is still to be read.
    """
    if case_id is not None:
        return Button(text=t("Your case"), data=CaseButton(case_id, 0))
    return Button(text=t("Something is wrong"), data=CaseOpenButton(order_id, "ask" if in_place else "new"))


def what_is_wrong(t: Translator, order: OrderInHand) -> Screen:
    """What is it?"""
    kinds = [Button(text=kind_words(t, kind), data=CaseOpenButton(order.id, kind.value)) for kind in CaseKind]
    return Screen(
        text=paragraphs(
            _about(t, order),
            t.html("What is wrong? Your curator answers first; if you are not content, you can go on."),
        ),
        buttons=[*in_rows(kinds, width=2), [Button(text=t("‹ Back"), data=ReceiptButton(order.id, 0))]],
    )


def tell_more(
    t: Translator, order: OrderInHand, kind: CaseKind, *, words: Sequence[str] = (), photos: int = 0
) -> Screen:
    """Words and photos are gathered until she sends them off."""
    is_ready = bool(words) or not needs_words(kind)
    written = shortened("\n".join(words), _LONGEST_SHOWN)
    return Screen(
        text=paragraphs(
            lines(_about(t, order), Markup("<b>{}</b>").format(kind_words(t, kind))),
            Markup("<i>\u2068{}\u2069</i>").format(written) if written else None,
            t.html_plural("{n} photo", "{n} photos", photos) if photos else None,
            t.html(
                "Tell me more if you like, in words and in photos. Nobody sees it before you tap “Send it”."
            )
            if is_ready
            else t.html("Please write what is wrong; you can add photos, too."),
        ),
        buttons=[
            [Button(text=t("Send it"), data=CaseSendButton(order.id))] if is_ready else [],
            [Button(text=t("‹ Back"), data=CaseOpenButton(order.id, "ask"))],
        ],
    )


def offer_asked(
    t: Translator, seen: SeenCase, outcome: CaseOutcome, bounds: Bounds, *, seen_id: int
) -> Screen:
    """What whoever decides has to say to it; sending the words is the answer."""
    most = t.money(Money(amount=bounds.of(outcome) or 0, currency=seen.currency))
    final = seen.level is CaseLevel.ADMIN
    rows: list[Sequence[Button]] = []
    match outcome:
        case CaseOutcome.REFUND:
            asked = t.html(
                "How much goes back, and why? Up to {amount}. Write it like this: {example}",
                amount=most,
                example=t("3.00 broken jar"),
            )
            rows = [[Button(text=t("Everything: {amount}", amount=most),
                            data=CaseDeedButton(seen.id, "all", seen_id))]]  # fmt: skip
        case CaseOutcome.CREDIT:
            asked = t.html(
                "How much store credit, and why? Up to {amount}. Write it like this: {example}",
                amount=most,
                example=t("3.00 broken jar"),
            )
        case CaseOutcome.REPLACEMENT:
            asked = t.html("Write when and how {name} gets something else for it.", name=seen.name)
            rows = [[Button(text=t("Without words"), data=CaseDeedButton(seen.id, "plain", seen_id))]]
        case _:
            asked = t.html("Please write why nothing is given; {name} reads it.", name=seen.name)
    by_word = outcome is CaseOutcome.REFUND and bounds.is_by_word
    return Screen(
        text=paragraphs(
            case_head(t, seen, is_member=False),
            asked,
            t.html("This group keeps no money here: you give it back by hand, and mark it as given.")
            if by_word
            else None,
            t.html("As soon as you send it, it is decided for good.")
            if final
            else t.html("As soon as you send it, it is offered to {name}.", name=seen.name),
        ),
        buttons=[*rows, [Button(text=t("‹ Back"), data=CaseButton(seen.id, 0))]],
    )


def words_asked(t: Translator, seen: SeenCase, *, is_member: bool) -> Screen:
    """What does she want to say? Either side reads it."""
    return Screen(
        text=paragraphs(
            case_head(t, seen, is_member=is_member),
            t.html("Write what you want to say, or send photos. Both sides read it."),
        ),
        buttons=[[Button(text=t("‹ Back"), data=CaseButton(seen.id, 0))]],
    )


def sure_to_withdraw(t: Translator, seen: SeenCase, *, seen_id: int) -> Screen:
    """Shall the case really be taken back?"""
    return Screen(
        text=paragraphs(
            case_head(t, seen, is_member=True),
            t.html("Is all well? Taken back, the case is over, and nothing is given for it."),
        ),
        buttons=[
            [Button(text=t("Yes, take it back"), data=CaseDeedButton(seen.id, "withdrawn", seen_id))],
            [Button(text=t("‹ Back"), data=CaseButton(seen.id, 0))],
        ],
    )


def opened_words(t: Translator, *, is_new: bool) -> Markup:
    """The case is open, or was already."""
    if is_new:
        return t.html("Thank you. It is with those who can put it right; I tell you as soon as they answer.")
    return t.html("This case is open already; what you sent now is added to it.")


def case_reminder(t: Translator, seen: SeenCase) -> Markup:
    """An offer waits for its member."""
    return t.html("An offer in your case about order {number} still waits for you.", number=seen.order_number)


def _about(t: Translator, order: OrderInHand) -> Markup:
    return lines(
        t.html("<b>Something is wrong with order {number}</b>", number=order.number),
        t.html(
            "#{number} {title} ({group})",
            number=order.pick_number,
            title=shortened(order.title, _LONGEST_TITLE),
            group=order.group_title,
        ),
    )
