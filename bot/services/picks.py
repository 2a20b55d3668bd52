"""Picks that are new, or posted once more; opening and extending them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.allowance import go_live, put_off, slot_for
from bot.carrying_errors import CarriedNotRepeated
from bot.edit_errors import AlreadyOnOffer, ClosesBeforeOpening, PickOver
from bot.posting import Place, Posting, post_everywhere, require_on_sale
from bot.supplying import give_deadline, lock_offer, require_own
from storage.models import Group, Offer, Pick, Variant
from storage.repositories.picks import PostedPick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class NewVariant:
    """One kind of what is offered, with its value of each option name; no stock means no limit."""

    name: str
    stock: int | None
    options: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class NewPick:
    """What a curator wrote, read and found good; amounts are in minor units.

    `tiers` maps a quantity to the unit price from there on. `photo_id` is on the card, `photo_ids` are the
    further ones. `catalogue_group_id` keeps the offer in that group's catalogue.
    """

    title: str
    words: str
    price_amount: int
    currency: str
    unit: str
    variants: Sequence[NewVariant]
    curator_id: int | None
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    photo_id: str | None = None
    photo_ids: Sequence[str] = ()
    topic_id: int | None = None
    point_ids: Sequence[int] = ()
    option_names: Sequence[str] = ()
    tiers: Mapping[int, int] = field(default_factory=dict)
    minimum_quantity: int | None = None
    limit_per_person: int | None = None
    team_price_amount: int | None = None
    team_size: int | None = None
    team_hours: int | None = None
    vouched_by_id: int | None = None
    vouch_words: str | None = None
    code: str | None = None
    catalogue_group_id: int | None = None
    category: str | None = None
    #: It will be told to some instead of being posted.
    is_personal: bool = False

    @property
    def posting(self) -> Posting:
        """How it is posted, apart from what it is."""
        return Posting(
            curator_id=self.curator_id,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            vouched_by_id=self.vouched_by_id,
            vouch_words=self.vouch_words,
            is_personal=self.is_personal,
        )


async def post_pick(uow: UnitOfWork, group: Group, new: NewPick, *, now: datetime) -> Pick:
    """Post a pick in a group, now or later; its card follows through the outbox."""
    place = Place(group=group, topic_id=new.topic_id, point_ids=new.point_ids)
    return (await post_in_groups(uow, [place], new, now=now))[0]


async def post_in_groups(
    uow: UnitOfWork, places: Sequence[Place], new: NewPick, *, now: datetime
) -> list[Pick]:
    """Post one offer in several groups, one pick each: stock and tiers count across them."""
    variants = [
        Variant(
            offer_id=0,
            position=position,
            name=variant.name,
            stock=variant.stock,
            options=list(variant.options) or None,
        )
        for position, variant in enumerate(new.variants)
    ]
    offer_id = await uow.posts.add_offer(
        _offer(new, now=now), variants=variants, tiers=new.tiers, photo_ids=new.photo_ids
    )
    return await post_everywhere(uow, offer_id, places, new.posting, now=now)


async def post_offer(
    uow: UnitOfWork, offer_id: int, places: Sequence[Place], posting: Posting, *, now: datetime
) -> list[Pick]:
    """Post what is in the catalogue, or was posted before, as a new round. Raises LookupError, OfferStopped.

    The round gets a copy of the offer, with its stock as it was written: neither what an earlier round
    sold nor a later edit of this one touches the other.
    """
    copy_id = await _copy(uow, offer_id, now=now)
    return await post_everywhere(uow, copy_id, places, posting, now=now)


def _offer(new: NewPick, *, now: datetime) -> Offer:
    return Offer(
        title=new.title,
        words=new.words,
        photo_id=new.photo_id,
        price_amount=new.price_amount,
        currency=new.currency,
        unit=new.unit,
        created_at=now,
        group_id=new.catalogue_group_id,
        curator_id=new.curator_id,
        code=new.code,
        option_names=list(new.option_names) or None,
        minimum_quantity=new.minimum_quantity,
        limit_per_person=new.limit_per_person,
        team_price_amount=new.team_price_amount,
        team_size=new.team_size,
        team_hours=new.team_hours,
        category=new.category,
    )


async def _copy(uow: UnitOfWork, offer_id: int, *, now: datetime) -> int:
    await require_on_sale(uow, offer_id)
    whole = await uow.posts.get_offer(offer_id)
    # Out of the catalogue: what is posted is no second article of it.
    fresh = {
        "id": None,
        "created_at": now,
        "group_id": None,
        "origin_id": whole.offer.first_round_id,
    }
    variants = [
        Variant(**{**variant.model_dump(), "id": None, "offer_id": 0, "sold": 0})
        for variant in whole.variants
    ]
    return await uow.posts.add_offer(
        Offer(**{**whole.offer.model_dump(), **fresh}),
        variants=variants,
        tiers={tier.quantity: tier.unit_amount for tier in whole.tiers},
        photo_ids=[photo.photo_id for photo in whole.photos],
    )


async def repost_pick(
    uow: UnitOfWork, pick_id: int, *, closes_at: datetime | None, by_id: int | None, now: datetime
) -> Pick:
    """Post a pick that is over once more, as a new one with a new number.

    Raises AlreadyOnOffer, CarriedNotRepeated.
    """
    posted = await uow.picks.get(pick_id)
    group, old = posted.group, posted.pick
    if old.is_carried:
        raise CarriedNotRepeated(old.number)
    assert group.id is not None
    # Two curators may want it at once, and one may tap twice.
    await uow.groups.lock(group.id)
    twin = await uow.posts.find_twin(group.id, posted.offer)
    if twin is not None:
        raise AlreadyOnOffer(twin)
    place = Place(group=group, topic_id=old.topic_id, point_ids=await uow.posts.list_points(pick_id))
    posting = Posting(
        curator_id=by_id or old.curator_id,
        closes_at=closes_at,
        vouched_by_id=old.vouched_by_id,
        vouch_words=old.vouch_words,
    )
    copy_id = await _copy(uow, old.offer_id, now=now)
    [pick] = await post_everywhere(uow, copy_id, [place], posting, round_of=old.number, now=now)
    return pick


async def open_pick(uow: UnitOfWork, pick_id: int, *, now: datetime) -> bool:
    """Open a scheduled pick whose time has come; says whether it was opened. Raises LookupError.

    Where it could not be opened in time and its deadline has passed meanwhile, it runs as long as was meant.
    What its group does not bear any more by then moves on to the next free slot.
    """
    # The group first, as those do who post.
    await uow.groups.lock((await uow.picks.get(pick_id)).pick.group_id)
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    pick, group = posted.pick, posted.group
    if pick.state is not PickState.SCHEDULED or pick.opens_at > now:
        return False
    if pick.ended_at is not None or (pick.is_carried and pick.closes_at <= now):
        # Nobody sells it for its supplier any more: that may have come in between.
        return False
    if await uow.recalls.is_stopped(pick.offer_id):
        return False
    slot = await slot_for(uow, group, curator_id=pick.curator_id, wanted=now, now=now, opening=pick_id)
    if not slot.fits:
        await put_off(uow, group, pick, slot, wanted=pick.opens_at, now=now)
        return False
    await go_live(uow, group, pick, now=now)
    return True


async def extend_pick(
    uow: UnitOfWork, pick_id: int, *, closes_at: datetime, now: datetime, by_id: int | None = None
) -> PostedPick:
    """Give a pick that is not over another deadline, wherever it is sold for its group.

    Raises PickOver, ClosesBeforeOpening, SupplierDecides.
    """
    locked = await lock_offer(uow, pick_id)
    posted = locked[pick_id]
    pick = posted.pick
    require_own(posted)
    if pick.state not in (PickState.LIVE, PickState.SCHEDULED):
        raise PickOver(pick.number, pick.state)
    if closes_at <= pick.opens_at:
        raise ClosesBeforeOpening(pick.opens_at)
    details = {"was": pick.closes_at.isoformat(), "is": closes_at.isoformat()}
    pick.closes_at = closes_at
    await uow.picks.save(pick)
    await give_deadline(uow, pick_id, locked, closes_at, now=now)
    await uow.audit.add(
        "pick_extended",
        group_id=pick.group_id,
        person_id=by_id,
        pick_id=pick_id,
        details=details,
        now=now,
    )
    if pick.state is PickState.LIVE:
        await _show(uow, posted.group, pick_id, now=now)
    return posted


async def _show(uow: UnitOfWork, group: Group, pick_id: int, *, now: datetime) -> None:
    assert group.id is not None
    await uow.outbox.add_cards({pick_id: group.chat_id}, now=now)
    await uow.outbox.add_overview(group.id, group.chat_id, now=now)
