"""Opening an offer to other groups, and on which terms; and what the market shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.carrying_errors import ListingOver
from bot.edit_errors import PickOver
from bot.listing_errors import CarriedNotListed, PersonalNotListed
from bot.recall_errors import OfferStopped
from bot.rules.listings import (
    LOOKED_BACK,
    MEASURED_FOR,
    MarketOrder,
    Terms,
    checked_terms,
    completion_bps,
    dispute_bps,
    rating_bps,
)
from bot.rules.reviews import PLEASED_FROM
from bot.supplying import end_supply, lock_offer
from storage.models import Group, Listing
from storage.purchases import ON_OFFER
from storage.repositories.cases import Disputes
from storage.repositories.listings import Fulfilled, Measures
from storage.repositories.picks import PostedPick
from storage.repositories.review_pages import Verdicts
from storage.states import CarryingEnd, PickState
from storage.unit_of_work import UnitOfWork

A_PAGE: Final = 6
"""So many offers are shown at once: each with what is known of it, to be read."""

_SORTED_BY: Final[dict[MarketOrder, tuple[str | None, bool]]] = {
    MarketOrder.RATING: ("rating_bps", False),
    MarketOrder.DISPUTES: ("dispute_bps", True),
    MarketOrder.COMPLETION: ("completion_bps", False),
    MarketOrder.SHARE: ("share_bps", False),
    MarketOrder.NEWEST: (None, False),
}
"""The column of each, and whether the least is the best."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of a listing's offer in all its rounds, and of how its supplier's orders went."""

    #: What buyers say in the supplier's group, and elsewhere.
    verdicts: tuple[Verdicts, Verdicts]
    disputes: Disputes
    fulfilled: Fulfilled


@dataclass(frozen=True, kw_only=True)
class ListingSeen:
    """A listing with its supplier's pick, how many groups carry it now, and what is known of it."""

    listing: Listing
    posted: PostedPick
    carriers: int
    standing: Standing

    @property
    def id(self) -> int:
        """The listing's key."""
        assert self.listing.id is not None
        return self.listing.id

    @property
    def opens_at(self) -> datetime:
        """From when on others can carry it: never before the supplier's own pick is posted."""
        return max(self.listing.opens_at, self.posted.pick.opens_at)

    @property
    def waits_for_supplier(self) -> bool:
        """Whether it is the supplier's own pick that others have to wait for: it is not posted yet."""
        pick = self.posted.pick
        return pick.state is PickState.SCHEDULED and pick.opens_at >= self.listing.opens_at

    def is_open(self, now: datetime) -> bool:
        """Whether others can carry it now."""
        return self.posted.pick.state is PickState.LIVE and self.opens_at <= now


@dataclass(frozen=True, kw_only=True)
class MarketPage:
    """A page of what a group could sell for others."""

    listings: Sequence[ListingSeen]
    order: MarketOrder
    category: str | None
    page: int
    has_more: bool


async def open_listing(
    uow: UnitOfWork, pick_id: int, terms: Terms, *, by_id: int | None, now: datetime
) -> Listing:
    """Let other groups sell a pick on these terms; where they may already, later ones have the new terms.

    Raises PickOver, OfferStopped, CarriedNotListed, PersonalNotListed, and what `checked_terms` raises.
    """
    listing, posted = await _locked(uow, pick_id)
    _require_listable(posted)
    terms = checked_terms(terms, closes_at=posted.pick.closes_at)
    is_open = listing is not None and listing.ended_at is None
    if listing is None:
        listing = Listing(
            pick_id=pick_id,
            offer_id=posted.pick.offer_id,
            group_id=posted.pick.group_id,
            share_bps=terms.share_bps,
            opens_at=now,
            created_at=now,
        )
    listing.opened_by_id = by_id
    listing.share_bps, listing.opens_at = terms.share_bps, max(terms.opens_at or now, now)
    listing.groups_limit, listing.pieces_limit = terms.groups_limit, terms.pieces_limit
    listing.ended_at = listing.ended_by_id = None
    await uow.listings.save(listing)
    standing = await _standing(uow, posted, await _fulfilled(uow, listing.group_id, now=now))
    await uow.listings.keep_measures({listing.id or 0: _measures(standing)}, now=now)
    await _note(uow, "listing_changed" if is_open else "listing_opened", listing, by_id=by_id, now=now)
    return listing


async def end_listing(uow: UnitOfWork, pick_id: int, *, by_id: int | None, now: datetime) -> None:
    """Nobody else can carry it any more, and whoever does takes no further orders; those it has stand.

    What has ended before stays as it is.
    """
    locked = await lock_offer(uow, pick_id)
    listing = await uow.listings.find_by_pick(pick_id)
    if listing is None or listing.ended_at is not None:
        return
    await end_supply(uow, pick_id, locked, CarryingEnd.BY_SUPPLIER, by_id=by_id, now=now)
    await _note(uow, "listing_ended", listing, by_id=by_id, now=now)


