"""A curator names the pick that is what members wished for, and may take that back for a short while."""

from datetime import datetime

from bot.errors import ButtonOutdated
from bot.rules.quiet_hours import quiet_ends
from bot.rules.wishes import TAKEN_BACK_WITHIN
from bot.services.wishes.answering import answer_key
from bot.services.wishes.sorting import note_act, open_need
from bot.wish_errors import WishersTold
from storage.models import Group, Need
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def answer_need(
    uow: UnitOfWork, need_id: int, posted: PostedPick, *, by_id: int, page_id: int, now: datetime
) -> Need:
    """A pick is what was wished for: those who wished hear of it, unless that is taken back first.

    `page_id`: the message in her private chat that says so by then. Raises NeedOver, ButtonOutdated.
    """
    need = await open_need(uow, need_id)
    if posted.pick.group_id != need.group_id or not posted.takes_orders:
        raise ButtonOutdated
    need.pick_id = posted.id
    await uow.wishes.save(need)
    await uow.outbox.add(
        OutboxKind.NEED_ANSWERED,
        chat_id=by_id,
        subject_id=posted.id,
        payload={"page_id": page_id},
        merge_key=answer_key(need_id),
        due_at=_told_at(posted.group, now=now),
        now=now,
    )
    await note_act(uow, "need_answered", need, by_id=by_id, now=now)
    return need


async def take_answer_back(uow: UnitOfWork, need: Need, *, by_id: int, now: datetime) -> None:
    """That pick is not what was wished for: nobody hears of it, and the need is open. Raises WishersTold."""
    await uow.groups.lock(need.group_id)
    stored = await uow.wishes.find_need(need.id or 0)
    if stored is None or not await uow.outbox.take_away(answer_key(need.id or 0), now=now):
        raise WishersTold
    stored.pick_id = None
    await uow.wishes.save(stored)
    await note_act(uow, "need_answer_taken_back", stored, by_id=by_id, now=now)


async def can_be_taken_back(uow: UnitOfWork, need: Need, *, now: datetime) -> bool:
    """Whether which pick is what was wished for may still be taken back."""
    return bool(await uow.outbox.before_their_time([answer_key(need.id or 0)], now=now))


def _told_at(group: Group, *, now: datetime) -> datetime:
    at = now + TAKEN_BACK_WITHIN
    awake = quiet_ends(
        at, time_zone=group.time_zone, quiet_from=group.quiet_from, quiet_until=group.quiet_until
    )
    return awake or at
