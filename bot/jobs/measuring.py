"""Measures posts a day after they were made, and changes a group's trust by what they and its cases say.

What was told personally is measured a week later.
"""

from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.allowance import pull_forward
from bot.i18n import Translator
from bot.jobs.alone import alone
from bot.jobs.uptime import MISSED_AFTER
from bot.rules.quiet_hours import is_quiet
from bot.rules.statistics import AFTER_A_POST
from bot.rules.trust_signals import DISPUTED_WITHIN, Step
from bot.services.telling_results import COUNTED_AFTER, count_outcome
from bot.services.trust_signals import find_step, measure, take_step
from bot.shop import Shop
from storage.models import Group, Person
from storage.repositories.activity import Run
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, Role
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

MEASURE_SECONDS: Final = 60
WATCH_SECONDS: Final = 1800
SETTLED_AFTER: Final = timedelta(minutes=10)
"""A bot that has just come back is still being told what happened meanwhile."""
_MOST_AT_ONCE: Final = 100


async def measure_posts(shop: Shop) -> int:
    """Keep what came of the posts of a day ago, each once; returns of how many."""
    now = shop.now()
    async with shop.reading() as uow:
        due = await uow.trust_signals.list_unmeasured(posted_before=now - AFTER_A_POST, limit=_MOST_AT_ONCE)
        runs = await uow.activity.list_runs(since=now) if due else []
    if not runs or not _is_settled(runs[-1], now=now):
        return 0
    count = 0
    for entry in due:
        with alone("post_not_measured", entry_id=entry.id):
            async with shop.reading() as uow:
                measured = await measure(uow, entry, now=now)
            async with shop.writing() as uow:
                count += await uow.trust_signals.note_measured(entry.id or 0, measured, now=now)
    return count


async def measure_tellings(shop: Shop) -> int:
    """Keep what came of tellings of a week ago, and of picks that are over; returns of how many."""
    now = shop.now()
    async with shop.reading() as uow:
        due = await uow.telling_results.list_due(begun_before=now - COUNTED_AFTER, limit=_MOST_AT_ONCE)
    count = 0
    for telling in due:
        with alone("telling_not_measured", pick_id=telling.pick_id):
            async with shop.writing() as uow:
                count += await count_outcome(uow, telling, now=now)
    return count


async def watch_trust(shop: Shop) -> int:
    """Lower what a group may use of its caps at a bad sign, restore it slowly; returns in how many groups."""
    now = shop.now()
    async with shop.reading() as uow:
        group_ids = await uow.trust_signals.list_watched(posted_since=now - DISPUTED_WITHIN)
    changed = 0
    for group_id in group_ids:
        with alone("trust_not_looked_at", group_id=group_id):
            changed += await _look_at(shop, group_id, now=now)
    return changed


async def _look_at(shop: Shop, group_id: int, *, now: datetime) -> bool:
    async with shop.reading() as uow:
        group = await uow.groups.get(group_id)
        if _sleeps(group, now):
            return False
        step = await find_step(uow, group, now=now)
    if step is None:
        return False
    async with shop.writing() as uow:
        taken = await take_step(uow, group_id, step, now=now)
        if taken:
            if step.is_bps > step.was_bps:
                await pull_forward(uow, await uow.groups.get(group_id), now=now)
            await _tell(uow, group_id, step, now=now)
            log.info("trust_changed", group_id=group_id, reason=step.reason.value, bps=step.is_bps)
    return taken


def _is_settled(run: Run, *, now: datetime) -> bool:
    """Whether the bot has run for a while; a run that is over is one before this one, not noted yet."""
    return now - run.seen_at <= MISSED_AFTER and now - run.started_at >= SETTLED_AFTER


def _sleeps(group: Group, now: datetime) -> bool:
    """Nobody is woken by it: it can wait until the morning."""
    return is_quiet(
        now, time_zone=group.time_zone, quiet_from=group.quiet_from, quiet_until=group.quiet_until
    )


async def _tell(uow: UnitOfWork, group_id: int, step: Step, *, now: datetime) -> None:
    """The owner is told of what is taken, and when all of it is there again; steps in between are shown."""
    if not step.signs and not step.is_whole:
        return
    # Words are loaded when there is something to say.
    from bot.views.trust_signals import trust_changed

    group = await uow.groups.get(group_id)
    for person in await _told(uow, group):
        await uow.outbox.add(
            OutboxKind.MESSAGE,
            chat_id=person.id,
            payload=trust_changed(Translator(person.language), group, step).payload(),
            priority=Priority.RECEIPT,
            now=now,
        )


async def _told(uow: UnitOfWork, group: Group) -> list[Person]:
    """The owner, or whoever else leads the group where she reads nothing in private."""
    leaders = await uow.roles.list_leaders(group.id or 0)
    owners = [one.person_id for one in leaders if one.role is Role.OWNER]
    others = [one.person_id for one in leaders if one.role is not Role.OWNER]
    for keys in (owners, others):
        people = [await uow.members.get(key) for key in keys]
        if found := [person for person in people if person.private_is_open]:
            return found
    return []
