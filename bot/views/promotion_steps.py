"""What a promotion in the making asks at each step, and how its steps are called."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.callbacks.promotions import PromotionChoiceButton, PromotionPageButton
from bot.i18n import Translator
from bot.money import Money, minor_digits
from bot.rules.promotion_drafts import PromotionContent, PromotionStep
from bot.views.promotion_words import kind_name
from bot.views.screens import Button, in_rows, shortened
from storage.models import Group, PickupPoint
from storage.repositories.promotion_terms import NamedOffer
from storage.states import PromotionKind

_HOURS = (24, 72, 168, 336, 720)
_COMMON = ("EUR", "USD", "CNY", "RUB", "GBP", "MXN")
_LONGEST_BUTTON = 40


def step_name(t: Translator, step: str) -> str:
    """What a step is called on its button."""
    names: Mapping[str, str] = {
        PromotionStep.KIND: t("What kind"),
        PromotionStep.CURRENCY: t("Currency"),
        PromotionStep.PLACE: t("Groups"),
        PromotionStep.VALUE: t("How much"),
        PromotionStep.OFFERS: t("For which goods"),
        PromotionStep.POINTS: t("Pick-up points"),
        PromotionStep.QUANTITY: t("How many pieces"),
        PromotionStep.TITLE: t("Title"),
        PromotionStep.CODE: t("Code"),
        PromotionStep.WHO: t("For whom"),
        PromotionStep.MINIMUM_AMOUNT: t("From which amount"),
        PromotionStep.MINIMUM_QUANTITY: t("From how many"),
        PromotionStep.PERSON: t("Per person"),
        PromotionStep.USES: t("How many times"),
        PromotionStep.BUDGET: t("Budget"),
        PromotionStep.START: t("Begins"),
        PromotionStep.END: t("Ends"),
        PromotionStep.STACKS: t("With others"),
        PromotionStep.COMMISSION: t("Commission"),
    }
    return names.get(step, step)


def step_question(t: Translator, step: PromotionStep, content: PromotionContent) -> Markup:
    """What is asked at a step, with an example of an answer."""
    if step is PromotionStep.VALUE:
        return _value_question(t, content)
    if step is PromotionStep.BUDGET:
        return _budget_question(t, content)
    if step is PromotionStep.PERSON and content.kind is PromotionKind.FRIEND:
        return t.html("For how many friends may one person get a credit? Write a number.")
    return _questions(t, content)[step]


def choices(
    t: Translator,
    draft_id: int,
    content: PromotionContent,
    *,
    groups: Sequence[Group] = (),
    offers: Sequence[NamedOffer] = (),
    points: Sequence[PickupPoint] = (),
    has_more: bool = False,
    suggestion: str = "",
) -> list[Sequence[Button]]:
    """The answers that a step offers as buttons."""
    step = content.at

    def choice(text: str, value: object, *, chosen: bool = False) -> Button:
        text = shortened(text, _LONGEST_BUTTON)
        return Button(
            text=t("✓ {choice}", choice=text) if chosen else text,
            data=PromotionChoiceButton(draft_id, step, str(value)),
        )

    match step:
        case PromotionStep.KIND:
            kinds = [choice(kind_name(t, kind), kind, chosen=kind is content.kind) for kind in PromotionKind]
            return in_rows(kinds, width=2)
        case PromotionStep.CURRENCY:
            return in_rows([choice(code, code, chosen=code == content.currency) for code in _COMMON], width=3)
        case PromotionStep.PLACE:
            every = choice(t("All groups with {currency}", currency=content.currency), "all",
                           chosen=content.in_all_groups)  # fmt: skip
            named = [choice(g.title, g.id, chosen=g.id in content.group_ids) for g in groups]
            return [[every], *in_rows(named, width=2), _pages(t, draft_id, content, has_more=has_more)]
        case PromotionStep.OFFERS:
            named = [choice(offer.title, offer.id, chosen=offer.id in content.offer_ids) for offer in offers]
            return [*in_rows(named, width=1), _pages(t, draft_id, content, has_more=has_more)]
        case PromotionStep.POINTS:
            return [[choice(p.name, p.id, chosen=p.id in content.point_ids)] for p in points]
        case PromotionStep.TITLE if suggestion and content.title != suggestion:
            return [[choice(suggestion, "suggested")]]
        case PromotionStep.END:
            days = [
                choice(
                    t.plural("{n} day", "{n} days", hours // 24), hours, chosen=content.runs_hours == hours
                )
                for hours in _HOURS
            ]
            return in_rows(days, width=3)
    return in_rows(_yes_or_no(t, draft_id, content), width=1)


def _yes_or_no(t: Translator, draft_id: int, content: PromotionContent) -> list[Button]:
    pairs: Mapping[PromotionStep, tuple[str, str, bool]] = {
        PromotionStep.CODE: (t("It holds by itself"), t("Only with a code"), content.by_coupon),
        PromotionStep.WHO: (t("Everybody"), t("First orders only"), content.first_order_only),
        PromotionStep.STACKS: (t("The best one alone"), t("Together with others"), content.stacks),
        PromotionStep.COMMISSION: (
            t("Commission as usual"),
            t("No commission"),
            content.pays_no_commission,
        ),
    }
    if content.at not in pairs:
        return []
    no, yes, is_yes = pairs[content.at]
    return [
        Button(
            text=t("✓ {choice}", choice=text) if is_yes is value else text,
            data=PromotionChoiceButton(draft_id, content.at, "yes" if value else "no"),
        )
        for text, value in ((no, False), (yes, True))
    ]


def _pages(t: Translator, draft_id: int, content: PromotionContent, *, has_more: bool) -> list[Button]:
    turning = []
    if content.page > 0:
        turning.append(Button(text=t("‹ Back"), data=PromotionPageButton(draft_id, content.page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=PromotionPageButton(draft_id, content.page + 1)))
    return turning


def _value_question(t: Translator, content: PromotionContent) -> Markup:
    match content.kind:
        case PromotionKind.PERCENT:
            return t.html("How many percent are taken off? Write a number, like <code>10</code>.")
        case PromotionKind.AMOUNT:
            return t.html(
                "How much is taken off an order? Write an amount in {currency}, like <code>{amount}</code>.",
                currency=content.currency,
                amount=_example(content, 5),
            )
        case PromotionKind.FLASH_PRICE:
            return t.html(
                "What does a piece cost? Write the price in {currency}, like <code>{amount}</code>.",
                currency=content.currency,
                amount=_example(content, 9),
            )
        case PromotionKind.BUY_N_PAY_M:
            return t.html(
                "How many for the price of how many? Write <code>3 for 2</code>, or <code>2+1</code> where "
                "the third one is free. The cheapest ones are free."
            )
    return t.html(
        "How much credit does each of the two get? Write an amount in {currency}, like "
        "<code>{amount}</code>. They get it once the friend’s first order is handed over and can no longer "
        "be given back.",
        currency=content.currency,
        amount=_example(content, 5),
    )


def _budget_question(t: Translator, content: PromotionContent) -> Markup:
    return t.html(
        "How much may it give away in all? Write an amount in {currency}, like <code>{amount}</code>. When "
        "it is used up, the promotion gives nothing more: not a cent is spent beyond it.",
        currency=content.currency,
        amount=_example(content, 200),
    )


def _questions(t: Translator, content: PromotionContent) -> Mapping[PromotionStep, Markup]:
    example = _example(content, 20)
    return {
        PromotionStep.KIND: t.html("What shall the promotion give?"),
        PromotionStep.CURRENCY: t.html(
            "In which currency? The promotion holds for goods with prices in it. Choose one, or write its "
            "code, like <code>CHF</code>."
        ),
        PromotionStep.PLACE: t.html(
            "In which groups does it hold? Choose all or some of them, or write a part of a title to look "
            "for groups."
        ),
        PromotionStep.OFFERS: t.html(
            "For which goods does it hold? Choose some, or write a part of a title to look for them. If you "
            "choose none, it holds for all of them; a flash price needs at least one."
        ),
        PromotionStep.POINTS: t.html(
            "At which pick-up points is it free to fetch an order? If you choose none, it is all of them."
        ),
        PromotionStep.QUANTITY: t.html(
            "How many pieces have the flash price? Write a number, like <code>50</code>. Without one, all of "
            "them have it until it ends."
        ),
        PromotionStep.TITLE: t.html("What is it called? Members read this on the cards and in their orders."),
        PromotionStep.CODE: t.html(
            "Does it hold by itself, or only for whoever has entered a code? Codes are made once it is "
            "launched."
        ),
        PromotionStep.WHO: t.html(
            "For whom is it? A first order is one before which somebody has ordered nothing else in the "
            "group."
        ),
        PromotionStep.MINIMUM_AMOUNT: t.html(
            "From which amount of an order on does it hold? Write it in {currency}, like "
            "<code>{amount}</code>.",
            currency=content.currency,
            amount=example,
        ),
        PromotionStep.MINIMUM_QUANTITY: t.html(
            "From how many pieces in an order on does it hold? Write a number, like <code>2</code>."
        ),
        PromotionStep.PERSON: t.html("In how many orders may one person have it? Write a number."),
        PromotionStep.USES: t.html("In how many orders may it be used in all? Write a number."),
        PromotionStep.START: t.html(
            "When does it begin? Write a time, like <code>tomorrow 9:00</code>; without one it begins when "
            "you launch it."
        ),
        PromotionStep.END: t.html(
            "When does it end? Choose how long it runs, or write a time, like <code>fri 18:00</code>. "
            "Without one it runs until you end it."
        ),
        PromotionStep.STACKS: t.html(
            "If several promotions fit an order, the best one counts. Shall this one be added to others that "
            "allow it, too?"
        ),
        PromotionStep.COMMISSION: t.html(
            "Shall whoever recommended an order earn a commission by it although this promotion makes it "
            "cheaper? It is reckoned from what is paid."
        ),
    }


def _example(content: PromotionContent, major: int) -> str:
    digits = minor_digits(content.currency) if content.currency else 2
    return f"{major}.{'0' * digits}" if digits else str(major * 100)


def stays_within(t: Translator, content: PromotionContent, amount: int | None) -> Markup:
    """What a promotion costs at most, or that nobody can say."""
    if amount is None:
        return t.html("⚠️ Without a budget, I cannot say what it costs in all.")
    money = t.money(Money(amount=amount, currency=content.currency))
    return t.html("It costs {amount} at most.", amount=money)
