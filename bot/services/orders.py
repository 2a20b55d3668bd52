"""Placing, amending and cancelling orders, many in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.errors import ButtonOutdated, NotInGroup, ShopError
from bot.handover_errors import OrderInReview
from bot.money import Money
from bot.pricing_errors import KeepsOldPrice
from bot.rules.holds import Held, asks_at_once, hold_after, still_to_come, whole_minutes
from bot.rules.orders import Ask, Decision, Shelf, Stall, decide
from bot.rules.payments import StepUnknown, order_after
from bot.rules.pricing import Terms, TierPrice, own_price
from bot.rules.teams import after_leaving, deadline
from storage.repositories.holds import NewHold
from storage.repositories.members import Seen, Standing
from storage.repositories.orders import LineChange, NewEvent, NewOrder, OrderEntry, OrderKey
from storage.repositories.outbox import Priority
from storage.repositories.picks import CountChange, LockedPick
from storage.states import OrderEventKind, OrderState, OutboxKind, Presence
from storage.unit_of_work import UnitOfWork

ACKNOWLEDGED = "👌"
"""The reaction that says to a member: your message was read as an order."""


class OrderRequest(NamedTuple):
    """One person's ask on one pick, in one chat."""

    update_id: int
    person: Seen
    chat_id: int
    pick_id: int
    ask: Ask
    message_id: int | None = None
    is_edit: bool = False

    @property
    def key(self) -> OrderKey:
        """The order that is meant."""
        return self.pick_id, self.person.id


class OrderPlaced(NamedTuple):
    """How an order stands now: variant names with quantities, and the total.

    Where the price may still change, the total is that of now, and `at_most` what it can come to. Where it
    is to be paid at once, `to_pay` says what is still to come.
    """

    pick_number: int
    title: str
    lines: tuple[tuple[str, int], ...]
    total: Money
    language: str
    changed: bool
    at_most: Money | None = None
    to_pay: "ToPay | None" = None

    @property
    def quantity(self) -> int:
        """How many pieces are ordered."""
        return sum(quantity for _, quantity in self.lines)


class ToPay(NamedTuple):
    """What is to be paid for an order at once, until when its goods are kept, and whether she reads that."""

    order_id: int
    amount: Money
    #: Whole minutes that are left.
    minutes: int
    private_is_open: bool


@dataclass(kw_only=True)
class _Batch:
    """What is read once for a batch, and what its decisions add up to."""

    now: datetime
    picks: Mapping[int, LockedPick]
    stalls: Mapping[int, Stall]
    entries: dict[OrderKey, OrderEntry]
    standings: Mapping[tuple[int, int], Standing]
    undone: Mapping[tuple[int, int], Mapping[int, int]]
    fresh: set[int]
    #: By offer, of those offers alone that have tiers.
    tiers: Mapping[int, tuple[TierPrice, ...]]
    #: By offer and person, where a limit counts over several picks.
    held: dict[tuple[int, int], int]
    #: The older terms of orders that keep some.
    kept: dict[OrderKey, Terms]
    #: The teams of orders that were placed in one.
    teams: dict[OrderKey, int]
    #: The picks whose orders are paid as they are placed.
    paid_now: frozenset[int]
    #: Who leaves which team: (team, person) each.
    left: list[tuple[int, int]] = field(default_factory=list)
    freed: list[int] = field(default_factory=list)
    decided: set[int] = field(default_factory=set)
    lines: dict[OrderKey, dict[int, int]] = field(default_factory=dict)
    new: dict[OrderKey, NewOrder] = field(default_factory=dict)
    events: list[tuple[OrderKey, OrderRequest, Decision]] = field(default_factory=list)
    states: dict[OrderKey, OrderState] = field(default_factory=dict)
    counts: dict[int, CountChange] = field(default_factory=dict)
    entering: set[tuple[int, int]] = field(default_factory=set)


async def place_orders(
    uow: UnitOfWork, requests: Sequence[OrderRequest], *, now: datetime
) -> list[OrderPlaced | Exception]:
    """Decide and write many asks at once; each gets the order as it stands, or its refusal.

    An update that was seen before changes nothing and gets the order as it stands.
    """
    batch = await _read(uow, requests, now=now)
    results = [_answer(batch, request) for request in requests]
    keys = await _write(uow, batch) if batch.events else {}
    if batch.paid_now:
        to_pay = await _hold(uow, batch, keys)
        results = [_asking(result, to_pay.get(r.key)) for r, result in zip(requests, results, strict=True)]
    await _acknowledge(uow, batch, requests, results)
    return results


