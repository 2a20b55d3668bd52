"""Asking for orders to be reckoned anew: what is earned by them, and what groups owe one another for them."""

from collections.abc import Collection
from datetime import datetime

from storage.unit_of_work import UnitOfWork


async def reckon_later(uow: UnitOfWork, order_ids: Collection[int], *, now: datetime) -> None:
    """Have all that follows from these orders and their money reckoned anew, but for the money itself."""
    await uow.commissions.mark_stale(order_ids, now=now)
    await uow.carried_orders.mark_stale(order_ids, now=now)


async def reckon_pick_later(uow: UnitOfWork, pick_id: int, *, now: datetime) -> None:
    """The same for all orders of a pick."""
    await uow.commissions.mark_pick_stale(pick_id, now=now)
    await uow.carried_orders.mark_pick_stale(pick_id, now=now)
