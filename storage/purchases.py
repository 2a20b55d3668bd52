"""What counts as a purchase, and what as one thing: all rounds of an offer are the same item."""

from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, func, or_
from sqlalchemy import select as core_select

from storage.models import Offer, Order, Pick
from storage.states import FulfilmentState, OrderState, PickState
from storage.tables import table

ON_OFFER: Final = (PickState.LIVE, PickState.SCHEDULED)
"""What is on offer, or comes."""


def bought() -> Select[Any]:
    """Orders that were confirmed and not given back, with their picks and offers."""
    order, pick, offer = table(Order), table(Pick), table(Offer)
    return (
        core_select(order.c.id)
        .select_from(
            order.join(pick, pick.c.id == order.c.pick_id).join(offer, offer.c.id == pick.c.offer_id)
        )
        .where(order.c.state.in_([OrderState.CONFIRMED, OrderState.COMPLETED]))
        .where(order.c.fulfilment_state != FulfilmentState.RETURNED)
    )


def origin_of(offer: FromClause) -> ColumnElement[int]:
    """An offer by its first round."""
    return func.coalesce(offer.c.origin_id, offer.c.id)


def is_round_of(offer: FromClause, origin_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an offer is the one that was posted first, or a further round of it."""
    return or_(offer.c.id == origin_id, offer.c.origin_id == origin_id)
