"""Wishes of members, and the needs that they make."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Draft, Group, Member, Need, Offer, Person, Pick, Wish
from storage.purchases import origin_of
from storage.states import PickState, Presence
from storage.tables import table

CAME_TO_NOTHING: Final = frozenset({PickState.WITHDRAWN, PickState.FAILED, PickState.CLOSED})
"""A pick that answers nothing any more."""


class OwnWish(NamedTuple):
    """An open wish, and the group it is of."""

    wish: Wish
    group: Group


class AnsweredNeed(NamedTuple):
    """A need whose pick can be seen or came to nothing, and what its group says about being woken."""

    need_id: int
    group_id: int
    pick_id: int
    state: PickState
    curator_id: int | None
    time_zone: str
    quiet_from: Any
    quiet_until: Any


class ExpiredWish(NamedTuple):
    """A wish whose time is over, and of which need and group it is."""

    wish_id: int
    need_id: int
    group_id: int


class Wisher(NamedTuple):
    """Somebody who waits for a need, and whether she can be told."""

    person_id: int
    can_be_told: bool


class WishRepository:
    """What is wished for, and what became of it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_need(self, need: Need) -> Need:
        """Keep a new need."""
        self._session.add(need)
        await self._session.flush()
        return need

    async def save(self, row: Need | Wish) -> None:
        """Keep what was changed, or is new."""
        self._session.add(row)
        await self._session.flush()

    async def find_need(self, need_id: int) -> Need | None:
        """A need, if there is one."""
        return await self._session.get(Need, need_id, populate_existing=True)

    async def find(self, wish_id: int) -> Wish | None:
        """A wish, if there is one."""
        return await self._session.get(Wish, wish_id, populate_existing=True)

    async def find_by_message(self, group_id: int, message_id: int) -> Wish | None:
        """The wish that a message of a group said."""
        query = select(Wish).where(col(Wish.group_id) == group_id, col(Wish.message_id) == message_id)
        return (await self._session.exec(query)).one_or_none()

    async def find_by_private_message(self, person_id: int, message_id: int) -> Wish | None:
        """The open wish that a message in private said."""
        query = select(Wish).where(
            col(Wish.person_id) == person_id,
            col(Wish.private_message_id) == message_id,
            col(Wish.closed_at).is_(None),
        )
        return (await self._session.exec(query)).first()

    async def forget_messages(self, group_id: int) -> None:
        """No message of a group is known any more."""
        wish = table(Wish)
        await self._run(update(wish).where(wish.c.group_id == group_id).values(message_id=None))

    async def list_needs(self, group_id: int) -> list[Need]:
        """A group's open needs, the oldest first."""
        query = select(Need).where(col(Need.group_id) == group_id, col(Need.closed_at).is_(None))
        return list((await self._session.exec(query.order_by(col(Need.id)))).all())

    async def has_open_need(self, group_id: int) -> bool:
        """Whether anything is needed in a group that no pick answers yet."""
        need = table(Need)
        query = core_select(need.c.id).where(need.c.group_id == group_id, need.c.closed_at.is_(None))
        return (await self._run(query.where(need.c.pick_id.is_(None)).limit(1))).first() is not None

    async def last_offered(self, group_id: int, origin_id: int, *, before_id: int) -> datetime | None:
        """When something, by its first round, was last put on offer in a group before this pick."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(func.max(pick.c.opens_at))
            .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
            .where(pick.c.group_id == group_id, pick.c.id < before_id, origin_of(offer) == origin_id)
        )
        at: datetime | None = (await self._run(query)).scalar_one()
        return at

    async def list_open(self, group_id: int) -> list[Wish]:
        """A group's open wishes, the oldest first, whoever's they are."""
        query = select(Wish).where(col(Wish.group_id) == group_id, col(Wish.closed_at).is_(None))
        return list((await self._session.exec(query.order_by(col(Wish.id)))).all())

    async def list_counted(self, group_id: int, *, need_id: int | None = None, now: datetime) -> list[Wish]:
        """A group's wishes that count, of those who are in it, the oldest first; or those of one need."""
        member = table(Member)
        query = (
            select(Wish)
            .join(
                member,
                (member.c.group_id == col(Wish.group_id)) & (member.c.person_id == col(Wish.person_id)),
            )
            .where(col(Wish.group_id) == group_id, col(Wish.closed_at).is_(None))
            .where(col(Wish.expires_at) > now)
            .where(member.c.presence == Presence.JOINED)
            .order_by(col(Wish.id))
        )
        if need_id is not None:
            query = query.where(col(Wish.need_id) == need_id)
        return list((await self._session.exec(query)).all())

    async def list_of(self, person_id: int) -> list[OwnWish]:
        """A person's open wishes, the newest first."""
        query = (
            select(Wish, Group)
            .join(Group, col(Group.id) == col(Wish.group_id))
            .where(col(Wish.person_id) == person_id, col(Wish.closed_at).is_(None))
            .order_by(col(Wish.id).desc())
        )
        return [OwnWish(wish, group) for wish, group in (await self._session.exec(query)).all()]

    async def times_of(self, person_id: int, *, since: datetime) -> list[datetime]:
        """When a person wished for something since then, be it open or not."""
        wish = table(Wish)
        query = core_select(wish.c.created_at).where(wish.c.person_id == person_id, wish.c.created_at > since)
        return list((await self._run(query)).scalars())

    async def move(self, wish_ids: Collection[int], *, need_id: int) -> None:
        """Put wishes to another need."""
        wish = table(Wish)
        await self._run(update(wish).where(wish.c.id.in_(sorted(wish_ids))).values(need_id=need_id))

    async def close(self, wish_ids: Collection[int], *, now: datetime, told: bool = False) -> None:
        """These count no more; `told`: because their people are told of a pick."""
        wish = table(Wish)
        values: dict[str, Any] = {"closed_at": now, **({"told_at": now} if told else {})}
        await self._run(
            update(wish).where(wish.c.id.in_(sorted(wish_ids)), wish.c.closed_at.is_(None)).values(**values)
        )

    async def close_of(
        self, need_id: int, people: Collection[int], *, now: datetime, told: bool = False
    ) -> None:
        """All that these people wish of a need counts no more; `told`: because they are told of a pick."""
        wish = table(Wish)
        theirs = core_select(wish.c.id).where(
            wish.c.need_id == need_id, wish.c.person_id.in_(sorted(people)), wish.c.closed_at.is_(None)
        )
        await self.close(list((await self._run(theirs)).scalars()), now=now, told=told)

    async def close_empty(self, need_ids: Collection[int], *, now: datetime) -> None:
        """Of these needs those are over for which nobody waits any more."""
        need, wish = table(Need), table(Wish)
        waiting = core_select(wish.c.id).where(wish.c.need_id == need.c.id, wish.c.closed_at.is_(None))
        statement = update(need).where(need.c.id.in_(sorted(need_ids)), need.c.closed_at.is_(None))
        await self._run(statement.where(~waiting.exists()).values(closed_at=now))

    async def list_expired(self, *, now: datetime, limit: int) -> list[ExpiredWish]:
        """Open wishes whose time is over, the longest over first."""
        wish = table(Wish)
        query = core_select(wish.c.id, wish.c.need_id, wish.c.group_id).where(wish.c.closed_at.is_(None))
        query = query.where(wish.c.expires_at <= now).order_by(wish.c.expires_at, wish.c.id).limit(limit)
        return [ExpiredWish(*row) for row in await self._run(query)]

    async def list_drafted(self, draft_id: int) -> list[Need]:
        """The open needs that a draft was made of."""
        query = select(Need).where(col(Need.draft_id) == draft_id, col(Need.closed_at).is_(None))
        return list((await self._session.exec(query.order_by(col(Need.id)))).all())

    async def find_drafted(self, group_id: int, offer_id: int) -> int | None:
        """The need of a group of which the draft of an offer was made, if no pick answers it yet."""
        need, draft, pick = table(Need), table(Draft), table(Pick)
        query = (
            core_select(need.c.id)
            .select_from(
                need.join(draft, draft.c.id == need.c.draft_id).join(pick, pick.c.id == draft.c.pick_id)
            )
            .where(need.c.group_id == group_id, need.c.closed_at.is_(None), need.c.pick_id.is_(None))
            .where(pick.c.offer_id == offer_id)
            .order_by(need.c.id)
            .limit(1)
        )
        need_id: int | None = (await self._run(query)).scalar_one_or_none()
        return need_id

    async def unlink_pick(self, need_id: int) -> None:
        """The pick that was to answer a need came to nothing: it is open again."""
        need = table(Need)
        await self._run(update(need).where(need.c.id == need_id).values(pick_id=None, draft_id=None))

    async def list_answered(self, *, limit: int) -> list[AnsweredNeed]:
        """Needs of which not everybody was told of the pick that can be seen, or came to nothing.

        By their groups, as whoever wants several locks them.
        """
        need, pick, offer, group = table(Need), table(Pick), table(Offer), table(Group)
        is_on_offer = and_(
            pick.c.state == PickState.LIVE, pick.c.ended_at.is_(None), offer.c.stopped_at.is_(None)
        )
        is_seen = and_(is_on_offer, or_(pick.c.message_id.is_not(None), pick.c.is_personal))
        query = (
            core_select(
                *(need.c.id, need.c.group_id, pick.c.id, pick.c.state, pick.c.curator_id),
                *(group.c.time_zone, group.c.quiet_from, group.c.quiet_until),
            )
            .select_from(
                need.join(pick, pick.c.id == need.c.pick_id)
                .join(offer, offer.c.id == pick.c.offer_id)
                .join(group, group.c.id == need.c.group_id)
            )
            .where(need.c.closed_at.is_(None), need.c.pick_id.is_not(None))
            .where(or_(is_seen, pick.c.state.in_(CAME_TO_NOTHING)))
            .order_by(need.c.group_id, need.c.id)
            .limit(limit)
        )
        return [AnsweredNeed(*row) for row in await self._run(query)]

    async def list_wishers(self, need_id: int, *, limit: int) -> list[Wisher]:
        """Who waits for a need, each once, in the order in which they wished."""
        wish, member, person = table(Wish), table(Member), table(Person)
        waiting = (
            core_select(wish.c.group_id, wish.c.person_id, func.min(wish.c.id).label("first_id"))
            .where(wish.c.need_id == need_id, wish.c.closed_at.is_(None))
            .group_by(wish.c.group_id, wish.c.person_id)
            .subquery()
        )
        query = (
            core_select(
                waiting.c.person_id,
                (member.c.presence == Presence.JOINED)
                & person.c.private_is_open
                & person.c.erased_at.is_(None)
                & person.c.deactivated_at.is_(None),
            )
            .select_from(
                waiting.join(person, person.c.id == waiting.c.person_id).outerjoin(
                    member,
                    (member.c.group_id == waiting.c.group_id) & (member.c.person_id == waiting.c.person_id),
                )
            )
            .order_by(waiting.c.first_id)
            .limit(limit)
        )
        return [Wisher(person_id, bool(can_be_told)) for person_id, can_be_told in await self._run(query)]

    async def is_member(self, group_id: int, person_id: int) -> bool:
        """Whether somebody is in a group now."""
        member = table(Member)
        query = core_select(func.count()).where(
            member.c.group_id == group_id,
            member.c.person_id == person_id,
            member.c.presence == Presence.JOINED,
        )
        return bool((await self._run(query)).scalar_one())

    async def _run(self, statement: Any, rows: Sequence[dict[str, Any]] | None = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)
