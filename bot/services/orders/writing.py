"""Writing down what a batch has decided, in few statements."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.rules.orders import Decision
from bot.rules.pricing import Terms
from bot.rules.teams import after_leaving, deadline
from bot.services.orders.batch import Batch
from bot.services.orders.requests import OrderRequest
from storage.repositories.members import Seen
from storage.repositories.orders import LineChange, NewEvent, OrderKey
from storage.repositories.outbox import Priority
from storage.states import OrderState, OutboxKind
from storage.unit_of_work import UnitOfWork


async def write(uow: UnitOfWork, batch: Batch) -> Mapping[OrderKey, int]:
    """Write down what was decided, and what is to be asked of it; returns the orders' keys."""
    people = {request.person.id: request.person for _, request, _ in batch.events}
    await uow.members.meet(_strangers(batch, people), now=batch.now)
    for group_id in {group_id for group_id, _ in batch.entering}:
        await uow.members.enter(group_id, [who for g, who in batch.entering if g == group_id], now=batch.now)
    fetched = [key for key in batch.new if batch.picks[key[0]].point_count]
    points = await uow.pickups.destinations(fetched) if fetched else {}
    batch.fees = {key: point.fee_amount for key, point in points.items() if point.fee_amount}
    new = [
        order._replace(pickup_point_id=points[key].point_id, fee_amount=points[key].fee_amount)
        if key in points
        else order
        for key, order in batch.new.items()
    ]
    keys = await uow.orders.add(new, now=batch.now)
    keys.update({key: entry.id for key, entry in batch.entries.items()})
    await uow.orders.set_states(
        # A new order is written as placed; whoever cancelled in the same batch has cancelled all the same.
        {
            keys[key]: state
            for key, state in batch.states.items()
            if key not in batch.new or state is not OrderState.PLACED
        }
    )
    if batch.freed:
        await uow.pricing.forget(batch.freed)
    await uow.orders.set_lines(_line_changes(batch, keys))
    await uow.orders.add_events(
        [_event(keys[key], request, decision) for key, request, decision in batch.events], now=batch.now
    )
    await uow.picks.sell(_sold(batch))
    await uow.picks.count(batch.counts)
    if batch.left:
        await _leave_teams(uow, batch)
    undecided = {key: keys[key] for key, point in points.items() if point.point_id is None}
    if undecided:
        await _ask_where(uow, batch, undecided)
    paid = [entry.id for key, entry in batch.entries.items() if entry.has_payments and key in batch.lines]
    if paid:
        await uow.payments.lock(paid)
        await uow.payments.settle_later(paid, now=batch.now)
    return keys


async def show(uow: UnitOfWork, batch: Batch) -> None:
    """Bring the cards and lists up to date that tell of what was decided.

    Last of all: whoever changes a promotion has it locked before it asks for the same cards.
    """
    chats = {pick_id: batch.picks[pick_id].chat_id for pick_id in batch.counts}
    shared = {batch.picks[key].offer_id for key in chats if batch.picks[key].pick_count > 1}
    if shared:
        chats.update(await uow.posts.cards_of(shared))
    await uow.outbox.add_cards(chats, now=batch.now)
    turned = _turned(batch)
    if turned:
        await _list_anew(uow, turned, now=batch.now)


def _turned(batch: Batch) -> set[int]:
    """The offers that have come to another price."""
    changes: dict[int, int] = {}
    for pick_id, count in batch.counts.items():
        if batch.picks[pick_id].offer_id in batch.tiers:
            changes[pick_id] = count.quantity
    turned = set()
    for pick_id, posted in ((key, batch.picks[key]) for key in changes):
        more = sum(n for key, n in changes.items() if batch.picks[key].offer_id == posted.offer_id)
        terms = Terms(price_amount=posted.price_amount, tiers=batch.tiers[posted.offer_id])
        sold = sum(shelf.sold for shelf in batch.stalls[pick_id].shelves.values())
        if terms.price_at(sold) != terms.price_at(sold - more):
            turned.add(posted.offer_id)
    return turned


async def _list_anew(uow: UnitOfWork, offers: Iterable[int], *, now: datetime) -> None:
    """Bring the lists of open picks up to date in which these offers stand."""
    groups = {shown.group_id: shown.chat_id for key in offers for shown in await uow.posts.list_shown(key)}
    for group_id, chat_id in sorted(groups.items()):
        await uow.outbox.add_overview(group_id, chat_id, now=now)


async def _ask_where(uow: UnitOfWork, batch: Batch, orders: Mapping[OrderKey, int]) -> None:
    """Ask the members of new orders where they want to fetch them, as far as they read private messages."""
    rows = [
        {
            "kind": OutboxKind.POINT_QUESTION,
            "chat_id": person_id,
            "subject_id": order_id,
            "payload": None,
            "merge_key": None,
            "priority": int(Priority.ANSWER),
            "due_at": batch.now,
        }
        for (pick_id, person_id), order_id in orders.items()
        if batch.reads((pick_id, person_id))
    ]
    await uow.outbox.add_all(rows, now=batch.now)


async def _leave_teams(uow: UnitOfWork, batch: Batch) -> None:
    """Free the seats of those who cancelled; whoever is still in the team is told."""
    teams = await uow.teams.load({team_id for team_id, _ in batch.left})
    await uow.teams.vacate(batch.left)
    for team_id, team in sorted(teams.items()):
        gone = [person_id for of_team, person_id in batch.left if of_team == team_id]
        present = [seat.person_id for seat in team.seats if seat.person_id not in gone]
        closes_at = batch.picks[team.pick_id].closes_at
        standing = after_leaving(
            state=team.state,
            leader_id=team.leader_id,
            present=present,
            size=team.size,
            until=deadline(expires_at=team.expires_at, closes_at=closes_at),
            now=batch.now,
        )
        await uow.teams.set_standing(
            team_id, state=standing.state, leader_id=standing.leader_id, now=batch.now
        )
        news = {"news": "left", "who": gone, "led": team.leader_id in gone}
        await uow.outbox.add_team_news(team_id, dict.fromkeys(present, news), now=batch.now)


def _strangers(batch: Batch, people: Mapping[int, Seen]) -> list[Seen]:
    known = {person_id for _, person_id in batch.standings}
    return [person for person_id, person in people.items() if person_id not in known]


def _line_changes(batch: Batch, keys: Mapping[OrderKey, int]) -> list[LineChange]:
    touched = {(key, variant_id) for key, _, decision in batch.events for variant_id in decision.changes}
    return [
        LineChange(
            order_id=keys[key],
            variant_id=variant_id,
            quantity=batch.lines[key].get(variant_id, 0),
            unit_amount=batch.promised(key),
        )
        for key, variant_id in sorted(touched)
    ]


def _event(order_id: int, request: OrderRequest, decision: Decision) -> NewEvent:
    return NewEvent(
        order_id=order_id,
        kind=decision.kind,
        changes=decision.changes,
        message_id=request.message_id,
        update_id=request.update_id,
    )


def _sold(batch: Batch) -> dict[int, int]:
    sold: dict[int, int] = {}
    for _, _, decision in batch.events:
        for variant_id, change in decision.changes.items():
            sold[variant_id] = sold.get(variant_id, 0) + change
    return sold
