"""Giving and taking an admin's rights; trying again, or giving up, what could not be handled or sent."""

from datetime import datetime
from typing import Final

from bot.admin_errors import AdminBySettings
from bot.errors import ButtonOutdated
from storage.models import Person
from storage.repositories.outbox import UnsentReason
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

NOT_SENT_AGAIN: Final = (OutboxKind.STAR_REFUND, OutboxKind.CAMPAIGN)
"""What is decided elsewhere: money where it did not fit, and campaigns, which may have been stopped since."""

_LONGEST_REASON: Final = 200


async def grant_admin(uow: UnitOfWork, person_id: int, *, by_id: int, now: datetime) -> Person | None:
    """Give a person an admin's rights; None if she had them. Raises ButtonOutdated."""
    person = await uow.members.find(person_id)
    if person is None:
        raise ButtonOutdated
    if not await uow.admins.grant(person_id, by_id=by_id, now=now):
        return None
    await uow.audit.add(
        "admin_granted", group_id=None, person_id=by_id, now=now, details={"person_id": person_id}
    )
    return person


async def revoke_admin(
    uow: UnitOfWork, person_id: int, *, is_in_settings: bool, by_id: int, now: datetime
) -> Person | None:
    """Take an admin's rights back; None if nobody had given them. Raises ButtonOutdated, AdminBySettings."""
    person = await uow.members.find(person_id)
    if person is None:
        raise ButtonOutdated
    if is_in_settings:
        raise AdminBySettings(person.name)
    if not await uow.admins.revoke(person_id):
        return None
    await uow.audit.add(
        "admin_revoked", group_id=None, person_id=by_id, now=now, details={"person_id": person_id}
    )
    return person


async def retry_letter(uow: UnitOfWork, letter_id: int, *, by_id: int, now: datetime) -> None:
    """Have an update tried again that could not be handled. Raises ButtonOutdated."""
    letter = await uow.updates.find_dead_letter(letter_id)
    if letter is None or letter.update_id is None or not await uow.updates.ask_retry(letter_id, now=now):
        raise ButtonOutdated
    details = {"update_id": letter.update_id}
    await uow.audit.add("letter_retried", group_id=None, person_id=by_id, now=now, details=details)


async def discard_letter(uow: UnitOfWork, letter_id: int, *, by_id: int, now: datetime) -> None:
    """Give an update up for good. Raises ButtonOutdated."""
    letter = await uow.updates.find_dead_letter(letter_id)
    if letter is None or not await uow.updates.remove_dead_letter(letter_id):
        raise ButtonOutdated
    details = {"update_id": letter.update_id}
    await uow.audit.add("letter_discarded", group_id=None, person_id=by_id, now=now, details=details)


async def retry_unsent(uow: UnitOfWork, entry_id: int, *, by_id: int, now: datetime) -> int:
    """Have all sent again that failed like this row; returns how many. Raises ButtonOutdated."""
    reason = await _reason(uow, entry_id)
    count = await uow.outbox.retry_failed(reason.reason, but=NOT_SENT_AGAIN, now=now)
    await _note(uow, "unsent_retried", reason, count, by_id=by_id, now=now)
    return count


async def discard_unsent(uow: UnitOfWork, entry_id: int, *, by_id: int, now: datetime) -> int:
    """Give all up that failed like this row; returns how many. Raises ButtonOutdated."""
    reason = await _reason(uow, entry_id)
    count = await uow.outbox.discard_failed(reason.reason)
    await _note(uow, "unsent_discarded", reason, count, by_id=by_id, now=now)
    return count


async def _reason(uow: UnitOfWork, entry_id: int) -> UnsentReason:
    reason = await uow.outbox.find_reason(entry_id)
    if reason is None:
        raise ButtonOutdated
    return reason


async def _note(
    uow: UnitOfWork, action: str, reason: UnsentReason, count: int, *, by_id: int, now: datetime
) -> None:
    details = {"count": count, "reason": reason.reason[:_LONGEST_REASON]}
    await uow.audit.add(action, group_id=None, person_id=by_id, now=now, details=details)
