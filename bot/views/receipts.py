"""A member's own orders, page by page, and the receipt of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.receipts import MyOrdersButton, ReceiptButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.payments.bills import Bill
from bot.views.case_steps import wrong_button
from bot.views.orders import own_order
from bot.views.payment_receipts import OrderPayments, payment_list, payment_words, receipt_buttons
from bot.views.payments import pay_button, pay_line
from bot.views.reminders import reminder_button
from bot.views.reviews import review_button
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened, shown_length
from bot.views.share_questions import who_told_button
from storage.repositories.orders import OwnLine, OwnOrder
from storage.repositories.payments import OrderMoney
from storage.repositories.reviews import BoughtLine
from storage.states import FulfilmentState, OrderState, PickState

ORDERS_A_PAGE = 5

_LONGEST_TITLE = 30
_LONGEST_PAGE = 3900
_SEVERAL = 2
_LEAST_ROOM = 300
_ASKABLE = (OrderState.PLACED, OrderState.CONFIRMED)


def own_orders(
    t: Translator,
    orders: Sequence[OwnOrder],
    own: Sequence[OwnLine],
    *,
    prices: Mapping[int, int],
    money: Mapping[int, OrderMoney],
    page: int,
    has_more: bool,
    now: datetime,
) -> Screen:
    """A page of a member's orders, the newest first; by order, `prices` are the unit prices of now."""
    if not orders and page == 0:
        return Screen(
            text=t.html(
                "You have no orders yet. Tap a button on a pick's card in your group, or reply to it with +1."
            )
        )
    parts = [
        _entry(
            t,
            order,
            _lines_of(order, own),
            price=prices.get(order.order_id),
            money=money.get(order.order_id),
            now=now,
        )
        for order in orders
    ]
    buttons: list[Sequence[Button]] = [
        [
            Button(
                text=t(
                    "#{number} {title}",
                    number=order.pick_number,
                    title=shortened(order.title, _LONGEST_TITLE),
                ),
                data=ReceiptButton(order.order_id, page),
            )
        ]
        for order in orders
    ]
    turning = _turning(t, page, has_more=has_more)
    text = as_fits((t.html("<b>Your orders</b>"), *parts), between="\n\n", limit=_LONGEST_PAGE)
    return Screen(text=text, buttons=[*buttons, turning] if turning else buttons)


def order_receipt(
    t: Translator,
    order: OwnOrder,
    own: Sequence[OwnLine],
    *,
    price: int | None,
    paid: OrderPayments | None,
    bill: Bill | None = None,
    case_id: int | None = None,
    page: int,
    is_reminded: bool,
    bought: Sequence[BoughtLine] = (),
    now: datetime,
) -> Screen:
    """One order in full: what, for how much, where it stands, and what can be done with it.

    `case_id` is the case that is open about it.
    """
    is_open = order.pick_state is PickState.LIVE
    head = paragraphs(
        t.html("<b>Your order</b>, number <b>{number}</b>", number=order.number),
        _entry(t, order, own, price=price, money=paid.money if paid else None, now=now),
    )
    placed = lines(
        t.html("Placed: {moment}", moment=t.moment(order.placed_at, order.time_zone, now=now)),
        t.html("Pick-up point: {point}", point=order.point) if order.point else None,
    )
    room = _LONGEST_PAGE - shown_length(head) - shown_length(placed)
    pays = pay_line(t, bill) if bill is not None and bill.amount > 0 else None
    moves = payment_list(t, paid, now=now, room=room) if paid else None
    return Screen(
        text=paragraphs(head, _each_kind(t, own, room=room - shown_length(moves or "")), placed, moves, pays),
        buttons=[
            pay_button(t, bill),
            *(receipt_buttons(t, paid.payments, page=page) if paid else ()),
            [Button(text=t("Change it") if is_open else t("Details"), data=DetailsButton(order.pick_id, 0))],
            [reminder_button(t, order.pick_id, is_set=is_reminded, order_id=order.order_id)]
            if is_open
            else [],
            [who_told_button(t, order.order_id)] if order.state in _ASKABLE else [],
            review_button(t, bought),
            [wrong_button(t, order.order_id, case_id=case_id)],
            [Button(text=t("‹ Back"), data=MyOrdersButton(page))],
        ],
    )


def _entry(
    t: Translator,
    order: OwnOrder,
    own: Sequence[OwnLine],
    *,
    price: int | None,
    money: OrderMoney | None,
    now: datetime,
) -> Markup:
    if own:
        return lines(own_order(t, own, price=price, now=now), _states(t, order, money))
    return lines(
        t.html(
            "<b>{title}</b> (#{pick}, {group})",
            title=order.title,
            pick=order.pick_number,
            group=order.group_title,
        ),
        _ended(t, order),
        _states(t, order, money),
    )


def _ended(t: Translator, order: OwnOrder) -> Markup:
    if order.state is not OrderState.CANCELLED:
        return Markup("<i>{}</i>").format(t("Nothing in it."))
    if order.pick_state is PickState.WITHDRAWN:
        return t.html("<i>Cancelled: the pick was withdrawn. {reason}</i>", reason=order.reason or "")
    if order.pick_state is PickState.FAILED:
        return t.html("<i>Cancelled: too few were ordered. You owe nothing.</i>")
    return Markup("<i>{}</i>").format(t("Cancelled."))


def _states(t: Translator, order: OwnOrder, money: OrderMoney | None) -> Markup | None:
    """Where money and goods are, as far as anything is known of them."""
    goods: Mapping[FulfilmentState, str] = {
        FulfilmentState.READY: t("Ready to be fetched."),
        FulfilmentState.HANDED_OVER: t("Handed over to you."),
        FulfilmentState.RETURNED: t("Returned."),
    }
    waits = order.state is OrderState.CONFIRMED and order.fulfilment_state is FulfilmentState.WAITING
    said = [
        payment_words(t, money) if money else None,
        t("On its way to your group.") if waits else goods.get(order.fulfilment_state),
    ]
    known = " ".join(words for words in said if words)
    return Markup("<i>{}</i>").format(known) if known else None


def _line(t: Translator, line: OwnLine) -> Markup:
    amount = Money(amount=line.unit_amount, currency=line.currency)
    total = Money(amount=line.unit_amount * line.quantity, currency=line.currency)
    return t.html(
        "{quantity} × {kind}: {price} each, {total}",
        quantity=t.number(line.quantity),
        kind=line.variant or line.title,
        price=t.money(amount),
        total=t.money(total),
    )


def _each_kind(t: Translator, own: Sequence[OwnLine], *, room: int) -> Markup | None:
    """A line for each kind, where there are several and room to say something of them."""
    if len(own) < _SEVERAL or room < _LEAST_ROOM:
        return None
    return as_fits((_line(t, line) for line in own), between="\n", limit=room)


def _lines_of(order: OwnOrder, own: Sequence[OwnLine]) -> list[OwnLine]:
    return [line for line in own if line.order_id == order.order_id]


def _turning(t: Translator, page: int, *, has_more: bool) -> list[Button]:
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=MyOrdersButton(page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=MyOrdersButton(page + 1)))
    return turning
