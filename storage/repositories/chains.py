"""What chains come to: kept with each edge, so that reading one never walks a tree."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    TextClause,
    and_,
    case,
    func,
    null,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy import literal as value_of
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import run
from storage.models import ChainPlace, Commission, Downline, Member, Order, Person, Pick, Referral
from storage.states import CommissionState, OrderState, Presence, ReferralSource
from storage.tables import table, upsert


class Above(NamedTuple):
    """Somebody in an upline; without a name if she left or does not show it, which nobody can tell apart."""

    person_id: int
    name: str | None
    level: int


class Below(NamedTuple):
    """Somebody in a chain with how many stand below her; without a name as in an upline."""

    person_id: int
    referrer_id: int | None
    name: str | None
    people_below: int
    direct: int


class Place(NamedTuple):
    """Somebody's place in all the chains of a group."""

    person_id: int
    referrer_id: int | None
    name: str | None
    people_below: int
    direct: int
    source: ReferralSource | None
    referred_at: datetime | None


class Totals(NamedTuple):
    """The chains of a group, and the people in them, those with whom they begin included."""

    chains: int
    people: int


class Reward(NamedTuple):
    """What somebody earns, in minor units: expected by orders under way, accrued by completed ones."""

    currency: str
    expected_amount: int
    accrued_amount: int