async def _read(uow: UnitOfWork, requests: Sequence[OrderRequest], *, now: datetime) -> _Batch:
    # Picks are locked before updates are noted, so that a redelivery waits for the first delivery.
    picks = await uow.picks.lock({request.pick_id for request in requests})
    fresh = await uow.updates.record((request.update_id for request in requests), now=now)
    keeps_money = any(posted.group_ways is not None for posted in picks.values())
    entries = await uow.orders.load({request.key for request in requests}, with_money=keeps_money)
    return _Batch(
        now=now,
        picks=picks,
        stalls=_stalls(picks),
        entries=entries,
        standings=await _standings(uow, requests, picks),
        undone=await _undone(uow, requests, entries),
        fresh=fresh,
        tiers=await _tiers(uow, picks),
        held=await _held(uow, requests, picks),
        # The price in a team is its own, whatever became of the price alone.
        kept={
            key: Terms.read(entry.kept)
            for key, entry in entries.items()
            if entry.kept and entry.team_id is None
        },
        teams={key: entry.team_id for key, entry in entries.items() if entry.team_id is not None},
        paid_now=frozenset(_paid_now(picks)) if keeps_money else frozenset(),
    )


def _paid_now(picks: Mapping[int, LockedPick]) -> Iterable[int]:
    for key, posted in picks.items():
        if asks_at_once(
            pick=posted.pays_when,
            group=posted.group_pays_when,
            price_can_fall=bool(posted.tier_count) or posted.team_price_amount is not None,
            group_ways=posted.group_ways or (),
            named=posted.named_ways,
        ):
            yield key


def _stalls(picks: Mapping[int, LockedPick]) -> dict[int, Stall]:
    """Each pick's stall; picks of one offer share its shelves."""
    shelves: dict[int, Shelf] = {}
    for posted in picks.values():
        for variant in posted.variants:
            shelves[variant.id] = Shelf(name=variant.name, stock=variant.stock, sold=variant.sold)
    return {
        key: Stall(
            number=posted.number,
            state=posted.state,
            closes_at=posted.closes_at,
            shelves={variant.id: shelves[variant.id] for variant in posted.variants},
            limit=posted.limit_per_person,
        )
        for key, posted in picks.items()
    }


async def _tiers(uow: UnitOfWork, picks: Mapping[int, LockedPick]) -> dict[int, tuple[TierPrice, ...]]:
    offers = {posted.offer_id for posted in picks.values() if posted.tier_count}
    found = await uow.pricing.tiers(offers) if offers else {}
    return {offer: tuple(TierPrice(*tier) for tier in tiers) for offer, tiers in found.items()}


async def _held(
    uow: UnitOfWork, requests: Iterable[OrderRequest], picks: Mapping[int, LockedPick]
) -> dict[tuple[int, int], int]:
    limited = {
        key: posted.offer_id
        for key, posted in picks.items()
        if posted.limit_per_person is not None and posted.pick_count > 1
    }
    pairs = (
        {(limited[r.pick_id], r.person.id) for r in requests if r.pick_id in limited} if limited else set()
    )
    return await uow.pricing.held(pairs) if pairs else {}


async def _standings(
    uow: UnitOfWork, requests: Iterable[OrderRequest], picks: Mapping[int, LockedPick]
) -> dict[tuple[int, int], Standing]:
    people: dict[int, set[int]] = {}
    for request in requests:
        if request.pick_id in picks:
            people.setdefault(picks[request.pick_id].group_id, set()).add(request.person.id)
    return {
        (group_id, person_id): standing
        for group_id, ids in people.items()
        for person_id, standing in (await uow.members.standings(group_id, ids)).items()
    }


async def _undone(
    uow: UnitOfWork, requests: Iterable[OrderRequest], entries: Mapping[OrderKey, OrderEntry]
) -> dict[tuple[int, int], dict[int, int]]:
    edited = {
        (entries[request.key].id, request.message_id)
        for request in requests
        if request.is_edit and request.message_id is not None and request.key in entries
    }
    return await uow.orders.changes_by_message(edited) if edited else {}


def _answer(batch: _Batch, request: OrderRequest) -> OrderPlaced | Exception:
    posted = batch.picks.get(request.pick_id)
    if posted is None or posted.chat_id != request.chat_id:
        return ButtonOutdated()
    standing = batch.standings.get((posted.group_id, request.person.id))
    language = standing.language if standing else request.person.language
    # Both deliveries of one update may be in the same batch.
    is_first = request.update_id in batch.fresh and request.update_id not in batch.decided
    batch.decided.add(request.update_id)
    try:
        changed = is_first and _decide(batch, request, posted, standing)
    except ShopError as refusal:
        refusal.language = language
        return refusal
    except StepUnknown as fault:
        # What one order cannot do must not keep those beside it from being placed.
        return fault
    return _placed(batch, request, posted, language=language, changed=changed)


