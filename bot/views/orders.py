"""Toasts, receipts, a member's own orders, and the roll-up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.services.orders.requests import OrderPlaced, Saving
from bot.services.payments.bills import Bill
from bot.views.holds import pay_now
from bot.views.payments import pay_button, pay_line
from bot.views.pricing import pick_failed_notice
from bot.views.promotion_discounts import cost_lines, costs_of, saved_words
from bot.views.screens import (
    Button,
    Screen,
    lines,
    paragraphs,
    shortened,
    toast,
)
from storage.repositories.orders import OwnLine
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PickState

_LONGEST_WHAT = 3000
"""UTF-16 units of what one order holds: beside it, a message must still say whose it is."""


@lru_cache(maxsize=8192)
def order_toast(
    t: Translator,
    *,
    title: str,
    order_lines: tuple[tuple[str, int], ...],
    total: Money,
    at_most: Money | None = None,
    to_pay: tuple[Money, int] | None = None,
    savings: tuple[Saving, ...] = (),
    fee: Money | None = None,
) -> str:
    """How somebody's order stands now, short; in a sale the same few are said over and over.

    Where the price may still change, the total is that of now, and `at_most` what it can come to. What is to
    be paid at once comes first, with the whole minutes that are left for it.
    """
    if to_pay is not None:
        stands = order_toast(
            t, title=title, order_lines=order_lines, total=total, at_most=at_most, savings=savings, fee=fee
        )
        return toast(f"{pay_now(t, to_pay[0], minutes=to_pay[1])} {stands}")
    if not order_lines:
        return t("You have nothing ordered here.")
    what, saved = _what(t, order_lines, title), saved_words(t, savings)
    if at_most is not None:
        most = t.money(at_most)
        stands = t(
            "Now {total}, at most {most}. You have {what}.", total=t.money(total), most=most, what=what
        )
    else:
        stands = t("You have {what}: {total}.", what=what, total=t.money(total))
    to_fetch = t("Of that, {fee} is for pick-up.", fee=t.money(fee)) if fee is not None else None
    # What it costs comes first, since a toast is cut.
    return toast(" ".join(filter(None, (stands, saved, to_fetch))))


def placed_toast(t: Translator, placed: OrderPlaced) -> str:
    """How an order stands now that it was placed, and what is to be paid for it at once."""
    to_pay = placed.to_pay
    return order_toast(
        t,
        title=placed.title,
        order_lines=placed.lines,
        total=placed.total,
        at_most=placed.at_most,
        to_pay=(to_pay.amount, to_pay.minutes) if to_pay else None,
        savings=placed.savings,
        fee=placed.fee,
    )


def own_order_toast(
    t: Translator, own: Sequence[OwnLine], *, price: int | None, to_pay: tuple[Money, int] | None = None
) -> str:
    """The same of a stored order; `price` is the unit price of now."""
    if not own:
        return t("You have nothing ordered here.")
    costs = costs_of(own, price=price)
    return order_toast(
        t,
        title=own[0].title,
        order_lines=tuple((line.variant, line.quantity) for line in own),
        total=costs.total,
        at_most=costs.at_most,
        to_pay=to_pay,
        savings=costs.savings,
        fee=costs.fee if not any(one.is_of_fee for one in own[0].discounts) else None,
    )


def own_order(t: Translator, own: Sequence[OwnLine], *, price: int | None, now: datetime) -> Markup:
    """One of a member's own orders; `price` is the unit price of now."""
    return _own(t, own, now=now, prices={} if price is None else {own[0].order_id: price})


def receipt(
    t: Translator,
    own: Sequence[OwnLine],
    *,
    now: datetime,
    bill: Bill | None = None,
    has_fallen: bool = False,
) -> Screen:
    """To a buyer when a pick has closed: what she will get and what it costs, or costs after all.

    Where her group keeps its money here, her `bill` says what is to be paid, and how.
    """
    first = own[0]
    if has_fallen:
        return Screen(
            text=paragraphs(
                t.html(
                    "<b>{group}</b>: the price of pick #{pick} has fallen further, "
                    "since people in other groups ordered, too.",
                    group=first.group_title,
                    pick=first.pick_number,
                ),
                _own(t, own, now=now),
                pay_line(t, bill),
            ),
            buttons=[pay_button(t, bill)],
        )
    return Screen(
        text=paragraphs(
            t.html(
                "<b>{group}</b>: pick #{pick} has closed, and your order is confirmed.",
                group=first.group_title,
                pick=first.pick_number,
            ),
            _own(t, own, now=now),
            pay_line(t, bill),
            t.html("Your order number is <b>{number}</b>. Your curator will tell you when it has arrived.",
                   number=first.number),
        ),
        buttons=[pay_button(t, bill)],
    )  # fmt: skip


