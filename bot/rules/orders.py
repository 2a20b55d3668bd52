"""What an order may hold: pure decisions on asks, stock and deadlines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from bot.carrying_errors import PortionSold, TakesNoMore
from bot.errors import (
    ButtonOutdated,
    NothingOrdered,
    PickClosed,
    QuantityTooLarge,
    SoldOut,
    VariantMissing,
)
from bot.pricing_errors import LimitReached
from bot.recall_errors import PickStopped
from storage.states import OrderEventKind, PickState

MOST_PER_PERSON = 1000
"""Of one variant; more is a slip of the finger."""


class Ask(NamedTuple):
    """What somebody asks for: to change by, to set to, or to cancel; a variant may go unnamed.

    An amended message first takes back what it had changed before (`undo`). An ask without action
    does only that.
    """

    action: Literal["change", "set", "cancel", "nothing"]
    items: tuple[tuple[int | None, int], ...] = ()


@dataclass(kw_only=True, slots=True)
class Shelf:
    """One variant while a batch is decided."""

    name: str
    stock: int | None
    sold: int

    @property
    def left(self) -> int | None:
        """How many may still be sold; None without limit."""
        return None if self.stock is None else self.stock - self.sold


@dataclass(kw_only=True, slots=True)
class Stall:
    """One pick while a batch is decided: whether it is open, its variants by key, its limit per person."""

    number: int
    state: PickState
    closes_at: datetime
    shelves: Mapping[int, Shelf]
    limit: int | None = None
    #: Something is wrong with what is sold: nobody gets more of it.
    is_stopped: bool = False
    #: Its group stopped selling it for another: nobody gets more of it here.
    is_ended: bool = False
    #: How many pieces its group may still sell of it, whatever the shelves hold; None without limit.
    room: int | None = None

    def take(self, changes: Mapping[int, int]) -> None:
        """Count what was decided."""
        for variant_id, change in changes.items():
            self.shelves[variant_id].sold += change
        if self.room is not None:
            self.room -= sum(changes.values())


class Decision(NamedTuple):
    """What the order holds from now on, and by how much each variant changed."""

    lines: Mapping[int, int]
    changes: Mapping[int, int]
    kind: OrderEventKind = OrderEventKind.AMENDED


def decide(
    ask: Ask,
    *,
    stall: Stall,
    lines: Mapping[int, int],
    now: datetime,
    undo: Mapping[int, int] | None = None,
    elsewhere: int = 0,
) -> Decision:
    """Decide one ask against a pick and what the person has ordered so far.

    `elsewhere` is what she has of the same offer in other groups. Raises PickClosed, PickStopped,
    TakesNoMore, ButtonOutdated, VariantMissing, NothingOrdered, QuantityTooLarge, LimitReached, PortionSold
    and SoldOut.
    """
    # What is stopped does not close; until it goes on, or ends, whoever wants out of it gets out.
    if stall.state is not PickState.LIVE or (now >= stall.closes_at and not stall.is_stopped):
        raise PickClosed(stall.number)
    wanted = _wanted(ask, stall=stall, lines=_taken_back(lines, undo) if undo else lines)
    changes = {
        key: change for key in sorted({*lines, *wanted}) if (change := wanted.get(key, 0) - lines.get(key, 0))
    }
    if max(changes.values(), default=0) > 0:
        _check_goes_on(stall, more=sum(changes.values()))
    if stall.limit is not None:
        _check_limit(stall.limit, sum(lines.values()), sum(wanted.values()), elsewhere)
    for variant_id, change in changes.items():
        if change > 0:
            _check_room(stall.shelves[variant_id], change=change, total=wanted[variant_id])
    return Decision(lines=wanted, changes=changes, kind=_kind(lines, wanted))


def _check_goes_on(stall: Stall, *, more: int) -> None:
    if stall.is_stopped:
        raise PickStopped(stall.number)
    if stall.is_ended:
        raise TakesNoMore(stall.number)
    # One kind for another takes nothing from what is left.
    if stall.room is not None and more > max(0, stall.room):
        raise PortionSold(max(0, stall.room))


def _taken_back(lines: Mapping[int, int], undo: Mapping[int, int]) -> dict[int, int]:
    left = {key: max(0, lines.get(key, 0) - undo.get(key, 0)) for key in {*lines, *undo}}
    return {key: count for key, count in left.items() if count}


def _wanted(ask: Ask, *, stall: Stall, lines: Mapping[int, int]) -> dict[int, int]:
    if ask.action == "nothing":
        return dict(lines)
    if ask.action == "cancel":
        if not lines:
            raise NothingOrdered(stall.number)
        return {}
    wanted = dict(lines)
    for named, quantity in ask.items:
        variant_id = _variant(
            named, stall=stall, lines=lines, lessens=ask.action == "change" and quantity < 0
        )
        held = wanted.get(variant_id, 0)
        if quantity < 0 and not held:
            raise NothingOrdered(stall.number)
        wanted[variant_id] = max(0, held + quantity) if ask.action == "change" else quantity
    return {key: count for key, count in wanted.items() if count}


def _variant(named: int | None, *, stall: Stall, lines: Mapping[int, int], lessens: bool) -> int:
    if named is not None:
        if named not in stall.shelves:
            raise ButtonOutdated
        return named
    candidates: Sequence[int] = list(stall.shelves)
    if len(candidates) > 1 and lessens and len(lines) == 1:
        candidates = list(lines)
    if len(candidates) != 1:
        raise VariantMissing(tuple(shelf.name for shelf in stall.shelves.values()))
    return candidates[0]


def _check_room(shelf: Shelf, *, change: int, total: int) -> None:
    if total > MOST_PER_PERSON:
        raise QuantityTooLarge(MOST_PER_PERSON)
    if shelf.left is not None and change > shelf.left:
        raise SoldOut(shelf.name, max(0, shelf.left))


def _check_limit(limit: int, held: int, wanted: int, elsewhere: int) -> None:
    # What was ordered before the limit may stay, and be exchanged, but not grow.
    if wanted > held and wanted + elsewhere > limit:
        raise LimitReached(limit, held + elsewhere)


def _kind(before: Mapping[int, int], wanted: Mapping[int, int]) -> OrderEventKind:
    if not before and wanted:
        return OrderEventKind.PLACED
    if before and not wanted:
        return OrderEventKind.CANCELLED
    return OrderEventKind.AMENDED
