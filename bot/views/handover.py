"""Handing over: what waits, who is still to come, one order, who has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from bot.callbacks.handover import (
    ArrivedButton,
    HandedButton,
    HandOverButton,
    HandoverButton,
    OrderToHandButton,
    RemindButton,
    ReturnedButton,
    TakeBackButton,
)
from bot.callbacks.refunds import GoodwillButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.payments.bills import Bill
from bot.views.boards import entry_lines, pages_of, point_title, title_line, turned
from bot.views.payment_claims import undo_button
from bot.views.payment_requests import cash_button, hand_over_standing
from bot.views.pickups import order_contents
from bot.views.screens import (
    LONGEST_TEXT,
    Button,
    Screen,
    in_rows,
    lines,
    paragraphs,
    shortened,
    shown_length,
)
from storage.models import Payment
from storage.repositories.boards import BoardEntry, OpenHandover, PointSum
from storage.repositories.picks import PostedPick
from storage.repositories.pickups import OrderInHand
from storage.states import FulfilmentState, OrderState

NAMES_A_PAGE = 12
NOTHING_OWED: Final[Mapping[int, Money]] = MappingProxyType({})

_LONGEST_BUTTON = 40
_MOST_CHOICES = 40
_ROOM = LONGEST_TEXT - 300


@dataclass(frozen=True, kw_only=True)
class Counter:
    """One pick at one point, as whoever hands over sees it.

    `may_tell` is for curators, who may tell buyers; `last` is the order that she handed over just now.
    """

    posted: PostedPick
    point: PointSum
    may_tell: bool = False
    last: OrderInHand | None = None

    @property
    def to_come(self) -> int:
        """How many are still to come."""
        return self.point.waiting + self.point.ready


def open_handovers(t: Translator, found: Sequence[OpenHandover]) -> Screen:
    """What somebody can hand over now; each pick and point has a button."""
    if not found:
        return Screen(
            text=lines(
                t.html("There is nothing for you to hand over now."),
                t.html(
                    "Who has come stands behind <b>Hand over</b> on a pick's list, which its curator gets by "
                    "/board 1."
                ),
            )
        )
    buttons = [
        Button(
            text=shortened(
                f"#{each.pick_number} {shortened(each.title, 16)} · {point_title(t, each.point)} "
                f"({t.number(each.orders)})",
                60,
            ),
            data=HandoverButton(each.pick_id, each.key, 0),
        )
        for each in found[:_MOST_CHOICES]
    ]
    return Screen(
        text=t.html("What do you hand over? You can also type an order's number or its code right away."),
        buttons=[[button] for button in buttons],
    )


def who_is_to_come(
    t: Translator,
    counter: Counter,
    entries: Sequence[BoardEntry],
    *,
    page: int,
    owed: Mapping[int, Money] = NOTHING_OWED,
) -> Screen:
    """Who is still to come; a tap on a name hands over, unless something is `owed` for that order."""
    head = lines(
        _place(t, counter),
        t.html_plural("{n} person is still to come.", "{n} people are still to come.", counter.to_come)
        if counter.to_come
        else t.html("Everybody has come."),
    )
    hint = t.html("Tap a name, or type an order's number or its code.") if entries else None
    room = _ROOM - shown_length(head)
    owing = t.html("❗ has not paid yet: a tap shows how much.") if owed else None
    names = [_to_come(entry, page, owes=entry.order_id in owed) for entry in entries]
    pages = pages_of(counter.to_come, NAMES_A_PAGE)
    pick_id, key = counter.posted.id, counter.point.key
    return Screen(
        text=paragraphs(
            head, entry_lines(t, entries, counter.posted, room=room) if entries else None, lines(hint, owing)
        ),
        buttons=[
            *in_rows(names, width=2),
            turned(t, page, pages, lambda to: HandoverButton(pick_id, key, to)),
            _undo(t, counter.last),
            *_telling(t, counter),
        ],
    )


def who_has_come(t: Translator, counter: Counter, entries: Sequence[BoardEntry], *, page: int) -> Screen:
    """Who has come, the last one first; a tap on a name shows the order, where it can be undone."""
    head = lines(
        _place(t, counter),
        t.html_plural("{n} person has come.", "{n} people have come.", counter.point.handed),
    )
    pick_id, key = counter.posted.id, counter.point.key
    names = [
        Button(
            text=shortened(f"{entry.number} {entry.name}", _LONGEST_BUTTON),
            data=OrderToHandButton(entry.order_id),
        )
        for entry in entries
    ]
    pages = pages_of(counter.point.handed, NAMES_A_PAGE)
    back = Button(text=t("‹ Who is to come"), data=HandoverButton(pick_id, key, 0))
    return Screen(
        text=head,
        buttons=[
            *in_rows(names, width=2),
            turned(t, page, pages, lambda to: HandedButton(pick_id, key, to)),
            [back],
        ],
    )


def order_to_hand(
    t: Translator,
    order: OrderInHand,
    *,
    when: str = "",
    bill: Bill | None = None,
    cash: Payment | None = None,
    may_refund: bool = False,
    may_return: bool = False,
) -> Screen:
    """One order with what belongs to it, and the button that hands it over or takes it back.

    Beside it stands what is still to be paid, by the `bill`, or the `cash` that was taken and can be undone;
    what was paid can be given back, and that the goods came back be noted.
    """
    is_back = order.fulfilment is FulfilmentState.RETURNED
    text = paragraphs(
        lines(
            t.html(
                "<b>{number}. {name}</b>: #{pick} {title}",
                number=order.number,
                name=order.name,
                pick=order.pick_number,
                title=order.title,
            ),
            Markup.escape(point_title(t, order.point_name)),
        ),
        order_contents(t, order),
        hand_over_standing(t, bill) if bill is not None and not is_back else None,
        t.html("The goods came back.") if is_back else None,
        t.html("Handed over by {name} at {time}.", name=order.handed_over_by or "?", time=when)
        if order.fulfilment is FulfilmentState.HANDED_OVER
        else None,
    )
    back = Button(text=t("‹ Who is to come"), data=HandoverButton(order.pick_id, order.point_id or 0, 0))
    if order.fulfilment is FulfilmentState.HANDED_OVER:
        came_back = Button(text=t("The goods came back"), data=ReturnedButton(order.id, 0))
        act = [Button(text=t("Undo"), data=TakeBackButton(order.id)), *([came_back] if may_return else [])]
    elif order.state is OrderState.CONFIRMED:
        act = [Button(text=t("Hand over"), data=HandOverButton(order.id, -1))]
    else:
        act = []
    give_back = Button(text=t("Give money back"), data=GoodwillButton(order.id, "ask"))
    refund = [give_back] if may_refund and not is_back else []
    return Screen(text=text, buttons=[_paying(t, bill), act, undo_button(t, cash), refund, [back]])


def sure_it_came_back(t: Translator, order: OrderInHand, *, keeps_money: bool) -> Screen:
    """Before an order comes to nothing."""
    return Screen(
        text=paragraphs(
            t.html(
                "Did all goods of order {number} of {name} come back? Then it costs nothing: what was paid "
                "for it goes back, and nobody earns anything by it. That cannot be undone. For a part of "
                "them, give money back instead.",
                number=order.number,
                name=order.name,
            ),
            None
            if keeps_money
            else t.html("This group keeps no money here: what was paid for it you give back by hand."),
        ),
        buttons=[
            [Button(text=t("Yes, they came back"), data=ReturnedButton(order.id, 1))],
            [Button(text=t("‹ Back"), data=OrderToHandButton(order.id))],
        ],
    )


def which_order(t: Translator, found: Sequence[OrderInHand]) -> Screen:
    """Several picks have an order with the number that was typed."""
    buttons = [
        Button(
            text=shortened(f"#{order.pick_number} {shortened(order.title, 16)}: {order.name}", 60),
            data=OrderToHandButton(order.id),
        )
        for order in found[:_MOST_CHOICES]
    ]
    return Screen(
        text=t.html("Which order {number} do you mean?", number=found[0].number),
        buttons=[[button] for button in buttons],
    )


def sure_it_arrived(t: Translator, counter: Counter) -> Screen:
    """Before everybody is told, once."""
    pick_id, key = counter.posted.id, counter.point.key
    return Screen(
        text=paragraphs(
            _place(t, counter),
            t.html_plural(
                "Shall I tell {n} person that it is there?",
                "Shall I tell {n} people that it is there?",
                counter.point.waiting,
            ),
        ),
        buttons=[
            [Button(text=t("Yes, tell them"), data=ArrivedButton(pick_id, key, 1))],
            [Button(text=t("‹ Back"), data=HandoverButton(pick_id, key, 0))],
        ],
    )


def arrived_in_group(t: Translator, posted: PostedPick, point: str | None, *, link: str) -> Screen:
    """In the group, once, where some buyers cannot be told in private."""
    if point is None:
        text = t.html(
            "#{number} {title} is there to be fetched.",
            number=posted.pick.number,
            title=posted.offer.title,
        )
    else:
        text = t.html(
            "#{number} {title} is there to be fetched: {point}.",
            number=posted.pick.number,
            title=posted.offer.title,
            point=point,
        )
    return Screen(text=text, buttons=[[Button(text=t("My orders"), url=link)]])


def handed_over_toast(t: Translator, order: OrderInHand) -> str:
    """The order was handed over."""
    return t("Handed over: {number} {name}", number=order.number, name=order.name)


def taken_back_toast(t: Translator, order: OrderInHand) -> str:
    """The hand-over was undone."""
    return t("Undone: {number} {name} is still to come.", number=order.number, name=order.name)


def arrived_toast(t: Translator, orders: int, readers: int) -> str:
    """How many were told that it is there."""
    if not orders:
        return t("Everybody there has been told already.")
    return _told(t, orders, readers)


def reminded_toast(t: Translator, orders: int, readers: int) -> str:
    """How many were reminded."""
    if not orders:
        return t("Nobody to remind: each person is reminded once a day at most, after it has arrived.")
    return _told(t, orders, readers)


def _told(t: Translator, orders: int, readers: int) -> str:
    if orders == readers:
        return t.plural("{n} person is told.", "{n} people are told.", orders)
    return t(
        "{people} are told; the other {count} have not opened a private chat with me.",
        people=t.plural("{n} person", "{n} people", readers),
        count=t.number(orders - readers),
    )


def _to_come(entry: BoardEntry, page: int, *, owes: bool) -> Button:
    name = f"{entry.number} {entry.name}"
    if owes:
        return Button(text=shortened(f"❗ {name}", _LONGEST_BUTTON), data=OrderToHandButton(entry.order_id))
    return Button(text=shortened(name, _LONGEST_BUTTON), data=HandOverButton(entry.order_id, page))


def _paying(t: Translator, bill: Bill | None) -> list[Button]:
    if bill is None or not bill.takes_cash or bill.amount <= 0:
        return []
    return [cash_button(t, bill)]


def _place(t: Translator, counter: Counter) -> Markup:
    return lines(
        title_line(t, counter.posted), Markup("<b>{}</b>").format(point_title(t, counter.point.name))
    )


def _undo(t: Translator, last: OrderInHand | None) -> list[Button]:
    if last is None:
        return []
    text = shortened(t("Undo: {number} {name}", number=last.number, name=last.name), _LONGEST_BUTTON)
    return [Button(text=text, data=TakeBackButton(last.id))]


def _telling(t: Translator, counter: Counter) -> list[list[Button]]:
    pick_id, key, point = counter.posted.id, counter.point.key, counter.point
    rows = []
    if counter.may_tell and point.waiting:
        text = t("It is there: tell {count}", count=t.number(point.waiting))
        rows.append([Button(text=text, data=ArrivedButton(pick_id, key, 0))])
    if counter.may_tell and point.ready:
        text = t("Remind {count}", count=t.number(point.ready))
        rows.append([Button(text=text, data=RemindButton(pick_id, key))])
    if point.handed:
        text = t("Who has come ({count})", count=t.number(point.handed))
        rows.append([Button(text=text, data=HandedButton(pick_id, key, 0))])
    return rows
