"""Reminding members of picks before they close, once each."""

from datetime import datetime

from bot.errors import ButtonOutdated
from bot.rules.reminders import AHEAD, reminder_time
from storage.repositories.outbox import Priority
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def remind_me(uow: UnitOfWork, pick_id: int, person_id: int, *, now: datetime) -> datetime:
    """Keep that a member wants to be reminded; returns when. Raises PickClosed and ReminderTooLate."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    pick = posted.pick
    due_at = reminder_time(number=pick.number, state=pick.state, closes_at=pick.closes_at, now=now)
    await uow.reminders.add(pick_id, person_id, due_at=due_at)
    return due_at


async def forget_reminder(uow: UnitOfWork, pick_id: int, person_id: int) -> None:
    """She does not want it any more."""
    await uow.reminders.remove(pick_id, person_id)


async def send_reminders(uow: UnitOfWork, *, now: datetime, limit: int) -> int:
    """Remind whoever asked and whose pick closes within the hour; returns how many."""
    sent = 0
    for pick_id, person_id in await uow.reminders.list_due(now=now, ahead=AHEAD, limit=limit):
        # Another process may have taken it since; whoever removes it sends it.
        if not await uow.reminders.remove(pick_id, person_id):
            continue
        await uow.outbox.add(
            OutboxKind.REMINDER,
            chat_id=person_id,
            subject_id=pick_id,
            priority=Priority.RECEIPT,
            now=now,
        )
        sent += 1
    return sent
