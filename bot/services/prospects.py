"""What a group may post next, its own offers once more or other groups', with the orders to expect."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Final, TypeVar

from bot.rules.prospects import MOST_SHOWN, Answered, Forecast, Sold, elsewhere, of_own
from bot.rules.typed_text import fold
from bot.suggesting import good_verdicts
from storage.models import Group
from storage.repositories.prospects import EndedPick, OnOffer, SoldElsewhere
from storage.unit_of_work import UnitOfWork

LOOKS_BACK: Final = timedelta(days=365)
"""What is longer ago says little of today."""
MOST_PICKS: Final = 60
"""Of many, the last so many picks count."""
ACTIVE_FOR: Final = timedelta(days=30)
"""Who said something within so long is an active member."""
RESTS: Final = timedelta(days=7)
"""What has just ended is not proposed again so soon."""


@dataclass(frozen=True, kw_only=True)
class Again:
    """An offer that could be posted once more, how many orders its rounds had, the newest first."""

    offer_id: int
    origin_id: int
    title: str
    rounds: Sequence[int]
    ended_at: datetime
    forecast: Forecast


@dataclass(frozen=True, kw_only=True)
class OfOthers:
    """What another group supplies, and how many groups have sold it."""

    listing_id: int
    origin_id: int
    title: str
    supplier: str
    share_bps: int
    groups: int
    forecast: Forecast


@dataclass(frozen=True, kw_only=True)
class Prospects:
    """What a group's history says: of its offers those of most orders first."""

    #: How many ended picks it has to go by.
    picks: int
    again: Sequence[Again]
    #: What anything may get that was not posted here before; None: there is too little to go by.
    new: Forecast | None
    #: Picks that were wished for.
    answered: Sequence[Answered]
    of_others: Sequence[OfOthers]
    #: Whether something has just ended that is not proposed again so soon.
    some_rest: bool = False


_Proposed = TypeVar("_Proposed", Again, OfOthers)


async def read_prospects(uow: UnitOfWork, group: Group, *, now: datetime) -> Prospects:
    """What could be posted next in a group, as far as its history says anything."""
    group_id, since = group.id or 0, now - LOOKS_BACK
    ended = await uow.prospects.list_ended(group_id, since=since, limit=MOST_PICKS)
    offers = _by_offer(ended)
    counts = [[one.orders for one in rounds] for rounds in offers]
    on_offer = await uow.prospects.list_on_offer(group_id)
    again = [
        _again(rounds, counts[place], forecast)
        for place, rounds in enumerate(offers)
        if _may_come_again(rounds, on_offer, now=now)
        and (forecast := of_own(counts[place], [*counts[:place], *counts[place + 1 :]])) is not None
    ]
    again.sort(key=lambda one: (-one.forecast.mean, one.offer_id))

    async def is_good(one: Again) -> bool:
        return await good_verdicts(uow, one.origin_id, group_id) is not None

    return Prospects(
        picks=len(ended),
        again=await _first(again, is_good),
        new=of_own([], counts),
        answered=[Answered(*row) for row in await uow.prospects.list_answered(group_id, since=since)],
        of_others=await _of_others(uow, group, now=now),
        some_rest=any(_rests(rounds, now=now) for rounds in offers),
    )


async def _of_others(uow: UnitOfWork, group: Group, *, now: datetime) -> list[OfOthers]:
    """What the market has, as far as enough other groups sold it to say what this one may order."""
    sold = await uow.prospects.list_sold_elsewhere(group, now=now, since=now - LOOKS_BACK)
    by_listing: dict[int, list[SoldElsewhere]] = defaultdict(list)
    for one in sold:
        by_listing[one.listing_id].append(one)
    group_ids = {one.group_id for one in sold} | {group.id or 0}
    active = await uow.prospects.count_active(group_ids, since=now - ACTIVE_FOR) if sold else {}
    found = []
    for listing_id, rounds in by_listing.items():
        forecast = elsewhere(_rates(rounds, active), active=active.get(group.id or 0, 0))
        if forecast is not None:
            first = rounds[0]
            found.append(
                OfOthers(
                    listing_id=listing_id,
                    origin_id=first.origin_id,
                    title=first.title,
                    supplier=first.supplier,
                    share_bps=first.share_bps,
                    groups=len({one.group_id for one in rounds}),
                    forecast=forecast,
                )
            )
    found.sort(key=lambda one: (-one.forecast.mean, one.listing_id))

    async def may_be_sold(one: OfOthers) -> bool:
        if not await uow.listings.is_on_market(one.listing_id, group, now=now):
            return False
        return await good_verdicts(uow, one.origin_id, group.id or 0) is not None

    return await _first(found, may_be_sold)


async def _first(
    found: Sequence[_Proposed], is_right: Callable[[_Proposed], Awaitable[bool]]
) -> list[_Proposed]:
    """As many of these as are shown, without those of which something is not right."""
    first: list[_Proposed] = []
    for one in found:
        if len(first) == MOST_SHOWN:
            break
        if await is_right(one):
            first.append(one)
    return first


def _rates(rounds: Sequence[SoldElsewhere], active: Mapping[int, int]) -> list[Sold]:
    """What each group ordered in an average round."""
    by_group: dict[int, list[int]] = defaultdict(list)
    for one in rounds:
        by_group[one.group_id].append(one.orders)
    return [Sold(orders=round(fmean(orders)), active=active.get(key, 0)) for key, orders in by_group.items()]


def _again(rounds: Sequence[EndedPick], orders: Sequence[int], forecast: Forecast) -> Again:
    last = rounds[0]
    return Again(
        offer_id=last.offer_id,
        origin_id=last.origin_id,
        title=last.title,
        rounds=orders,
        ended_at=last.ended_at,
        forecast=forecast,
    )


def _by_offer(ended: Sequence[EndedPick]) -> list[list[EndedPick]]:
    """The rounds of each offer, newest first: of one first round, or of one article in the catalogue."""
    found: dict[int, list[EndedPick]] = {}
    place_of: dict[object, int] = {}
    for one in ended:
        names = _names(one)
        place = next((place_of[name] for name in names if name in place_of), len(found))
        found.setdefault(place, []).append(one)
        for name in names:
            place_of.setdefault(name, place)
    return list(found.values())


def _may_come_again(rounds: Sequence[EndedPick], on_offer: Collection[OnOffer], *, now: datetime) -> bool:
    last = rounds[0]
    if last.is_carried or last.is_stopped or _rests(rounds, now=now):
        return False
    names = {name for one in rounds for name in _names(one)}
    return not any(names & set(_names(one)) for one in on_offer)


def _rests(rounds: Sequence[EndedPick], *, now: datetime) -> bool:
    return rounds[0].ended_at > now - RESTS


def _names(one: EndedPick | OnOffer) -> tuple[object, ...]:
    """What says that two picks are of the same: its first round, its code, or without one its title."""
    return one.origin_id, ("code", fold(one.code)) if one.code else ("title", fold(one.title))
