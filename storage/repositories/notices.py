"""What people want to be told in private, and of which goods."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import CategoryChoice, NoticeChoice
from storage.states import CategoryWish, NoticeKind
from storage.tables import table, upsert

OFF_AT_FIRST: Final = frozenset({NoticeKind.NEW_PICKS, NoticeKind.SUGGESTIONS})
"""Nobody gets these without having asked for them; all others come until they are switched off."""

_AT_ONCE: Final = 500


class NoticeRepository:
    """Choices of kinds, and wishes of categories."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def wants(self, person_ids: Collection[int], kind: NoticeKind) -> set[int]:
        """Who of these people wants notices of a kind."""
        choice = table(NoticeChoice)
        people = sorted(set(person_ids))
        wanting = set() if kind in OFF_AT_FIRST else set(people)
        connection = await self._session.connection()
        for begin in range(0, len(people), _AT_ONCE):
            query = core_select(choice.c.person_id, choice.c.is_on).where(
                choice.c.kind == kind, choice.c.person_id.in_(people[begin : begin + _AT_ONCE])
            )
            for person_id, is_on in await connection.execute(query):
                (wanting.add if is_on else wanting.discard)(person_id)
        return wanting

    async def choices_of(self, person_id: int) -> dict[NoticeKind, bool]:
        """What a person switched on or off herself, by kind."""
        choice = table(NoticeChoice)
        query = core_select(choice.c.kind, choice.c.is_on).where(choice.c.person_id == person_id)
        found = await (await self._session.connection()).execute(query)
        return {NoticeKind(kind): is_on for kind, is_on in found}

    async def choose(self, person_id: int, kind: NoticeKind, *, is_on: bool, now: datetime) -> None:
        """Switch a kind of notices on or off for a person."""
        insert = upsert(self._session, NoticeChoice)
        statement = insert.on_conflict_do_update(
            index_elements=["person_id", "kind"],
            set_={"is_on": insert.excluded.is_on, "chosen_at": insert.excluded.chosen_at},
        )
        row = {"person_id": person_id, "kind": kind, "is_on": is_on, "chosen_at": now}
        await (await self._session.connection()).execute(statement, [row])

    async def wishes_of(self, person_id: int) -> dict[int, dict[str, CategoryWish]]:
        """A person's wishes of categories, by group and by category."""
        choice = table(CategoryChoice)
        query = (
            core_select(choice.c.group_id, choice.c.category, choice.c.wish)
            .where(choice.c.person_id == person_id)
            .order_by(choice.c.group_id, choice.c.category)
        )
        wishes: dict[int, dict[str, CategoryWish]] = {}
        for group_id, category, wish in await (await self._session.connection()).execute(query):
            wishes.setdefault(group_id, {})[category] = CategoryWish(wish)
        return wishes

    async def wish(
        self, person_id: int, group_id: int, categories: Collection[str], wish: CategoryWish, *, now: datetime
    ) -> None:
        """Keep what a person wishes of these categories of a group."""
        if not categories:
            return
        insert = upsert(self._session, CategoryChoice)
        statement = insert.on_conflict_do_update(
            index_elements=["group_id", "person_id", "category"],
            set_={"wish": insert.excluded.wish, "chosen_at": insert.excluded.chosen_at},
        )
        shared = {"group_id": group_id, "person_id": person_id, "wish": wish, "chosen_at": now}
        rows = [{**shared, "category": category} for category in sorted(set(categories))]
        await (await self._session.connection()).execute(statement, rows)

    async def unwish(
        self,
        person_id: int,
        group_id: int,
        *,
        categories: Collection[str] | None = None,
        wish: CategoryWish | None = None,
    ) -> None:
        """Forget her wishes of a group: of these categories or of all, of one sort or of both."""
        choice = table(CategoryChoice)
        statement = delete(choice).where(choice.c.person_id == person_id, choice.c.group_id == group_id)
        if categories is not None:
            statement = statement.where(choice.c.category.in_(sorted(set(categories))))
        if wish is not None:
            statement = statement.where(choice.c.wish == wish)
        await (await self._session.connection()).execute(statement)