def no_list(t: Translator, posted: PostedPick) -> Screen:
    """To the curator at the close, where there is no list: nobody ordered, or too few did."""
    if posted.pick.state is PickState.FAILED:
        return pick_failed_notice(t, posted)
    return Screen(
        text=t.html(
            "<b>{group}</b>: pick #{number} {title} has closed without an order.",
            group=posted.group.title,
            number=posted.pick.number,
            title=posted.offer.title,
        )
    )


def roll_up_elsewhere(t: Translator, posted: PostedPick, *, name: str | None, link: str) -> Screen:
    """In the group, where the curator has not opened a private chat yet."""
    if name is None:
        text = t.html("Pick #{number} has closed.", number=posted.pick.number)
    else:
        text = t.html(
            "{name}, pick #{number} has closed: your list is ready.", name=name, number=posted.pick.number
        )
    return Screen(text=text, buttons=[[Button(text=t("Open the list"), url=link)]])


def _own(
    t: Translator, own: Iterable[OwnLine], *, now: datetime, prices: Mapping[int, int] | None = None
) -> Markup:
    own = list(own)
    first = own[0]
    what = shortened(_what(t, [(line.variant, line.quantity) for line in own], first.title), _LONGEST_WHAT)
    return lines(
        t.html(
            "<b>{title}</b> (#{pick}, {group})",
            title=first.title,
            pick=first.pick_number,
            group=first.group_title,
        ),
        _costs(t, own, what=what, price=(prices or {}).get(first.order_id)),
        _fallen(t, first),
        _standing(t, first, now=now),
    )


def _costs(t: Translator, own: Sequence[OwnLine], *, what: str, price: int | None) -> Markup:
    costs = costs_of(own, price=price)
    total = t.money(costs.total)
    if costs.at_most is None:
        head = t.html("{what}: {total}", what=what, total=total)
    else:
        most = t.money(costs.at_most)
        head = t.html("{what}: now {total}, at most {most}", what=what, total=total, most=most)
    # The total above holds the fee: said as an item, it would read as coming on top.
    to_fetch = t.html("Of that, {fee} is for pick-up.", fee=t.money(costs.fee)) if costs.fee else None
    return lines(head, to_fetch, cost_lines(t, fee=None, savings=costs.savings))


def _fallen(t: Translator, line: OwnLine) -> Markup | None:
    """That the final price is lower than the first one."""
    if line.state is OrderState.PLACED or line.unit_amount >= line.price_amount:
        return None
    price = Money(amount=line.unit_amount, currency=line.currency)
    return t.html("The final price is {price} each.", price=t.money(price))


def _standing(t: Translator, line: OwnLine, *, now: datetime) -> Markup:
    if line.state is OrderState.PLACED:
        if line.closes_at <= now:
            return t.html("<i>Placed; it can no longer be changed.</i>")
        moment = t.moment(line.closes_at, line.time_zone, now=now)
        return t.html("<i>Placed; you can change it until {moment}.</i>", moment=moment)
    words: Mapping[OrderState, str] = {
        OrderState.CONFIRMED: t("Confirmed."),
        OrderState.COMPLETED: t("Completed."),
        OrderState.CANCELLED: t("Cancelled."),
        OrderState.NEEDS_REVIEW: t("Your curator is looking into it."),
    }
    return Markup("<i>{}</i>").format(words[line.state])


def _what(t: Translator, order_lines: Sequence[tuple[str, int]], title: str = "") -> str:
    """Quantities by name; the sole kind of an offer goes by the offer's title."""
    return t.listed(
        [
            f"{t.number(quantity)} × {name or title}" if name or title else t.number(quantity)
            for name, quantity in order_lines
        ]
    )
