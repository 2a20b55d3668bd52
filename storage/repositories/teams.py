"""Teams, the seats in them, and the orders that were placed in a team."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, case, delete, func, insert, or_, tuple_, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Offer, Order, OrderLine, Person, Pick, Team, TeamMember
from storage.states import OrderState, PickState, TeamFallback, TeamState
from storage.tables import table

_PRESENT = (TeamState.OPEN, TeamState.COMPLETE)


class Seat(NamedTuple):
    """A person in a team, and what she wants if it does not fill up.

    `solo_amount` is the unit price at which she agreed to buy alone.
    """

    team_id: int
    person_id: int
    name: str
    fallback: TeamFallback
    solo_amount: int | None
    order_id: int | None


class NewSeat(NamedTuple):
    """A seat to be taken."""

    person_id: int
    fallback: TeamFallback
    solo_amount: int | None


@dataclass(frozen=True, kw_only=True)
class TeamEntry:
    """A team with its seats in the order in which they were taken."""

    id: int
    pick_id: int
    leader_id: int
    size: int
    state: TeamState
    opened_at: datetime
    expires_at: datetime
    seats: Sequence[Seat]

    def seat_of(self, person_id: int) -> Seat | None:
        """The seat that a person has."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    @property
    def leader(self) -> str:
        """The name of whoever leads it."""
        return next((seat.name for seat in self.seats if seat.person_id == self.leader_id), "")


class Tally(NamedTuple):
    """How many teams of a group have had their time, and how many of them filled up."""

    filled: int
    settled: int


