"""The catalogues of groups: offers that are kept to be posted, as many at once as a price list holds."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Offer, Pick, Tier, Variant
from storage.spelling import holds
from storage.states import PickState
from storage.tables import table

T = TypeVar("T")

_CHUNK = 500
"""So many rows go into one statement; between two, whoever else waits for the loop has a turn."""


class KeptVariant(NamedTuple):
    """One kind of an offer; no stock means no limit."""

    name: str
    stock: int | None
    options: list[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptOffer:
    """An offer as a catalogue keeps it; amounts are in minor units, tiers are (quantity, unit amount)."""

    title: str
    price_amount: int
    currency: str
    code: str | None = None
    words: str = ""
    unit: str = ""
    option_names: list[str] | None = None
    minimum_quantity: int | None = None
    limit_per_person: int | None = None
    category: str | None = None
    variants: Sequence[KeptVariant] = ()
    tiers: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueOffer:
    """An offer of a catalogue with its key; one that a pick posts as it is must not change any more."""

    id: int
    kept: KeptOffer
    is_archived: bool
    is_posted: bool


class LineOffer(NamedTuple):
    """An offer in a list."""

    id: int
    title: str
    code: str | None
    price_amount: int
    currency: str


class PastPick(NamedTuple):
    """A pick of the same article, and how many it sold."""

    number: int
    state: PickState
    opens_at: datetime
    quantity: int


@dataclass(frozen=True, kw_only=True)
class OfferPage:
    """Some of the offers that were searched for, and how many there are in all."""

    offers: Sequence[LineOffer] = field(default_factory=tuple)
    count: int = 0


_FIELDS = (
    *("title", "price_amount", "currency", "code", "words", "unit", "option_names"),
    *("minimum_quantity", "limit_per_person", "category"),
)


class OfferRepository:
    """What groups keep to be posted."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_catalogue(self, group_id: int) -> list[CatalogueOffer]:
        """Every offer of a group's catalogue, archived ones too."""
        offer, variant, tier, pick = table(Offer), table(Variant), table(Tier), table(Pick)
        ours = offer.c.group_id == group_id
        connection = await self._session.connection()
        rows = await connection.execute(
            core_select(offer.c.id, offer.c.archived_at, *(offer.c[name] for name in _FIELDS)).where(ours)
        )
        kinds = await connection.execute(
            core_select(variant.c.offer_id, variant.c.name, variant.c.stock, variant.c.options)
            .join(offer, offer.c.id == variant.c.offer_id)
            .where(ours)
            .order_by(variant.c.offer_id, variant.c.position)
        )
        tiers = await connection.execute(
            core_select(tier.c.offer_id, tier.c.quantity, tier.c.unit_amount)
            .join(offer, offer.c.id == tier.c.offer_id)
            .where(ours)
            .order_by(tier.c.offer_id, tier.c.quantity)
        )
        posted = await connection.execute(
            core_select(pick.c.offer_id).join(offer, offer.c.id == pick.c.offer_id).where(ours).distinct()
        )
        by_offer = {
            key: [KeptVariant(*row[1:]) for row in some] for key, some in groupby(kinds, lambda row: row[0])
        }
        tiers_by_offer = {
            key: [(row[1], row[2]) for row in some] for key, some in groupby(tiers, lambda row: row[0])
        }
        posted_ids = set(posted.scalars())
        return [
            CatalogueOffer(
                id=key,
                kept=KeptOffer(
                    **dict(zip(_FIELDS, fields, strict=True)),
                    variants=by_offer.get(key, ()),
                    tiers=tiers_by_offer.get(key, ()),
                ),
                is_archived=archived_at is not None,
                is_posted=key in posted_ids,
            )
            for key, archived_at, *fields in rows
        ]

    async def add_all(
        self, offers: Sequence[KeptOffer], *, group_id: int, curator_id: int | None, now: datetime
    ) -> None:
        """Put new offers into a group's catalogue."""
        shared = {"group_id": group_id, "curator_id": curator_id, "created_at": now}
        statement = insert(table(Offer)).returning(table(Offer).c.id, sort_by_parameter_order=True)
        for some in _chunks(offers):
            rows = [{**_row(offer), **shared} for offer in some]
            keys = (await (await self._session.connection()).execute(statement, rows)).scalars().all()
            await self._add_parts(dict(zip(keys, some, strict=True)))

    async def change_all(self, offers: Mapping[int, KeptOffer]) -> None:
        """Write offers that no pick posts anew, by their keys."""
        offer = table(Offer)
        statement = (
            update(offer)
            .where(offer.c.id == bindparam("for_offer"))
            .values({name: bindparam(f"new_{name}") for name in _FIELDS})
        )
        for some in _chunks(sorted(offers.items())):
            connection = await self._session.connection()
            rows = [
                {"for_offer": key, **{f"new_{name}": value for name, value in _row(kept).items()}}
                for key, kept in some
            ]
            await connection.execute(statement, rows)
            keys = [key for key, _ in some]
            await connection.execute(delete(Variant).where(col(Variant.offer_id).in_(keys)))
            await connection.execute(delete(Tier).where(col(Tier.offer_id).in_(keys)))
            await self._add_parts(dict(some))

    async def take_out(self, offer_ids: Collection[int]) -> None:
        """These offers are in no catalogue any more; the picks that post them stay as they are."""
        statement = update(Offer).where(col(Offer.id).in_(offer_ids)).values(group_id=None)
        await (await self._session.connection()).execute(statement)

    async def archive(self, offer_id: int, *, at: datetime | None) -> None:
        """List an offer no more from this moment on, or again."""
        statement = update(Offer).where(col(Offer.id) == offer_id).values(archived_at=at)
        await (await self._session.connection()).execute(statement)

    async def search(self, group_id: int, words: str, *, limit: int, offset: int = 0) -> OfferPage:
        """The offers of a catalogue whose title or code holds all of these words, by title."""
        offer = table(Offer)
        found = and_(
            offer.c.group_id == group_id,
            offer.c.archived_at.is_(None),
            *(_holds(offer.c.title, offer.c.code, word) for word in words.split()),
        )
        query = (
            core_select(offer.c.id, offer.c.title, offer.c.code, offer.c.price_amount, offer.c.currency)
            .where(found)
            .order_by(offer.c.title, offer.c.id)
            .limit(limit)
            .offset(offset)
        )
        connection = await self._session.connection()
        count = await connection.execute(core_select(func.count()).select_from(offer).where(found))
        return OfferPage(
            offers=[LineOffer(*row) for row in await connection.execute(query)], count=count.scalar_one()
        )

    async def last_picks(self, group_id: int, offer: Offer, *, limit: int) -> list[PastPick]:
        """The newest picks of an article in its group: of the same code or, without one, title."""
        same = col(Offer.code) == offer.code if offer.code else col(Offer.title) == offer.title
        query = (
            core_select(col(Pick.number), col(Pick.state), col(Pick.opens_at), col(Pick.quantity))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .where(col(Pick.group_id) == group_id, same)
            .order_by(col(Pick.number).desc())
            .limit(limit)
        )
        return [PastPick(*row) for row in await self._session.execute(query)]

    async def _add_parts(self, offers: Mapping[int, KeptOffer]) -> None:
        variants = [
            {"offer_id": key, "position": position, "sold": 0, **kind._asdict()}
            for key, kept in offers.items()
            for position, kind in enumerate(kept.variants)
        ]
        tiers = [
            {"offer_id": key, "quantity": quantity, "unit_amount": amount}
            for key, kept in offers.items()
            for quantity, amount in kept.tiers
        ]
        connection = await self._session.connection()
        for model, rows in ((Variant, variants), (Tier, tiers)):
            if rows:
                await connection.execute(insert(table(model)), rows)
        await asyncio.sleep(0)


def _row(kept: KeptOffer) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in _FIELDS}


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def _holds(title: ColumnElement[Any], code: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    return or_(holds(title, word), holds(code, word))
