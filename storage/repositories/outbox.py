"""The outbox: what is still to be sent, in order of priority."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, or_, tuple_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.models import OutboxEntry
from storage.personal import FAR_BELOW
from storage.states import OutboxKind
from storage.tables import table, upsert


class Priority(IntEnum):
    """What is sent first; lower goes first."""

    ANSWER = 0
    RECEIPT = 10
    CARD = 20
    BROADCAST = 30


class DueEntry(NamedTuple):
    """A row that could be sent now."""

    id: int
    kind: OutboxKind
    chat_id: int
    subject_id: int | None
    priority: int


class UnsentReason(NamedTuple):
    """Why so many rows could not be sent, with one of them, which names the reason in a button."""

    entry_id: int
    reason: str
    rows: int
    last_at: datetime


class OutboxRepository:
    """What waits to be sent, what is being sent, and what could not be sent."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        #: Something was added, and not only asked for that waits already.
        self.has_grown = False

    async def add(
        self,
        kind: OutboxKind,
        *,
        chat_id: int,
        now: datetime,
        priority: Priority = Priority.ANSWER,
        subject_id: int | None = None,
        payload: Mapping[str, Any] | None = None,
        merge_key: str | None = None,
        due_at: datetime | None = None,
    ) -> None:
        """Ask for one thing to be sent; a twin that still waits makes it superfluous."""
        await self.add_all(
            [
                {
                    "kind": kind,
                    "chat_id": chat_id,
                    "subject_id": subject_id,
                    "payload": dict(payload) if payload is not None else None,
                    "merge_key": merge_key,
                    "priority": int(priority),
                    "due_at": due_at or now,
                }
            ],
            now=now,
        )

    async def add_cards(self, cards: Mapping[int, int], *, now: datetime) -> None:
        """Ask for the cards of picks to be brought up to date: pick key -> chat."""
        if not cards:
            return
        rows = packed(
            (chat_id, pick_id, f"card:{pick_id}")
            # In sorted order, like all that two transactions may want at once.
            for pick_id, chat_id in sorted(cards.items())
        )
        shared = {
            "kind": OutboxKind.CARD,
            "priority": int(Priority.CARD),
            "attempts": 0,
            "due_at": now,
            "created_at": now,
        }
        statement = bulk_insert(
            dialect_of(self._session),
            OutboxEntry,
            ("chat_id", "subject_id", "merge_key"),
            tuple(shared),
            "ON CONFLICT (merge_key) DO NOTHING RETURNING id",
        )
        if await run(self._session, statement, {"rows": rows, **shared}):
            self.has_grown = True

    async def add_overview(self, group_id: int, chat_id: int, *, now: datetime) -> None:
        """Ask for a group's list of open picks to be brought up to date."""
        await self.add(
            OutboxKind.OVERVIEW,
            chat_id=chat_id,
            subject_id=group_id,
            merge_key=f"overview:{group_id}",
            priority=Priority.CARD,
            now=now,
        )

    async def add_team_news(
        self, team_id: int, news: Mapping[int, Mapping[str, Any]], *, now: datetime
    ) -> None:
        """Tell people of a team what has happened to it, by person; the words are found when it is sent."""
        rows = [
            {
                "kind": OutboxKind.TEAM,
                "chat_id": person_id,
                "subject_id": team_id,
                "payload": dict(what),
                "merge_key": None,
                "priority": int(Priority.RECEIPT),
                "due_at": now,
            }
            for person_id, what in sorted(news.items())
        ]
        await self.add_all(rows, now=now)

    async def add_photo(self, pick_id: int, chat_id: int, *, now: datetime) -> None:
        """Ask for a card to be brought up to date with its photo, in the place of one that waits."""
        key = f"card:{pick_id}"
        connection = await self._session.connection()
        await connection.execute(delete(OutboxEntry).where(col(OutboxEntry.merge_key) == key))
        await self.add(
            OutboxKind.CARD,
            chat_id=chat_id,
            subject_id=pick_id,
            payload={"new_photo": True},
            merge_key=key,
            priority=Priority.CARD,
            now=now,
        )

    async def add_all(self, rows: Collection[Mapping[str, Any]], *, now: datetime) -> None:
        """Ask for many things to be sent; each row names every column but the counters.

        Who is forgotten is told nothing: no chat has her number.
        """
        rows = [row for row in rows if row["chat_id"] >= FAR_BELOW]
        if not rows:
            return
        statement = upsert(self._session, OutboxEntry).on_conflict_do_nothing(index_elements=["merge_key"])
        await (await self._session.connection()).execute(
            statement, [{**row, "attempts": 0, "created_at": now} for row in rows]
        )
        self.has_grown = True

    async def list_due(
        self, *, now: datetime, limit: int, after: tuple[int, int] = (-1, 0)
    ) -> list[DueEntry]:
        """What could be sent now and is claimed by nobody, best first, behind this (priority, key)."""
        entry = table(OutboxEntry)
        query = (
            core_select(entry.c.id, entry.c.kind, entry.c.chat_id, entry.c.subject_id, entry.c.priority)
            .where(entry.c.failed_at.is_(None), entry.c.due_at <= now)
            .where(or_(entry.c.claimed_until.is_(None), entry.c.claimed_until <= now))
            .where(tuple_(entry.c.priority, entry.c.id) > after)
            .order_by(entry.c.priority, entry.c.id)
            .limit(limit)
        )
        rows = await (await self._session.connection()).execute(query)
        return [DueEntry(*row) for row in rows]

    async def claim(self, keys: Collection[int], *, now: datetime, hold: timedelta) -> list[OutboxEntry]:
        """Take rows that nobody else has taken meanwhile, best first, until the hold is over."""
        # The merge key goes now: what changes while this is on its way needs a row of its own.
        taken = (
            update(OutboxEntry)
            .where(col(OutboxEntry.id).in_(keys))
            .where(or_(col(OutboxEntry.claimed_until).is_(None), col(OutboxEntry.claimed_until) <= now))
            .values(claimed_until=now + hold, merge_key=None)
            .returning(col(OutboxEntry.id))
            .execution_options(synchronize_session=False)
        )
        won = list((await self._session.execute(taken)).scalars())
        rows = await self._session.exec(
            select(OutboxEntry)
            .where(col(OutboxEntry.id).in_(won))
            .order_by(col(OutboxEntry.priority), col(OutboxEntry.id))
        )
        return list(rows)

    async def change(self, entry_id: int, payload: Mapping[str, Any]) -> None:
        """A row carries something else with it."""
        await self._change(entry_id, payload=dict(payload))

    async def remove(self, entry_id: int) -> None:
        """It was sent."""
        await (await self._session.connection()).execute(
            delete(OutboxEntry).where(col(OutboxEntry.id) == entry_id)
        )

    async def take_away(self, merge_key: str, *, now: datetime) -> bool:
        """What still waits for its time is not to be sent after all; says whether it did."""
        statement = delete(OutboxEntry).where(*_before_its_time([merge_key], now))
        return bool((await (await self._session.connection()).execute(statement)).rowcount)

    async def before_their_time(self, merge_keys: Collection[str], *, now: datetime) -> set[str]:
        """What of these still waits for its time."""
        if not merge_keys:
            return set()
        query = core_select(col(OutboxEntry.merge_key)).where(*_before_its_time(merge_keys, now))
        return {key for key in (await self._session.execute(query)).scalars() if key is not None}

    async def postpone(self, entry_id: int, *, until: datetime, attempts: int, reason: str) -> None:
        """It shall be tried again later."""
        await self._change(
            entry_id, due_at=until, claimed_until=None, attempts=attempts, failure=reason or None
        )

    async def fail(self, entry_id: int, *, now: datetime, reason: str) -> None:
        """It can never be sent; the row is kept for the operator."""
        await self._change(entry_id, failed_at=now, claimed_until=None, merge_key=None, failure=reason)

    async def move(self, *, old_chat_id: int, new_chat_id: int) -> None:
        """What waits for a chat follows it to its new id."""
        await (await self._session.connection()).execute(
            update(OutboxEntry).where(col(OutboxEntry.chat_id) == old_chat_id).values(chat_id=new_chat_id)
        )

    async def count_waiting(self) -> int:
        """How many rows are still to be sent."""
        query = core_select(func.count()).select_from(OutboxEntry).where(col(OutboxEntry.failed_at).is_(None))
        return await self._session.scalar(query) or 0

    async def count_overdue(self, *, before: datetime) -> int:
        """How many of those were due before, or are from before and were put off since they did not go."""
        was_put_off = and_(col(OutboxEntry.failure).is_not(None), col(OutboxEntry.created_at) < before)
        query = (
            core_select(func.count())
            .select_from(OutboxEntry)
            .where(col(OutboxEntry.failed_at).is_(None))
            .where(or_(col(OutboxEntry.due_at) < before, was_put_off))
        )
        return await self._session.scalar(query) or 0

    async def count_failed(self) -> int:
        """How many rows could not be sent and are kept."""
        query = (
            core_select(func.count()).select_from(OutboxEntry).where(col(OutboxEntry.failed_at).is_not(None))
        )
        return await self._session.scalar(query) or 0

    async def count_reasons(self, *, limit: int) -> dict[str, int]:
        """Why rows could not be sent, the most frequent reason first, with how many."""
        reason = func.coalesce(col(OutboxEntry.failure), "")
        query = (
            core_select(reason, func.count())
            .where(col(OutboxEntry.failed_at).is_not(None))
            .group_by(reason)
            .order_by(func.count().desc(), reason)
            .limit(limit)
        )
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def list_reasons(self, *, limit: int) -> list[UnsentReason]:
        """Why rows could not be sent, the most frequent reason first."""
        reason = func.coalesce(col(OutboxEntry.failure), "")
        query = (
            core_select(
                func.max(col(OutboxEntry.id)), reason, func.count(), func.max(col(OutboxEntry.failed_at))
            )
            .where(col(OutboxEntry.failed_at).is_not(None))
            .group_by(reason)
            .order_by(func.count().desc(), reason)
            .limit(limit)
        )
        return [UnsentReason(*row) for row in await self._session.execute(query)]

    async def find_reason(self, entry_id: int) -> UnsentReason | None:
        """The reason for which this row could not be sent, and how many failed for the same."""
        entry = await self._session.get(OutboxEntry, entry_id)
        if entry is None or entry.failed_at is None:
            return None
        query = core_select(func.count(), func.max(col(OutboxEntry.failed_at))).where(*_failed(entry.failure))
        count, last = (await self._session.execute(query)).one()
        return UnsentReason(entry_id, entry.failure or "", count, last)

    async def retry_failed(self, reason: str, *, but: Collection[OutboxKind], now: datetime) -> int:
        """Have all that failed for a reason sent again, but for these kinds; returns how many."""
        statement = (
            update(OutboxEntry)
            .where(*_failed(reason), col(OutboxEntry.kind).not_in(list(but)))
            .values(failed_at=None, failure=None, attempts=0, due_at=now)
        )
        return int((await (await self._session.connection()).execute(statement)).rowcount)

    async def discard_failed(self, reason: str) -> int:
        """Forget all that failed for a reason; returns how many."""
        statement = delete(OutboxEntry).where(*_failed(reason))
        return int((await (await self._session.connection()).execute(statement)).rowcount)

    async def prune(self, *, failed_before: datetime) -> None:
        """Forget old failures."""
        statement = delete(OutboxEntry).where(
            and_(col(OutboxEntry.failed_at).is_not(None), col(OutboxEntry.failed_at) < failed_before)
        )
        await (await self._session.connection()).execute(statement)

    async def _change(self, entry_id: int, **values: Any) -> None:
        await (await self._session.connection()).execute(
            update(OutboxEntry).where(col(OutboxEntry.id) == entry_id).values(**values)
        )


def _before_its_time(merge_keys: Collection[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(OutboxEntry.merge_key).in_(sorted(merge_keys)), col(OutboxEntry.due_at) > now


def _failed(reason: str | None) -> tuple[ColumnElement[bool], ...]:
    return col(OutboxEntry.failed_at).is_not(None), func.coalesce(col(OutboxEntry.failure), "") == (
        reason or ""
    )