class TeamRepository:
    """Who buys together with whom."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, team_ids: Collection[int]) -> dict[int, TeamEntry]:
        """These teams; the unknown are left out."""
        return await self._load(table(Team).c.id.in_(team_ids)) if team_ids else {}

    async def list_open(self, pick_id: int, *, newest: int | None = None) -> list[TeamEntry]:
        """The open teams of a pick, or so many of them, newest first."""
        team = table(Team)
        query = core_select(team.c.id).where(team.c.pick_id == pick_id, team.c.state == TeamState.OPEN)
        keys = [key for (key,) in await self._run(query.order_by(team.c.id.desc()).limit(newest))]
        found = await self.load(keys)
        return [found[key] for key in keys]

    async def find_of(self, pick_id: int, person_id: int) -> TeamEntry | None:
        """The open or complete team of a pick in which a person is."""
        team, member = table(Team), table(TeamMember)
        query = (
            core_select(team.c.id)
            .select_from(team.join(member, member.c.team_id == team.c.id))
            .where(team.c.pick_id == pick_id, member.c.person_id == person_id, team.c.state.in_(_PRESENT))
        )
        found = [key for (key,) in await self._run(query)]
        return (await self.load(found)).get(found[0]) if found else None

    async def list_due(self, *, now: datetime, limit: int) -> list[int]:
        """The keys of open teams on live picks whose own time is over; what is stopped stands still."""
        team, pick, offer = table(Team), table(Pick), table(Offer)
        query = (
            core_select(team.c.id)
            .join(pick, pick.c.id == team.c.pick_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .where(team.c.state == TeamState.OPEN, team.c.expires_at <= now)
            .where(pick.c.state == PickState.LIVE, offer.c.stopped_at.is_(None))
            .order_by(team.c.expires_at, team.c.id)
            .limit(limit)
        )
        return [key for (key,) in await self._run(query)]

    async def count_states(self, pick_id: int) -> dict[TeamState, int]:
        """How many teams of a pick are in each state."""
        team = table(Team)
        query = core_select(team.c.state, func.count()).where(team.c.pick_id == pick_id)
        return {state: count for state, count in await self._run(query.group_by(team.c.state))}

    async def tally(self, group_id: int, *, now: datetime) -> Tally:
        """How many of a group's teams have had their time, and how many of them filled up.

        What a withdrawn or failed pick ended counts for nothing; neither does a complete team that still has
        time, since those that fill up late, or never, are not known yet.
        """
        team, pick = table(Team), table(Pick)
        over = or_(
            pick.c.state == PickState.CLOSED,
            and_(pick.c.state == PickState.LIVE, team.c.expires_at <= now, team.c.state != TeamState.OPEN),
        )
        filled = func.sum(case((team.c.state == TeamState.COMPLETE, 1), else_=0))
        query = (
            core_select(func.coalesce(filled, 0), func.count())
            .select_from(team.join(pick, pick.c.id == team.c.pick_id))
            .where(pick.c.group_id == group_id, over)
        )
        ((done, settled),) = list(await self._run(query))
        return Tally(int(done), int(settled))

    async def prices(self, order_ids: Collection[int]) -> dict[int, int]:
        """The team price of those of these orders that are a team's."""
        order, pick, offer = table(Order), table(Pick), table(Offer)
        query = (
            core_select(order.c.id, offer.c.team_price_amount)
            .select_from(
                order.join(pick, pick.c.id == order.c.pick_id).join(offer, offer.c.id == pick.c.offer_id)
            )
            .where(order.c.id.in_(order_ids), order.c.team_id.is_not(None))
            .where(order.c.state != OrderState.CANCELLED, offer.c.team_price_amount.is_not(None))
        )
        return {order_id: amount for order_id, amount in await self._run(query)}

    async def add(
        self, *, pick_id: int, leader_id: int, size: int, opened_at: datetime, expires_at: datetime
    ) -> int:
        """Keep a new team; returns its key."""
        values = {
            "pick_id": pick_id,
            "leader_id": leader_id,
            "size": size,
            "state": TeamState.OPEN,
            "opened_at": opened_at,
            "expires_at": expires_at,
        }
        result = await self._run(insert(table(Team)).values(values).returning(table(Team).c.id))
        return int(result.scalar_one())

    async def seat(self, team_id: int, seat: NewSeat, *, order_id: int, now: datetime) -> None:
        """Give a person a seat, and make her order the team's."""
        await self._run(insert(table(TeamMember)).values(team_id=team_id, joined_at=now, **seat._asdict()))
        order = table(Order)
        await self._run(update(order).where(order.c.id == order_id).values(team_id=team_id))

    async def price_new(self, order_id: int, unit_amount: int) -> None:
        """Give an order that was placed in this very transaction its price."""
        line = table(OrderLine)
        await self._run(update(line).where(line.c.order_id == order_id).values(unit_amount=unit_amount))

    async def vacate(self, seats: Iterable[tuple[int, int]]) -> None:
        """Free seats, (team, person) each, and take the orders of those people out of their teams."""
        pairs = sorted(seats)
        member, order = table(TeamMember), table(Order)
        await self._run(delete(member).where(tuple_(member.c.team_id, member.c.person_id).in_(pairs)))
        of_seats = tuple_(order.c.team_id, order.c.person_id).in_(pairs)
        await self._run(update(order).where(of_seats).values(team_id=None))

    async def release(self, order_ids: Collection[int]) -> None:
        """Take orders out of their teams; the seats stay, for the record."""
        order = table(Order)
        await self._run(update(order).where(order.c.id.in_(order_ids)).values(team_id=None))

    async def set_standing(self, team_id: int, *, state: TeamState, leader_id: int, now: datetime) -> None:
        """Note what a team is now, and who leads it."""
        team = table(Team)
        settled_at = None if state is TeamState.OPEN else now
        values = {"state": state, "leader_id": leader_id, "settled_at": settled_at}
        await self._run(update(team).where(team.c.id == team_id).values(values))

    async def choose(
        self, team_id: int, person_id: int, fallback: TeamFallback, *, solo_amount: int | None
    ) -> None:
        """Note what a person wants if her team does not fill up."""
        member = table(TeamMember)
        statement = update(member).where(member.c.team_id == team_id, member.c.person_id == person_id)
        await self._run(statement.values(fallback=fallback, solo_amount=solo_amount))

    async def end_all(self, pick_id: int, *, now: datetime) -> None:
        """The pick did not come about, and its teams with it."""
        team = table(Team)
        statement = update(team).where(team.c.pick_id == pick_id, team.c.state.in_(_PRESENT))
        await self._run(statement.values(state=TeamState.DISSOLVED, settled_at=now))

    async def _load(self, *conditions: Any) -> dict[int, TeamEntry]:
        team, member, person, order = table(Team), table(TeamMember), table(Person), table(Order)
        seats = (
            team.outerjoin(member, member.c.team_id == team.c.id)
            .outerjoin(person, person.c.id == member.c.person_id)
            .outerjoin(order, and_(order.c.team_id == team.c.id, order.c.person_id == member.c.person_id))
        )
        columns = (
            *(team.c.id, team.c.pick_id, team.c.leader_id, team.c.size, team.c.state),
            *(team.c.opened_at, team.c.expires_at),
            *(member.c.person_id, person.c.name, member.c.fallback, member.c.solo_amount, order.c.id),
        )
        query = core_select(*columns).select_from(seats).where(*conditions)
        # Whoever came in the same moment came in the order of her key: the database must not choose.
        rows = await self._run(query.order_by(team.c.id, member.c.joined_at, member.c.person_id))
        heads: dict[int, Mapping[str, Any]] = {}
        taken: dict[int, list[Seat]] = {}
        for row in rows:
            head, (person_id, *rest) = row[: len(_HEAD)], row[len(_HEAD) :]
            heads[row[0]] = dict(zip(_HEAD, head, strict=True))
            of_team = taken.setdefault(row[0], [])
            if person_id is not None:
                of_team.append(Seat(row[0], person_id, *rest))
        return {key: TeamEntry(**head, seats=tuple(taken[key])) for key, head in heads.items()}

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


_HEAD = ("id", "pick_id", "leader_id", "size", "state", "opened_at", "expires_at")
