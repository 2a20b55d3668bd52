"""Who was given a role here: appointed curators, and helpers at pick-up points."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, update
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Member, Person, PickupPoint, PointHelper
from storage.states import Presence, Role
from storage.tables import upsert


@dataclass(frozen=True, kw_only=True)
class Leader:
    """A person who leads a group, and by whose word."""

    person_id: int
    name: str
    role: Role
    is_appointed: bool
    own_picks_only: bool


@dataclass(frozen=True, kw_only=True)
class Helper:
    """A person who hands goods over at one point."""

    person_id: int
    name: str
    point_id: int
    point_name: str


class RoleRepository:
    """Appointments within groups."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def appoint(self, group_id: int, person_id: int, *, own_picks_only: bool) -> None:
        """Make a member a curator by the group's own word."""
        await self._change(
            group_id, person_id, role=Role.CURATOR, is_appointed=True, own_picks_only=own_picks_only
        )

    async def limit(self, group_id: int, person_id: int, *, own_picks_only: bool) -> None:
        """Limit a curator to her own picks, or no longer."""
        await self._change(group_id, person_id, own_picks_only=own_picks_only)

    async def dismiss(self, group_id: int, person_id: int) -> None:
        """Make an appointed curator a plain member."""
        await self._change(group_id, person_id, role=Role.MEMBER, is_appointed=False, own_picks_only=False)

    async def add_helper(self, point_id: int, person_id: int) -> None:
        """Let a person hand over at a point."""
        statement = upsert(self._session, PointHelper).on_conflict_do_nothing()
        await (await self._session.connection()).execute(
            statement, [{"point_id": point_id, "person_id": person_id}]
        )

    async def remove_helper(self, point_id: int, person_id: int) -> None:
        """Let her no longer."""
        statement = delete(PointHelper).where(
            col(PointHelper.point_id) == point_id, col(PointHelper.person_id) == person_id
        )
        await (await self._session.connection()).execute(statement)

    async def remove_helper_everywhere(self, group_id: int, person_id: int) -> None:
        """Let her hand over at none of a group's points."""
        points = core_select(col(PickupPoint.id)).where(col(PickupPoint.group_id) == group_id)
        statement = delete(PointHelper).where(
            col(PointHelper.person_id) == person_id, col(PointHelper.point_id).in_(points)
        )
        await (await self._session.connection()).execute(statement)

    async def points_helped(self, group_id: int, person_id: int) -> set[int]:
        """The keys of the points of a group at which she helps."""
        query = (
            core_select(col(PointHelper.point_id))
            .join(PickupPoint, col(PickupPoint.id) == col(PointHelper.point_id))
            .where(col(PickupPoint.group_id) == group_id, col(PointHelper.person_id) == person_id)
        )
        return set((await self._session.execute(query)).scalars())

    async def list_leaders(self, group_id: int) -> list[Leader]:
        """The owner and the curators of a group, the owner first."""
        query = (
            core_select(
                col(Person.id),
                col(Person.name),
                col(Member.role),
                col(Member.is_appointed),
                col(Member.own_picks_only),
            )
            .join(Member, col(Member.person_id) == col(Person.id))
            .where(
                col(Member.group_id) == group_id,
                col(Member.role).in_([Role.OWNER, Role.CURATOR]),
                col(Member.presence) == Presence.JOINED,
            )
            .order_by(col(Member.role).desc(), col(Person.name), col(Person.id))
        )
        names = ("person_id", "name", "role", "is_appointed", "own_picks_only")
        return [Leader(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]

    async def list_helpers(self, group_id: int) -> list[Helper]:
        """The helpers of a group, point by point."""
        query = (
            core_select(col(Person.id), col(Person.name), col(PickupPoint.id), col(PickupPoint.name))
            .join(PointHelper, col(PointHelper.person_id) == col(Person.id))
            .join(PickupPoint, col(PickupPoint.id) == col(PointHelper.point_id))
            .where(col(PickupPoint.group_id) == group_id)
            .order_by(col(PickupPoint.position), col(PickupPoint.id), col(Person.name))
        )
        names = ("person_id", "name", "point_id", "point_name")
        return [Helper(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]

    async def search(self, group_id: int, words: str, *, limit: int) -> Sequence[tuple[int, str]]:
        """Members of a group whose name holds these words or whose username they are: (person, name)."""
        wanted = words.casefold().removeprefix("@")
        pattern = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = (
            core_select(col(Person.id), col(Person.name))
            .join(Member, col(Member.person_id) == col(Person.id))
            .where(col(Member.group_id) == group_id, col(Member.presence) == Presence.JOINED)
            .where(
                func.lower(col(Person.name)).like(pattern, escape="\\")
                | (func.lower(func.coalesce(col(Person.username), "")) == wanted)
                | col(Person.name).like("%" + words + "%")
            )
            .order_by(col(Person.name), col(Person.id))
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._session.execute(query)]

    async def _change(self, group_id: int, person_id: int, **values: object) -> None:
        statement = (
            update(Member)
            .where(col(Member.group_id) == group_id, col(Member.person_id) == person_id)
            .values(**values)
        )
        await (await self._session.connection()).execute(statement)
