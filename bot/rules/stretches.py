"""Stretches of time: which of them the bot saw, what two sorts have in common, and what one alone has."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.rules.statistics import Stretch

TOLD_LATER: Final = timedelta(hours=23)
"""Telegram keeps what happens for a day: a bot that comes back sooner is told of everything."""


def seen_stretches(runs: Iterable[Stretch], *, since: datetime, until: datetime) -> list[Stretch]:
    """Of which times the bot, which runs now, knows who left: those of its runs, and the day before each.

    The runs are in order of their beginnings.
    """
    found: list[Stretch] = []
    for started_at, seen_at in [*runs, (until, until)]:
        begins, ends = max(started_at - TOLD_LATER, since), min(seen_at, until)
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif begins < ends:
            found.append((begins, ends))
    return found


def within(stretches: Iterable[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What both have in common; each in order."""
    return [
        (max(begins, start), min(ends, end))
        for begins, ends in stretches
        for start, end in others
        if max(begins, start) < min(ends, end)
    ]


def without(stretches: Iterable[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What the first have and the others have not; each in order, none overlapping its like."""
    found = []
    for begins, ends in stretches:
        at = begins
        for start, end in others:
            if end <= at or start >= ends:
                continue
            if at < start:
                found.append((at, start))
            at = max(at, end)
        if at < ends:
            found.append((at, ends))
    return found
