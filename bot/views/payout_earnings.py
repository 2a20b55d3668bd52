"""What a member has earned, as she reads it in private: sums, why, and asking to be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.payouts import EarningsButton, PayoutBackButton, PayoutWishButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.payouts.earnings import Earned
from bot.views.boards import pages_of, turned
from bot.views.plans import percent_words
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group, Payout, Plan
from storage.repositories.commission_earnings import Earning
from storage.repositories.payouts import ListedPayout
from storage.states import (
    CommissionSource,
    CommissionState,
    PaymentMethod,
    PayoutMethod,
    PayoutStage,
)

LINES_A_PAGE = 8

_LONGEST_TITLE = 50
_LONGEST_BUTTON = 40
_MOST_GROUPS = 50
_MOST_NAMED = 10
_ROOM = 2400


@dataclass(frozen=True, kw_only=True)
class Earnings:
    """A page of what a person earns in a group: its plan, her sums by currency, and a line for each order."""

    group: Group
    plan: Plan | None
    sums: Sequence[Earned]
    open: Sequence[Payout]
    entries: Sequence[Earning]
    count: int
    page: int


def earns_nowhere(t: Translator, paying: Sequence[Group]) -> Markup:
    """To somebody who has not earned anything: how one does, if any of her groups pays at all."""
    if not paying:
        return t.html(
            "You have earned nothing yet, and none of your groups pays for recommendations. Where one does, "
            "its cards say so."
        )
    return t.html(
        "You have earned nothing yet. You do when somebody orders what you recommended in {groups}, pays for "
        "it and keeps it.",
        groups=t.listed([shortened(group.title, _LONGEST_TITLE) for group in paying[:_MOST_NAMED]]),
    )


def which_earnings(t: Translator, groups: Sequence[Group]) -> Screen:
    """Asks which group is meant."""
    buttons = [
        [Button(text=shortened(group.title, _LONGEST_BUTTON), data=EarningsButton(group.id or 0, 0))]
        for group in groups[:_MOST_GROUPS]
    ]
    return Screen(text=t.html("Which group do you mean?"), buttons=buttons)


def earnings_page(t: Translator, facts: Earnings, *, now: datetime) -> Screen:
    """What a member has earned in a group, why, and what she can be paid."""
    group_id = facts.group.id or 0
    pages = pages_of(facts.count, LINES_A_PAGE)
    return Screen(
        text=paragraphs(
            t.html("<b>What you earn in {group}</b>", group=facts.group.title),
            *(_sums(t, one) for one in facts.sums),
            *(_open(t, payout) for payout in facts.open),
            as_fits([_entry(t, one, now=now) for one in facts.entries], between="\n", limit=_ROOM)
            if facts.entries
            else t.html("No order has earned you anything here yet."),
            _plan(t, facts.plan),
        ),
        buttons=[
            *_wishes(t, facts),
            turned(t, facts.page, pages, lambda to: EarningsButton(group_id, to)),
        ],
    )


def how_to_be_paid(t: Translator, group: Group, money: Money, *, takes_credit: bool) -> Screen:
    """In which way shall it be paid out?"""
    group_id = group.id or 0

    def way(text: str, method: PayoutMethod) -> list[Button]:
        return [Button(text=text, data=PayoutWishButton(group_id, money.currency, method))]

    return Screen(
        text=t.html(
            "How shall {amount} be paid out to you? The owner of {group} looks at it first.",
            amount=t.money(money),
            group=group.title,
        ),
        buttons=[
            *([way(t("As store credit"), PayoutMethod.CREDIT)] if takes_credit else []),
            way(t("Transfer or cash"), PayoutMethod.OWN_MEANS),
            [Button(text=t("‹ Back"), data=EarningsButton(group_id, 0))],
        ],
    )


def ask_where_to(t: Translator, group: Group, money: Money) -> Screen:
    """Where shall it be sent?"""
    return Screen(
        text=t.html(
            "Write where {amount} shall be sent: an account, a wallet, or “in cash”. Only those who pay in "
            "{group} read it.",
            amount=t.money(money),
            group=group.title,
        ),
        buttons=[[Button(text=t("‹ Back"), data=EarningsButton(group.id or 0, 0))]],
    )


def payout_asked(t: Translator, group: Group, payout: Payout) -> Screen:
    """It was asked for, and waits."""
    return Screen(
        text=t.html(
            "Asked for: {amount}. I tell you when the owner of {group} has decided about it.",
            amount=t.money(Money(amount=payout.amount, currency=payout.currency)),
            group=group.title,
        ),
        buttons=[[_take_back(t, payout)]],
    )


def payout_notice(
    t: Translator, payout: ListedPayout, *, credit_amount: int = 0, is_correction: bool = False
) -> Screen | None:
    """To the member: what became of her payout; None where there is nothing to say."""
    amount = t.money(Money(amount=payout.amount, currency=payout.currency))
    fields = {
        "amount": amount,
        "group": payout.group_title,
        "name": payout.paid_by or payout.decided_by or "?",
    }
    match payout.stage:
        case PayoutStage.DECLINED:
            text = paragraphs(
                t.html("<b>{amount} is not paid out</b> ({group})", **fields),
                t.html("{name} writes: {reason}", name=payout.decided_by or "?", reason=payout.note),
                t.html("It stays yours as far as it is earned. /earnings shows it."),
            )
        case PayoutStage.APPROVED if is_correction:
            text = t.html("<b>Correction: {amount} has not been paid out to you yet</b> ({group})", **fields)
        case PayoutStage.APPROVED:
            text = paragraphs(
                t.html("<b>{amount} will be paid out to you</b> ({group})", **fields),
                t.html("I tell you when it is on its way."),
            )
        case PayoutStage.PAID if payout.paid_with is PaymentMethod.CREDIT:
            text = paragraphs(
                t.html("<b>{amount} that you earned is your credit now</b>", **fields),
                t.html(
                    "Your credit in {group} is {credit}. It pays for your next orders there.",
                    group=payout.group_title,
                    credit=t.money(Money(amount=credit_amount, currency=payout.currency)),
                ),
            )
        case PayoutStage.PAID if payout.paid_with is PaymentMethod.CASH:
            text = paragraphs(
                t.html("<b>{amount} that you earned was paid to you in cash</b> ({group})", **fields),
                t.html("{name} has noted so. If it is not true, please ask them.", **fields),
            )
        case PayoutStage.PAID:
            text = paragraphs(
                t.html("<b>{amount} that you earned was sent to you</b> ({group})", **fields),
                t.html("{name} has noted so. If it does not come, please ask them.", **fields),
            )
        case _:
            return None
    return Screen(text=text)


def source_words(t: Translator, source: CommissionSource, level: int) -> str:
    """Why somebody earns by an order."""
    if level > 1:
        return t("somebody you brought recommended it")
    words = {
        CommissionSource.OPENED: t("your card was opened"),
        CommissionSource.SAID: t("you were named"),
        CommissionSource.INVITED: t("you brought the buyer"),
    }
    return words[source]


def _sums(t: Translator, one: Earned) -> Markup:
    def money(amount: int) -> str:
        return t.money(Money(amount=amount, currency=one.currency))

    behind = -one.payable_amount
    return lines(
        t.html("Expected, by orders under way: {amount}", amount=money(one.expected_amount))
        if one.expected_amount
        else None,
        t.html("Earned, while goods can be given back: {amount}", amount=money(one.accrued_amount))
        if one.accrued_amount
        else None,
        t.html("Paid out so far: {amount}", amount=money(one.paid_amount)) if one.paid_amount else None,
        t.html("Can be paid out: <b>{amount}</b>", amount=money(max(0, one.payable_amount))),
        t.html(
            "Goods came back after a payout: {amount} will be set off against what you earn next.",
            amount=money(behind),
        )
        if behind > 0
        else None,
        t.html("This group pays out from {amount} on.", amount=money(one.minimum_amount))
        if 0 < one.payable_amount < one.minimum_amount
        else None,
    )


def _open(t: Translator, payout: Payout) -> Markup:
    amount = t.money(Money(amount=payout.amount, currency=payout.currency))
    if payout.stage is PayoutStage.APPROVED:
        return t.html("You asked for {amount}; it is approved and will be paid.", amount=amount)
    return t.html("You asked for {amount}; nobody has decided about it yet.", amount=amount)


def _entry(t: Translator, one: Earning, *, now: datetime) -> Markup:
    is_expected = one.state is CommissionState.EXPECTED
    amount = one.expected_amount if is_expected else one.accrued_amount
    return t.html(
        "#{number} {title}: {amount}, {why} · {standing}",
        number=one.pick_number,
        title=shortened(one.title, _LONGEST_TITLE),
        amount=t.money(Money(amount=amount, currency=one.currency)),
        why=source_words(t, one.source, one.level),
        standing=_standing(t, one, now=now),
    )


def _standing(t: Translator, one: Earning, *, now: datetime) -> str:
    match one.state:
        case CommissionState.EXPECTED:
            return t("once it is fetched and paid for")
        case CommissionState.ACCRUED if one.due_at is not None and one.due_at > now:
            moment = t.moment(one.due_at, one.time_zone, now=now)
            return t("can be paid out from {moment}", moment=moment)
        case CommissionState.ACCRUED:
            return t("waits for a last look")
        case CommissionState.DUE:
            return t("earned")
    return t("came to nothing")


def _plan(t: Translator, plan: Plan | None) -> Markup | None:
    if plan is None or not plan.is_active:
        return t.html("This group pays for no further recommendations now.")
    return t.html(
        "Whoever recommends a pick earns {percent} of what somebody else pays for it and keeps.",
        percent=percent_words(t, plan.first_bps),
    )


def _wishes(t: Translator, facts: Earnings) -> list[Sequence[Button]]:
    waiting = {payout.currency for payout in facts.open}
    wishes = [
        [
            Button(
                text=t(
                    "Pay out {amount}",
                    amount=t.money(Money(amount=one.payable_amount, currency=one.currency)),
                ),
                data=PayoutWishButton(facts.group.id or 0, one.currency, "ask"),
            )
        ]
        for one in facts.sums
        if one.may_be_asked_for and one.currency not in waiting
    ]
    return [*wishes, *([_take_back(t, payout)] for payout in facts.open)]


def _take_back(t: Translator, payout: Payout) -> Button:
    return Button(text=t("Take it back"), data=PayoutBackButton(payout.id or 0))
