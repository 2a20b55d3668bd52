"""What an order may hold."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.carrying_errors import PortionSold, TakesNoMore
from bot.errors import (
    ButtonOutdated,
    NothingOrdered,
    PickClosed,
    QuantityTooLarge,
    ShopError,
    SoldOut,
    VariantMissing,
)
from bot.rules.orders import MOST_PER_PERSON, Ask, Shelf, Stall, decide
from storage.states import OrderEventKind, PickState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
RED, BLUE = 1, 2

PLACED, AMENDED, CANCELLED = OrderEventKind.PLACED, OrderEventKind.AMENDED, OrderEventKind.CANCELLED


def stall(
    *,
    red: int | None = 10,
    blue: int | None = None,
    only_red: bool = False,
    state: PickState = PickState.LIVE,
    closes_at: datetime = NOW + timedelta(hours=1),
    is_ended: bool = False,
    room: int | None = None,
) -> Stall:
    shelves = {RED: Shelf(name="red", stock=red, sold=0), BLUE: Shelf(name="blue", stock=blue, sold=0)}
    if only_red:
        del shelves[BLUE]
    return Stall(number=3, state=state, closes_at=closes_at, shelves=shelves, is_ended=is_ended, room=room)


def change(*items: tuple[int | None, int]) -> Ask:
    return Ask(action="change", items=items)


def exactly(*items: tuple[int | None, int]) -> Ask:
    return Ask(action="set", items=items)


CANCEL, NOTHING = Ask(action="cancel"), Ask(action="nothing")


@pytest.mark.parametrize(
    ("ask", "before", "undo", "after", "changes", "kind"),
    [
        (change((RED, 2)), {}, {}, {RED: 2}, {RED: 2}, PLACED),
        (change((RED, 2)), {RED: 1}, {}, {RED: 3}, {RED: 2}, AMENDED),
        (change((RED, -1)), {RED: 3}, {}, {RED: 2}, {RED: -1}, AMENDED),
        (change((RED, -9)), {RED: 3}, {}, {}, {RED: -3}, CANCELLED),
        (change((RED, 1), (BLUE, 2)), {}, {}, {RED: 1, BLUE: 2}, {RED: 1, BLUE: 2}, PLACED),
        (change((RED, 1), (RED, 2)), {}, {}, {RED: 3}, {RED: 3}, PLACED),
        (change((RED, -1), (BLUE, 1)), {RED: 1}, {}, {BLUE: 1}, {RED: -1, BLUE: 1}, AMENDED),
        # What is lessened without a name is the only variant that she has.
        (change((None, -1)), {BLUE: 2}, {}, {BLUE: 1}, {BLUE: -1}, AMENDED),
        (exactly((RED, 5)), {RED: 2}, {}, {RED: 5}, {RED: 3}, AMENDED),
        (exactly((RED, 2)), {RED: 2}, {}, {RED: 2}, {}, AMENDED),
        (exactly((RED, 0)), {RED: 2}, {}, {}, {RED: -2}, CANCELLED),
        (exactly((RED, 0)), {}, {}, {}, {}, AMENDED),
        (exactly((RED, 1)), {RED: 2, BLUE: 1}, {}, {RED: 1, BLUE: 1}, {RED: -1}, AMENDED),
        (CANCEL, {RED: 2, BLUE: 1}, {}, {}, {RED: -2, BLUE: -1}, CANCELLED),
        # An amended message first takes back what it had changed.
        (change((RED, 3)), {RED: 2}, {RED: 2}, {RED: 3}, {RED: 1}, AMENDED),
        (change((BLUE, 1)), {RED: 2}, {RED: 2}, {BLUE: 1}, {RED: -2, BLUE: 1}, AMENDED),
        (change((RED, 3)), {RED: 1}, {RED: 2}, {RED: 3}, {RED: 2}, AMENDED),
        (exactly((RED, 1)), {RED: 2}, {RED: -3}, {RED: 1}, {RED: -1}, AMENDED),
        (NOTHING, {RED: 3}, {RED: 2}, {RED: 1}, {RED: -2}, AMENDED),
        (NOTHING, {RED: 2}, {RED: 2}, {}, {RED: -2}, CANCELLED),
        (NOTHING, {RED: 2}, {RED: -1, BLUE: 1}, {RED: 3}, {RED: 1}, AMENDED),
        (NOTHING, {RED: 2}, {}, {RED: 2}, {}, AMENDED),
    ],
)
def test_what_an_order_holds_afterwards(
    ask: Ask,
    before: dict[int, int],
    undo: dict[int, int],
    after: dict[int, int],
    changes: dict[int, int],
    kind: OrderEventKind,
) -> None:
    decision = decide(ask, stall=stall(), lines=before, now=NOW, undo=undo)
    assert (decision.lines, decision.changes, decision.kind) == (after, changes, kind)


def test_the_sole_variant_needs_no_name() -> None:
    decision = decide(change((None, 2)), stall=stall(only_red=True), lines={}, now=NOW)
    assert decision.lines == {RED: 2}


@pytest.mark.parametrize(
    ("ask", "before", "refusal"),
    [
        (change((None, 1)), {}, VariantMissing),
        (change((None, 1)), {RED: 1}, VariantMissing),
        (change((None, -1)), {RED: 1, BLUE: 1}, VariantMissing),
        (exactly((None, 1)), {RED: 1}, VariantMissing),
        (change((99, 1)), {}, ButtonOutdated),
        (change((RED, -1)), {}, NothingOrdered),
        (change((RED, -1)), {BLUE: 1}, NothingOrdered),
        (CANCEL, {}, NothingOrdered),
        (change((RED, 11)), {}, SoldOut),
        (exactly((RED, 14)), {RED: 3}, SoldOut),
        (change((BLUE, MOST_PER_PERSON + 1)), {}, QuantityTooLarge),
        (change((BLUE, 1)), {BLUE: MOST_PER_PERSON}, QuantityTooLarge),
        (exactly((BLUE, 10**12)), {}, QuantityTooLarge),
    ],
)
def test_what_is_refused(ask: Ask, before: dict[int, int], refusal: type[ShopError]) -> None:
    with pytest.raises(refusal):
        decide(ask, stall=stall(), lines=before, now=NOW)


@pytest.mark.parametrize("state", [state for state in PickState if state is not PickState.LIVE])
def test_only_a_live_pick_takes_orders(state: PickState) -> None:
    with pytest.raises(PickClosed) as refusal:
        decide(change((RED, 1)), stall=stall(state=state), lines={}, now=NOW)
    assert refusal.value.number == 3


@pytest.mark.parametrize(("seconds", "is_open"), [(1, True), (0, False), (-1, False)])
def test_a_pick_is_open_up_to_its_deadline(seconds: int, is_open: bool) -> None:
    closing = stall(closes_at=NOW + timedelta(seconds=seconds))
    if is_open:
        assert decide(change((RED, 1)), stall=closing, lines={}, now=NOW).lines == {RED: 1}
    else:
        with pytest.raises(PickClosed):
            decide(change((RED, 1)), stall=closing, lines={}, now=NOW)


def test_what_is_taken_is_gone_for_the_next() -> None:
    shared = stall(red=3)
    shared.take(decide(change((RED, 2)), stall=shared, lines={}, now=NOW).changes)
    assert shared.shelves[RED].left == 1
    assert shared.shelves[BLUE].left is None
    with pytest.raises(SoldOut) as refusal:
        decide(change((RED, 2)), stall=shared, lines={}, now=NOW)
    assert (refusal.value.variant, refusal.value.left) == ("red", 1)


def test_what_is_given_back_needs_no_room() -> None:
    empty = stall(red=0)
    assert decide(change((RED, -1)), stall=empty, lines={RED: 2}, now=NOW).changes == {RED: -1}


def test_of_what_a_group_stopped_selling_nobody_gets_more_and_whoever_wants_out_gets_out() -> None:
    ended = stall(is_ended=True)
    with pytest.raises(TakesNoMore):
        decide(change((RED, 1)), stall=ended, lines={}, now=NOW)
    with pytest.raises(TakesNoMore):
        decide(change((RED, -1), (BLUE, 1)), stall=ended, lines={RED: 1}, now=NOW)
    assert decide(change((RED, -1)), stall=ended, lines={RED: 2}, now=NOW).lines == {RED: 1}
    assert decide(CANCEL, stall=ended, lines={RED: 2}, now=NOW).lines == {}


def test_a_group_sells_no_more_than_its_portion_of_all_kinds_together() -> None:
    few = stall(room=2)
    with pytest.raises(PortionSold) as refused:
        decide(change((RED, 1), (BLUE, 2)), stall=few, lines={}, now=NOW)
    assert refused.value.left == 2
    taken = decide(change((RED, 1), (BLUE, 1)), stall=few, lines={}, now=NOW)
    few.take(taken.changes)
    assert few.room == 0
    with pytest.raises(PortionSold):
        decide(change((RED, 1)), stall=few, lines={}, now=NOW)
    assert decide(change((RED, -1), (BLUE, 1)), stall=few, lines={RED: 1}, now=NOW).lines == {BLUE: 1}
    few.take({RED: -1})
    assert decide(change((BLUE, 1)), stall=few, lines={}, now=NOW).lines == {BLUE: 1}
