"""Withdrawing a pick: its orders are cancelled, and everybody who ordered is told why."""

from collections.abc import Sequence
from datetime import datetime

from bot.allowance import pull_forward
from bot.edit_errors import HandedOver, PickOver
from bot.quoting import requote
from bot.reckoning import reckon_pick_later
from bot.supplying import end_carryings, end_supply, lock_offer
from storage.repositories.orders import GivenBack
from storage.repositories.outbox import Priority
from storage.repositories.picks import CountChange, PostedPick
from storage.states import CarryingEnd, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork


async def withdraw_pick(
    uow: UnitOfWork, pick_id: int, *, reason: str, by_id: int | None, now: datetime
) -> PostedPick:
    """Withdraw a pick that is scheduled, live or closed, for a reason. Raises PickOver, HandedOver."""
    # The group first, as those do who post.
    found = (await uow.picks.get(pick_id)).pick
    await uow.groups.lock(found.group_id)
    # What is sold for another group goes from this one alone.
    locked = await (uow.picks.load([pick_id], lock=True) if found.is_carried else lock_offer(uow, pick_id))
    posted = locked[pick_id]
    pick, had_slot = posted.pick, posted.pick.state is PickState.SCHEDULED
    if pick.state in (PickState.WITHDRAWN, PickState.FAILED):
        raise PickOver(pick.number, pick.state)
    # Whoever hands goods over locks the order alone.
    await uow.orders.lock_of(pick_id)
    if await uow.posts.has_handed_over(pick_id):
        raise HandedOver(pick.number)
    pick.state, pick.reason, pick.closed_at = PickState.WITHDRAWN, reason, now
    await uow.picks.save(pick)
    if pick.is_carried and pick.ended_at is None:
        await end_carryings(uow, [posted], CarryingEnd.BY_CARRIER, by_id=by_id, now=now)
    # Whoever sells it for its group loses it, too, a portion at a time.
    await end_supply(uow, pick_id, locked, CarryingEnd.WITHDRAWN, by_id=by_id, now=now)
    given = await uow.orders.cancel_all(pick_id, by_id=by_id, now=now)
    await requote(uow, [order.order_id for order in given], now=now)
    await _give_back(uow, pick_id, given)
    await uow.payments.settle_pick_later(pick_id, now=now)
    await reckon_pick_later(uow, pick_id, now=now)
    await uow.teams.end_all(pick_id, now=now)
    await uow.audit.add(
        "pick_withdrawn",
        group_id=pick.group_id,
        person_id=by_id,
        pick_id=pick_id,
        details={"reason": reason, "orders": len(given)},
        now=now,
    )
    await _show_everywhere(uow, posted, now=now)
    await _tell_buyers(uow, posted, given, now=now)
    if had_slot:
        await pull_forward(uow, posted.group, now=now)
    return posted


async def _give_back(uow: UnitOfWork, pick_id: int, given: Sequence[GivenBack]) -> None:
    sold: dict[int, int] = {}
    for back in given:
        for variant_id, quantity in back.quantities.items():
            sold[variant_id] = sold.get(variant_id, 0) - quantity
    await uow.picks.sell(dict(sorted(sold.items())))
    await uow.picks.count({pick_id: CountChange(orders=-len(given), quantity=sum(sold.values()))})


async def _show_everywhere(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    """Its own card, and those that share its stock."""
    shown = await uow.posts.list_shown(posted.pick.offer_id)
    cards = {other.pick_id: other.chat_id for other in shown}
    await uow.outbox.add_cards({**cards, posted.id: posted.group.chat_id}, now=now)
    await uow.outbox.add_overview(posted.pick.group_id, posted.group.chat_id, now=now)


async def _tell_buyers(
    uow: UnitOfWork, posted: PostedPick, given: Sequence[GivenBack], *, now: datetime
) -> None:
    readers = await uow.posts.list_private_readers({back.person_id for back in given})
    rows = [
        {
            "kind": OutboxKind.WITHDRAWN,
            "chat_id": back.person_id,
            "subject_id": posted.id,
            "payload": None,
            "merge_key": None,
            "priority": int(Priority.RECEIPT),
            "due_at": now,
        }
        for back in given
        if back.person_id in readers
    ]
    await uow.outbox.add_all(rows, now=now)
    others = [back.person_id for back in given if back.person_id not in readers]
    if others:
        await uow.outbox.add(
            OutboxKind.WITHDRAWN,
            chat_id=posted.group.chat_id,
            subject_id=posted.id,
            payload={"person_ids": others},
            priority=Priority.RECEIPT,
            now=now,
        )