class ChainRepository:
    """Places in chains, and what stands below them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def extend(self, group_id: int, person_id: int, referrer_id: int) -> None:
        """Keep places and levels with a new edge; the group must be locked, and the edge close no loop."""
        places = upsert(self._session, ChainPlace)
        row = {"group_id": group_id, "person_id": referrer_id, "referrer_id": None, "people_below": 0}
        connection = await self._session.connection()
        await connection.execute(places.on_conflict_do_nothing(), [row])
        # She may have brought people before it was known who had brought her.
        placed = places.on_conflict_do_update(
            index_elements=["group_id", "person_id"], set_={"referrer_id": referrer_id}
        )
        await connection.execute(placed, [{**row, "person_id": person_id, "referrer_id": referrer_id}])
        above = _above(group_id, person_id)
        await connection.execute(_counted(group_id, person_id, above))
        await connection.execute(self._deepened(group_id, person_id, above))

    async def find(self, group_id: int, person_id: int) -> ChainPlace | None:
        """A person's place, if she brought somebody or was brought."""
        return await self._session.get(ChainPlace, (group_id, person_id))

    async def upline(self, group_id: int, person_id: int) -> list[Above]:
        """Everybody above a person up to the root, nearest first."""
        above = _above(group_id, person_id)
        query = (
            select(above.c.person_id, _name(), above.c.level)
            .join(Person, col(Person.id) == above.c.person_id)
            .outerjoin(Member, _membership(value_of(group_id), above.c.person_id))
            .order_by(above.c.level)
        )
        return [Above(*row) for row in await self._session.execute(query)]

    async def levels(self, group_id: int, person_id: int, *, limit: int) -> dict[int, int]:
        """How many people stand below a person at each of the first levels."""
        of = table(Downline).c
        query = (
            select(of.level, of.people)
            .where(of.group_id == group_id, of.person_id == person_id)
            .order_by(of.level)
            .limit(limit)
        )
        return {level: people for level, people in await self._session.execute(query)}

    async def totals_of_group(self, group_id: int) -> Totals:
        """How many chains a group has, and how many people stand in them."""
        of = table(ChainPlace).c
        query = select(func.count(), func.coalesce(func.sum(of.people_below + 1), 0))
        found = await self._session.execute(query.where(of.group_id == group_id, of.referrer_id.is_(None)))
        chains, people = found.one()
        return Totals(chains, int(people))

    async def levels_of_group(self, group_id: int, *, limit: int) -> dict[int, int]:
        """How many people of a group stand so far below where their chains begin, for the first levels."""
        root, of = table(ChainPlace).c, table(Downline).c
        query = (
            select(of.level, func.sum(of.people))
            .where(of.group_id == group_id)
            .where(
                of.person_id.in_(
                    select(root.person_id).where(root.group_id == group_id, root.referrer_id.is_(None))
                )
            )
            .group_by(of.level)
            .order_by(of.level)
            .limit(limit)
        )
        return {level: int(people) for level, people in await self._session.execute(query)}

    async def biggest(
        self, group_id: int, referrer_ids: Collection[int | None], *, limit: int
    ) -> dict[int | None, list[Below]]:
        """Those whom each of these people brought herself, most people below first; None: the beginnings."""
        if not referrer_ids:
            return {}
        sought = list(referrer_ids)
        values = {
            **{f"r{place}": key for place, key in enumerate(sought) if key is not None},
            **{"group_id": group_id, "most": limit, "left": Presence.LEFT.value},
        }
        query = _biggest(tuple(referrer_id is None for referrer_id in sought))
        found: dict[int | None, list[Below]] = {referrer_id: [] for referrer_id in sought}
        for row in await run(self._session, query, values):
            below = Below(*row)
            found[below.referrer_id].append(below)
        return found

    async def completed_orders(self, group_id: int, person_id: int) -> int:
        """How many completed orders those have whom a person brought herself."""
        query = (
            select(func.count())
            .select_from(ChainPlace)
            .join(Order, col(Order.person_id) == col(ChainPlace.person_id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(ChainPlace.group_id) == group_id, col(ChainPlace.referrer_id) == person_id)
            .where(col(Pick.group_id) == group_id, col(Order.state) == OrderState.COMPLETED)
        )
        return int((await self._session.execute(query)).scalar_one())

    async def rewards(self, group_id: int, person_id: int) -> list[Reward]:
        """What a person earns by orders of those whom she brought herself, by currency."""
        is_expected = col(Commission.state) == CommissionState.EXPECTED
        query = (
            select(
                col(Commission.currency),
                func.sum(case((is_expected, col(Commission.expected_amount)), else_=0)),
                func.sum(col(Commission.accrued_amount)),
            )
            .join(
                Referral,
                and_(
                    col(Referral.group_id) == col(Commission.group_id),
                    col(Referral.person_id) == col(Commission.buyer_id),
                ),
            )
            .where(col(Commission.earner_id) == person_id, col(Commission.group_id) == group_id)
            .where(col(Referral.referrer_id) == person_id)
            .group_by(col(Commission.currency))
            .order_by(col(Commission.currency))
        )
        return [
            Reward(currency, int(expected), int(accrued))
            for currency, expected, accrued in await self._session.execute(query)
        ]

    async def list_places(self, group_id: int, *, limit: int) -> list[Place]:
        """The places of a group, most people below first: whoever stands above another comes before her."""
        every = table(ChainPlace).c
        # Chosen before anything is looked up for them.
        of = (
            select(every.person_id, every.referrer_id, every.people_below)
            .where(every.group_id == group_id)
            .order_by(every.people_below.desc(), every.person_id)
            .limit(limit)
            .subquery()
            .c
        )
        here = value_of(group_id)
        brought = and_(col(Referral.group_id) == here, col(Referral.person_id) == of.person_id)
        query = (
            select(
                of.person_id,
                of.referrer_id,
                _name(),
                of.people_below,
                func.coalesce(col(Downline.people), 0),
                col(Referral.source),
                col(Referral.referred_at),
            )
            .join(Person, col(Person.id) == of.person_id)
            .outerjoin(Member, _membership(here, of.person_id))
            .outerjoin(Referral, brought)
            .outerjoin(Downline, _first_level(here, of.person_id))
            .order_by(of.people_below.desc(), of.person_id)
        )
        return [Place(*row) for row in await self._session.execute(query)]

    async def hide_name(self, person_id: int, *, is_hidden: bool) -> None:
        """Show a person's name in nobody else's chain, or again."""
        of = table(Person)
        statement = of.update().where(of.c.id == person_id).values(hides_name=is_hidden)
        await (await self._session.connection()).execute(statement)

    def _deepened(self, group_id: int, person_id: int, above: CTE) -> Any:
        of = table(Downline).c
        # She stands one level below whoever brought her, and takes along whom she has brought already.
        arriving = union_all(
            select(value_of(0).label("level"), value_of(1).label("people")),
            select(of.level, of.people).where(of.group_id == group_id, of.person_id == person_id),
        ).subquery()
        added = (
            select(value_of(group_id), above.c.person_id, above.c.level + arriving.c.level, arriving.c.people)
            .join(arriving, true())
            # Without it, SQLite would take ON CONFLICT for the ON of the join.
            .where(true())
        )
        insert = upsert(self._session, Downline).from_select(
            ["group_id", "person_id", "level", "people"], added
        )
        return insert.on_conflict_do_update(
            index_elements=["group_id", "person_id", "level"],
            set_={"people": of.people + insert.excluded.people},
        )


def _above(group_id: int, person_id: int) -> CTE:
    """Everybody above a person with her distance."""
    of = table(ChainPlace).c
    above = (
        select(of.referrer_id.label("person_id"), value_of(1).label("level"))
        .where(of.group_id == group_id, of.person_id == person_id, of.referrer_id.is_not(None))
        .cte("above", recursive=True)
    )
    return above.union_all(
        select(of.referrer_id, above.c.level + 1)
        .where(of.group_id == group_id, of.person_id == above.c.person_id)
        .where(of.referrer_id.is_not(None))
    )


def _counted(group_id: int, person_id: int, above: CTE) -> Any:
    place, own = table(ChainPlace), table(ChainPlace).alias("own")
    arriving = (
        select(own.c.people_below + 1)
        .where(own.c.group_id == group_id, own.c.person_id == person_id)
        .scalar_subquery()
    )
    return (
        place.update()
        .where(place.c.group_id == group_id, place.c.person_id.in_(select(above.c.person_id)))
        .values(people_below=place.c.people_below + arriving)
    )


@cache
def _biggest(begins: tuple[bool, ...]) -> TextClause:
    """Those below so many people (True: those with whom chains begin), by one look into the index each."""
    # As text: SQLAlchemy takes a second to put that many parts together.
    parts = " UNION ALL ".join(
        "SELECT * FROM (SELECT person_id, referrer_id, people_below FROM chain_place "
        f"WHERE group_id = :group_id AND referrer_id {'IS NULL' if begin else f'= :r{place}'} "
        f"ORDER BY people_below DESC, person_id DESC LIMIT :most) AS p{place}"
        for place, begin in enumerate(begins)
    )
    return text(
        "SELECT b.person_id, b.referrer_id, "
        "CASE WHEN m.presence = :left OR p.hides_name THEN NULL ELSE p.name END, "
        f"b.people_below, coalesce(d.people, 0) FROM ({parts}) AS b "
        "JOIN person AS p ON p.id = b.person_id "
        "LEFT JOIN member AS m ON m.group_id = :group_id AND m.person_id = b.person_id "
        "LEFT JOIN downline AS d ON d.group_id = :group_id AND d.person_id = b.person_id AND d.level = 1 "
        "ORDER BY b.people_below DESC, b.person_id"
    )


def _membership(group_id: Any, person_id: Any) -> ColumnElement[bool]:
    return and_(col(Member.group_id) == group_id, col(Member.person_id) == person_id)


def _first_level(group_id: Any, person_id: Any) -> ColumnElement[bool]:
    of = table(Downline).c
    return and_(of.group_id == group_id, of.person_id == person_id, of.level == 1)


def _name() -> ColumnElement[Any]:
    # Who never said a word may be unknown as a member, and is there all the same.
    is_unnamed = or_(col(Member.presence) == Presence.LEFT, col(Person.hides_name))
    return case((is_unnamed, null()), else_=col(Person.name))
