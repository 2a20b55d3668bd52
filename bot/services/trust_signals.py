"""Measuring what came of posts, and changing what a group may use of its caps by what that says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.rules.statistics import AFTER_A_POST, BASELINE, Rate, Stretch, hours_of, windows
from bot.rules.stretches import seen_stretches, within, without
from bot.rules.trust_signals import (
    DISPUTED_WITHIN,
    POOLED,
    WHOLE_BPS,
    Sign,
    Step,
    disputes_sign,
    leaves_sign,
    next_step,
    reactions_sign,
    weighed,
)
from storage.models import Group, TrustChange, TrustEntry
from storage.repositories.trust_signals import Measured
from storage.unit_of_work import UnitOfWork

_UNSEEN: Final = Measured(
    active_members=None,
    reactions_for=None,
    reactions_against=None,
    buyers=None,
    replies=None,
    leaves=None,
)


@dataclass(frozen=True, kw_only=True)
class GroupSigns:
    """All that was looked at, and what of it is no chance."""

    people_for: int
    people_against: int
    disputed: int
    delivered: int
    after: Rate
    otherwise: Rate

    @property
    def found(self) -> Sequence[Sign]:
        """The bad signs, the plainest first."""
        signs = (
            disputes_sign(self.disputed, self.delivered),
            leaves_sign(self.after, self.otherwise),
            reactions_sign(self.people_for, self.people_against),
        )
        return [sign for sign in signs if sign is not None]


async def measure(uow: UnitOfWork, entry: TrustEntry, *, now: datetime) -> Measured:
    """What can be seen of a post a day after it; orders are always known, the rest if the bot was there.

    Of what was told in private, orders alone: the group has not seen it.
    """
    since, until = entry.posted_at, entry.posted_at + AFTER_A_POST
    group = await uow.groups.get(entry.group_id)
    buyers = await uow.trust_signals.buyers_of(entry.pick_id, until=until) if entry.pick_id else None
    if entry.weight_bps < WHOLE_BPS:
        return _measured(buyers=buyers)
    was_seen = await _seen(uow, since=since, until=until, now=now) == [(since, until)]
    is_told = group.admin_since is not None and group.admin_since <= since
    if not was_seen or not is_told:
        return _measured(buyers=buyers)
    people_for, people_against, replies = None, None, None
    if entry.pick_id is not None:
        people_for, people_against = weighed(*await uow.trust_signals.reactions_of(entry.pick_id))
        replies = await uow.trust_signals.replies_to(entry.pick_id)
    return Measured(
        active_members=await uow.activity.active_members(entry.group_id, since=since, until=until),
        reactions_for=people_for,
        reactions_against=people_against,
        buyers=buyers,
        replies=replies,
        leaves=await uow.statistics.left(entry.group_id, [(since, until)]),
    )


async def read_signs(
    uow: UnitOfWork, group: Group, *, lowered_at: datetime | None, now: datetime
) -> GroupSigns:
    """What a group's last posts and deliveries say; what lowered its trust before says nothing again."""
    group_id = group.id or 0

    def since(reach: datetime) -> datetime:
        return max(reach, lowered_at) if lowered_at is not None else reach

    entries = await uow.trust_signals.list_measured(group_id, since=since(now - POOLED))
    disputes = await uow.cases.disputes_of_group(group_id, since(now - DISPUTED_WITHIN), now)
    after, otherwise = await _leaves(uow, group, entries, now=now)
    return GroupSigns(
        people_for=sum(entry.reactions_for or 0 for entry in entries),
        people_against=sum(entry.reactions_against or 0 for entry in entries),
        disputed=disputes.disputed,
        delivered=disputes.delivered,
        after=after,
        otherwise=otherwise,
    )


async def find_step(uow: UnitOfWork, group: Group, *, now: datetime) -> Step | None:
    """How a group's trust changes now, if it does."""
    lowered = await uow.trust_signals.last_lowered(group.id or 0)
    lowered_at = lowered.happened_at if lowered is not None else None
    signs = await read_signs(uow, group, lowered_at=lowered_at, now=now)
    return next_step(
        group.trust_bps, signs.found, changed_at=group.trust_changed_at, lowered_at=lowered_at, now=now
    )


async def take_step(uow: UnitOfWork, group_id: int, step: Step, *, now: datetime) -> bool:
    """Let a group use more or less of its caps; says whether nobody changed it meanwhile."""
    await uow.groups.lock(group_id)
    group = await uow.groups.get(group_id)
    if group.trust_bps != step.was_bps or not group.keeps_allowance:
        return False
    await uow.trust_signals.change(
        TrustChange(
            group_id=group_id,
            reason=step.reason,
            was_bps=step.was_bps,
            is_bps=step.is_bps,
            numbers={"signs": [sign.written() for sign in step.signs]} if step.signs else None,
            happened_at=now,
        )
    )
    return True


def _measured(*, buyers: int | None) -> Measured:
    return Measured(**{**vars(_UNSEEN), "buyers": buyers})


async def _leaves(
    uow: UnitOfWork, group: Group, entries: Sequence[TrustEntry], *, now: datetime
) -> tuple[Rate, Rate]:
    """How many left within a day of these posts, and how many in all seen hours that follow no post."""
    group_id = group.id or 0
    told = [entry.posted_at for entry in entries if entry.leaves is not None]
    if not told or group.admin_since is None:
        return Rate(count=0, hours=0), Rate(count=0, hours=0)
    back = max(now - BASELINE, group.admin_since)
    posts = await uow.statistics.posted(group_id, since=back - AFTER_A_POST, until=now)
    seen = await _seen(uow, since=back, until=now, now=now)
    after = windows(told, since=told[0], until=now)
    otherwise = without(seen, windows([*posts, *told], since=back, until=now))
    return await _rate(uow, group_id, after), await _rate(uow, group_id, otherwise)


async def _rate(uow: UnitOfWork, group_id: int, stretches: Sequence[Stretch]) -> Rate:
    count = await uow.statistics.left(group_id, stretches)
    return Rate(count=count, hours=hours_of(stretches))


async def _seen(uow: UnitOfWork, *, since: datetime, until: datetime, now: datetime) -> list[Stretch]:
    """Of which part of a time the bot knows who left: it runs now."""
    runs = await uow.activity.list_runs(since=since)
    return within(seen_stretches(runs, since=since, until=now), [(since, until)])
