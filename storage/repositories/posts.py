"""Offers written with all that belongs to them, and the picks that post them in one group or several."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, delete, func, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Draft, Group, Offer, OfferPhoto, Order, Person, Pick, PickPoint, Tier, Variant
from storage.states import FulfilmentState, OrderState, PickState

_ASKED = "manage"
"""The step of the rows that say what somebody is about to write: no draft of a pick has it."""


@dataclass(frozen=True, kw_only=True)
class WholeOffer:
    """An offer with its variants in their order, its tiers by rising quantity, and its further photos."""

    offer: Offer
    variants: Sequence[Variant]
    tiers: Sequence[Tier] = ()
    photos: Sequence[OfferPhoto] = ()


class Everywhere(NamedTuple):
    """What is ordered of an offer over all its groups, and by how many people."""

    groups: int
    people: int
    quantity: int


class Asked(NamedTuple):
    """Something that a person was asked to write about a pick."""

    id: int
    pick_id: int
    field: str
    asked_at: datetime


class ShownPick(NamedTuple):
    """A live pick and its group."""

    pick_id: int
    group_id: int
    chat_id: int


class PostRepository:
    """Offers and where they are posted."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_offer(
        self,
        offer: Offer,
        *,
        variants: Sequence[Variant],
        tiers: Mapping[int, int] | None = None,
        photo_ids: Sequence[str] = (),
    ) -> int:
        """Keep a new offer, its tiers (quantity -> unit amount) and further photos; returns its key."""
        self._session.add(offer)
        await self._session.flush()
        assert offer.id is not None
        for variant in variants:
            variant.offer_id = offer.id
        self._session.add_all(variants)
        self._session.add_all(
            Tier(offer_id=offer.id, quantity=quantity, unit_amount=amount)
            for quantity, amount in (tiers or {}).items()
        )
        await self.set_photos(offer.id, photo_ids)
        return offer.id

    async def add_pick(self, pick: Pick, *, point_ids: Collection[int] = ()) -> int:
        """Keep a new pick and the pick-up points that it is handed over at; returns its key."""
        self._session.add(pick)
        await self._session.flush()
        assert pick.id is not None
        self._session.add_all(PickPoint(pick_id=pick.id, point_id=key) for key in sorted(set(point_ids)))
        await self._session.flush()
        return pick.id

    async def get_offer(self, offer_id: int) -> WholeOffer:
        """An offer with all that belongs to it. Raises LookupError."""
        offer = await self._session.get(Offer, offer_id)
        if offer is None:
            raise LookupError(f"no offer {offer_id}")
        of_offer = select(Variant).where(col(Variant.offer_id) == offer_id).order_by(col(Variant.position))
        tiers = select(Tier).where(col(Tier.offer_id) == offer_id).order_by(col(Tier.quantity))
        photos = select(OfferPhoto).where(col(OfferPhoto.offer_id) == offer_id)
        return WholeOffer(
            offer=offer,
            variants=list(await self._session.exec(of_offer)),
            tiers=list(await self._session.exec(tiers)),
            photos=list(await self._session.exec(photos.order_by(col(OfferPhoto.position)))),
        )

    async def save(self, offer: Offer, *variants: Variant) -> None:
        """Keep what was changed of an offer and its variants."""
        self._session.add_all([offer, *variants])
        await self._session.flush()

    async def set_photos(self, offer_id: int, photo_ids: Sequence[str]) -> None:
        """Replace an offer's further photos."""
        connection = await self._session.connection()
        await connection.execute(delete(OfferPhoto).where(col(OfferPhoto.offer_id) == offer_id))
        self._session.add_all(
            OfferPhoto(offer_id=offer_id, position=position, photo_id=photo_id)
            for position, photo_id in enumerate(photo_ids, start=1)
        )
        await self._session.flush()

    async def list_points(self, pick_id: int) -> list[int]:
        """The keys of the pick-up points that a pick names; none means all of its group's."""
        query = core_select(col(PickPoint.point_id)).where(col(PickPoint.pick_id) == pick_id)
        return list((await self._session.execute(query.order_by(col(PickPoint.point_id)))).scalars())

    async def set_points(self, pick_id: int, point_ids: Collection[int]) -> None:
        """Replace the pick-up points that a pick names."""
        connection = await self._session.connection()
        await connection.execute(delete(PickPoint).where(col(PickPoint.pick_id) == pick_id))
        self._session.add_all(PickPoint(pick_id=pick_id, point_id=key) for key in sorted(point_ids))
        await self._session.flush()

    async def list_posted(self, offer_id: int) -> list[Pick]:
        """Every pick that posts an offer, oldest first."""
        query = select(Pick).where(col(Pick.offer_id) == offer_id).order_by(col(Pick.id))
        return list(await self._session.exec(query))

    async def list_shown(self, offer_id: int) -> list[ShownPick]:
        """Where an offer takes orders now, in the order of the picks' keys."""
        query = (
            core_select(col(Pick.id), col(Group.id), col(Group.chat_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(col(Pick.offer_id) == offer_id, col(Pick.state) == PickState.LIVE)
            .order_by(col(Pick.id))
        )
        return [ShownPick(*row) for row in await self._session.execute(query)]

    async def cards_of(self, offer_ids: Collection[int]) -> dict[int, int]:
        """The live picks of these offers with their chats, as `outbox.add_cards` wants them."""
        query = (
            core_select(col(Pick.id), col(Group.chat_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(col(Pick.offer_id).in_(offer_ids), col(Pick.state) == PickState.LIVE)
        )
        return {pick_id: chat_id for pick_id, chat_id in await self._session.execute(query) if pick_id}

    async def everywhere(self, offer_id: int) -> Everywhere | None:
        """What is ordered of an offer in all its groups together; None where it is posted in one alone.

        A group that withdrew it does not count, unless it took it up again.
        """
        picks = core_select(
            func.count(func.distinct(col(Pick.group_id))), func.coalesce(func.sum(col(Pick.quantity)), 0)
        ).where(col(Pick.offer_id) == offer_id, col(Pick.state) != PickState.WITHDRAWN)
        groups, quantity = (await self._session.execute(picks)).one()
        if groups < 2:
            return None
        # Whoever orders in two of the groups is one person.
        people = (
            core_select(func.count(func.distinct(col(Order.person_id))))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(Pick.offer_id) == offer_id, col(Order.state) != OrderState.CANCELLED)
        )
        return Everywhere(groups, await self._session.scalar(people) or 0, int(quantity))

    async def find_twin(self, group_id: int, offer: Offer) -> int | None:
        """The number of a pick that offers the same in a group now, or soon."""
        query = (
            core_select(col(Pick.number))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .where(col(Pick.group_id) == group_id)
            .where(col(Pick.state).in_([PickState.LIVE, PickState.SCHEDULED]), col(Pick.ended_at).is_(None))
            .where(col(Offer.title) == offer.title, col(Offer.price_amount) == offer.price_amount)
            .order_by(col(Pick.number))
        )
        return (await self._session.execute(query)).scalars().first()

    async def list_managed(self, group_id: int, *, limit: int) -> list[int]:
        """The keys of a group's picks, those that are open or will be first, then the newest."""
        is_over = col(Pick.state).not_in([PickState.LIVE, PickState.SCHEDULED])
        query = (
            core_select(col(Pick.id))
            .where(col(Pick.group_id) == group_id)
            .order_by(is_over, col(Pick.number).desc())
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def ask(self, person_id: int, pick_id: int, field: str, *, now: datetime) -> None:
        """Note that a person is about to write something about a pick, and nothing else any more."""
        await self.stop_asking(person_id)
        self._session.add(
            Draft(
                person_id=person_id,
                step=_ASKED,
                content={"pick_id": pick_id, "field": field},
                created_at=now,
                updated_at=now,
            )
        )
        await self._session.flush()

    async def find_asked(self, person_id: int) -> Asked | None:
        """What a person is about to write."""
        query = select(Draft).where(Draft.person_id == person_id, col(Draft.step) == _ASKED)
        draft = (await self._session.exec(query)).first()
        if draft is None or draft.id is None:
            return None
        return Asked(draft.id, draft.content["pick_id"], draft.content["field"], draft.created_at)

    async def stop_asking(self, person_id: int) -> None:
        """Nothing is waited for from a person any more."""
        connection = await self._session.connection()
        await connection.execute(
            delete(Draft).where(col(Draft.person_id) == person_id, col(Draft.step) == _ASKED)
        )

    async def list_private_readers(self, person_ids: Collection[int]) -> set[int]:
        """Those of these people who read private messages."""
        query = core_select(col(Person.id)).where(col(Person.private_is_open))
        return set((await self._session.execute(query.where(col(Person.id).in_(person_ids)))).scalars())

    async def has_handed_over(self, pick_id: int) -> bool:
        """Whether some of a pick's goods are in their buyers' hands."""
        query = (
            core_select(col(Order.id))
            .where(col(Order.pick_id) == pick_id)
            .where(col(Order.fulfilment_state) == FulfilmentState.HANDED_OVER)
            .limit(1)
        )
        return (await self._session.execute(query)).first() is not None

    async def list_opening(self, *, now: datetime, limit: int) -> list[int]:
        """The keys of scheduled picks whose time has come, where the bot still is.

        What is stopped waits; what is not sold for another group any more is not posted.
        """
        query = (
            core_select(col(Pick.id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Offer, and_(col(Offer.id) == col(Pick.offer_id), col(Offer.stopped_at).is_(None)))
            .where(col(Pick.state) == PickState.SCHEDULED, col(Pick.opens_at) <= now)
            .where(col(Group.is_active), col(Pick.ended_at).is_(None))
            .where(or_(~col(Pick.is_carried), col(Pick.closes_at) > now))
            .order_by(col(Pick.opens_at), col(Pick.id))
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())