def _decide(batch: _Batch, request: OrderRequest, posted: LockedPick, standing: Standing | None) -> bool:
    # Whoever writes in the group is in it, whatever was last heard; whoever only taps may have left.
    if standing is not None and standing.presence is Presence.LEFT and request.message_id is None:
        raise NotInGroup
    undo = _undo(batch, request)
    if request.ask.action == "nothing" and not any(undo.values()):
        return False
    stall = batch.stalls[request.pick_id]
    lines = _lines(batch, request.key)
    elsewhere = _elsewhere(batch, request, posted, lines)
    decision = decide(request.ask, stall=stall, lines=lines, now=batch.now, undo=undo, elsewhere=elsewhere)
    if not decision.changes:
        return False
    if request.key in batch.kept and sum(decision.changes.values()) > 0:
        raise KeepsOldPrice(Money(amount=_price(batch, posted, None), currency=posted.currency))
    state = _state_after(batch, request.key, decision.kind)
    stall.take(decision.changes)
    _note(batch, request, posted, decision)
    if decision.kind is not OrderEventKind.AMENDED:
        batch.states[request.key] = state
    if standing is None or standing.presence is not Presence.JOINED:
        batch.entering.add((posted.group_id, request.person.id))
    return True


def _state_after(batch: _Batch, key: OrderKey, event: OrderEventKind) -> OrderState:
    entry = batch.entries.get(key)
    state = batch.states.get(key) or (entry.state if entry else None)
    if state is None:
        return OrderState.PLACED
    if entry is not None and state is OrderState.NEEDS_REVIEW:
        raise OrderInReview(entry.number)
    return order_after(state, event)


def _elsewhere(batch: _Batch, request: OrderRequest, posted: LockedPick, lines: Mapping[int, int]) -> int:
    """How many of the same offer she has ordered in other groups."""
    held = batch.held.get((posted.offer_id, request.person.id)) if batch.held else None
    return held - sum(lines.values()) if held else 0


def _undo(batch: _Batch, request: OrderRequest) -> Mapping[int, int]:
    """What an edited message has changed so far, in earlier batches and in this one."""
    if not request.is_edit or request.message_id is None:
        return {}
    entry = batch.entries.get(request.key)
    undo = dict(batch.undone.get((entry.id, request.message_id), {})) if entry else {}
    for key, earlier, decision in batch.events:
        if key == request.key and earlier.message_id == request.message_id:
            for variant_id, change in decision.changes.items():
                undo[variant_id] = undo.get(variant_id, 0) + change
    return undo


def _lines(batch: _Batch, key: OrderKey) -> Mapping[int, int]:
    if key in batch.lines:
        return batch.lines[key]
    entry = batch.entries.get(key)
    return entry.lines if entry else {}


def _note(batch: _Batch, request: OrderRequest, posted: LockedPick, decision: Decision) -> None:
    key = request.key
    count = batch.counts.get(request.pick_id, CountChange())
    numbers = count.numbers
    if key not in batch.entries and key not in batch.new:
        number = posted.next_order_number + numbers
        batch.new[key] = NewOrder(pick_id=request.pick_id, person_id=request.person.id, number=number)
        numbers += 1
    standing = {OrderEventKind.PLACED: 1, OrderEventKind.CANCELLED: -1}.get(decision.kind, 0)
    batch.counts[request.pick_id] = CountChange(
        orders=count.orders + standing,
        quantity=count.quantity + sum(decision.changes.values()),
        numbers=numbers,
    )
    if batch.held or posted.limit_per_person is not None:
        mine = (posted.offer_id, request.person.id)
        batch.held[mine] = batch.held.get(mine, 0) + sum(decision.changes.values())
    if standing < 0 and batch.kept.pop(key, None) is not None:
        # Whoever orders again does so at the price of then.
        batch.freed.append(batch.entries[key].id)
    if standing < 0 and key in batch.teams:
        batch.left.append((batch.teams.pop(key), request.person.id))
        batch.freed.append(batch.entries[key].id)
    batch.lines[key] = dict(decision.lines)
    batch.events.append((key, request, decision))


