"""One payout, as those who decide of it see it: what it rests on, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.payouts import PayoutButton, PayoutDeedButton, PayoutsButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.payouts.earnings import Earned
from bot.views.payouts import paid_words, payout_money
from bot.views.screens import Button, Screen, lines, mention, paragraphs, shortened
from storage.repositories.payouts import ListedPayout
from storage.states import PaymentMethod, PayoutMethod, PayoutStage

_LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One payout, with all that whoever decides of it should know."""

    payout: ListedPayout
    #: What its member's earnings come to in its currency.
    earned: Earned | None
    is_suspected: bool
    is_withheld: bool


def payout_page(t: Translator, facts: Decided, *, now: datetime) -> Screen:
    """One payout: to whom, how much, where to, what it rests on, and what can be done with it."""
    payout = facts.payout
    return Screen(
        text=paragraphs(
            t.html("<b>{amount} to {name}</b>", amount=payout_money(t, payout), name=_person(payout)),
            lines(
                Markup.escape(payout.group_title),
                t.html(
                    "Asked for {moment}",
                    moment=t.moment(payout.created_at, payout.time_zone, now=now),
                ),
                t.html("How: as store credit")
                if payout.method is PayoutMethod.CREDIT
                else t.html("Where to: {details}", details=payout.details),
            ),
            _basis(t, facts),
            _warning(t, facts),
            _standing(t, payout, now=now),
        ),
        buttons=[
            *_deeds(t, payout),
            [Button(text=t("‹ All of them"), data=PayoutsButton(payout.group_id, 0, 0))],
        ],
    )


def approve_question(t: Translator, payout: ListedPayout) -> Screen:
    """Shall it really be approved?"""
    fields = {"amount": payout_money(t, payout), "name": shortened(payout.name, _LONGEST_NAME)}
    text = (
        t.html("Give {name} {amount} as store credit now? That cannot be undone.", **fields)
        if payout.method is PayoutMethod.CREDIT
        else t.html(
            "Approve {amount} for {name}? You pay it yourself, and mark it here when you have.", **fields
        )
    )
    return Screen(
        text=text,
        buttons=[
            [Button(text=t("Yes, approve"), data=PayoutDeedButton(payout.id, "approved"))],
            [Button(text=t("‹ Back"), data=PayoutButton(payout.id))],
        ],
    )


def ask_reason(t: Translator, payout: ListedPayout) -> Screen:
    """Why is it declined?"""
    return Screen(
        text=t.html(
            "Why is {amount} not paid out to {name}? Write it in a sentence, which {name} will read.",
            amount=payout_money(t, payout),
            name=shortened(payout.name, _LONGEST_NAME),
        ),
        buttons=[[Button(text=t("‹ Back"), data=PayoutButton(payout.id))]],
    )


def deed_toast(t: Translator, payout: ListedPayout) -> str:
    """What a payout is now."""
    fields = {"amount": payout_money(t, payout), "name": shortened(payout.name, _LONGEST_NAME)}
    match payout.stage:
        case PayoutStage.PAID if payout.paid_with is PaymentMethod.CREDIT:
            return t("{amount} is store credit of {name} now.", **fields)
        case PayoutStage.PAID:
            return t("Marked as paid: {amount} to {name}", **fields)
    return t("To be paid: {amount} to {name}", **fields)


def _basis(t: Translator, facts: Decided) -> Markup | None:
    if facts.earned is None:
        return None
    one, open_ = facts.earned, facts.payout.stage in (PayoutStage.ASKED, PayoutStage.APPROVED)

    def money(amount: int) -> str:
        return t.money(Money(amount=amount, currency=one.currency))

    left = one.payable_amount + facts.payout.amount
    return lines(
        t.html("Earned here in all: {amount}", amount=money(one.due_amount)),
        t.html("Paid out so far: {amount}", amount=money(one.paid_amount)),
        t.html(
            "<b>Goods came back since: only {left} of this is still earned.</b> Please decline it.",
            left=money(max(0, left)),
        )
        if open_ and left < facts.payout.amount
        else None,
    )


def _warning(t: Translator, facts: Decided) -> Markup | None:
    if facts.is_withheld:
        return t.html("<b>Rewards of this person are withheld</b>: /flags")
    return (
        t.html("<b>Something about this person waits for a look</b>: /flags") if facts.is_suspected else None
    )


def _standing(t: Translator, payout: ListedPayout, *, now: datetime) -> Markup | None:
    def at(moment: datetime | None) -> str:
        return t.moment(moment or payout.created_at, payout.time_zone, now=now)

    by, paid_by = payout.decided_by or "?", payout.paid_by or "?"
    match payout.stage:
        case PayoutStage.APPROVED:
            return t.html("Approved by {name}: {moment}", name=by, moment=at(payout.decided_at))
        case PayoutStage.PAID:
            return t.html(
                "Paid by {name} {way}: {moment}",
                name=paid_by,
                way=paid_words(t, payout.paid_with or PaymentMethod.TRANSFER),
                moment=at(payout.paid_at),
            )
        case PayoutStage.DECLINED:
            return t.html(
                "Declined by {name}: {moment}. {reason}",
                name=by,
                moment=at(payout.decided_at),
                reason=payout.note,
            )
        case PayoutStage.WITHDRAWN:
            return t.html("Taken back by the member: {moment}", moment=at(payout.decided_at))
    return None


def _deeds(t: Translator, payout: ListedPayout) -> list[Sequence[Button]]:
    def deed(text: str, word: str) -> Button:
        return Button(text=text, data=PayoutDeedButton(payout.id, word))

    match payout.stage:
        case PayoutStage.ASKED:
            return [[deed(t("Approve"), "approve"), deed(t("Decline"), "decline")]]
        case PayoutStage.APPROVED:
            return [
                [deed(t("Paid by transfer"), "transfer"), deed(t("Paid in cash"), "cash")],
                [deed(t("Decline"), "decline")],
            ]
        case PayoutStage.PAID if payout.paid_with is not PaymentMethod.CREDIT:
            return [[deed(t("Undo"), "undo")]]
    return []


def _person(payout: ListedPayout) -> Markup:
    # Whoever pays can write to her about it.
    return mention(payout.person_id, shortened(payout.name, _LONGEST_NAME))
