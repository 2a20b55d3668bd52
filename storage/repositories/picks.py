"""Picks with what they sell, and the reactions to them."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, TextClause, and_, bindparam, delete, func, text, tuple_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import dialect_of, moment, packed, run, source
from storage.models import AnonymousReaction, Group, Offer, Pick, Reaction, Variant
from storage.states import PaymentMethod, PaysWhen, PickState
from storage.tables import table, upsert


@dataclass(frozen=True, kw_only=True)
class PostedPick:
    """A pick with its group, its offer and the variants in their order."""

    pick: Pick
    group: Group
    offer: Offer
    variants: Sequence[Variant]

    @property
    def id(self) -> int:
        """The pick's key."""
        assert self.pick.id is not None
        return self.pick.id

    @property
    def takes_orders(self) -> bool:
        """Whether somebody may get more of it, as far as its deadline allows."""
        is_live = self.pick.state is PickState.LIVE
        return is_live and self.offer.stopped_at is None and self.pick.ended_at is None


class CountChange(NamedTuple):
    """How much an order changes a pick's counters."""

    orders: int = 0
    quantity: int = 0
    numbers: int = 0


@dataclass(kw_only=True, slots=True)
class LockedVariant:
    """A variant that nobody else can sell before the commit."""

    id: int
    name: str
    stock: int | None
    sold: int


@dataclass(kw_only=True, slots=True)
class LockedPick:
    """What deciding orders needs of a pick; nobody else changes it before the commit."""

    id: int
    group_id: int
    chat_id: int
    number: int
    state: PickState
    closes_at: datetime
    next_order_number: int
    title: str
    price_amount: int
    currency: str
    offer_id: int
    limit_per_person: int | None
    tier_count: int
    team_price_amount: int | None
    #: How many picks post the same offer, this one among them.
    pick_count: int
    #: How many pick-up points of the group are in use.
    point_count: int
    hold_minutes: int
    #: When it is paid, in its own words and its group's.
    pays_when: PaysWhen | None
    group_pays_when: PaysWhen
    #: The ways to pay that its group takes; None where the group never kept money here.
    group_ways: Collection[PaymentMethod] | None
    #: Which of them it takes; None: all.
    named_ways: Collection[str] | None
    #: Whether its group has, or had, a promotion that may hold for it.
    has_promotions: bool
    #: Whether recommending it earns anything by its group's plan.
    pays_commission: bool
    #: Whether its group has, or had, a plan, so that somebody may earn by orders of it.
    has_plan: bool
    #: Whether anybody opened a shared card of it, or said who told her of it.
    has_touches: bool
    #: Whether its offer takes no orders anywhere, because something is wrong with it.
    is_stopped: bool
    #: Whether its group stopped selling it for another, so that it takes no further orders.
    is_ended: bool
    #: How many pieces it can still sell, whatever its offer has; None without limit.
    room: int | None
    variants: list[LockedVariant]


