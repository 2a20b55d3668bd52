"""Telling both sides of a case that something came into it."""

from collections.abc import Collection
from datetime import datetime

from bot.rules.cases import OFFER_STANDS, REMINDED_BEFORE
from bot.services.cases.seeing import parties_of, see_case
from storage.models import Person
from storage.repositories.case_lists import SeenCase
from storage.repositories.outbox import Priority
from storage.states import CaseLevel, CaseStage, OutboxKind
from storage.unit_of_work import UnitOfWork


async def tell_sides(
    uow: UnitOfWork, case_id: int, *, but_id: int | None, admin_ids: Collection[int], now: datetime
) -> None:
    """Its member and whoever decides now hear of what is new in a case, but for whoever did it.

    Each gets the case as it is when the message is sent, so what comes in a row is told once. `admin_ids` are
    those whom the settings name.
    """
    seen = await see_case(uow, case_id)
    if seen.person_id != but_id and seen.private_is_open and seen.erased_at is None:
        await _tell(uow, seen, seen.person_id, chat_id=seen.person_id, now=now)
    for person in await _deciders(uow, seen, admin_ids):
        if person.id in (but_id, seen.person_id):
            continue
        if person.private_is_open:
            await _tell(uow, seen, person.id, chat_id=person.id, now=now)
        elif seen.level is not CaseLevel.ADMIN:
            await _tell(uow, seen, person.id, chat_id=seen.chat_id, now=now)
    if seen.stage is CaseStage.OFFERED:
        await _remind_later(uow, seen, now=now)


async def _deciders(uow: UnitOfWork, seen: SeenCase, admin_ids: Collection[int]) -> list[Person]:
    parties = await parties_of(uow, seen)
    match seen.level:
        case CaseLevel.CURATOR:
            found = {parties.curator_id}
        case CaseLevel.OWNER:
            found = {parties.owner_id}
        case CaseLevel.ADMIN:
            found = {*admin_ids, *(one.person_id for one in await uow.admins.list_granted())}
    people = [await uow.members.find(person_id) for person_id in sorted(one for one in found if one)]
    return [person for person in people if person is not None]


async def _tell(uow: UnitOfWork, seen: SeenCase, person_id: int, *, chat_id: int, now: datetime) -> None:
    await uow.outbox.add(
        OutboxKind.CASE,
        chat_id=chat_id,
        subject_id=seen.id,
        payload={"person_id": person_id},
        merge_key=f"{OutboxKind.CASE}:{seen.id}:{person_id}",
        priority=Priority.RECEIPT,
        now=now,
    )


async def _remind_later(uow: UnitOfWork, seen: SeenCase, *, now: datetime) -> None:
    """She is reminded before the offer lapses; the words are found then, and only if it still stands."""
    lapses_at = seen.due_at or now + OFFER_STANDS
    await uow.outbox.add(
        OutboxKind.CASE_REMINDER,
        chat_id=seen.person_id,
        subject_id=seen.id,
        # A later offer has a reminder of its own.
        merge_key=f"{OutboxKind.CASE_REMINDER}:{seen.id}:{lapses_at:%Y%m%dT%H%M%S}",
        priority=Priority.RECEIPT,
        due_at=lapses_at - REMINDED_BEFORE,
        now=now,
    )
