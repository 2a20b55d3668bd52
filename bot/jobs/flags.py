"""Looks for what may be abuse of rewards, and tells those who may decide; pays and punishes nobody."""

from collections.abc import Sequence
from typing import Final

import structlog

from bot.i18n import Translator
from bot.rules.flags import Finding
from bot.services.flags import find_abuse, find_guessers, raise_flags
from bot.shop import Shop
from storage.models import Person
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, Role
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

EVERY_SECONDS: Final = 900


async def look_for_abuse(shop: Shop) -> int:
    """Write down what looks like abuse of rewards; returns how many suspicions were opened."""
    async with shop.reading() as uow:
        group_ids = await uow.flag_facts.list_groups()
        guessing = await find_guessers(uow, now=shop.now())
    opened = 0
    for group_id in sorted({*group_ids, *guessing}):
        async with shop.reading() as uow:
            found = [*await find_abuse(uow, group_id, now=shop.now()), *guessing.get(group_id, [])]
        if found:
            opened += await _raise(shop, group_id, found)
    return opened


async def _raise(shop: Shop, group_id: int, found: Sequence[Finding]) -> int:
    async with shop.writing() as uow:
        # Another process may be looking at the same.
        await uow.groups.lock(group_id)
        opened = await raise_flags(uow, group_id, found, now=shop.now())
        if opened:
            # Whoever is in one in either part cannot decide it.
            about = {key for one in found for key in (one.person_id, one.other_id) if key is not None}
            await _tell(uow, shop, group_id, about=about)
            log.info("flags_opened", group_id=group_id, count=opened)
    return opened


async def _tell(uow: UnitOfWork, shop: Shop, group_id: int, *, about: set[int]) -> None:
    """One message to the group's owner, or to the admins where she is in it herself or cannot be reached."""
    # Words are loaded when there is something to say.
    from bot.views.flags import flags_notice

    group = await uow.groups.get(group_id)
    leaders = await uow.roles.list_leaders(group_id)
    owners = [one.person_id for one in leaders if one.role is Role.OWNER and one.person_id not in about]
    told = [await uow.members.get(person_id) for person_id in owners]
    told = [person for person in told if person.private_is_open] or await _admins(uow, shop)
    count = await uow.flags.count_open([group_id])
    for person in told:
        screen = flags_notice(Translator(person.language), group, count)
        await uow.outbox.add(
            OutboxKind.MESSAGE,
            chat_id=person.id,
            payload=screen.payload(),
            priority=Priority.RECEIPT,
            now=shop.now(),
        )


async def _admins(uow: UnitOfWork, shop: Shop) -> list[Person]:
    granted = {one.person_id for one in await uow.admins.list_granted()}
    people = [await uow.members.find(person_id) for person_id in sorted(granted | shop.admin_ids)]
    return [person for person in people if person is not None and person.private_is_open]
