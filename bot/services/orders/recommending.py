"""Who recommended what a batch has placed, and who earns by it."""

from collections.abc import Mapping

from bot.rules.commissions import earners, split
from bot.rules.shares import TOUCH_LASTS
from bot.services.orders.asking_who import ask_who_told
from bot.services.orders.batch import Batch
from storage.repositories.commissions import PlacedOrder
from storage.repositories.orders import OrderKey
from storage.repositories.shares import Recommender
from storage.states import OrderState
from storage.unit_of_work import UnitOfWork


def may_recommend(batch: Batch) -> bool:
    """Whether any of what was decided can have been recommended, or earn anybody anything."""
    return any(posted.has_touches or posted.has_plan for posted in batch.picks.values())


async def recommend(uow: UnitOfWork, batch: Batch, keys: Mapping[OrderKey, int]) -> None:
    """Keep who recommended the orders that were placed, and who earns by them, by the plan of now.

    What is earned by those that were changed is reckoned anew.
    """
    placed = {
        key: keys[key]
        for key, state in batch.states.items()
        if state is OrderState.PLACED and (batch.picks[key[0]].has_touches or batch.picks[key[0]].has_plan)
    }
    told = await _recommenders(uow, batch, placed)
    again = {order_id for key, order_id in placed.items() if key in batch.entries}
    # Whoever orders again does so on the terms of then.
    kept = await uow.commissions.thaw(again) if again else set()
    earning = [
        PlacedOrder(order_id, *key, told[key].person_id if key in told else None)
        for key, order_id in placed.items()
        if batch.picks[key[0]].pays_commission and order_id not in kept
    ]
    await _freeze(uow, batch, earning, told)
    await ask_who_told(uow, batch, placed, told=told)
    changed = [
        keys[key] for key in batch.lines if batch.picks[key[0]].has_plan and keys[key] not in placed.values()
    ]
    await uow.commissions.mark_stale(changed, now=batch.now)


async def _recommenders(
    uow: UnitOfWork, batch: Batch, placed: Mapping[OrderKey, int]
) -> Mapping[OrderKey, Recommender]:
    touched = [key for key in placed if batch.picks[key[0]].has_touches]
    if not touched:
        return {}
    told = await uow.shares.recommenders(touched, now=batch.now, lasts=TOUCH_LASTS)
    named = {placed[key]: told[key].person_id if key in told else None for key in touched}
    is_new = {placed[key] for key in placed if key in batch.new}
    await uow.commissions.set_recommenders(
        {order_id: who for order_id, who in named.items() if who is not None or order_id not in is_new}
    )
    await uow.shares.order([(*key, one.person_id) for key, one in told.items()], now=batch.now)
    return told


async def _freeze(
    uow: UnitOfWork, batch: Batch, orders: list[PlacedOrder], told: Mapping[OrderKey, Recommender]
) -> None:
    openings = await uow.commissions.openings(orders)
    if not openings:
        return
    barred = await uow.commissions.barred(openings)
    source = {
        order.order_id: told[order.pick_id, order.buyer_id].source
        for order in orders
        if order.recommender_id is not None
    }
    found = [
        (one, earners(one, source.get(one.order_id), barred=barred.get(one.group_id, ()))) for one in openings
    ]
    costs = {
        order.order_id: batch.promised(key) * sum(batch.lines_of(key).values())
        for order in orders
        # What promotions take off, and what else became of an older order, is reckoned later.
        if (key := (order.pick_id, order.buyer_id)) in batch.new and not batch.picks[key[0]].has_promotions
    }
    expected = {
        one.order_id: split(
            costs[one.order_id], [earner.bps for earner in people], cap_amount=one.order_cap_amount
        )
        for one, people in found
        if one.order_id in costs
    }
    await uow.commissions.freeze(found, expected=expected, now=batch.now)
