"""What a carried order comes to, from the facts alone."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.carried_order_errors import ReceivedUnreadable
from bot.rules import ledger
from bot.rules.carried_orders import NOTHING, Parts, parts_of, read_received
from storage.states import FulfilmentState, OrderState

AMOUNTS = st.integers(0, 10**12)
BPS = st.integers(0, 10_000)


class Facts(NamedTuple):
    """An order whose goods were received for 10.00, but for what is named."""

    order_state: OrderState = OrderState.COMPLETED
    fulfilment_state: FulfilmentState = FulfilmentState.HANDED_OVER
    lines_amount: int = 1_000
    fee_amount: int = 0
    discount_amount: int = 0
    received_amount: int = 0
    claimed_amount: int = 0
    refunded_amount: int = 0
    refund_due_amount: int = 0
    goodwill_amount: int = 0


@pytest.mark.parametrize(
    ("facts", "parts"),
    [
        (Facts(), Parts(1_000, 80)),
        (Facts(received_amount=1_000), Parts(1_000, 80)),
        (Facts(order_state=OrderState.PLACED), NOTHING),
        (Facts(order_state=OrderState.CONFIRMED), NOTHING),
        (Facts(order_state=OrderState.CANCELLED, lines_amount=0), NOTHING),
        (Facts(fulfilment_state=FulfilmentState.RETURNED), NOTHING),
        (Facts(lines_amount=999), Parts(999, 79)),
        (Facts(fee_amount=300), Parts(1_000, 80)),
        (Facts(discount_amount=400), Parts(1_000, 80)),
        (Facts(discount_amount=1_000, goodwill_amount=50), Parts(1_000, 80)),
        (Facts(goodwill_amount=250), Parts(750, 60)),
        (Facts(discount_amount=200, goodwill_amount=400), Parts(500, 40)),
        (Facts(goodwill_amount=1_200, fee_amount=200), NOTHING),
        (Facts(order_state=OrderState.NEEDS_REVIEW), None),
    ],
)
def test_what_was_received_and_kept_counts(facts: Facts, parts: Parts | None) -> None:
    assert parts_of(facts, share_bps=800) == parts


@given(goods=AMOUNTS, bps=BPS, data=st.data())
def test_nobody_gets_more_than_there_is_and_less_never_gives_more(
    goods: int, bps: int, data: st.DataObject
) -> None:
    discount = data.draw(st.integers(0, goods))
    some, more = sorted(data.draw(st.lists(st.integers(0, goods), min_size=2, max_size=2)))
    facts = Facts(lines_amount=goods, discount_amount=discount)
    first = parts_of(facts._replace(goodwill_amount=some), share_bps=bps)
    second = parts_of(facts._replace(goodwill_amount=more), share_bps=bps)
    assert first is not None
    assert second is not None
    assert 0 <= second.share_amount <= second.goods_amount <= first.goods_amount <= goods
    assert second.share_amount <= first.share_amount
    assert second.goods_amount - second.share_amount <= first.goods_amount - first.share_amount


@given(goods=st.integers(-(10**12), 10**12), share=st.integers(-(10**12), 10**12))
def test_each_book_balances_and_both_say_the_same(goods: int, share: int) -> None:
    postings = ledger.supply(goods, share, "EUR")
    for book in (postings, ledger.mirrored(postings), ledger.supply_paid(goods, "EUR")):
        assert sum(posting.amount for posting in book) == 0
    assert ledger.mirrored(ledger.mirrored(postings)) == postings
    assert ledger.supply(-goods, -share, "EUR") == ledger.mirrored(postings)


def test_an_amount_is_read_in_the_currency_of_what_was_sold() -> None:
    assert read_received("27.43", "EUR") == read_received("27,43 €", "EUR") == 2743
    assert read_received("120 000 000", "VND") == 120_000_000
    for nonsense in ("", "a lot", "-5", "0", "27.43 USD", "1 2 3.4.5"):
        with pytest.raises(ReceivedUnreadable):
            read_received(nonsense, "EUR")
