"""What people want to be told in private, and of which goods."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, literal, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import UtcDateTime
from storage.models import CategoryChoice, NoticeChoice, Offer, Person, Pick
from storage.purchases import origin_of
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

    async def offer(self, person_ids: Collection[int], kind: NoticeKind, *, now: datetime) -> set[int]:
        """Who of these people has never been asked about a kind that is off at first; now they are."""
        if not person_ids:
            return set()
        rows = [
            {"person_id": person_id, "kind": kind, "is_on": False, "chosen_at": now}
            for person_id in sorted(set(person_ids))
        ]
        choice = table(NoticeChoice)
        insert = upsert(self._session, NoticeChoice).values(rows).on_conflict_do_nothing()
        asked = await (await self._session.connection()).execute(insert.returning(choice.c.person_id))
        return set(asked.scalars())

    async def choose(self, person_id: int, kind: NoticeKind, *, is_on: bool, now: datetime) -> None:
        """Switch a kind of notices on or off for a person."""
        insert = upsert(self._session, NoticeChoice)
        statement = insert.on_conflict_do_update(
            index_elements=["person_id", "kind"],
            set_={"is_on": insert.excluded.is_on, "chosen_at": insert.excluded.chosen_at},
        )
        row = {"person_id": person_id, "kind": kind, "is_on": is_on, "chosen_at": now}
        await (await self._session.connection()).execute(statement, [row])

    async def unchoose(self, person_id: int, kind: NoticeKind) -> None:
        """A kind of notices is again as it is for whoever has said nothing."""
        choice = table(NoticeChoice)
        statement = delete(choice).where(choice.c.person_id == person_id, choice.c.kind == kind)
        await (await self._session.connection()).execute(statement)

    async def set_shows_purchases(self, person_id: int, *, shows: bool) -> None:
        """Note whether people who know her may see that she bought something."""
        person = table(Person)
        statement = update(person).where(person.c.id == person_id).values(shows_purchases=shows)
        await (await self._session.connection()).execute(statement)

    async def categories_of(self, group_id: int, *, limit: int) -> list[str]:
        """The categories of what was posted in a group, the latest first."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(offer.c.category)
            .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
            .where(pick.c.group_id == group_id, offer.c.category.is_not(None))
            .group_by(offer.c.category)
            .order_by(func.max(pick.c.id).desc())
            .limit(limit)
        )
        return list((await (await self._session.connection()).execute(query)).scalars())

    async def carry_over(self, offer_id: int, *, was: str, now: datetime) -> None:
        """A category was renamed: who had a wish about it has that of the new name, unless she has one there.

        It was renamed where nothing else that was posted bears either name; else one thing was sorted anew.
        """
        pick, offer, choice = table(Pick), table(Offer), table(CategoryChoice)
        connection = await self._session.connection()
        origin = origin_of(offer)
        mine = core_select(offer.c.category, origin).where(offer.c.id == offer_id)
        category, origin_id = (await connection.execute(mine)).one()
        groups = (
            await connection.execute(core_select(pick.c.group_id).where(pick.c.offer_id == offer_id))
        ).scalars()
        for group_id in sorted(set(groups)) if category is not None else ():
            others = (
                core_select(pick.c.id)
                .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
                .where(pick.c.group_id == group_id, offer.c.category.in_([was, category]))
                .where(origin != origin_id)
                .limit(1)
            )
            if (await connection.execute(others)).first() is not None:
                continue
            theirs = core_select(
                choice.c.group_id,
                choice.c.person_id,
                literal(category),
                choice.c.wish,
                literal(now, UtcDateTime()),
            ).where(choice.c.group_id == group_id, choice.c.category == was)
            statement = upsert(self._session, CategoryChoice).from_select(
                ["group_id", "person_id", "category", "wish", "chosen_at"], theirs
            )
            await connection.execute(statement.on_conflict_do_nothing())

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
