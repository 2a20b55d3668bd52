"""What offers cost, which older terms orders keep, and the prices that orders are given."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, literal, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import Document
from storage.models import (
    Group,
    Offer,
    Order,
    OrderEvent,
    OrderLine,
    Person,
    Pick,
    PriceConsent,
    Tier,
    Variant,
)
from storage.states import OrderEventKind, OrderState, PickState
from storage.tables import table, upsert


class OfferPrice(NamedTuple):
    """What an offer costs and how many of it are sold, over all its picks."""

    price_amount: int
    currency: str
    tiers: tuple[tuple[int, int], ...]
    sold: int


class PickOfOffer(NamedTuple):
    """A pick that posts an offer, and the unit price that it ended with."""

    id: int
    group_id: int
    chat_id: int
    state: PickState
    final_amount: int | None


class Asked(NamedTuple):
    """A buyer, her order, and the new unit price that she is asked about."""

    order_id: int
    person_id: int
    pick_id: int
    state: OrderState
    unit_amount: int
    kept: Mapping[str, Any] | None
    accepted: bool | None


class Buyer(NamedTuple):
    """Whose order it is, whether she reads private messages, and her team."""

    order_id: int
    pick_id: int
    person_id: int
    private_is_open: bool
    team_id: int | None


class PricingRepository:
    """Tiers, kept terms, and repricing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def tiers(self, offer_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
        """The tiers of these offers by rising quantity: (quantity, unit price) each."""
        tier = table(Tier)
        query = (
            core_select(tier.c.offer_id, tier.c.quantity, tier.c.unit_amount)
            .where(tier.c.offer_id.in_(offer_ids))
            .order_by(tier.c.offer_id, tier.c.quantity)
        )
        tiers: dict[int, list[tuple[int, int]]] = {}
        for offer_id, quantity, unit_amount in await self._run(query):
            tiers.setdefault(offer_id, []).append((quantity, unit_amount))
        return tiers

    async def set_tiers(self, offer_id: int, tiers: Iterable[tuple[int, int]]) -> None:
        """Give an offer these tiers instead of what it had."""
        tier = table(Tier)
        await self._run(delete(tier).where(tier.c.offer_id == offer_id))
        rows = [{"offer_id": offer_id, "quantity": q, "unit_amount": amount} for q, amount in tiers]
        if rows:
            await (await self._session.connection()).execute(insert(tier), rows)

    async def set_price(self, offer_id: int, price_amount: int) -> None:
        """Give an offer another price to begin with."""
        offer = table(Offer)
        await self._run(update(offer).where(offer.c.id == offer_id).values(price_amount=price_amount))

    async def list_offers(self, offer_ids: Collection[int]) -> dict[int, OfferPrice]:
        """What these offers cost; the unknown are left out."""
        offer, variant = table(Offer), table(Variant)
        sold = (
            core_select(func.coalesce(func.sum(variant.c.sold), 0))
            .where(variant.c.offer_id == offer.c.id)
            .scalar_subquery()
        )
        query = core_select(offer.c.id, offer.c.price_amount, offer.c.currency, sold).where(
            offer.c.id.in_(offer_ids)
        )
        rows = list(await self._run(query))
        tiers = await self.tiers(offer_ids)
        return {
            key: OfferPrice(price, currency, tuple(tiers.get(key, ())), int(sold))
            for key, price, currency, sold in rows
        }

    async def list_picks_beside(self, pick_id: int) -> list[PickOfOffer]:
        """Every pick that posts the same offer as this one, itself among them, by key."""
        pick, group = table(Pick), table(Group)
        this = pick.alias()
        offer = core_select(this.c.offer_id).where(this.c.id == pick_id).scalar_subquery()
        query = (
            core_select(pick.c.id, pick.c.group_id, group.c.chat_id, pick.c.state, pick.c.final_amount)
            .select_from(pick.join(group, group.c.id == pick.c.group_id))
            .where(pick.c.offer_id == offer)
            .order_by(pick.c.id)
        )
        return [PickOfOffer(*row) for row in await self._run(query)]

    async def held(self, pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """How many of an offer a person has ordered over all its picks, by (offer, person)."""
        pick, order, line = table(Pick), table(Order), table(OrderLine)
        offers, people = {offer for offer, _ in pairs}, {person for _, person in pairs}
        query = (
            core_select(pick.c.offer_id, order.c.person_id, func.sum(line.c.quantity))
            .select_from(
                order.join(pick, pick.c.id == order.c.pick_id).join(line, line.c.order_id == order.c.id)
            )
            .where(pick.c.offer_id.in_(offers), order.c.person_id.in_(people))
            .where(order.c.state != OrderState.CANCELLED)
            .group_by(pick.c.offer_id, order.c.person_id)
        )
        return {(offer, person): int(held) for offer, person, held in await self._run(query)}

    # Older terms

    async def kept(self, pick_ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
        """The older terms that orders of these picks keep, by order."""
        order, consent = table(Order), table(PriceConsent)
        query = (
            core_select(order.c.id, consent.c.kept)
            .select_from(order.join(consent, consent.c.order_id == order.c.id))
            .where(order.c.pick_id.in_(pick_ids), consent.c.kept.is_not(None))
            .where(order.c.state != OrderState.CANCELLED)
        )
        return {row[0]: row[1] for row in await self._run(query)}

    async def kept_by(self, order_ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
        """The older terms that these orders keep."""
        consent = table(PriceConsent)
        query = core_select(consent.c.order_id, consent.c.kept).where(
            consent.c.order_id.in_(order_ids), consent.c.kept.is_not(None)
        )
        return {row[0]: row[1] for row in await self._run(query)}

    async def keep(
        self, terms: Mapping[int, Mapping[str, Any]], *, unit_amount: int, asked_at: datetime | None
    ) -> None:
        """Let orders keep these terms; with a moment their buyers are asked about the new unit price."""
        if not terms:
            return
        shared = {"unit_amount": unit_amount, "asked_at": asked_at, "accepted": None, "answered_at": None}
        statement = upsert(self._session, PriceConsent)
        statement = statement.on_conflict_do_update(
            index_elements=["order_id"],
            set_={name: statement.excluded[name] for name in ("kept", *shared)},
        )
        rows = [{"order_id": key, "kept": dict(kept), **shared} for key, kept in sorted(terms.items())]
        await (await self._session.connection()).execute(statement, rows)

    async def forget(self, order_ids: Collection[int]) -> None:
        """These orders are taken back, and with them the terms that they kept."""
        consent, line = table(PriceConsent), table(OrderLine)
        await self._run(delete(consent).where(consent.c.order_id.in_(order_ids)))
        # A line that comes again in the same transaction comes at the new price.
        await self._run(delete(line).where(line.c.order_id.in_(order_ids)))

    async def release(self, order_ids: Collection[int]) -> None:
        """These orders keep nothing any more, and nobody is asked about them."""
        consent = table(PriceConsent)
        await self._run(delete(consent).where(consent.c.order_id.in_(order_ids)))

    async def answer(self, order_id: int, *, accepted: bool, now: datetime) -> None:
        """Note what a buyer said; who agrees keeps nothing."""
        consent = table(PriceConsent)
        statement = update(consent).where(consent.c.order_id == order_id)
        statement = statement.values(accepted=accepted, answered_at=now)
        await self._run(statement.values(kept=None) if accepted else statement)

    async def find_asked(self, order_id: int) -> Asked | None:
        """What a buyer was asked about an order."""
        return next(iter(await self._asked(table(Order).c.id == order_id)), None)

    async def find_asked_of(self, pick_id: int, person_id: int) -> Asked | None:
        """What a person was asked about her order on a pick."""
        order = table(Order)
        found = await self._asked(order.c.pick_id == pick_id, order.c.person_id == person_id)
        return next(iter(found), None)

    async def _asked(self, *conditions: Any) -> list[Asked]:
        order, consent = table(Order), table(PriceConsent)
        query = (
            core_select(
                *(order.c.id, order.c.person_id, order.c.pick_id, order.c.state),
                *(consent.c.unit_amount, consent.c.kept, consent.c.accepted),
            )
            .select_from(order.join(consent, consent.c.order_id == order.c.id))
            .where(consent.c.asked_at.is_not(None), *conditions)
        )
        return [Asked(*row) for row in await self._run(query)]

    # Prices of orders

    async def list_buyers(self, pick_ids: Collection[int]) -> list[Buyer]:
        """Who has a standing order on these picks, by order."""
        order, person = table(Order), table(Person)
        query = (
            core_select(order.c.id, order.c.pick_id, person.c.id, person.c.private_is_open, order.c.team_id)
            .select_from(order.join(person, person.c.id == order.c.person_id))
            .where(order.c.pick_id.in_(pick_ids), order.c.state != OrderState.CANCELLED)
            .order_by(order.c.id)
        )
        return [Buyer(*row) for row in await self._run(query)]

    async def lower(
        self,
        pick_ids: Collection[int],
        unit_amount: int,
        *,
        now: datetime,
        but: Collection[int] = (),
        by_id: int | None = None,
    ) -> list[int]:
        """Let no standing order of these picks cost more, each with its event; returns those changed."""
        order, line = table(Order), table(OrderLine)
        dearer = (
            core_select(order.c.id)
            .distinct()
            .select_from(order.join(line, line.c.order_id == order.c.id))
            .where(order.c.pick_id.in_(pick_ids), order.c.state != OrderState.CANCELLED)
            .where(line.c.unit_amount > unit_amount)
            .order_by(order.c.id)
        )
        keys = [key for (key,) in await self._run(dearer) if key not in set(but)]
        await self.set_prices(dict.fromkeys(keys, unit_amount), by_id=by_id, now=now)
        return keys

    async def set_prices(self, prices: Mapping[int, int], *, now: datetime, by_id: int | None = None) -> None:
        """Give each order its unit price, with its event."""
        order, line, event = table(Order), table(OrderLine), table(OrderEvent)
        for amount in sorted(set(prices.values())):
            keys = sorted(key for key, price in prices.items() if price == amount)
            for some in _hundreds(keys):
                await self._run(update(line).where(line.c.order_id.in_(some)).values(unit_amount=amount))
                happened = core_select(
                    order.c.id,
                    literal(OrderEventKind.REPRICED, event.c.kind.type),
                    literal({}, Document),
                    literal(amount, event.c.unit_amount.type),
                    literal(by_id, event.c.by_id.type),
                    literal(now, event.c.happened_at.type),
                ).where(order.c.id.in_(some))
                names = ["order_id", "kind", "changes", "unit_amount", "by_id", "happened_at"]
                await self._run(insert(event).from_select(names, happened.order_by(order.c.id)))

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


def _hundreds(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    # SQLite takes so many parameters and no more.
    return (keys[start : start + 500] for start in range(0, len(keys), 500))
