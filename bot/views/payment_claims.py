"""What was paid outside of Telegram: how a member sends it, and how a curator decides about it."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks.payments import ClaimButton, ClaimDeedButton, PayButton, PaymentsButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.payment_claims import ABSENT, OTHER_AMOUNT, REASONS, reference
from bot.services.payments.bills import Bill
from bot.services.payments.claims import Claim
from bot.views.payments import bill_head, computed, kept_line, to_pay
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import Payment, PaymentWay
from storage.repositories.orders import OwnLine
from storage.states import OrderState

_LONGEST_NAME = 40
_LONGEST_TITLE = 60
_LONGEST_BUTTON = 40


# A member


def how_to_send(t: Translator, bill: Bill, way: PaymentWay, own: list[OwnLine]) -> Screen:
    """Where a member sends what she owes, and what she sends me then."""
    order_id = bill.order.order_id
    told = [Markup("<code>{}</code>").format(line) for line in way.instructions.splitlines()]
    paid = [Button(text=t("I have paid"), data=ClaimButton(order_id, "paid"))]
    other = [Button(text=t("‹ Back"), data=PayButton(order_id))]
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            computed(t, bill, own, room=1500),
            lines(*told),
            t.html("Reference: <code>{reference}</code>", reference=_reference(bill)),
            t.html(
                "When you have sent it, send me a picture or a file that shows it, or write a line about it. "
                "Only your curator sees it."
            ),
        ),
        buttons=[paid, other],
    )


def pay_in_cash(t: Translator, bill: Bill, way: PaymentWay) -> Screen:
    """To a member who wants to pay when she fetches her goods."""
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            t.html("You pay <b>{amount}</b> when you fetch it.", amount=t.money(to_pay(bill))),
            Markup.escape(way.instructions) if way.instructions else None,
        ),
        buttons=[[Button(text=t("‹ Back"), data=PayButton(bill.order.order_id))]],
    )


def claim_standing(t: Translator, bill: Bill, payment: Payment) -> Screen:
    """To a member whose claim waits for her curator's word."""
    order_id = bill.order.order_id
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            t.html(
                "You said that you have paid {amount}. Your curator looks at it, and I tell you then.",
                amount=t.money(_amount(payment)),
            ),
            t.html("You wrote: {note}", note=payment.note) if payment.note else None,
        ),
        buttons=[
            [Button(text=t("Send another proof"), data=ClaimButton(order_id, "again"))],
            [Button(text=t("I have not paid"), data=ClaimButton(order_id, "withdraw"))],
        ],
    )


def claim_withdrawn_toast(t: Translator) -> str:
    """The claim is taken back."""
    return t("It is taken back. You can say it again when you have paid.")


def payment_declined(t: Translator, bill: Bill, payment: Payment, *, reason: str) -> Screen:
    """To a member whose payment was not found."""
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            t.html(
                "Your curator could not confirm that you paid {amount}: {reason}",
                amount=t.money(_amount(payment)),
                reason=reason_in_words(t, reason),
            ),
            t.html("Please look into it, and pay or send a proof again.") if bill.amount > 0 else None,
            kept_line(t, bill),
        ),
        buttons=[[Button(text=t("Pay"), data=PayButton(bill.order.order_id))]] if bill.amount > 0 else [],
    )


def payment_undone(t: Translator, bill: Bill, payment: Payment) -> Screen:
    """To a member whose payment was confirmed by mistake."""
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            t.html(
                "Your curator confirmed {amount} by mistake and has taken that back. "
                "Receipt {number} does not count any more.",
                amount=t.money(_amount(payment)),
                number=payment.receipt_number,
            ),
        ),
        buttons=[[Button(text=t("Pay"), data=PayButton(bill.order.order_id))]] if bill.amount > 0 else [],
    )


def reason_in_words(t: Translator, reason: str) -> str:
    """Why a payment was not confirmed: chosen by a tap, or a curator's own words."""
    if reason not in REASONS:
        return reason
    if reason == ABSENT:
        return t("the money has not arrived.")
    if reason == OTHER_AMOUNT:
        return t("the amount is another one.")
    return t("the proof cannot be read.")


# A curator


def claim_shown(
    t: Translator, claim: Claim, *, waiting: int, now: datetime, note: str = "", undo: Payment | None = None
) -> Screen:
    """A payment that waits for a curator's word; beside its proof, if there is one."""
    payment, order = claim.payment, claim.bill.order
    key = payment.id or 0
    confirm = t("✓ Confirm {amount}", amount=t.money(_amount(payment)))
    text = paragraphs(
        Markup.escape(shortened(note, 150)) if note else None,
        lines(
            t.html(
                "<b>{name}</b>: “I have paid <b>{amount}</b>.”",
                name=shortened(order.name, _LONGEST_NAME),
                amount=t.money(_amount(payment)),
            ),
            t.html(
                "{title} (#{pick}, {group}), order number {number}",
                title=shortened(order.title, _LONGEST_TITLE),
                pick=order.pick_number,
                group=shortened(order.group_title, _LONGEST_TITLE),
                number=order.number,
            ),
            t.html("Reference: {reference}", reference=_reference(claim.bill)),
            t.html("In their words: {note}", note=payment.note) if payment.note else None,
            t.html("No proof was sent.") if payment.proof_file_id is None and not payment.note else None,
            _other_amount(t, claim),
            t.html("Said: {moment}", moment=t.moment(payment.created_at, order.time_zone, now=now)),
        ),
        t.html_plural("{n} payment waits.", "{n} payments wait.", waiting),
    )
    return Screen(
        text=text,
        buttons=[
            [Button(text=confirm, data=ClaimDeedButton(key, "confirm"))],
            [
                Button(text=t("Another amount"), data=ClaimDeedButton(key, "amount")),
                Button(text=t("Not there"), data=ClaimDeedButton(key, "decline")),
            ],
            [
                *([Button(text=t("Next ›"), data=ClaimDeedButton(key, "skip"))] if waiting > 1 else []),
                Button(text=t("Who owes"), data=PaymentsButton("unpaid")),
            ],
            undo_button(t, undo),
        ],
    )


