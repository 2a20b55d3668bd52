"""Posting an offer in groups as picks, now or later: for all who post in groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.allowance import go_live, slot_for, tell_of_slot
from bot.carrying_errors import NoSlotInTime
from bot.edit_errors import ClosesBeforeOpening
from bot.recall_errors import OfferStopped
from bot.rules.pick_text import RUNS_FOR
from bot.rules.trust_allowance import Slot, moved_along
from storage.models import Group, Pick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a pick is posted; without pick-up points it is handed over at all of the group's."""

    group: Group
    topic_id: int | None = None
    point_ids: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Posting:
    """How an offer is posted: by whom, when, until when, and who vouches for it.

    Without `opens_at`, or with a past one, it is posted now. Without `closes_at` it runs for a day.
    """

    curator_id: int | None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    vouched_by_id: int | None = None
    vouch_words: str | None = None
    #: It will be told to some: whoever tells it lets it go live.
    is_personal: bool = False
    #: Another group supplies it: its deadline stays, whenever it is posted.
    is_carried: bool = False
    #: How many pieces the group can sell of it at most.
    quantity_limit: int | None = None


async def share_offer(
    uow: UnitOfWork, offer_id: int, places: Sequence[Place], posting: Posting, *, now: datetime
) -> list[Pick]:
    """Post an offer in further groups while it runs: they share its stock and tiers. Raises OfferStopped."""
    await require_on_sale(uow, offer_id)
    return await post_everywhere(uow, offer_id, places, posting, now=now)


async def post_everywhere(
    uow: UnitOfWork,
    offer_id: int,
    places: Sequence[Place],
    posting: Posting,
    *,
    now: datetime,
    round_of: int | None = None,
) -> list[Pick]:
    """One pick of an offer in each of these groups; `round_of` is the number of the one that it repeats."""
    # In sorted order, like all that two transactions may want at once.
    for group_id in sorted(place.group.id or 0 for place in places):
        await uow.groups.lock(group_id)
    return [await _post(uow, offer_id, place, posting, now=now, round_of=round_of) for place in places]


async def _post(
    uow: UnitOfWork,
    offer_id: int,
    place: Place,
    posting: Posting,
    *,
    now: datetime,
    round_of: int | None = None,
) -> Pick:
    group = place.group
    assert group.id is not None
    opens_at = max(posting.opens_at or now, now)
    closes_at = posting.closes_at or opens_at + RUNS_FOR
    if closes_at <= opens_at:
        raise ClosesBeforeOpening(opens_at)
    slot = (
        Slot(at=opens_at)
        if posting.is_personal
        else await slot_for(uow, group, curator_id=posting.curator_id, wanted=opens_at, now=now)
    )
    if not posting.is_carried:
        closes_at = moved_along(closes_at, was=opens_at, now_at=slot.at, time_zone=group.time_zone)
    elif slot.at >= closes_at:
        raise NoSlotInTime
    pick = Pick(
        group_id=group.id,
        offer_id=offer_id,
        number=await uow.groups.take_pick_number(group.id),
        curator_id=posting.curator_id,
        state=PickState.LIVE if slot.at == now and not posting.is_personal else PickState.SCHEDULED,
        topic_id=place.topic_id,
        opens_at=slot.at,
        closes_at=closes_at,
        wanted_at=None if slot.fits else opens_at,
        vouched_by_id=posting.vouched_by_id,
        vouch_words=posting.vouch_words,
        is_carried=posting.is_carried,
        quantity_limit=posting.quantity_limit,
    )
    pick_id = await uow.posts.add_pick(pick, point_ids=place.point_ids)
    posted = "pick_posted" if pick.state is PickState.LIVE else "pick_scheduled"
    await uow.audit.add(
        posted if round_of is None else "pick_reposted",
        group_id=group.id,
        person_id=posting.curator_id,
        pick_id=pick_id,
        details=None if round_of is None else {"number": round_of},
        now=now,
    )
    if pick.state is PickState.LIVE:
        await go_live(uow, group, pick, now=now)
    elif not slot.fits:
        await tell_of_slot(uow, group, pick, now=now)
    return pick


async def require_on_sale(uow: UnitOfWork, offer_id: int) -> None:
    """Refuse to post what takes no orders anywhere. Raises OfferStopped."""
    if await uow.recalls.is_stopped(offer_id):
        raise OfferStopped