def _placed(
    batch: _Batch, request: OrderRequest, posted: LockedPick, *, language: str, changed: bool
) -> OrderPlaced:
    lines = _lines(batch, request.key)
    named = tuple((variant.name, lines[variant.id]) for variant in posted.variants if lines.get(variant.id))
    quantity = sum(lines.values())
    at_most = _promised(batch, request.key) * quantity
    in_team = _in_team(batch, request.key) is not None
    total = at_most if in_team else _price(batch, posted, batch.kept.get(request.key)) * quantity
    return OrderPlaced(
        pick_number=posted.number,
        title=posted.title,
        lines=named,
        total=Money(amount=total, currency=posted.currency),
        language=language,
        changed=changed,
        at_most=Money(amount=at_most, currency=posted.currency) if at_most != total else None,
    )


def _price(batch: _Batch, posted: LockedPick, kept: Terms | None) -> int:
    """The unit price of an order as things stand now."""
    tiers = batch.tiers.get(posted.offer_id)
    if tiers is None and kept is None:
        return posted.price_amount
    sold = sum(shelf.sold for shelf in batch.stalls[posted.id].shelves.values())
    return own_price(Terms(price_amount=posted.price_amount, tiers=tiers or ()), kept, sold)


async def _write(uow: UnitOfWork, batch: _Batch) -> Mapping[OrderKey, int]:
    people = {request.person.id: request.person for _, request, _ in batch.events}
    await uow.members.meet(_strangers(batch, people), now=batch.now)
    for group_id in {group_id for group_id, _ in batch.entering}:
        await uow.members.enter(group_id, [who for g, who in batch.entering if g == group_id], now=batch.now)
    fetched = [key for key in batch.new if batch.picks[key[0]].point_count]
    points = await uow.pickups.destinations(fetched) if fetched else {}
    new = [order._replace(pickup_point_id=points.get(key)) for key, order in batch.new.items()]
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
    chats = {pick_id: batch.picks[pick_id].chat_id for pick_id in batch.counts}
    shared = {batch.picks[key].offer_id for key in chats if batch.picks[key].pick_count > 1}
    if shared:
        chats.update(await uow.posts.cards_of(shared))
    await uow.outbox.add_cards(chats, now=batch.now)
    turned = _turned(batch)
    if turned:
        await _list_anew(uow, turned, now=batch.now)
    undecided = {key: keys[key] for key, point in points.items() if point is None}
    if undecided:
        await _ask_where(uow, batch, undecided)
    paid = [entry.id for key, entry in batch.entries.items() if entry.has_payments and key in batch.lines]
    if paid:
        await uow.payments.lock(paid)
        await uow.payments.settle_later(paid, now=batch.now)
    return keys


async def _hold(uow: UnitOfWork, batch: _Batch, keys: Mapping[OrderKey, int]) -> dict[OrderKey, ToPay]:
    """Keep stock for those who have to pay at once, and ask them to; what each of them has to pay."""
    waiting = {key: entry.id for key, entry in batch.entries.items() if entry.keeps is not None}
    changed = {key: keys[key] for key in batch.lines}
    orders = {key: order_id for key, order_id in {**waiting, **changed}.items() if key[0] in batch.paid_now}
    await uow.payments.lock(orders.values())
    facts = await uow.payments.money(orders.values())
    amounts = {key: still_to_come(facts[order_id]) for key, order_id in orders.items()}
    held = {key: _held_after(batch, key, amount) for key, amount in amounts.items()}
    await uow.holds.save(
        [
            NewHold(orders[key], kept.keeps, kept.expires_at)
            for key, kept in held.items()
            if kept and key in changed
        ]
    )
    await uow.holds.remove([waiting[key] for key, kept in held.items() if kept is None and key in waiting])
    to_pay = {
        key: ToPay(
            order_id=orders[key],
            amount=Money(amount=amounts[key], currency=batch.picks[key[0]].currency),
            minutes=whole_minutes(kept.expires_at, now=batch.now),
            private_is_open=_reads(batch, key),
        )
        for key, kept in held.items()
        if kept is not None
    }
    await _ask_to_pay(uow, batch, [(key, asked) for key, asked in to_pay.items() if key in changed])
    return to_pay


def _held_after(batch: _Batch, key: OrderKey, amount: int) -> Held | None:
    entry, posted = batch.entries.get(key), batch.picks[key[0]]
    earlier = None
    if entry is not None and entry.keeps is not None and entry.held_until is not None:
        earlier = Held(entry.keeps, entry.held_until)
    return hold_after(
        before=entry.lines if entry else {},
        lines=_lines(batch, key),
        earlier=earlier,
        to_come_amount=amount,
        until=batch.now + timedelta(minutes=posted.hold_minutes),
    )


