"""A pick answers a need: exactly those who wished hear of it, once; and wishes expire."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.later import Later
from bot.rules.notices import MOST_WAITING
from bot.rules.quiet_hours import quiet_ends
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.repositories.wishes import CAME_TO_NOTHING, AnsweredNeed
from storage.states import NoticeKind, OutboxKind
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.services.wishes import matching
else:
    # What reads wishes is heavy, and few groups need it.
    matching = Later("bot.services.wishes.matching")

_NEEDS_AT_ONCE: Final = 500
_EXPIRED_AT_ONCE: Final = 500
_PRIORITY: Final = Priority.BROADCAST


async def link_picks(uow: UnitOfWork, draft_id: int, picks: Mapping[int, int]) -> None:
    """A draft was posted, as these picks by group: what it was made of is answered once its card appears.

    Where it is of other goods by now, whoever posted it is asked then.
    """
    for need in await uow.wishes.list_drafted(draft_id):
        if need.group_id not in picks:
            continue
        posted = await uow.picks.get(picks[need.group_id])
        if await matching.is_meant(uow, need, posted):
            need.pick_id = posted.id
            await uow.wishes.save(need)


async def ask_whether_it_answers(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    """A new pick's card has appeared: whoever posted it is asked whether it is what members wished for."""
    curator_id = posted.pick.curator_id or posted.group.owner_id
    if curator_id is not None and await uow.wishes.has_open_need(posted.pick.group_id):
        await uow.outbox.add(
            OutboxKind.WISH_HINT,
            chat_id=curator_id,
            subject_id=posted.id,
            merge_key=f"{OutboxKind.WISH_HINT}:{posted.id}",
            now=now,
        )


async def list_due(uow: UnitOfWork, *, now: datetime) -> list[AnsweredNeed]:
    """Needs of which somebody may be told now, and those whose picks came to nothing."""
    answered = await uow.wishes.list_answered(limit=_NEEDS_AT_ONCE)
    keys = [answer_key(each.need_id) for each in answered]
    kept_back = await uow.outbox.before_their_time(keys, now=now)
    return [
        each
        for each in answered
        if each.state in CAME_TO_NOTHING
        or (answer_key(each.need_id) not in kept_back and _may_wake(each, now=now))
    ]


def answer_key(need_id: int) -> str:
    """The key of the row that waits while a curator may take back which pick is what was wished for."""
    return f"{OutboxKind.NEED_ANSWERED}:{need_id}"


async def tell_wishers(uow: UnitOfWork, *, most_waiting: int = MOST_WAITING, now: datetime) -> int:
    """Hand over the next portion of those to be told; returns how many.

    Whose own pick it is, who has left, has not opened the private chat or wants no such notices is not
    told, and waits no longer.
    """
    waiting = await uow.notice_rounds.count_waiting(priority=int(_PRIORITY), now=now, limit=most_waiting)
    room, told = most_waiting - waiting, 0
    for answered in await list_due(uow, now=now):
        if answered.state in CAME_TO_NOTHING:
            await uow.wishes.unlink_pick(answered.need_id)
        elif room > 0:
            handed = await _tell(uow, answered, limit=room, now=now)
            room, told = room - handed, told + handed
    return told


async def expire_wishes(uow: UnitOfWork, *, now: datetime) -> int:
    """Close wishes whose time is over, and needs for which nobody waits any more; returns how many wishes."""
    expired = await uow.wishes.list_expired(now=now, limit=_EXPIRED_AT_ONCE)
    # Who wishes meanwhile must not come to a need that is closed just then.
    for group_id in sorted({each.group_id for each in expired}):
        await uow.groups.lock(group_id)
    if expired:
        await uow.wishes.close([each.wish_id for each in expired], now=now)
        await uow.wishes.close_empty({each.need_id for each in expired}, now=now)
    return len(expired)


def _may_wake(answered: AnsweredNeed, *, now: datetime) -> bool:
    wakes_at = quiet_ends(
        now,
        time_zone=answered.time_zone,
        quiet_from=answered.quiet_from,
        quiet_until=answered.quiet_until,
    )
    return wakes_at is None


async def _tell(uow: UnitOfWork, answered: AnsweredNeed, *, limit: int, now: datetime) -> int:
    # Who wishes meanwhile is told with the next portion.
    await uow.groups.lock(answered.group_id)
    need = await uow.wishes.find_need(answered.need_id)
    if need is None or need.pick_id != answered.pick_id:
        # Its curator has just taken it back.
        return 0
    wishers = await uow.wishes.list_wishers(answered.need_id, limit=limit)
    people = {wisher.person_id for wisher in wishers}
    hearing = {wisher.person_id for wisher in wishers if wisher.can_be_told} - {answered.curator_id}
    # Who was told of it personally has heard of it.
    hearing -= await uow.tellings.told_among(answered.pick_id, hearing)
    wanting = sorted(await uow.notices.wants(hearing, NoticeKind.WISHES))
    await uow.outbox.add_all(
        [
            {
                "kind": OutboxKind.WISH_ANSWERED,
                "chat_id": person_id,
                "subject_id": answered.need_id,
                "payload": {"pick_ids": [answered.pick_id]},
                "merge_key": f"{OutboxKind.WISH_ANSWERED}:{answered.need_id}:{person_id}",
                "priority": int(_PRIORITY),
                "due_at": now,
            }
            for person_id in wanting
        ],
        now=now,
    )
    await uow.wishes.close_of(answered.need_id, wanting, now=now, told=True)
    await uow.wishes.close_of(answered.need_id, people.difference(wanting), now=now)
    await uow.wishes.close_empty([answered.need_id], now=now)
    return len(wanting)
