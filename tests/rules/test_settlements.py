"""What an order's money comes to, and how it goes back."""

from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.settlements import Back, Given, Reckoning, backs, costs_of, reckon
from storage.states import FulfilmentState, OrderState, PaymentMethod, PaymentState

PLACED, CONFIRMED, COMPLETED, CANCELLED, IN_REVIEW = (
    OrderState.PLACED,
    OrderState.CONFIRMED,
    OrderState.COMPLETED,
    OrderState.CANCELLED,
    OrderState.NEEDS_REVIEW,
)
UNPAID, CLAIMED, PAID, REFUND_DUE, REFUNDED = (
    PaymentState.UNPAID,
    PaymentState.CLAIMED,
    PaymentState.PAID,
    PaymentState.REFUND_DUE,
    PaymentState.REFUNDED,
)
TRANSFER, CARD, STARS, CASH, CREDIT = (
    PaymentMethod.TRANSFER,
    PaymentMethod.CARD,
    PaymentMethod.STARS,
    PaymentMethod.CASH,
    PaymentMethod.CREDIT,
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    order_state: OrderState = CONFIRMED
    fulfilment_state: FulfilmentState = FulfilmentState.WAITING
    lines_amount: int = 1000
    fee_amount: int = 0
    discount_amount: int = 0
    received_amount: int = 0
    claimed_amount: int = 0
    refunded_amount: int = 0
    refund_due_amount: int = 0
    goodwill_amount: int = 0


def reckoned(
    facts: Facts, *, charged: int | None = 1000, owes: int = 0, over: int = 0, state: PaymentState
) -> None:
    assert reckon(facts) == Reckoning(
        charged_amount=charged, outstanding_amount=owes, overpaid_amount=over, state=state
    )


def test_what_came_back_costs_nothing() -> None:
    back = Facts(order_state=COMPLETED, fulfilment_state=FulfilmentState.RETURNED, fee_amount=200)
    reckoned(back, charged=0, state=UNPAID)
    reckoned(replace(back, received_amount=900), charged=0, over=900, state=REFUND_DUE)
    given = replace(back, received_amount=1200, goodwill_amount=300, refunded_amount=300)
    reckoned(given, charged=0, over=900, state=REFUND_DUE)
    reckoned(replace(given, refunded_amount=1200), charged=0, state=REFUNDED)


def test_an_order_that_nobody_paid_is_owed() -> None:
    reckoned(Facts(), owes=1000, state=UNPAID)


@pytest.mark.parametrize("state", [CONFIRMED, COMPLETED])
def test_what_is_settled_is_charged(state: OrderState) -> None:
    reckoned(Facts(order_state=state), owes=1000, state=UNPAID)


def test_before_the_close_nothing_is_charged_and_all_may_be_paid() -> None:
    reckoned(Facts(order_state=PLACED), charged=0, owes=1000, state=UNPAID)
    reckoned(Facts(order_state=PLACED, received_amount=1000), charged=0, state=PAID)


def test_a_cancelled_order_costs_nothing_and_everything_goes_back() -> None:
    reckoned(Facts(order_state=CANCELLED, lines_amount=0), charged=0, state=UNPAID)
    paid = Facts(order_state=CANCELLED, lines_amount=0, received_amount=1000)
    reckoned(paid, charged=0, over=1000, state=REFUND_DUE)
    reckoned(replace(paid, refund_due_amount=1000), charged=0, state=REFUND_DUE)
    reckoned(replace(paid, refunded_amount=1000), charged=0, state=REFUNDED)


def test_lines_of_a_cancelled_order_cost_nothing_either() -> None:
    reckoned(Facts(order_state=CANCELLED, lines_amount=1000), charged=0, state=UNPAID)


def test_a_part_leaves_the_rest_to_be_paid() -> None:
    reckoned(Facts(received_amount=999), owes=1, state=UNPAID)
    reckoned(Facts(received_amount=1000), state=PAID)
    reckoned(Facts(received_amount=1001), over=1, state=REFUND_DUE)


def test_what_is_claimed_waits_unless_all_is_paid() -> None:
    reckoned(Facts(claimed_amount=1000), owes=1000, state=CLAIMED)
    reckoned(Facts(claimed_amount=1, received_amount=999), owes=1, state=CLAIMED)
    reckoned(Facts(claimed_amount=1000, received_amount=1000), state=PAID)
    reckoned(Facts(claimed_amount=1000, order_state=CANCELLED, lines_amount=0), charged=0, state=UNPAID)


def test_what_is_owed_back_is_held_no_more() -> None:
    reckoned(Facts(received_amount=1500, refund_due_amount=500), state=REFUND_DUE)
    reckoned(Facts(received_amount=1500, refunded_amount=500), state=PAID)
    reckoned(Facts(received_amount=1000, refunded_amount=1000), owes=1000, state=UNPAID)
    reckoned(Facts(received_amount=1000, refund_due_amount=300), owes=300, state=REFUND_DUE)
    reckoned(Facts(received_amount=1000, refund_due_amount=300, claimed_amount=300), owes=300, state=CLAIMED)


def test_good_will_lowers_what_an_order_costs() -> None:
    given = Facts(received_amount=1000, refund_due_amount=300, goodwill_amount=300)
    reckoned(given, charged=700, state=REFUND_DUE)
    done = replace(given, refund_due_amount=0, refunded_amount=300)
    reckoned(done, charged=700, state=PAID)
    reckoned(replace(done, lines_amount=800), charged=500, over=200, state=REFUND_DUE)


def test_good_will_for_all_of_it_pays_all_of_it() -> None:
    reckoned(
        Facts(received_amount=1000, refunded_amount=1000, goodwill_amount=1000), charged=0, state=REFUNDED
    )
    reckoned(
        Facts(received_amount=1000, refunded_amount=1000, goodwill_amount=1000, lines_amount=400),
        charged=0,
        state=REFUNDED,
    )


def test_an_order_that_costs_nothing_is_not_paid() -> None:
    reckoned(Facts(lines_amount=0), charged=0, state=UNPAID)


def test_nothing_moves_by_itself_in_review() -> None:
    reckoned(Facts(order_state=IN_REVIEW), charged=None, owes=1000, state=UNPAID)
    reckoned(Facts(order_state=IN_REVIEW, received_amount=2500), charged=None, state=REFUND_DUE)
    reckoned(Facts(order_state=IN_REVIEW, received_amount=1000), charged=None, state=PAID)


amounts = st.integers(min_value=0, max_value=10**12)


@given(
    facts=st.builds(
        Facts,
        order_state=st.sampled_from(OrderState),
        lines_amount=amounts,
        received_amount=amounts,
        claimed_amount=amounts,
        refunded_amount=amounts,
        refund_due_amount=amounts,
        goodwill_amount=amounts,
    )
)
def test_who_owes_is_owed_nothing_and_giving_back_settles_it(facts: Facts) -> None:
    reckoning = reckon(facts)
    assert reckoning.outstanding_amount >= 0
    assert reckoning.overpaid_amount >= 0
    assert not (reckoning.outstanding_amount and reckoning.overpaid_amount)
    after = replace(facts, refund_due_amount=facts.refund_due_amount + reckoning.overpaid_amount)
    again = reckon(after)
    assert again.overpaid_amount == 0
    assert again.outstanding_amount == reckoning.outstanding_amount
    if reckoning.overpaid_amount:
        assert again.state is reckoning.state is REFUND_DUE


def of(key: int, method: PaymentMethod, amount: int, left: int | None = None) -> Given:
    return Given(key, method, amount, amount if left is None else left)


def test_the_newest_payment_goes_back_first_by_the_way_it_came() -> None:
    paid = [of(1, CASH, 500), of(3, CREDIT, 200), of(2, CARD, 300)]
    assert backs(600, paid) == [Back(3, CREDIT, 200), Back(2, CARD, 300), Back(1, CASH, 100)]
    assert backs(200, paid) == [Back(3, CREDIT, 200)]
    assert backs(1000, paid) == [Back(3, CREDIT, 200), Back(2, CARD, 300), Back(1, CASH, 500)]


def test_nothing_goes_back_of_nothing() -> None:
    assert backs(0, [of(1, CASH, 500)]) == []
    assert backs(0, []) == []


def test_what_has_gone_back_does_not_go_again() -> None:
    assert backs(150, [of(2, CASH, 500, 0), of(1, TRANSFER, 500, 200)]) == [Back(1, TRANSFER, 150)]
    assert backs(1, [of(2, CASH, 500, -5), of(1, TRANSFER, 500, 1)]) == [Back(1, TRANSFER, 1)]


def test_stars_go_back_whole_or_by_hand() -> None:
    assert backs(500, [of(1, STARS, 500)]) == [Back(1, STARS, 500)]
    assert backs(499, [of(1, STARS, 500)]) == [Back(1, TRANSFER, 499)]
    assert backs(300, [of(1, STARS, 500, 300)]) == [Back(1, TRANSFER, 300)]
    assert backs(600, [of(1, STARS, 500), of(2, STARS, 300)]) == [Back(2, STARS, 300), Back(1, TRANSFER, 300)]


@pytest.mark.parametrize(
    ("amount", "paid", "missing"), [(501, [of(1, CASH, 500)], 1), (1, [], 1), (9, [of(1, CASH, 5, 2)], 7)]
)
def test_more_than_there_is_does_not_go_back(amount: int, paid: list[Given], missing: int) -> None:
    with pytest.raises(ValueError, match=f"^{missing} more to give back than was paid$"):
        backs(amount, paid)


@given(
    paid=st.lists(
        st.tuples(st.sampled_from(PaymentMethod), st.integers(1, 1000), st.integers(0, 1000)), max_size=6
    ),
    share=st.integers(0, 100),
)
def test_exactly_so_much_goes_back_and_of_no_payment_more_than_is_left(
    paid: list[tuple[PaymentMethod, int, int]], share: int
) -> None:
    given = [of(key, method, amount, min(amount, left)) for key, (method, amount, left) in enumerate(paid, 1)]
    amount = sum(one.left_amount for one in given) * share // 100
    parts = backs(amount, given)
    lefts = {one.payment_id: one for one in given}
    assert sum(part.amount for part in parts) == amount
    assert len({part.payment_id for part in parts}) == len(parts)
    for part in parts:
        assert 0 < part.amount <= lefts[part.payment_id].left_amount
        if part.method is STARS:
            assert part.amount == lefts[part.payment_id].amount


def test_a_state_says_what_is_so() -> None:
    """Over all small amounts: each word means one thing."""
    small = (0, 1, 2)
    for lines, received, claimed, refunded, due in product(small, repeat=5):
        facts = Facts(
            lines_amount=lines,
            received_amount=received,
            claimed_amount=claimed,
            refunded_amount=refunded,
            refund_due_amount=due,
        )
        held = received - refunded - due
        state = reckon(facts).state
        if state is CLAIMED:
            assert claimed
            assert held < lines
        elif state is REFUND_DUE:
            assert due or held > lines
        elif state is PAID:
            assert not due
            assert held == lines > 0
        elif state is REFUNDED:
            assert not lines
            assert refunded
            assert not due
            assert held <= 0
        else:
            assert held < lines or not lines
            assert not due
            assert not (claimed and held < lines)


def test_an_order_costs_its_goods_and_the_way_to_them_less_what_is_taken_off() -> None:
    cheaper = Facts(fee_amount=200, discount_amount=150, goodwill_amount=50)
    reckoned(cheaper, charged=1000, owes=1000, state=UNPAID)
    reckoned(replace(cheaper, received_amount=1200), charged=1000, over=200, state=REFUND_DUE)
    reckoned(Facts(discount_amount=1000), charged=0, state=UNPAID)
    # One in review may have lost its goods: nothing is fetched then.
    assert costs_of(Facts(lines_amount=0, fee_amount=200)) == 0
    assert costs_of(replace(cheaper, order_state=CANCELLED)) == 0
