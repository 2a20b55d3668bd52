"""What a receipt says of a price, and that it is read back as it was written down."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.rules.pricing import terms_of
from bot.rules.receipts import ReceiptFacts, ReceiptLine, ReceiptPrice, ReceiptSaving, price_of, rate_of
from storage.states import PriceBasis

HONEY = terms_of(1290, [(10, 1190), (30, 990)])


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (price_of(1290, HONEY, is_open=True), ReceiptPrice(PriceBasis.PRICE, 1290, 1290, None, True)),
        (price_of(1290, terms_of(1290), is_open=True), ReceiptPrice(PriceBasis.PRICE, 1290, 1290)),
        (price_of(990, HONEY, final_amount=990), ReceiptPrice(PriceBasis.TIER, 990, 1290, 30)),
        (price_of(1190, HONEY, final_amount=1190), ReceiptPrice(PriceBasis.TIER, 1190, 1290, 10)),
        (price_of(900, terms_of(1290), in_team=True), ReceiptPrice(PriceBasis.TEAM, 900, 1290)),
        # What was ordered before the price went up, open and closed.
        (
            price_of(1290, terms_of(1490), keeps_older=True, is_open=True),
            ReceiptPrice(PriceBasis.KEPT, 1290, 1490),
        ),
        (
            price_of(1290, terms_of(1490), keeps_older=True, final_amount=1490),
            ReceiptPrice(PriceBasis.KEPT, 1290, 1490),
        ),
        # The new terms turned out to be better for her, too.
        (
            price_of(990, HONEY, keeps_older=True, final_amount=990),
            ReceiptPrice(PriceBasis.TIER, 990, 1290, 30),
        ),
        # The price fell for everybody after this pick had closed.
        (price_of(1290, terms_of(1090), final_amount=1290), ReceiptPrice(PriceBasis.PRICE, 1290, 1290)),
    ],
)
def test_a_unit_price_says_how_it_came_about(price: ReceiptPrice, expected: ReceiptPrice) -> None:
    assert price == expected
    assert price.saved_amount == expected.full_amount - expected.unit_amount


def test_a_rate_is_told_only_where_it_explains_what_was_charged() -> None:
    assert rate_of(1290, 65, 5, minor_per_unit=100) == 5, "64.5 Stars, rounded up"
    assert rate_of(1290, 64, 5, minor_per_unit=100) is None, "the rate was another when it was paid"
    assert rate_of(1290, 65, None, minor_per_unit=100) is None
    assert rate_of(1000, 700, 70, minor_per_unit=100) == 70
    assert rate_of(2500, 2500, 1, minor_per_unit=1) == 1


def make_facts() -> ReceiptFacts:
    return ReceiptFacts(
        issued_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        group_title="Honey friends",
        time_zone="Europe/Berlin",
        pick_number=3,
        title="Honey",
        order_number=7,
        is_own=True,
        is_cancelled=False,
        lines=(ReceiptLine("red", 2, 990), ReceiptLine("blue", 1, 990)),
        price=price_of(990, HONEY, final_amount=990),
        goodwill_amount=100,
        paid_amount=2000,
        outstanding_amount=870,
        back_amount=0,
        stars_per_unit=5,
    )


def test_what_is_stored_is_read_back() -> None:
    facts = make_facts()
    assert ReceiptFacts.read(json.loads(json.dumps(facts.document()))) == facts
    assert (facts.lines_amount, facts.quantity) == (2970, 3)


def test_fee_and_discounts_are_part_of_what_it_costs_and_older_receipts_know_none() -> None:
    facts = replace(make_facts(), fee_amount=200, savings=(ReceiptSaving("Harvest", 300),))
    assert facts.costs_amount == facts.lines_amount + 200 - 300 - facts.goodwill_amount
    assert ReceiptFacts.read(json.loads(json.dumps(facts.document()))) == facts
    older = make_facts().document()
    del older["fee_amount"], older["savings"]
    assert ReceiptFacts.read(json.loads(json.dumps(older))) == make_facts()
