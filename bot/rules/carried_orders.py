"""What an order comes to that one group sold for another: what its goods cost, and who has which part of it.

It is reckoned from the facts as often as they change. Reckoning less is what takes something back, so that a
reversal mirrors to the cent what it reverses.
"""

from typing import Final, NamedTuple

from bot.carried_order_errors import ReceivedUnreadable
from bot.money import LARGEST_PRICE_MAJOR, parse_price, share
from bot.rules.settlements import Facts
from storage.states import FulfilmentState, OrderState


class Parts(NamedTuple):
    """What the goods of carried orders cost, and how much of that the carrying group keeps; minor units."""

    goods_amount: int
    share_amount: int


NOTHING: Final = Parts(0, 0)

_LARGEST_MAJOR: Final = 1_000 * LARGEST_PRICE_MAJOR
"""What has come is for many orders: ten million dong are some three hundred euros."""


def parts_of(facts: Facts, *, share_bps: int) -> Parts | None:
    """What a carried order comes to: nothing before its goods are received, nor once they are given back.

    What its buyer has yet to pay is the carrying group's affair. None: it is in review, where nothing moves.
    """
    if facts.order_state is OrderState.NEEDS_REVIEW:
        return None
    is_back = facts.fulfilment_state is FulfilmentState.RETURNED
    if facts.order_state is not OrderState.COMPLETED or is_back:
        return NOTHING
    goods_amount = _kept(facts)
    return Parts(goods_amount, share(goods_amount, share_bps))


def read_received(text: str, currency: str) -> int:
    """A positive amount in this currency, in minor units, as it was typed. Raises ReceivedUnreadable."""
    try:
        money = parse_price(text, currency, largest_major=_LARGEST_MAJOR)
    except ValueError:
        raise ReceivedUnreadable(currency) from None
    if money.currency != currency:
        raise ReceivedUnreadable(currency)
    return money.amount


def _kept(facts: Facts) -> int:
    """What an order's goods cost before the carrying group's discounts, less the part that went back.

    Goodwill is a part of what the buyer was asked for, so the same part of the whole price is off.
    """
    asked_amount = facts.lines_amount - facts.discount_amount
    if asked_amount <= 0:
        # All of it was the carrying group's present; there was nothing to give back.
        return facts.lines_amount
    kept_amount = max(0, asked_amount - facts.goodwill_amount)
    return facts.lines_amount * kept_amount // asked_amount
