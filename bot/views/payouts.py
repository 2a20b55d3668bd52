"""Payouts, as those who pay them see them: what is asked for, what is settled, and one payout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.payouts import PayoutBatchButton, PayoutButton, PayoutsButton, PayoutsSheetButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.payouts.batches import Batch
from bot.views.boards import pages_of, turned
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs, shortened
from storage.models import Group
from storage.repositories.payouts import ListedPayout, PayoutSum
from storage.states import PaymentMethod, PayoutMethod, PayoutStage

PAYOUTS_A_PAGE = 8

_LONGEST_BUTTON = 40
_LONGEST_NAME = 40
_MOST_GROUPS = 50


@dataclass(frozen=True, kw_only=True)
class Payouts:
    """A page of a group's payouts, with the sums of all of them and the last of each stage by key."""

    group: Group
    sums: Sequence[PayoutSum]
    payouts: Sequence[ListedPayout]
    last: Mapping[PayoutStage, int]
    page: int

    @property
    def count(self) -> int:
        """How many payouts there are in all."""
        return sum(one.payouts for one in self.sums)


def which_payouts(t: Translator, groups: Sequence[tuple[Group, int]]) -> Screen:
    """The groups in which something waits, each with how much."""
    if not groups:
        return Screen(text=t.html("Nobody waits for a payout."))
    buttons = [
        [
            Button(
                text=f"{shortened(group.title, _LONGEST_BUTTON - 8)} ({t.number(count)})",
                data=PayoutsButton(group.id or 0, 0, 0),
            )
        ]
        for group, count in groups[:_MOST_GROUPS]
    ]
    return Screen(text=t.html("The payouts of which group?"), buttons=buttons)


def payouts_open(t: Translator, facts: Payouts, *, note: str | Markup | None = None) -> Screen:
    """What members ask for and what is still to be paid, the oldest first; a tap on one shows it."""
    group_id = facts.group.id or 0
    head = t.html("<b>Payouts in {group}</b>", group=facts.group.title)
    said = Markup.escape(note) if note else None
    if not facts.count:
        text = paragraphs(said, head, t.html("Nobody waits for a payout."))
        return Screen(text=text, buttons=[[_to_settled(t, group_id), _sheet(t, group_id)]])
    pages = pages_of(facts.count, PAYOUTS_A_PAGE)
    return Screen(
        text=paragraphs(
            said,
            lines(head, *(_sum(t, one) for one in facts.sums)),
            lines(*(_entry(t, payout) for payout in facts.payouts)),
        ),
        buttons=[
            *_named(t, facts.payouts),
            turned(t, facts.page, pages, lambda to: PayoutsButton(group_id, to, 0)),
            *_batches(t, facts),
            [_to_settled(t, group_id), _sheet(t, group_id)],
        ],
    )


def payouts_settled(t: Translator, facts: Payouts, *, now: datetime) -> Screen:
    """What was paid, declined or taken back, the newest first; a tap on one shows it."""
    group_id = facts.group.id or 0
    pages = pages_of(facts.count, PAYOUTS_A_PAGE)
    return Screen(
        text=paragraphs(
            t.html("<b>Settled payouts in {group}</b>", group=facts.group.title),
            lines(*(_settled_entry(t, payout, now=now) for payout in facts.payouts))
            if facts.payouts
            else t.html("Nothing yet."),
        ),
        buttons=[
            *_named(t, facts.payouts),
            turned(t, facts.page, pages, lambda to: PayoutsButton(group_id, to, 1)),
            [Button(text=t("‹ Still to pay out"), data=PayoutsButton(group_id, 0, 0)), _sheet(t, group_id)],
        ],
    )


def batch_question(
    t: Translator, group: Group, payouts: Sequence[ListedPayout], *, until_id: int, deed: str
) -> Screen:
    """Shall all of these really be approved, or were they really paid?"""
    group_id = group.id or 0
    amounts = t.listed(_added(t, payouts))
    buttons: list[Sequence[Button]]
    if deed == "approve":
        text = t.html_plural(
            "Approve {n} payout, {amount}? What is to be store credit is given at once.",
            "Approve {n} payouts, {amount}? What is to be store credit is given at once.",
            len(payouts),
            amount=amounts,
        )
        yes = PayoutBatchButton(group_id, until_id, "approved")
        buttons = [[Button(text=t("Yes, approve"), data=yes)]]
    else:
        text = t.html_plural(
            "Was {n} payout, {amount}, really paid? Then say how.",
            "Were {n} payouts, {amount}, really paid? Then say how.",
            len(payouts),
            amount=amounts,
        )
        ways = {"transfer": t("By transfer"), "cash": t("In cash")}
        buttons = [
            [
                Button(text=words, data=PayoutBatchButton(group_id, until_id, way))
                for way, words in ways.items()
            ]
        ]
    return Screen(
        text=text, buttons=[*buttons, [Button(text=t("‹ Back"), data=PayoutsButton(group_id, 0, 0))]]
    )


