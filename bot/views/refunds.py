"""Giving money back, as a curator sees it: what is owed, what is done, and one refund."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.refunds import RefundButton, RefundDeedButton, RefundsButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.refunds import BY_HAND
from bot.views.boards import pages_of, turned
from bot.views.payment_invoices import charged
from bot.views.refund_notices import is_part_of_stars, order_words, reason_words, refund_money, way_words
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, mention, paragraphs, shortened
from storage.models import Group
from storage.repositories.refunds import OwedRefund, PickOwed
from storage.states import PaymentMethod, RefundStage

REFUNDS_A_PAGE = 8

_LONGEST_BUTTON = 40
_LONGEST_NAME = 40
_PICKS_ROOM = 1200


@dataclass(frozen=True, kw_only=True)
class Owing:
    """A page of what a group owes back: its sums by currency and by pick, and the refunds of the page.

    `last` is the one that was ticked off just now.
    """

    group: Group
    sums: Mapping[str, tuple[int, int]]
    picks: Sequence[PickOwed]
    refunds: Sequence[OwedRefund]
    page: int
    last: OwedRefund | None = None

    @property
    def count(self) -> int:
        """How many refunds there are in all."""
        return sum(count for count, _ in self.sums.values())


def refunds_owed(t: Translator, owing: Owing, *, now: datetime) -> Screen:
    """What is still owed back, the oldest first; a tap on one shows it."""
    group_id = owing.group.id or 0
    head = t.html("<b>Money to give back: {group}</b>", group=owing.group.title)
    if not owing.count:
        text = paragraphs(head, t.html("Nothing is owed to anybody. The list is empty."))
        return Screen(text=text, buttons=[_undo(t, owing.last), [_to_done(t, group_id)]])
    pages = pages_of(owing.count, REFUNDS_A_PAGE)
    return Screen(
        text=paragraphs(
            lines(head, _sums(t, owing)),
            as_fits([_pick(t, pick) for pick in owing.picks], between="\n", limit=_PICKS_ROOM),
            lines(*(_entry(t, owed, now=now) for owed in owing.refunds)),
        ),
        buttons=[
            *_named(t, owing.refunds),
            turned(t, owing.page, pages, lambda to: RefundsButton(group_id, to, 0)),
            _undo(t, owing.last),
            [_to_done(t, group_id)],
        ],
    )


def refunds_done(t: Translator, owing: Owing, *, now: datetime) -> Screen:
    """What has gone back, the newest first; a tap on one shows it."""
    group_id = owing.group.id or 0
    head = t.html("<b>Given back: {group}</b>", group=owing.group.title)
    pages = pages_of(owing.count, REFUNDS_A_PAGE)
    return Screen(
        text=paragraphs(
            head,
            lines(*(_done_entry(t, owed, now=now) for owed in owing.refunds))
            if owing.refunds
            else t.html("Nothing yet."),
        ),
        buttons=[
            *_named(t, owing.refunds),
            turned(t, owing.page, pages, lambda to: RefundsButton(group_id, to, 1)),
            [Button(text=t("‹ Still to give back"), data=RefundsButton(group_id, 0, 0))],
        ],
    )


def refund_page(t: Translator, owed: OwedRefund, *, now: datetime) -> Screen:
    """One refund: to whom, how much, why and how, and what can be done with it."""
    return Screen(
        text=paragraphs(
            t.html("<b>{amount} back to {name}</b>", amount=refund_money(t, owed), name=_person(owed)),
            lines(
                Markup.escape(order_words(t, owed)),
                t.html("Why: {reason}", reason=reason_words(t, owed)),
                t.html("How: {way}", way=way_words(t, owed.method)),
                t.html("It was paid in Stars, which Telegram cannot give back here.")
                if is_part_of_stars(owed)
                else None,
                t.html("Owed since {moment}", moment=t.moment(owed.created_at, owed.time_zone, now=now)),
            ),
            _standing(t, owed, now=now),
        ),
        buttons=[
            *_deeds(t, owed),
            [Button(text=t("‹ All of them"), data=RefundsButton(owed.group_id, 0, 0))],
        ],
    )


def ask_note(t: Translator, owed: OwedRefund) -> Screen:
    """What shall be noted with a refund that has gone back."""
    return Screen(
        text=t.html(
            "Write a note for {name} about {amount}: how and when it went back. It is ticked off with that.",
            name=owed.name,
            amount=refund_money(t, owed),
        ),
        buttons=[[Button(text=t("‹ Back"), data=RefundButton(owed.id))]],
    )


def ticked_off_toast(t: Translator, owed: OwedRefund) -> str:
    """It has gone back."""
    return t("Ticked off: {amount} to {name}", amount=refund_money(t, owed), name=owed.name)


def undone_toast(t: Translator, owed: OwedRefund) -> str:
    """It has not gone back after all."""
    return t("Undone: {amount} is owed to {name} again.", amount=refund_money(t, owed), name=owed.name)


def _sums(t: Translator, owing: Owing) -> Markup:
    amounts = [charged(t, amount, currency) for currency, (_, amount) in owing.sums.items()]
    return t.html_plural(
        "{n} refund is open: {amount}",
        "{n} refunds are open: {amount}",
        owing.count,
        amount=t.listed(amounts),
    )


def _pick(t: Translator, pick: PickOwed) -> Markup:
    return t.html(
        "#{number} {title}: {open} of {count} still open, {amount}",
        number=pick.pick_number,
        title=shortened(pick.title, _LONGEST_NAME),
        open=t.number(pick.open),
        count=t.number(pick.refunds),
        amount=t.money(Money(amount=pick.open_amount, currency=pick.currency)),
    )


def _entry(t: Translator, owed: OwedRefund, *, now: datetime) -> Markup:
    fields = {
        "name": shortened(owed.name, _LONGEST_NAME),
        "amount": refund_money(t, owed),
        "reason": shortened(reason_words(t, owed), 80),
        "way": way_words(t, owed.method),
    }
    if owed.number is None:
        return t.html("{name}: {amount} {way}, {reason}", **fields)
    return t.html(
        "#{pick}, {number}. {name}: {amount} {way}, {reason}",
        pick=owed.pick_number,
        number=owed.number,
        **fields,
    )


def _done_entry(t: Translator, owed: OwedRefund, *, now: datetime) -> Markup:
    done_at = owed.done_at or owed.created_at
    return t.html(
        "{moment} · {name}: {amount} {way}",
        moment=t.moment(done_at, owed.time_zone, now=now),
        name=shortened(owed.name, _LONGEST_NAME),
        amount=refund_money(t, owed),
        way=way_words(t, owed.method),
    )


def _named(t: Translator, refunds: Sequence[OwedRefund]) -> list[Sequence[Button]]:
    buttons = [
        Button(
            text=shortened(
                f"{owed.number or ''} {owed.name} {refund_money(t, owed)}".strip(), _LONGEST_BUTTON
            ),
            data=RefundButton(owed.id),
        )
        for owed in refunds
    ]
    return in_rows(buttons, width=2)


def _standing(t: Translator, owed: OwedRefund, *, now: datetime) -> Markup | None:
    if owed.stage is not RefundStage.DONE:
        return t.html("Telegram is giving it back; there is nothing to do.") if _by_telegram(owed) else None
    at = t.moment(owed.done_at or owed.created_at, owed.time_zone, now=now)
    if owed.method is PaymentMethod.CREDIT:
        return t.html("It became credit: {moment}", moment=at)
    if _by_telegram(owed):
        return t.html("Telegram has given it back: {moment}", moment=at)
    return t.html("Ticked off by {name}: {moment}", name=owed.done_by or "?", moment=at)


def _deeds(t: Translator, owed: OwedRefund) -> list[Sequence[Button]]:
    if owed.method not in BY_HAND:
        return []
    if owed.stage is RefundStage.DONE:
        return [[_deed(t("Undo"), owed, "undo")]]
    return [
        [_deed(t("It has gone back"), owed, "done")],
        [_deed(t("It has, with a note"), owed, "note")],
    ]


def _deed(text: str, owed: OwedRefund, deed: str) -> Button:
    return Button(text=text, data=RefundDeedButton(owed.id, deed))


def _undo(t: Translator, last: OwedRefund | None) -> list[Button]:
    if last is None or last.stage is not RefundStage.DONE:
        return []
    text = t("Undo: {amount} to {name}", amount=refund_money(t, last), name=last.name)
    return [_deed(shortened(text, _LONGEST_BUTTON), last, "undo")]


def _to_done(t: Translator, group_id: int) -> Button:
    return Button(text=t("Given back ›"), data=RefundsButton(group_id, 0, 1))


def _by_telegram(owed: OwedRefund) -> bool:
    return owed.method is PaymentMethod.STARS


def _person(owed: OwedRefund) -> Markup:
    # She can be written to about where the money shall go.
    return mention(owed.person_id, shortened(owed.name, _LONGEST_NAME))
