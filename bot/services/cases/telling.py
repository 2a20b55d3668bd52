"""Telling both sides of a case that something came into it."""

from collections.abc import Collection
from datetime import datetime

from bot.rules.cases import OFFER_STANDS, REMINDED_BEFORE
from bot.services.cases.seeing import parties_of, see_case
from storage.repositories.case_lists import SeenCase
from storage.repositories.outbox import Priority
from storage.states import CaseLevel, CaseStage, OutboxKind
from storage.unit_of_work import UnitOfWork


async def tell_sides(
    uow: UnitOfWork, case_id: int, *, but_id: int | None, admin_ids: Collection[int], now: datetime
) -> None:
    """Its member, the pick's curator and whoever decides now hear of what is new, but for whoever did it.

    Each gets the case as it is when the message is sent, so what comes in a row is told once. `admin_ids` are
    those whom the settings name.
    """
    seen = await see_case(uow, case_id)
    if seen.person_id != but_id and seen.private_is_open and seen.erased_at is None:
        await _tell(uow, seen, seen.person_id, chat_id=seen.person_id, now=now)
    deciding = await _deciders(uow, seen, admin_ids)
    curator_id = (await parties_of(uow, seen)).curator_id
    for person_id in sorted({*deciding, *([curator_id] if curator_id else [])} - {but_id, seen.person_id}):
        person = await uow.members.find(person_id)
        if person is None:
            continue
        if person.private_is_open:
            await _tell(uow, seen, person.id, chat_id=person.id, now=now)
        elif person.id in deciding and seen.level is not CaseLevel.ADMIN:
            await _tell(uow, seen, person.id, chat_id=seen.chat_id, now=now)
    if seen.stage is CaseStage.OFFERED:
        await _remind_later(uow, seen, now=now)


async def tell_member(uow: UnitOfWork, case_id: int, *, now: datetime) -> None:
    """Its member alone hears of it: thousands may answer a recall, and no curator reads so much."""
    seen = await see_case(uow, case_id)
    if seen.private_is_open:
        await _tell(uow, seen, seen.person_id, chat_id=seen.person_id, now=now)
    if seen.stage is CaseStage.OFFERED:
        await _remind_later(uow, seen, now=now)


async def _deciders(uow: UnitOfWork, seen: SeenCase, admin_ids: Collection[int]) -> set[int]:
    parties = await parties_of(uow, seen)
    if seen.level is CaseLevel.ADMIN:
        return {*admin_ids, *(one.person_id for one in await uow.admins.list_granted())}
    # A curator who is gone leaves it to the owner.
    curator_id = parties.curator_id if seen.level is CaseLevel.CURATOR else None
    found = curator_id or parties.owner_id
    return {found} if found is not None else set()


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
