"""A draft that was made of a need is posted: exactly those who wished hear of it, once; and wishes expire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.rules.notices import MOST_WAITING
from bot.rules.quiet_hours import quiet_ends
from storage.repositories.outbox import Priority
from storage.repositories.wishes import AnsweredNeed
from storage.states import NoticeKind, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_NEEDS_AT_ONCE: Final = 20
_EXPIRED_AT_ONCE: Final = 500
_PRIORITY: Final = Priority.BROADCAST
_CAME_TO_NOTHING: Final = frozenset({PickState.WITHDRAWN, PickState.FAILED, PickState.CLOSED})


async def link_picks(uow: UnitOfWork, draft_id: int, picks: Mapping[int, int]) -> None:
    """A draft was posted, as these picks by group: what it was made of is answered once its card appears."""
    await uow.wishes.link_pick(draft_id, dict(picks))


async def tell_wishers(uow: UnitOfWork, *, most_waiting: int = MOST_WAITING, now: datetime) -> int:
    """Hand over the next portion of those to be told; returns how many.

    Who has left, has not opened the private chat or wants no such notices is not told, and waits no longer.
    """
    waiting = await uow.notice_rounds.count_waiting(priority=int(_PRIORITY), now=now, limit=most_waiting)
    room, told = most_waiting - waiting, 0
    # In sorted order, like all that two transactions may want at once.
    for answered in sorted(
        await uow.wishes.list_answered(limit=_NEEDS_AT_ONCE), key=lambda each: (each.group_id, each.need_id)
    ):
        if answered.state in _CAME_TO_NOTHING:
            await uow.wishes.unlink_pick(answered.need_id)
        elif room > 0 and _is_time(answered, now=now):
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


def _is_time(answered: AnsweredNeed, *, now: datetime) -> bool:
    is_shown = answered.state is PickState.LIVE and answered.is_shown
    return is_shown and (
        quiet_ends(
            now,
            time_zone=answered.time_zone,
            quiet_from=answered.quiet_from,
            quiet_until=answered.quiet_until,
        )
        is None
    )


async def _tell(uow: UnitOfWork, answered: AnsweredNeed, *, limit: int, now: datetime) -> int:
    # Who wishes meanwhile is told with the next portion.
    await uow.groups.lock(answered.group_id)
    wishers = await uow.wishes.list_wishers(answered.need_id, limit=limit)
    people = {wisher.person_id for wisher in wishers if wisher.can_be_told}
    wanting = sorted(await uow.notices.wants(people, NoticeKind.WISHES))
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
    told = [wisher.wish_id for wisher in wishers if wisher.person_id in wanting]
    others = [wisher.wish_id for wisher in wishers if wisher.person_id not in wanting]
    await uow.wishes.close(told, now=now, told=True)
    await uow.wishes.close(others, now=now)
    await uow.wishes.close_empty([answered.need_id], now=now)
    return len(wanting)