async def _ask_to_pay(uow: UnitOfWork, batch: _Batch, asked: Iterable[tuple[OrderKey, ToPay]]) -> None:
    """In private; whoever has not opened that is led there, from where she has written if not by her tap."""
    written = {request.key for _, request, _ in batch.events if request.message_id is not None}
    rows = [
        {
            "kind": OutboxKind.PAYMENT_REQUEST,
            "chat_id": person_id if to_pay.private_is_open else batch.picks[pick_id].chat_id,
            "subject_id": to_pay.order_id,
            "payload": None,
            "merge_key": f"{OutboxKind.PAYMENT_REQUEST}:{to_pay.order_id}",
            "priority": int(Priority.ANSWER),
            "due_at": batch.now,
        }
        for (pick_id, person_id), to_pay in asked
        if to_pay.private_is_open or (pick_id, person_id) in written
    ]
    await uow.outbox.add_all(rows, now=batch.now)


def _reads(batch: _Batch, key: OrderKey) -> bool:
    known = batch.standings.get((batch.picks[key[0]].group_id, key[1]))
    return known is not None and known.private_is_open


def _asking(result: OrderPlaced | Exception, to_pay: ToPay | None) -> OrderPlaced | Exception:
    return result if to_pay is None or isinstance(result, Exception) else result._replace(to_pay=to_pay)


def _turned(batch: _Batch) -> set[int]:
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


async def _ask_where(uow: UnitOfWork, batch: _Batch, orders: Mapping[OrderKey, int]) -> None:
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
        if _reads(batch, (pick_id, person_id))
    ]
    await uow.outbox.add_all(rows, now=batch.now)


async def _leave_teams(uow: UnitOfWork, batch: _Batch) -> None:
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


def _strangers(batch: _Batch, people: Mapping[int, Seen]) -> list[Seen]:
    known = {person_id for _, person_id in batch.standings}
    return [person for person_id, person in people.items() if person_id not in known]


def _line_changes(batch: _Batch, keys: Mapping[OrderKey, int]) -> list[LineChange]:
    touched = {(key, variant_id) for key, _, decision in batch.events for variant_id in decision.changes}
    return [
        LineChange(
            order_id=keys[key],
            variant_id=variant_id,
            quantity=batch.lines[key].get(variant_id, 0),
            unit_amount=_promised(batch, key),
        )
        for key, variant_id in sorted(touched)
    ]


def _promised(batch: _Batch, key: OrderKey) -> int:
    """What one piece of an order costs at most."""
    in_team = _in_team(batch, key)
    if in_team is not None:
        return in_team
    kept = batch.kept.get(key)
    return kept.price_amount if kept else batch.picks[key[0]].price_amount


def _in_team(batch: _Batch, key: OrderKey) -> int | None:
    """What one piece of an order costs in its team, if it has one."""
    return batch.picks[key[0]].team_price_amount if key in batch.teams else None


def _event(order_id: int, request: OrderRequest, decision: Decision) -> NewEvent:
    return NewEvent(
        order_id=order_id,
        kind=decision.kind,
        changes=decision.changes,
        message_id=request.message_id,
        update_id=request.update_id,
    )


def _sold(batch: _Batch) -> dict[int, int]:
    sold: dict[int, int] = {}
    for _, _, decision in batch.events:
        for variant_id, change in decision.changes.items():
            sold[variant_id] = sold.get(variant_id, 0) + change
    return sold


async def _acknowledge(
    uow: UnitOfWork,
    batch: _Batch,
    requests: Sequence[OrderRequest],
    results: Sequence[OrderPlaced | Exception],
) -> None:
    """Answer written orders by a reaction; a refusal in words is still to be written by whoever asked."""
    refused = []
    written = {r.update_id for r in requests if r.message_id is not None} & batch.fresh
    for request, result in zip(requests, results, strict=True):
        if request.update_id not in written:
            continue
        written.remove(request.update_id)
        if isinstance(result, Exception):
            refused.append(request.update_id)
        elif result.changed or request.ask.action != "nothing":
            await uow.outbox.add(
                OutboxKind.REACTION,
                chat_id=request.chat_id,
                now=batch.now,
                payload=_reaction(request),
            )
    await uow.updates.forget(refused)


def _reaction(request: OrderRequest) -> dict[str, object]:
    emoji = None if request.ask.action == "nothing" else ACKNOWLEDGED
    return {"message_id": request.message_id, "emoji": emoji}
