"""What looks like abuse of rewards, and when the same is worth a second look; a person decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from bot.flag_errors import FlagNoteMissing
from bot.rules.refunds import read_note
from bot.rules.typed_text import says_something
from storage.states import FlagKind, FlagOutcome

LOOKED_BACK: Final = timedelta(days=90)
"""How far back rewarded orders count for who buys from whom."""

RING_ORDERS: Final = 2
"""So many rewarded orders at least, from each to the next, make a ring of people."""

RING_PERCENT: Final = 80
"""What of somebody's rewarded orders must be on one person's word, for it to be hers only."""

PAYER_BUYERS: Final = 3
"""One person may pay for so many others, less one, whose orders earn the same person a reward."""

BURST_PEOPLE: Final = 10
BURST_WITHIN: Final = timedelta(hours=1)
"""So many people brought by one person within this time are many."""

MOST_GUESSES: Final = 20
"""So many wrong codes within a day are no slips of the finger."""


@dataclass(frozen=True, kw_only=True)
class Edge:
    """So many orders of one person that earn another a reward; some of that is still to be paid, or none."""

    earner_id: int
    buyer_id: int
    orders: int
    is_pending: bool = True


@dataclass(frozen=True, kw_only=True)
class PaidFor:
    """Somebody paid for another's order, which earns a third, or herself, a reward."""

    earner_id: int
    buyer_id: int
    payer_id: int
    order_id: int


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody was brought into a group."""

    referrer_id: int
    person_id: int
    at: datetime
    has_ordered: bool = False
    has_left: bool = False


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A suspicion about one person; the weight grows with what speaks for it."""

    kind: FlagKind
    person_id: int
    weight: int
    other_id: int | None = None
    order_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def evidence(self) -> dict[str, Any]:
        """As it is kept."""
        return {**self.facts, "weight": self.weight}


@dataclass(frozen=True, kw_only=True)
class Known:
    """The newest flag of the same kind about the same people: its weight, and what was decided of it."""

    weight: int
    is_settled: bool
    outcome: FlagOutcome | None = None


def is_news(finding: Finding, known: Known | None) -> bool:
    """Whether a finding is to be written down, beside what is known already.

    What was found to be fine is looked at again when it has doubled, what is watched when there is any more;
    where rewards are withheld there is nothing more to decide.
    """
    if known is None or not known.is_settled:
        return known is None or finding.weight != known.weight
    if known.outcome is FlagOutcome.WITHHOLD:
        return False
    enough = known.weight + 1 if known.outcome is FlagOutcome.WATCH else 2 * known.weight
    return finding.weight >= enough


def checked_note(text: str) -> str:
    """Why rewards are withheld, for whom it concerns, on one line. Raises FlagNoteMissing and NoteTooLong."""
    if not says_something(text):
        raise FlagNoteMissing
    return read_note(text)


def rings(edges: Iterable[Edge]) -> list[Finding]:
    """People who buy on each other's word only: two, or a loop of more; one finding for each of them."""
    found: list[Finding] = []
    for ring, orders in _rings(list(edges)):
        kind = FlagKind.CLOSED_PAIR if len(ring) == 2 else FlagKind.LOOP
        first = min(ring)
        for person_id in sorted(ring):
            # Every other one is named by the first, who stands for the whole ring in lists.
            other = max(ring) if person_id == first and kind is FlagKind.CLOSED_PAIR else first
            found.append(
                Finding(
                    kind=kind,
                    person_id=person_id,
                    other_id=None if other == person_id else other,
                    weight=orders,
                    facts={"people": sorted(ring), "orders": orders},
                )
            )
    return found