class PickRepository:
    """Picks, offers, variants and reactions."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, *, offer: Offer, variants: Sequence[Variant], pick: Pick) -> Pick:
        """Keep a new offer with its variants, posted as a pick; gives all of them their keys."""
        self._session.add(offer)
        await self._session.flush()
        assert offer.id is not None
        for variant in variants:
            variant.offer_id = offer.id
        pick.offer_id = offer.id
        self._session.add_all([*variants, pick])
        await self._session.flush()
        return pick

    async def get(self, pick_id: int) -> PostedPick:
        """The pick with this key. Raises LookupError."""
        found = await self.load([pick_id])
        if not found:
            raise LookupError(f"no pick {pick_id}")
        return found[pick_id]

    async def find_by_number(self, group_id: int, number: int) -> PostedPick | None:
        """The pick with this number in a group."""
        return await self._find(col(Pick.group_id) == group_id, col(Pick.number) == number)

    async def find_by_message(self, group_id: int, message_id: int) -> PostedPick | None:
        """The pick whose card is this message."""
        return await self._find(col(Pick.group_id) == group_id, col(Pick.message_id) == message_id)

    async def find_cards(self, messages: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The picks whose cards are among these (chat, message), by message."""
        query = (
            core_select(col(Group.chat_id), col(Pick.message_id), col(Pick.id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(tuple_(col(Group.chat_id), col(Pick.message_id)).in_(list(messages)))
        )
        rows = await (await self._session.connection()).execute(query)
        return {
            (chat_id, message_id): pick_id
            for chat_id, message_id, pick_id in rows
            if message_id is not None and pick_id is not None
        }

    async def list_live(self, group_id: int) -> list[PostedPick]:
        """The picks that a group sees and that take orders now, the first to close first."""
        query = (
            core_select(col(Pick.id))
            .where(col(Pick.group_id) == group_id, col(Pick.state) == PickState.LIVE)
            .where(~col(Pick.is_personal))
            .order_by(col(Pick.closes_at), col(Pick.id))
        )
        keys = list((await self._session.execute(query)).scalars())
        found = await self.load(keys)
        return [found[key] for key in keys]

    async def list_due(self, *, now: datetime, limit: int) -> list[int]:
        """The keys of live picks whose deadline has come; what is stopped waits.

        What is carried comes first: the supplier's list, sent at its close, counts what stands there.
        """
        query = (
            core_select(col(Pick.id))
            .join(Offer, and_(col(Offer.id) == col(Pick.offer_id), col(Offer.stopped_at).is_(None)))
            .where(col(Pick.state) == PickState.LIVE, col(Pick.closes_at) <= now)
            .order_by(col(Pick.closes_at), col(Pick.is_carried).desc())
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def load(self, pick_ids: Collection[int], *, lock: bool = False) -> dict[int, PostedPick]:
        """These picks by key; the unknown are left out. A lock is taken in sorted key order."""
        query = (
            select(Pick, Offer, Group)
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(col(Pick.id).in_(pick_ids))
            .order_by(col(Pick.id))
        )
        stock = select(Variant).order_by(col(Variant.offer_id), col(Variant.position))
        if lock:
            query = query.with_for_update(of=Pick, key_share=True).execution_options(populate_existing=True)
            stock = stock.with_for_update(key_share=True).execution_options(populate_existing=True)
        rows = list(await self._session.exec(query))
        offer_ids = {offer.id for _, offer, _ in rows}
        variants: dict[int, list[Variant]] = {}
        for variant in await self._session.exec(stock.where(col(Variant.offer_id).in_(offer_ids))):
            variants.setdefault(variant.offer_id, []).append(variant)
        return {
            pick.id: PostedPick(pick=pick, offer=offer, group=group, variants=variants.get(pick.offer_id, []))
            for pick, offer, group in rows
            if pick.id is not None
        }

    async def lock(self, pick_ids: Collection[int]) -> dict[int, LockedPick]:
        """These picks with their variants, locked in sorted key order; the unknown are left out."""
        keys = packed((pick_id,) for pick_id in sorted(pick_ids))
        locked: dict[int, LockedPick] = {}
        for row in await run(self._session, _lock(dialect_of(self._session)), {"rows": keys}):
            *of_pick, variant_id, name, stock, sold = row
            if row[0] not in locked:
                locked[row[0]] = _locked_pick(dict(zip(_LOCKED_FIELDS, of_pick, strict=True)))
            variant = LockedVariant(id=variant_id, name=name, stock=stock, sold=sold)
            locked[row[0]].variants.append(variant)
        return locked

    async def save(self, pick: Pick) -> None:
        """Keep what was changed of a pick."""
        self._session.add(pick)
        await self._session.flush()

    async def set_message(self, pick_id: int, message_id: int | None) -> None:
        """Note which message is the pick's card."""
        await (await self._session.connection()).execute(
            update(Pick).where(col(Pick.id) == pick_id).values(message_id=message_id)
        )

    async def forget_cards(self, group_id: int) -> list[int]:
        """No message of a group is known any more; returns the live picks, which need new cards."""
        connection = await self._session.connection()
        await connection.execute(update(Pick).where(col(Pick.group_id) == group_id).values(message_id=None))
        pick = table(Pick)
        live = (
            core_select(pick.c.id)
            .where(pick.c.group_id == group_id, pick.c.state == PickState.LIVE)
            .order_by(pick.c.id)
        )
        return list((await connection.execute(live)).scalars())

    async def count(self, changes: Mapping[int, CountChange]) -> None:
        """Move the counters of picks that are locked."""
        for pick_id, change in changes.items():
            values = {"id": pick_id, **change._asdict()}
            await run(self._session, _COUNT, values)

    async def sell(self, changes: Mapping[int, int]) -> None:
        """Move what is sold of variants that are locked; the database itself refuses to oversell."""
        for variant_id, more in changes.items():
            if more:
                await run(self._session, _SELL, {"id": variant_id, "more": more})

    async def replace_reactions(
        self, reactions: Iterable[tuple[int, int, Collection[str]]], *, now: datetime
    ) -> None:
        """Note what people's reactions to picks are now: (pick, person, emoji) each."""
        entries = list(reactions)
        if not entries:
            return
        connection = await self._session.connection()
        reaction = table(Reaction)
        old = delete(reaction).where(
            reaction.c.pick_id == bindparam("for_pick"), reaction.c.person_id == bindparam("for_person")
        )
        await connection.execute(old, [{"for_pick": p, "for_person": who} for p, who, _ in entries])
        rows = [
            {"pick_id": pick_id, "person_id": person_id, "emoji": emoji, "reacted_at": now}
            for pick_id, person_id, emojis in entries
            for emoji in emojis
        ]
        if rows:
            await connection.execute(upsert(self._session, Reaction).on_conflict_do_nothing(), rows)

    async def replace_anonymous_reactions(self, pick_id: int, counts: Mapping[str, int]) -> None:
        """Note how many unnamed reactions a card has now."""
        connection = await self._session.connection()
        await connection.execute(delete(AnonymousReaction).where(col(AnonymousReaction.pick_id) == pick_id))
        rows = [{"pick_id": pick_id, "emoji": emoji, "count": count} for emoji, count in counts.items()]
        if rows:
            await connection.execute(upsert(self._session, AnonymousReaction), rows)

    async def reaction_counts(self, pick_id: int) -> dict[str, int]:
        """How often each emoji was given to a pick, named and unnamed together, most frequent first."""
        named = (
            core_select(col(Reaction.emoji), func.count())
            .where(col(Reaction.pick_id) == pick_id)
            .group_by(col(Reaction.emoji))
        )
        unnamed = core_select(col(AnonymousReaction.emoji), col(AnonymousReaction.count)).where(
            col(AnonymousReaction.pick_id) == pick_id
        )
        counts: dict[str, int] = {}
        for query in (named, unnamed):
            for emoji, count in await self._session.execute(query):
                counts[emoji] = counts.get(emoji, 0) + count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    async def _find(self, *conditions: object) -> PostedPick | None:
        query = core_select(col(Pick.id)).where(*conditions)  # type: ignore[arg-type]
        key = (await self._session.execute(query)).scalars().first()
        return None if key is None else await self.get(key)


_LOCKED_FIELDS = (
    "id",
    "group_id",
    "chat_id",
    "number",
    "state",
    "closes_at",
    "next_order_number",
    "title",
    "price_amount",
    "currency",
    "offer_id",
    "limit_per_person",
    "tier_count",
    "team_price_amount",
    "pick_count",
    "point_count",
    "hold_minutes",
    "pays_when",
    "group_pays_when",
    "group_ways",
    "named_ways",
    "has_promotions",
    "pays_commission",
    "has_plan",
    "has_touches",
    "is_stopped",
    "is_ended",
    "room",
)


# Tiers, the picks of the offer and pick-up points are counted here, and ways to pay named, so that an offer
# without tiers and with one pick, in a group where nothing is fetched or paid, costs no further statement.
_LOCK = """
SELECT pick.id, pick.group_id, chat_group.chat_id, pick.number, pick.state, pick.closes_at,
    pick.next_order_number, offer.title, offer.price_amount, offer.currency, pick.offer_id,
    offer.limit_per_person,
    (SELECT count(*) FROM tier WHERE tier.offer_id = offer.id), offer.team_price_amount,
    (SELECT count(*) FROM pick AS beside WHERE beside.offer_id = offer.id),
    (SELECT count(*) FROM pickup_point AS point WHERE point.group_id = pick.group_id AND point.is_active),
    chat_group.hold_minutes, pick.pays_when, chat_group.pays_when,
    (SELECT {listed} FROM payment_way AS way WHERE way.group_id = pick.group_id),
    CAST(pick.payment_methods AS TEXT),
    EXISTS (SELECT 1 FROM promotion WHERE promotion.group_id = pick.group_id AND promotion.state <> 'draft')
        OR EXISTS (SELECT 1 FROM promotion_group JOIN promotion ON promotion.id = promotion_group.promotion_id
            WHERE promotion_group.group_id = pick.group_id AND promotion.state <> 'draft')
        OR EXISTS (SELECT 1 FROM promotion WHERE promotion.in_all_groups AND promotion.state <> 'draft'),
    NOT pick.pays_no_commission
        AND EXISTS (SELECT 1 FROM plan WHERE plan.group_id = pick.group_id AND plan.is_active),
    EXISTS (SELECT 1 FROM plan WHERE plan.group_id = pick.group_id),
    EXISTS (SELECT 1 FROM touch WHERE touch.pick_id = pick.id),
    offer.stopped_at IS NOT NULL, pick.ended_at IS NOT NULL, pick.quantity_limit - pick.quantity,
    variant.id, variant.name, variant.stock, variant.sold
FROM {picks}
JOIN offer ON offer.id = pick.offer_id
JOIN chat_group ON chat_group.id = pick.group_id
JOIN variant ON variant.offer_id = pick.offer_id
"""

# All picks first, then all variants, as `load` locks them: two picks may sell the same variants. The picks
# are counted so that each of them is locked before the first variant is looked at.
_PICKS_FIRST = """
WITH locked AS MATERIALIZED (
    SELECT pick.* FROM {keys} JOIN pick ON pick.id = r.id ORDER BY pick.id FOR NO KEY UPDATE OF pick
)
{query}
WHERE (SELECT count(*) FROM locked) > 0
ORDER BY variant.offer_id, variant.position, pick.id
FOR NO KEY UPDATE OF variant
"""

_COUNT = text(
    "UPDATE pick SET order_count = order_count + :orders, quantity = quantity + :quantity, "
    "next_order_number = next_order_number + :numbers WHERE id = :id"
)

_SELL = text("UPDATE variant SET sold = sold + :more WHERE id = :id")


# Nothing where the group has no row; an empty word for each way that is switched off.
_LISTED = {
    "sqlite": "group_concat(CASE WHEN way.is_active THEN way.method ELSE '' END)",
    "postgresql": "string_agg(CASE WHEN way.is_active THEN way.method ELSE '' END, ',')",
}


def _locked_pick(fields: dict[str, Any]) -> LockedPick:
    ways, named, when = fields["group_ways"], fields["named_ways"], fields["pays_when"]
    return LockedPick(
        **{
            **fields,
            "state": PickState(fields["state"]),
            "closes_at": moment(fields["closes_at"]),
            "pays_when": PaysWhen(when) if when else None,
            "group_pays_when": PaysWhen(fields["group_pays_when"]),
            "group_ways": None if ways is None else [PaymentMethod(w) for w in ways.split(",") if w],
            "named_ways": json.loads(named) if named else None,
            "has_promotions": bool(fields["has_promotions"]),
            "pays_commission": bool(fields["pays_commission"]),
            "has_plan": bool(fields["has_plan"]),
            "has_touches": bool(fields["has_touches"]),
            "is_stopped": bool(fields["is_stopped"]),
            "is_ended": bool(fields["is_ended"]),
        },
        variants=[],
    )


@cache
def _lock(dialect: Dialect) -> TextClause:
    keys, listed = source(dialect, Pick, ("id",)), _LISTED[dialect.name]
    if dialect.name == "sqlite":
        query = _LOCK.format(picks=f"{keys} JOIN pick ON pick.id = r.id", listed=listed)
        return text(query + "ORDER BY variant.offer_id, variant.position, pick.id")
    # A reaction's foreign key may hold the pick's key, and wait for what is written next here.
    return text(_PICKS_FIRST.format(keys=keys, query=_LOCK.format(picks="locked AS pick", listed=listed)))
