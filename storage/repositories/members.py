"""People and who is in which group."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, TextClause, bindparam, case, text, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run, source
from storage.models import Member, Person
from storage.states import Presence, Role
from storage.tables import table


class Seen(NamedTuple):
    """A person as an update shows her, before anything is looked up."""

    id: int
    name: str
    username: str | None
    language: str


class Standing(NamedTuple):
    """A known person and her place in one group; no presence means that she was never seen there."""

    person_id: int
    language: str
    role: Role
    presence: Presence | None
    private_is_open: bool


class MemberRepository:
    """People, memberships and roles."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, person_id: int) -> Person:
        """The person with this id. Raises LookupError."""
        person = await self._session.get(Person, person_id)
        if person is None:
            raise LookupError(f"no person {person_id}")
        return person

    async def find(self, person_id: int) -> Person | None:
        """The person with this id, if she was ever seen."""
        return await self._session.get(Person, person_id)

    async def meet(self, people: Iterable[Seen], *, now: datetime) -> None:
        """Note people as they look now; a language once chosen stays."""
        seen = {p.id: p for p in people}
        if not seen:
            return
        rows = packed(person for _, person in sorted(seen.items()))
        shared = {"language_is_chosen": False, "private_is_open": False, "created_at": now}
        statement = bulk_insert(dialect_of(self._session), Person, Seen._fields, tuple(shared), _MET)
        await run(self._session, statement, {"rows": rows, **shared})

    async def standings(self, group_id: int, person_ids: Collection[int]) -> dict[int, Standing]:
        """What is known of these people in one group, by person; the unknown are left out."""
        query = _standings(dialect_of(self._session))
        rows = packed((person_id,) for person_id in person_ids)
        found = await run(self._session, query, {"rows": rows, "group_id": group_id})
        return {
            person_id: Standing(
                person_id=person_id,
                language=language,
                role=Role(role) if role else Role.MEMBER,
                presence=Presence(presence) if presence else None,
                private_is_open=bool(private_is_open),
            )
            for person_id, language, private_is_open, role, presence in found
        }

    async def find_member(self, group_id: int, person_id: int) -> Member | None:
        """A person's membership in a group."""
        return await self._session.get(Member, (group_id, person_id))

    async def enter(self, group_id: int, person_ids: Iterable[int], *, now: datetime) -> None:
        """Note people as being in the group."""
        arriving = sorted(set(person_ids))
        if not arriving:
            return
        shared = {
            "group_id": group_id,
            "role": Role.MEMBER,
            "presence": Presence.JOINED,
            "joined_at": now,
        }
        statement = bulk_insert(dialect_of(self._session), Member, ("person_id",), tuple(shared), _ENTERED)
        rows = packed((person_id,) for person_id in arriving)
        await run(self._session, statement, {"rows": rows, **shared})

    async def leave(self, group_id: int, person_id: int, *, now: datetime, is_banned: bool = False) -> None:
        """Note that a person is no longer in the group, perhaps for good; she keeps no role.

        Who had left already is banned or let in again without leaving once more; who is banned while she is
        in the group does not leave of herself.
        """
        is_in, left_at = col(Member.presence) == Presence.JOINED, None if is_banned else now
        statement = (
            update(Member)
            .where(col(Member.group_id) == group_id, col(Member.person_id) == person_id)
            .values(
                presence=Presence.LEFT,
                left_at=case((is_in, left_at), else_=col(Member.left_at)),
                role=Role.MEMBER,
                is_appointed=False,
                own_picks_only=False,
                is_banned=is_banned,
            )
        )
        await (await self._session.connection()).execute(statement)

    async def set_roles(self, group_id: int, roles: dict[int, Role]) -> None:
        """Make these the group's curators and owner; all others but the appointed become plain members."""
        connection = await self._session.connection()
        demoted = (
            update(Member)
            .where(col(Member.group_id) == group_id, col(Member.role) != Role.MEMBER)
            .where(col(Member.person_id).not_in(list(roles)), ~col(Member.is_appointed))
            .values(role=Role.MEMBER)
        )
        await connection.execute(demoted)
        if not roles:
            return
        member = table(Member)
        granted = (
            update(member)
            .where(member.c.group_id == group_id, member.c.person_id == bindparam("for_person"))
            .values(role=bindparam("new_role"))
        )
        rows: Sequence[dict[str, Any]] = [
            {"for_person": who, "new_role": role} for who, role in roles.items()
        ]
        await connection.execute(granted, rows)

    async def set_role(self, group_id: int, person_id: int, role: Role) -> None:
        """Give one member her role; who was appointed here does not lose it."""
        statement = (
            update(Member)
            .where(col(Member.group_id) == group_id, col(Member.person_id) == person_id)
            .values(role=role)
        )
        if role is Role.MEMBER:
            statement = statement.where(~col(Member.is_appointed))
        await (await self._session.connection()).execute(statement)

    async def list_leaders(self, group_id: int) -> list[Person]:
        """The owner and the curators of a group, the owner first."""
        query = (
            select(Person)
            .join(Member, col(Member.person_id) == col(Person.id))
            .where(Member.group_id == group_id, col(Member.role).in_([Role.OWNER, Role.CURATOR]))
            .where(Member.presence == Presence.JOINED)
            .order_by(col(Member.role).desc(), col(Person.id))
        )
        return list(await self._session.exec(query))

    async def open_private(self, person_id: int, *, is_open: bool) -> None:
        """Note whether the bot may write to a person in private."""
        statement = update(Person).where(col(Person.id) == person_id).values(private_is_open=is_open)
        await (await self._session.connection()).execute(statement)

    async def choose_language(self, person_id: int, language: str) -> None:
        """Keep a person's own choice of language."""
        statement = (
            update(Person)
            .where(col(Person.id) == person_id)
            .values(language=language, language_is_chosen=True)
        )
        await (await self._session.connection()).execute(statement)


# Whose account is no more, has no name left, so that her number stands in its place.
_MET = """
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    username = excluded.username,
    deactivated_at = CASE WHEN excluded.name = CAST(excluded.id AS TEXT) THEN person.deactivated_at END,
    language = CASE WHEN person.language_is_chosen THEN person.language ELSE excluded.language END
WHERE person.name <> excluded.name
   OR coalesce(person.username, '') <> coalesce(excluded.username, '')
   OR (NOT person.language_is_chosen AND person.language <> excluded.language)
   OR person.deactivated_at IS NOT NULL
"""
_ENTERED = """
ON CONFLICT (group_id, person_id) DO UPDATE SET
    presence = excluded.presence, left_at = NULL, is_banned = false
WHERE member.presence <> excluded.presence
"""


@cache
def _standings(dialect: Dialect) -> TextClause:
    return text(
        "SELECT p.id, p.language, p.private_is_open, m.role, m.presence "
        f"FROM {source(dialect, Member, ('person_id',))} "
        "JOIN person AS p ON p.id = r.person_id "
        "LEFT JOIN member AS m ON m.group_id = :group_id AND m.person_id = p.id"
    )
