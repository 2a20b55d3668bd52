"""Paying at once: who is asked to, how long goods are kept meanwhile, and what an order falls back to."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.rules.payment_ways import can_be_paid_at_once, pays_now, ways_taken
from bot.rules.settlements import Facts, reckon
from storage.states import PaymentMethod, PaysWhen

AFTER_DECLINE: Final = timedelta(hours=1)
"""Stock is kept at least so long for somebody who was told, at any time of day, that no money came."""


class Held(NamedTuple):
    """Stock kept until a moment, and how many of each variant are paid for already: what stays without it."""

    keeps: Mapping[int, int]
    expires_at: datetime


def asks_at_once(
    *,
    pick: PaysWhen | None,
    group: PaysWhen,
    price_can_fall: bool,
    group_ways: Collection[PaymentMethod],
    named: Collection[str] | None,
) -> bool:
    """Whether whoever orders on a pick is asked to pay now: where that is its rule, and a way lets her.

    `named` are the ways to pay that the pick takes of its group's; None: all.
    """
    if not pays_now(pick=pick, group=group, price_can_fall=price_can_fall):
        return False
    return can_be_paid_at_once(ways_taken(group_ways, named, now=True))


def still_to_come(facts: Facts) -> int:
    """What must still be paid for goods to be kept; what is claimed to be paid waits for the curator."""
    return max(0, reckon(facts).outstanding_amount - facts.claimed_amount)


def hold_after(
    *,
    before: Mapping[int, int],
    lines: Mapping[int, int],
    earlier: Held | None,
    to_come_amount: int,
    until: datetime,
) -> Held | None:
    """What is held for an order that has changed; None: nothing.

    Time begins with the first piece that is not paid for; a further change does not prolong it. What was
    ordered without a hold stays without one.
    """
    earlier = earlier if before else None
    keeps = kept_of(earlier.keeps if earlier else before, lines)
    if to_come_amount <= 0 or sum(lines.values()) <= sum(keeps.values()):
        return None
    return Held(keeps, earlier.expires_at if earlier else until)


def kept_of(keeps: Mapping[int, int], lines: Mapping[int, int]) -> dict[int, int]:
    """As many pieces as are kept, of the kinds that are ordered now: those that were meant before others."""
    kept = {key: min(count, lines[key]) for key, count in keeps.items() if count and lines.get(key)}
    return _filled_up(kept, lines, most=sum(keeps.values()))


def falls_back_to(held: Held, lines: Mapping[int, int], *, paid_quantity: int) -> dict[int, int]:
    """What an order holds once its time is over: what it was to keep, and no less than is paid for."""
    kept = kept_of(held.keeps, lines)
    return _filled_up(kept, lines, most=max(paid_quantity, sum(kept.values())))


def comes_back(lapsed: Mapping[int, int], *, paid_quantity: int) -> dict[int, int]:
    """As many of the pieces that have lapsed as were paid for after all."""
    return _filled_up({}, lapsed, most=paid_quantity)


def whole_minutes(until: datetime, *, now: datetime) -> int:
    """How many whole minutes are left, rounded down, so that nobody is promised too much."""
    return max(0, int((until - now) / timedelta(minutes=1)))


def _filled_up(kept: Mapping[int, int], lines: Mapping[int, int], *, most: int) -> dict[int, int]:
    filled = dict(kept)
    for key, count in sorted(lines.items()):
        more = min(most - sum(filled.values()), count - filled.get(key, 0))
        if more > 0:
            filled[key] = filled.get(key, 0) + more
    return filled