def self_referrals(paid: Iterable[PaidFor]) -> list[Finding]:
    """People who paid for the very orders that earn them a reward."""
    own = sorted(
        (one for one in paid if one.payer_id == one.earner_id),
        key=lambda one: (one.earner_id, one.buyer_id, one.order_id),
    )
    found = []
    for (earner_id, buyer_id), group in groupby(own, key=lambda one: (one.earner_id, one.buyer_id)):
        orders = sorted({one.order_id for one in group})
        found.append(
            Finding(
                kind=FlagKind.SELF_REFERRAL,
                person_id=earner_id,
                other_id=buyer_id,
                order_id=orders[-1],
                weight=len(orders),
                facts={"orders": len(orders)},
            )
        )
    return found


def one_payers(paid: Iterable[PaidFor]) -> list[Finding]:
    """People whose rewards come from many buyers for whom one other person paid."""
    others = sorted(
        (one for one in paid if one.payer_id != one.earner_id),
        key=lambda one: (one.earner_id, one.payer_id, one.order_id),
    )
    found = []
    for (earner_id, payer_id), group in groupby(others, key=lambda one: (one.earner_id, one.payer_id)):
        rows = list(group)
        buyers = sorted({one.buyer_id for one in rows})
        if len(buyers) < PAYER_BUYERS:
            continue
        orders = sorted({one.order_id for one in rows})
        found.append(
            Finding(
                kind=FlagKind.ONE_PAYER,
                person_id=earner_id,
                other_id=payer_id,
                order_id=orders[-1],
                weight=len(buyers),
                facts={"people": buyers, "orders": len(orders)},
            )
        )
    return found


def bursts(arrivals: Iterable[Arrival]) -> list[Finding]:
    """People who brought many at once: the fullest hour of each."""
    ordered = sorted(arrivals, key=lambda one: (one.referrer_id, one.at, one.person_id))
    found = []
    for referrer_id, group in groupby(ordered, key=lambda one: one.referrer_id):
        fullest = _fullest(list(group))
        if len(fullest) < BURST_PEOPLE:
            continue
        minutes = -(-(fullest[-1].at - fullest[0].at) // timedelta(minutes=1))
        found.append(
            Finding(
                kind=FlagKind.BURST,
                person_id=referrer_id,
                weight=len(fullest),
                facts={
                    "brought": len(fullest),
                    "minutes": max(1, minutes),
                    "ordered": sum(one.has_ordered for one in fullest),
                    "left": sum(one.has_left for one in fullest),
                },
            )
        )
    return found


def guessers(guesses: Mapping[int, int]) -> list[Finding]:
    """People who tried too many wrong codes within a day, by how many."""
    return [
        Finding(kind=FlagKind.COUPON_GUESSES, person_id=person_id, weight=count, facts={"guesses": count})
        for person_id, count in sorted(guesses.items())
        if count >= MOST_GUESSES
    ]


def _rings(edges: Sequence[Edge]) -> list[tuple[list[int], int]]:
    """Each ring with the number of orders in it; whoever has nothing more to get makes none."""
    bought: dict[int, int] = {}
    for edge in edges:
        bought[edge.buyer_id] = bought.get(edge.buyer_id, 0) + edge.orders
    # With more than half on one person's word there is at most one such person: the rest is following names.
    word_of = {
        edge.buyer_id: edge
        for edge in edges
        if edge.orders >= RING_ORDERS and edge.orders * 100 >= RING_PERCENT * bought[edge.buyer_id]
    }
    found, seen = [], set[int]()
    for start in sorted(word_of):
        path: list[int] = []
        at = start
        while at in word_of and at not in seen:
            seen.add(at)
            path.append(at)
            at = word_of[at].earner_id
        if at in path:
            ring = path[path.index(at) :]
            if any(word_of[one].is_pending for one in ring):
                found.append((ring, sum(word_of[one].orders for one in ring)))
    return found


def _fullest(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    best: Sequence[Arrival] = arrivals[:0]
    first = 0
    for last, one in enumerate(arrivals):
        while one.at - arrivals[first].at > BURST_WITHIN:
            first += 1
        if last + 1 - first > len(best):
            best = arrivals[first : last + 1]
    return best