def terms_of(listing: Listing) -> Terms:
    """On which terms a listing is open."""
    return Terms(
        share_bps=listing.share_bps,
        opens_at=listing.opens_at,
        groups_limit=listing.groups_limit,
        pieces_limit=listing.pieces_limit,
    )


async def see_market(
    uow: UnitOfWork, group: Group, order: MarketOrder, *, category: str | None, page: int, now: datetime
) -> MarketPage:
    """A page of what a group could sell for others now or soon."""
    column, is_rising = _SORTED_BY[order]
    # One more than is shown tells whether there are more.
    keys = await uow.listings.list_market(
        group,
        by=column,
        is_rising=is_rising,
        category=category,
        now=now,
        limit=A_PAGE + 1,
        offset=page * A_PAGE,
    )
    return MarketPage(
        listings=await _seen(uow, keys[:A_PAGE], now=now),
        order=order,
        category=category,
        page=page,
        has_more=len(keys) > A_PAGE,
    )


async def see_listing(uow: UnitOfWork, listing_id: int, group: Group, *, now: datetime) -> ListingSeen:
    """One of what a group could sell for others now or soon. Raises ListingOver."""
    if not await uow.listings.is_on_market(listing_id, group, now=now):
        raise ListingOver
    [seen] = await _seen(uow, [listing_id], now=now)
    return seen


async def measure_due(uow: UnitOfWork, *, limit: int, now: datetime) -> dict[int, Measures]:
    """By what the market is sorted, for those listings of which it was not counted lately."""
    due = await uow.listings.list_to_measure(measured_before=now - MEASURED_FOR, limit=limit)
    return {seen.id: _measures(seen.standing) for seen in await _seen(uow, due, now=now)}


async def _locked(uow: UnitOfWork, pick_id: int) -> tuple[Listing | None, PostedPick]:
    # In this order, as those do who carry.
    await uow.groups.lock((await uow.picks.get(pick_id)).pick.group_id)
    listing = await uow.listings.find_by_pick(pick_id, lock=True)
    return listing, (await uow.picks.load([pick_id], lock=True))[pick_id]


def _require_listable(posted: PostedPick) -> None:
    pick = posted.pick
    if pick.is_carried:
        raise CarriedNotListed(pick.number)
    if pick.is_personal:
        raise PersonalNotListed(pick.number)
    if pick.state not in ON_OFFER:
        raise PickOver(pick.number, pick.state)
    if posted.offer.stopped_at is not None:
        raise OfferStopped


async def _seen(uow: UnitOfWork, keys: Sequence[int], *, now: datetime) -> list[ListingSeen]:
    listings = await uow.listings.load(keys)
    picks = await uow.picks.load([listing.pick_id for listing in listings.values()])
    carriers = await uow.listings.count_carriers(keys)
    suppliers = {listing.group_id for listing in listings.values()}
    fulfilled = {group_id: await _fulfilled(uow, group_id, now=now) for group_id in sorted(suppliers)}
    return [
        ListingSeen(
            listing=listings[key],
            posted=(posted := picks[listings[key].pick_id]),
            carriers=carriers.get(key, 0),
            standing=await _standing(uow, posted, fulfilled[posted.pick.group_id]),
        )
        for key in keys
    ]


async def _fulfilled(uow: UnitOfWork, group_id: int, *, now: datetime) -> Fulfilled:
    return await uow.listings.fulfilled(group_id, since=now - LOOKED_BACK)


async def _standing(uow: UnitOfWork, posted: PostedPick, fulfilled: Fulfilled) -> Standing:
    origin_id, group_id = posted.offer.first_round_id, posted.pick.group_id
    return Standing(
        verdicts=await uow.review_pages.verdicts(origin_id, group_id, pleased_from=PLEASED_FROM),
        disputes=await uow.cases.disputes_of_offer(origin_id),
        fulfilled=fulfilled,
    )


def _measures(standing: Standing) -> Measures:
    here, elsewhere = standing.verdicts
    return Measures(
        rating_bps=rating_bps(here.pleased + elsewhere.pleased, here.buyers + elsewhere.buyers),
        dispute_bps=dispute_bps(standing.disputes.disputed, standing.disputes.delivered),
        completion_bps=completion_bps(*standing.fulfilled),
    )


async def _note(uow: UnitOfWork, act: str, listing: Listing, *, by_id: int | None, now: datetime) -> None:
    await uow.audit.add(
        act,
        group_id=listing.group_id,
        person_id=by_id,
        pick_id=listing.pick_id,
        details={"share_bps": listing.share_bps},
        now=now,
    )
