"""What looks like abuse of rewards: rings, own payments, one payer for many, bursts, guesses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flag_errors import FlagNoteMissing
from bot.payment_errors import NoteTooLong
from bot.rules.flags import (
    BURST_PEOPLE,
    Arrival,
    Edge,
    Finding,
    Known,
    PaidFor,
    bursts,
    checked_note,
    guessers,
    is_news,
    one_payers,
    rings,
    self_referrals,
)
from storage.states import FlagKind, FlagOutcome

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANN, BEN, LIN, MEI, ROB = 11, 12, 13, 14, 15


def edge(earner: int, buyer: int, orders: int = 2, *, is_pending: bool = True) -> Edge:
    return Edge(earner_id=earner, buyer_id=buyer, orders=orders, is_pending=is_pending)


def paid(earner: int, buyer: int, payer: int, order: int) -> PaidFor:
    return PaidFor(earner_id=earner, buyer_id=buyer, payer_id=payer, order_id=order)


def test_two_who_buy_only_from_each_other_are_a_pair_and_each_is_named() -> None:
    found = rings([edge(ANN, BEN), edge(BEN, ANN, 3)])
    assert [(one.kind, one.person_id, one.other_id, one.weight) for one in found] == [
        (FlagKind.CLOSED_PAIR, ANN, BEN, 5),
        (FlagKind.CLOSED_PAIR, BEN, ANN, 5),
    ]
    assert found[0].evidence == {"people": [ANN, BEN], "orders": 5, "weight": 5}


def test_three_in_a_row_that_bites_its_tail_are_a_loop_and_the_first_stands_for_it() -> None:
    found = rings([edge(ANN, BEN), edge(BEN, LIN), edge(LIN, ANN), edge(ANN, MEI, 9)])
    assert [(one.kind, one.person_id, one.other_id) for one in found] == [
        (FlagKind.LOOP, ANN, None),
        (FlagKind.LOOP, BEN, ANN),
        (FlagKind.LOOP, LIN, ANN),
    ]


@pytest.mark.parametrize(
    "edges",
    [
        [edge(ANN, BEN), edge(BEN, LIN), edge(LIN, MEI)],
        [edge(ANN, BEN, 1), edge(BEN, ANN, 1)],
        [edge(ANN, BEN, 8), edge(BEN, ANN, 2), edge(LIN, ANN, 2)],
        [edge(ANN, BEN, is_pending=False), edge(BEN, ANN, is_pending=False)],
        [],
    ],
    ids=["a chain", "once each", "Ann buys from Lin as well", "nothing is to come", "nothing"],
)
def test_what_is_no_ring(edges: list[Edge]) -> None:
    assert rings(edges) == []


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] != pair[1]),
        st.integers(1, 6),
        max_size=30,
    )
)
def test_whoever_is_in_a_ring_buys_on_the_word_of_the_next(orders: dict[tuple[int, int], int]) -> None:
    found = rings([edge(earner, buyer, count) for (earner, buyer), count in orders.items()])
    assert len({one.person_id for one in found}) == len(found), "nobody is in two rings"
    for one in found:
        people = one.facts["people"]
        bought = {who: count for (who, buyer), count in orders.items() if buyer == one.person_id}
        assert sum(count for who, count in bought.items() if who in people) * 100 >= 80 * sum(bought.values())
        assert one.person_id in people
        assert one.other_id in {None, *people} - {one.person_id}


def test_whoever_pays_for_the_order_that_rewards_her_is_named_once_a_buyer() -> None:
    found = self_referrals([paid(ANN, BEN, ANN, 1), paid(ANN, BEN, ANN, 2), paid(ANN, LIN, MEI, 3)])
    assert [(one.person_id, one.other_id, one.order_id, one.weight) for one in found] == [(ANN, BEN, 2, 2)]


def test_one_purse_for_many_buyers_is_odd_but_for_two_it_is_not() -> None:
    rows = [paid(ANN, BEN, ROB, 1), paid(ANN, LIN, ROB, 2), paid(ANN, BEN, ROB, 3)]
    assert one_payers(rows) == []
    (found,) = one_payers([*rows, paid(ANN, MEI, ROB, 4), paid(ANN, ROB + 1, ANN, 5)])
    assert (found.person_id, found.other_id, found.weight) == (ANN, ROB, 3)
    assert found.evidence == {"people": [BEN, LIN, MEI], "orders": 4, "weight": 3}


def test_the_fullest_hour_counts_and_not_the_sum_of_days() -> None:
    slow = [Arrival(referrer_id=ANN, person_id=n, at=NOW + n * timedelta(minutes=7)) for n in range(40)]
    assert bursts(slow) == []
    quick = [
        Arrival(
            referrer_id=BEN,
            person_id=n,
            at=NOW + n * timedelta(minutes=6),
            has_ordered=n == 3,
            has_left=n > 7,
        )
        for n in range(BURST_PEOPLE)
    ]
    (found,) = bursts([*slow, *quick])
    assert (found.person_id, found.weight) == (BEN, BURST_PEOPLE)
    assert found.facts == {"brought": BURST_PEOPLE, "minutes": 54, "ordered": 1, "left": 2}


def test_twenty_wrong_codes_are_no_slips_of_the_finger() -> None:
    assert [one.person_id for one in guessers({ANN: 19, BEN: 20})] == [BEN]


@pytest.mark.parametrize(
    ("weight", "known", "is_new"),
    [
        (3, None, True),
        (3, Known(weight=3, is_settled=False), False),
        (4, Known(weight=3, is_settled=False), True),
        (5, Known(weight=3, is_settled=True, outcome=FlagOutcome.FINE), False),
        (6, Known(weight=3, is_settled=True, outcome=FlagOutcome.FINE), True),
        (3, Known(weight=3, is_settled=True, outcome=FlagOutcome.WATCH), False),
        (4, Known(weight=3, is_settled=True, outcome=FlagOutcome.WATCH), True),
        (99, Known(weight=3, is_settled=True, outcome=FlagOutcome.WITHHOLD), False),
    ],
)
def test_the_same_is_not_asked_again_and_again(weight: int, known: Known | None, is_new: bool) -> None:
    finding = Finding(kind=FlagKind.BURST, person_id=ANN, weight=weight)
    assert is_news(finding, known) is is_new


def test_a_note_has_words() -> None:
    assert checked_note(" They are\none person. ") == "They are one person."
    with pytest.raises(FlagNoteMissing):
        checked_note(" \u200b… ")
    with pytest.raises(NoteTooLong):
        checked_note("word " * 1000)