def batch_done(t: Translator, batch: Batch, *, paid: bool) -> str:
    """What came of deciding many at once."""
    done = (
        t.plural("{n} payout is marked as paid.", "{n} payouts are marked as paid.", batch.done)
        if paid
        else t.plural("{n} payout is approved.", "{n} payouts are approved.", batch.done)
    )
    if not batch.left:
        return done
    left = t.plural(
        "{n} needs a look of its own.",
        "{n} need a look of their own.",
        batch.left,
    )
    return f"{done} {left}"


def payouts_waiting(t: Translator, group: Group, sums: Sequence[PayoutSum]) -> Screen:
    """To whoever pays: members ask to be paid what they earned."""
    amounts = [t.money(Money(amount=one.amount, currency=one.currency)) for one in sums]
    return Screen(
        text=t.html_plural(
            "<b>{group}</b>: {n} member asks to be paid what recommending has earned: {amount}.",
            "<b>{group}</b>: {n} members ask to be paid what recommending has earned: {amount}.",
            sum(one.payouts for one in sums),
            group=group.title,
            amount=t.listed(amounts),
        ),
        buttons=[[Button(text=t("Show whom"), data=PayoutsButton(group.id or 0, 0, 0))]],
    )


def payouts_waiting_in_group(t: Translator, *, name: str, link: str) -> Screen:
    """In the group, to its owner who reads nothing in private: no word of money."""
    return Screen(
        text=t.html("{name}, something about this group waits for you.", name=name),
        buttons=[[Button(text=t("Open"), url=link)]],
    )


def payouts_come(t: Translator) -> str:
    """The file is being made."""
    return t("Your file is coming.")


def payout_money(t: Translator, payout: ListedPayout) -> str:
    """How much it is."""
    return t.money(Money(amount=payout.amount, currency=payout.currency))


def stage_words(t: Translator, payout: ListedPayout) -> str:
    """How far it has come."""
    words = {
        PayoutStage.ASKED: t("asked for"),
        PayoutStage.APPROVED: t("approved, to be paid"),
        PayoutStage.PAID: t("paid"),
        PayoutStage.DECLINED: t("declined"),
        PayoutStage.WITHDRAWN: t("taken back by the member"),
    }
    return words[payout.stage]


def paid_words(t: Translator, method: PaymentMethod) -> str:
    """How it was paid."""
    if method is PaymentMethod.CREDIT:
        return t("as store credit")
    return t("in cash") if method is PaymentMethod.CASH else t("by bank transfer or wallet")


def _sum(t: Translator, one: PayoutSum) -> Markup:
    amount = t.money(Money(amount=one.amount, currency=one.currency))
    if one.stage is PayoutStage.ASKED:
        return t.html("Asked for: {n}, {amount}", n=t.number(one.payouts), amount=amount)
    return t.html("Approved, to be paid: {n}, {amount}", n=t.number(one.payouts), amount=amount)


def _entry(t: Translator, payout: ListedPayout) -> Markup:
    return t.html(
        "{name}: {amount} {way}, {standing}",
        name=shortened(payout.name, _LONGEST_NAME),
        amount=payout_money(t, payout),
        way=t("as store credit") if payout.method is PayoutMethod.CREDIT else t("by your own means"),
        standing=stage_words(t, payout),
    )


def _settled_entry(t: Translator, payout: ListedPayout, *, now: datetime) -> Markup:
    at = payout.paid_at or payout.decided_at or payout.created_at
    return t.html(
        "{moment} · {name}: {amount}, {standing}",
        moment=t.moment(at, payout.time_zone, now=now),
        name=shortened(payout.name, _LONGEST_NAME),
        amount=payout_money(t, payout),
        standing=stage_words(t, payout),
    )


def _named(t: Translator, payouts: Sequence[ListedPayout]) -> list[Sequence[Button]]:
    buttons = [
        Button(
            text=shortened(f"{payout.name} {payout_money(t, payout)}", _LONGEST_BUTTON),
            data=PayoutButton(payout.id),
        )
        for payout in payouts
    ]
    return in_rows(buttons, width=2)


def _batches(t: Translator, facts: Payouts) -> list[Sequence[Button]]:
    group_id, asked = facts.group.id or 0, facts.last.get(PayoutStage.ASKED)
    approved = facts.last.get(PayoutStage.APPROVED)
    buttons = []
    if asked is not None:
        buttons.append(Button(text=t("Approve all"), data=PayoutBatchButton(group_id, asked, "approve")))
    if approved is not None:
        buttons.append(Button(text=t("All are paid"), data=PayoutBatchButton(group_id, approved, "pay")))
    return [buttons]


def _added(t: Translator, payouts: Sequence[ListedPayout]) -> list[str]:
    sums: dict[str, int] = {}
    for payout in payouts:
        sums[payout.currency] = sums.get(payout.currency, 0) + payout.amount
    return [t.money(Money(amount=amount, currency=currency)) for currency, amount in sorted(sums.items())]


def _to_settled(t: Translator, group_id: int) -> Button:
    return Button(text=t("Settled ›"), data=PayoutsButton(group_id, 0, 1))


def _sheet(t: Translator, group_id: int) -> Button:
    return Button(text=t("As a file (XLSX)"), data=PayoutsSheetButton(group_id))
