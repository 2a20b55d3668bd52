"""New picks on their way to those who want to hear of them, a portion of people at a time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Select, TextClause, and_, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.models import (
    CategoryChoice,
    Group,
    Member,
    Need,
    NoticeChoice,
    Offer,
    Order,
    OutboxEntry,
    Person,
    Pick,
    PickNotice,
    Told,
    Wish,
)
from storage.states import CategoryWish, NoticeKind, OrderState, OutboxKind, PickState, Presence
from storage.tables import table, upsert

_NOTICES = (OutboxKind.NEW_PICKS, OutboxKind.WISH_ANSWERED, OutboxKind.TELLING)


class Wakefulness(NamedTuple):
    """When a group is not to be woken, in minutes of its own day."""

    time_zone: str
    quiet_from: int
    quiet_until: int


class DueNotice(NamedTuple):
    """A new pick of which not all have been told: everybody up to a person was."""

    pick_id: int
    after_id: int
    is_on_offer: bool
    wakefulness: Wakefulness


class NoticeRoundRepository:
    """How far each new pick was told, and who is still to hear of it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def begin(self, pick_id: int, *, now: datetime) -> bool:
        """A pick is new; saying so again changes nothing. Says whether it was said for the first time."""
        row = {"pick_id": pick_id, "after_id": 0, "due_at": now}
        fresh = upsert(self._session, PickNotice).values(row).on_conflict_do_nothing()
        return (await self._run(fresh.returning(table(PickNotice).c.pick_id))).first() is not None

    async def list_due(self, *, now: datetime, limit: int) -> list[DueNotice]:
        """New picks of which somebody may still have to be told, the longest due first."""
        notice, pick, group, offer = table(PickNotice), table(Pick), table(Group), table(Offer)
        on_offer = _on_offer(now)
        query = (
            core_select(
                *(notice.c.pick_id, notice.c.after_id, on_offer),
                *(group.c.time_zone, group.c.quiet_from, group.c.quiet_until),
            )
            .select_from(
                notice.join(pick, pick.c.id == notice.c.pick_id)
                .join(group, group.c.id == pick.c.group_id)
                .join(offer, offer.c.id == pick.c.offer_id)
            )
            .where(notice.c.done_at.is_(None), notice.c.due_at <= now)
            .order_by(notice.c.due_at, notice.c.pick_id)
            .limit(limit)
        )
        return [
            DueNotice(pick_id, after_id, bool(is_on_offer), Wakefulness(*quiet))
            for pick_id, after_id, is_on_offer, *quiet in await self._run(query)
        ]

    async def list_hearers(self, pick_id: int, *, after_id: int, limit: int) -> list[int]:
        """The next people who want to hear of a pick, by their ids."""
        member = table(Member)
        query = (
            _wanted(member.c.person_id)
            .where(table(Pick).c.id == pick_id, member.c.person_id > after_id)
            .order_by(member.c.person_id)
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def still_wanted(self, person_id: int, pick_ids: Collection[int], *, now: datetime) -> list[int]:
        """Which of these picks a person wants to hear of as things are now; what she ordered is no news.

        Nor is what she wished for, or was told of personally: of that she hears otherwise.
        """
        member, pick, order = table(Member), table(Pick), table(Order)
        ordered = core_select(order.c.id).where(
            order.c.pick_id == pick.c.id,
            order.c.person_id == person_id,
            order.c.state != OrderState.CANCELLED,
        )
        query = (
            _wanted(pick.c.id)
            .where(pick.c.id.in_(sorted(set(pick_ids))), member.c.person_id == person_id)
            .where(_on_offer(now), ~ordered.exists(), ~_hears_by_wish(person_id).exists())
            .where(~_told_personally(person_id).exists())
            .order_by(pick.c.id)
        )
        return list((await self._run(query)).scalars())

    async def wished_on_offer(self, person_id: int, pick_ids: Collection[int], *, now: datetime) -> list[int]:
        """Which of these picks are on offer to a person in a group of hers, and not ordered by her yet."""
        member, pick, order, offer = table(Member), table(Pick), table(Order), table(Offer)
        ordered = core_select(order.c.id).where(
            order.c.pick_id == pick.c.id,
            order.c.person_id == person_id,
            order.c.state != OrderState.CANCELLED,
        )
        query = (
            core_select(pick.c.id)
            .select_from(
                pick.join(offer, offer.c.id == pick.c.offer_id).join(
                    member, member.c.group_id == pick.c.group_id
                )
            )
            .where(pick.c.id.in_(sorted(set(pick_ids))), member.c.person_id == person_id)
            .where(member.c.presence == Presence.JOINED, _on_offer(now), ~ordered.exists())
            .order_by(pick.c.id)
        )
        return list((await self._run(query)).scalars())

    async def count_waiting(self, *, priority: int, now: datetime, limit: int) -> int:
        """How many notices of picks could be sent now at this priority, counted up to a limit."""
        entry = table(OutboxEntry)
        waiting = (
            core_select(entry.c.id)
            .where(entry.c.failed_at.is_(None), entry.c.priority == priority)
            .where(entry.c.kind.in_(_NOTICES), entry.c.due_at <= now)
            .limit(limit)
            .subquery()
        )
        return int((await self._run(core_select(func.count()).select_from(waiting))).scalar_one())

    async def advance(self, notices: Mapping[int, int], *, up_to: int | None, now: datetime) -> set[int]:
        """Note that everybody up to a person is told of these picks (key -> after whom), or that all are.

        Returns the picks for which that was for us to do: another process may have been faster.
        """
        notice = table(PickNotice)
        ours: set[int] = set()
        for pick_id, after_id in sorted(notices.items()):
            values = {"done_at": now} if up_to is None else {"after_id": max(after_id, up_to)}
            statement = (
                update(notice)
                .where(notice.c.pick_id == pick_id, notice.c.after_id == after_id)
                .where(notice.c.done_at.is_(None))
                .values(**values)
                .returning(notice.c.pick_id)
            )
            ours.update((await self._run(statement)).scalars())
        return ours

    async def put_off(self, pick_id: int, *, until: datetime) -> None:
        """Tell nobody of a pick before this time."""
        notice = table(PickNotice)
        await self._run(update(notice).where(notice.c.pick_id == pick_id).values(due_at=until))

    async def hand_over(
        self,
        people: Mapping[int, Sequence[int]],
        *,
        priority: int,
        now: datetime,
        due_at: datetime | None = None,
    ) -> None:
        """Have people told of new picks (person -> picks), with what still waits for them in one notice."""
        if not people:
            return
        rows = packed(
            (person_id, {"pick_ids": list(pick_ids)}, f"{OutboxKind.NEW_PICKS}:{person_id}")
            for person_id, pick_ids in sorted(people.items())
        )
        shared = {
            "kind": OutboxKind.NEW_PICKS,
            "priority": priority,
            "attempts": 0,
            "due_at": due_at or now,
            "created_at": now,
        }
        await run(
            self._session, _handed_over(dialect_of(self._session), tuple(shared)), {"rows": rows, **shared}
        )

    async def wakefulness(self, pick_ids: Collection[int]) -> dict[int, Wakefulness]:
        """When the groups of these picks are not to be woken, by pick."""
        pick, group = table(Pick), table(Group)
        query = (
            core_select(pick.c.id, group.c.time_zone, group.c.quiet_from, group.c.quiet_until)
            .select_from(pick.join(group, group.c.id == pick.c.group_id))
            .where(pick.c.id.in_(sorted(set(pick_ids))))
        )
        return {pick_id: Wakefulness(*quiet) for pick_id, *quiet in await self._run(query)}

    async def _run(self, statement: Any, rows: Sequence[dict[str, Any]] | None = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)


def _hears_by_wish(person_id: int) -> Any:
    """A wish of hers that is answered by the pick of the query around it, and of which she is told."""
    pick, need, wish, choice = table(Pick), table(Need), table(Wish), table(NoticeChoice)
    refused = core_select(choice.c.person_id).where(
        choice.c.person_id == person_id, choice.c.kind == NoticeKind.WISHES, ~choice.c.is_on
    )
    return (
        core_select(wish.c.id)
        .select_from(wish.join(need, need.c.id == wish.c.need_id))
        .where(need.c.pick_id == pick.c.id, wish.c.person_id == person_id)
        .where(or_(wish.c.told_at.is_not(None), and_(wish.c.closed_at.is_(None), ~refused.exists())))
    )


def _told_personally(person_id: int) -> Any:
    """That she was told of the pick of the query around it, when it was told to some."""
    pick, told = table(Pick), table(Told)
    return core_select(told.c.pick_id).where(
        told.c.pick_id == pick.c.id, told.c.person_id == person_id, ~told.c.is_held_back
    )


def _on_offer(now: datetime) -> Any:
    pick, offer = table(Pick), table(Offer)
    is_live = and_(pick.c.state == PickState.LIVE, pick.c.closes_at > now)
    return and_(is_live, offer.c.stopped_at.is_(None), pick.c.ended_at.is_(None))


def _wanted(*columns: Any) -> Select[Any]:
    """Members and the picks that they want to hear of: `bot.rules.notices.hears`, for many at once."""
    member, pick, offer, group = table(Member), table(Pick), table(Offer), table(Group)
    person, choice, wish = table(Person), table(NoticeChoice), table(CategoryChoice)
    other = wish.alias("other")
    only_here = core_select(other.c.person_id).where(
        other.c.group_id == member.c.group_id,
        other.c.person_id == member.c.person_id,
        other.c.wish == CategoryWish.ONLY,
    )
    joined = (
        pick.join(offer, offer.c.id == pick.c.offer_id)
        .join(group, group.c.id == pick.c.group_id)
        .join(member, member.c.group_id == pick.c.group_id)
        .join(person, person.c.id == member.c.person_id)
        .outerjoin(
            choice,
            and_(choice.c.person_id == member.c.person_id, choice.c.kind == NoticeKind.NEW_PICKS),
        )
        .outerjoin(
            wish,
            and_(
                wish.c.group_id == member.c.group_id,
                wish.c.person_id == member.c.person_id,
                wish.c.category == offer.c.category,
            ),
        )
    )
    asked_for = and_(wish.c.wish == CategoryWish.ONLY, func.coalesce(choice.c.is_on, True))
    all_of_them = and_(choice.c.is_on, wish.c.wish.is_(None), ~only_here.exists())
    return (
        core_select(*columns)
        .select_from(joined)
        .where(group.c.is_active, member.c.presence == Presence.JOINED, or_(asked_for, all_of_them))
        .where(person.c.private_is_open, person.c.erased_at.is_(None), person.c.deactivated_at.is_(None))
        .where(or_(pick.c.curator_id.is_(None), pick.c.curator_id != member.c.person_id))
    )


@cache
def _handed_over(dialect: Dialect, shared: tuple[str, ...]) -> TextClause:
    # What waits for a morning goes along with what may be told sooner, and not the other way round.
    sooner = "min" if dialect.name == "sqlite" else "least"
    both = (
        "json_object('pick_ids', (SELECT json_group_array(value) FROM ("
        "SELECT value FROM json_each(outbox.payload, '$.pick_ids') UNION "
        "SELECT value FROM json_each(excluded.payload, '$.pick_ids'))))"
        if dialect.name == "sqlite"
        else "jsonb_build_object('pick_ids', (SELECT jsonb_agg(DISTINCT told) FROM jsonb_array_elements("
        "(outbox.payload -> 'pick_ids') || (excluded.payload -> 'pick_ids')) AS told))"
    )
    merged = (
        f"ON CONFLICT (merge_key) DO UPDATE SET payload = {both}, "
        f"due_at = {sooner}(outbox.due_at, excluded.due_at)"
    )
    return bulk_insert(dialect, OutboxEntry, ("chat_id", "payload", "merge_key"), shared, merged)