def without_proof(t: Translator, claim: Markup) -> Markup:
    """A claim whose proof Telegram does not find any more."""
    return paragraphs(claim, t.html("Their proof cannot be shown any more. Please ask them for it."))


def why_declined(t: Translator, claim: Claim) -> Screen:
    """Why is a payment not confirmed?"""
    key = claim.payment.id or 0
    words = {reason: reason_in_words(t, reason) for reason in REASONS}
    return Screen(
        text=t.html(
            "Why can you not confirm {amount} from {name}? Your answer is passed on.",
            amount=t.money(_amount(claim.payment)),
            name=shortened(claim.bill.order.name, _LONGEST_NAME),
        ),
        buttons=[
            *([Button(text=text, data=ClaimDeedButton(key, reason))] for reason, text in words.items()),
            [Button(text=t("Write a reason"), data=ClaimDeedButton(key, "write"))],
            [Button(text=t("‹ Back"), data=ClaimDeedButton(key, "show"))],
        ],
    )


def ask_reason(t: Translator, claim: Claim) -> Markup:
    """A curator wants to write why."""
    return t.html("Write to {name} why, in a sentence.", name=claim.bill.order.name)


def ask_amount(t: Translator, claim: Claim) -> Markup:
    """Another amount arrived."""
    return t.html(
        "How much has arrived from {name}? Write the amount; {amount} was said.",
        name=claim.bill.order.name,
        amount=t.money(_amount(claim.payment)),
    )


def no_claims(t: Translator, *, note: str = "", undo: Payment | None = None) -> Screen:
    """Nothing waits for a curator's word."""
    return Screen(
        text=paragraphs(
            Markup.escape(shortened(note, 150)) if note else None,
            t.html("No payment waits for your word."),
        ),
        buttons=[[Button(text=t("Who owes"), data=PaymentsButton("unpaid"))], undo_button(t, undo)],
    )


def skipped_words(t: Translator) -> str:
    """Under a proof that was passed over."""
    return t("You come back to this one later.")


def confirmed_words(t: Translator, payment: Payment, name: str) -> str:
    """What was confirmed a moment ago."""
    return t("Confirmed: {amount} from {name}.", amount=t.money(_amount(payment)), name=_short(name))


def declined_words(t: Translator, payment: Payment, name: str) -> str:
    """What was declined a moment ago."""
    return t("Not confirmed: {amount} from {name}.", amount=t.money(_amount(payment)), name=_short(name))


def undone_words(t: Translator, payment: Payment, name: str) -> str:
    """What was taken back a moment ago."""
    return t("Taken back: {amount} from {name}.", amount=t.money(_amount(payment)), name=_short(name))


def claims_notice(t: Translator, waiting: int) -> Screen:
    """To a curator: members say they have paid."""
    return Screen(
        text=t.html_plural(
            "{n} payment waits for your word: somebody says they have paid.",
            "{n} payments wait for your word: members say they have paid.",
            waiting,
        ),
        buttons=[[Button(text=t("Look at it"), data=PaymentsButton("claims"))]],
    )


def something_waits(t: Translator, names: list[str], *, link: str) -> Screen:
    """In the group, to people whose private chats are shut; nothing of money is said there."""
    return Screen(
        text=t.html("{names}: a message waits for you.", names=t.listed(names)),
        buttons=[[Button(text=t("Open"), url=link)]],
    )


def undo_button(t: Translator, payment: Payment | None) -> list[Button]:
    """Takes back what was confirmed a moment ago."""
    if payment is None:
        return []
    text = t("Undo: {amount}", amount=t.money(_amount(payment)))
    return [Button(text=shortened(text, _LONGEST_BUTTON), data=ClaimDeedButton(payment.id or 0, "undo"))]


def _other_amount(t: Translator, claim: Claim) -> Markup | None:
    if claim.bill.amount == claim.payment.amount:
        return None
    if claim.bill.money.order_state is OrderState.CANCELLED:
        return t.html("The order was cancelled: what you confirm goes back.")
    return t.html("To pay now: <b>{amount}</b>", amount=t.money(to_pay(claim.bill)))


def _reference(bill: Bill) -> str:
    return reference(pick_number=bill.order.pick_number, number=bill.order.number)


def _amount(payment: Payment) -> Money:
    return Money(amount=payment.amount, currency=payment.currency)


def _short(name: str) -> str:
    return shortened(name, _LONGEST_NAME)
