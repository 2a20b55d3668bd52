"""Many asks at once: what is read for all of them, and what their decisions add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.holds import asks_at_once
from bot.rules.orders import Decision, Shelf, Stall
from bot.rules.pricing import Terms, TierPrice, own_price
from bot.services.orders.requests import OrderRequest
from storage.repositories.members import Standing
from storage.repositories.orders import NewOrder, OrderEntry, OrderKey
from storage.repositories.picks import CountChange, LockedPick
from storage.states import OrderState
from storage.unit_of_work import UnitOfWork


@dataclass(kw_only=True)
class Batch:
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
    #: What fetching new orders costs, where it costs anything.
    fees: dict[OrderKey, int] = field(default_factory=dict)

    def lines_of(self, key: OrderKey) -> Mapping[int, int]:
        """What an order holds as far as is decided: quantities by variant."""
        if key in self.lines:
            return self.lines[key]
        entry = self.entries.get(key)
        return entry.lines if entry else {}

    def promised(self, key: OrderKey) -> int:
        """What one piece of an order costs at most."""
        in_team = self.in_team(key)
        if in_team is not None:
            return in_team
        kept = self.kept.get(key)
        return kept.price_amount if kept else self.picks[key[0]].price_amount

    def fee(self, key: OrderKey) -> int:
        """What fetching an order costs, as far as it is known."""
        entry = self.entries.get(key)
        return entry.fee_amount if entry else self.fees.get(key, 0)

    def in_team(self, key: OrderKey) -> int | None:
        """What one piece of an order costs in its team, if it has one."""
        return self.picks[key[0]].team_price_amount if key in self.teams else None

    def price(self, posted: LockedPick, kept: Terms | None) -> int:
        """The unit price of an order as things stand now."""
        tiers = self.tiers.get(posted.offer_id)
        if tiers is None and kept is None:
            return posted.price_amount
        sold = sum(shelf.sold for shelf in self.stalls[posted.id].shelves.values())
        return own_price(Terms(price_amount=posted.price_amount, tiers=tiers or ()), kept, sold)

    def reads(self, key: OrderKey) -> bool:
        """Whether the order's person reads private messages."""
        known = self.standings.get((self.picks[key[0]].group_id, key[1]))
        return known is not None and known.private_is_open


async def read_batch(uow: UnitOfWork, requests: Sequence[OrderRequest], *, now: datetime) -> Batch:
    """Lock the picks that are asked about, and read once what all the decisions need."""
    # Picks are locked before updates are noted, so that a redelivery waits for the first delivery.
    picks = await uow.picks.lock({request.pick_id for request in requests})
    fresh = await uow.updates.record((request.update_id for request in requests), now=now)
    keeps_money = any(posted.group_ways is not None for posted in picks.values())
    entries = await uow.orders.load({request.key for request in requests}, with_money=keeps_money)
    return Batch(
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
            is_stopped=posted.is_stopped,
            is_ended=posted.is_ended,
            room=posted.room,
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
