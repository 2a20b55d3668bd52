"""Telegram's book of Stars is compared with ours: what a crash swallowed is found, and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs import reconciling
from bot.jobs.reconciling import reconcile
from bot.services.payments.invoices import TOKEN_BEGINS
from bot.shop import Shop
from storage.models import Payment
from storage.repositories.picks import PostedPick
from storage.states import OrderState, OutboxKind, PaymentState, RefundStage
from tests.services.test_charges import (
    ANN,
    STARS,
    balances,
    charge,
    findings,
    invoice,
    payments,
    posted,
    refunds,
    sent,
    states,
    told,
)

__all__ = ["posted"]

Json = dict[str, Any]


class Book:
    """Telegram's own book, page by page."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.transactions: list[Json] = []
        self.asked: list[tuple[int, int]] = []
        shop.star_transactions = self.page

    async def page(self, skipped: int, most: int) -> Sequence[Mapping[str, Any]]:
        """A page of it."""
        self.asked.append((skipped, most))
        return self.transactions[skipped : skipped + most]

    def writes(self, key: str, token: str, *, back: bool = False, amount: int = 1000, **other: Any) -> None:
        """Stars came in, or went back."""
        partner = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": {"id": ANN.id, "is_bot": False, "first_name": "Ann"},
            "invoice_payload": token,
        } | other
        at = int((self.shop.now() + timedelta(seconds=1)).timestamp())
        side = "receiver" if back else "source"
        self.transactions.append({"id": key, "amount": amount, "date": at, side: partner})


@pytest.fixture
def book(shop: Shop) -> Book:
    return Book(shop)


@pytest.fixture
async def issued(shop: Shop, posted: PostedPick) -> Payment:
    return await invoice(shop, posted, STARS)


async def test_a_swallowed_charge_is_as_good_as_told(
    shop: Shop, posted: PostedPick, book: Book, issued: Payment
) -> None:
    book.writes("charge1", issued.token or "")
    assert await reconcile(shop) == 1
    found = await balances(shop, posted)
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.PAID)
    # It is told after all, with what only that tells.
    assert await told(shop, charge(issued, 1)) is None
    [payment] = await payments(shop)
    assert (payment.charge_id, payment.provider_charge_id) == ("charge1", "bank1")
    assert await balances(shop, posted) == found
    assert await sent(shop, OutboxKind.PAYMENT_RECEIPT) == [ANN.id]

    shop.stars_compared = 0
    assert await reconcile(shop) == 0


async def test_swallowed_refunds_are_noted(
    shop: Shop, posted: PostedPick, book: Book, issued: Payment
) -> None:
    await told(shop, charge(issued, 1))
    await told(shop, charge(issued, 2))
    book.writes("charge1", issued.token or "")
    book.writes("charge2", issued.token or "")
    book.writes("charge2", "", back=True)
    del book.transactions[-1]["receiver"]["invoice_payload"]
    assert await reconcile(shop) == 1
    [refund] = await refunds(shop)
    assert refund.stage is RefundStage.DONE
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.PAID)
    assert await findings(shop) == []


async def test_both_swallowed_are_found_together(
    shop: Shop, posted: PostedPick, book: Book, issued: Payment
) -> None:
    book.writes("charge1", issued.token or "")
    book.writes("charge1", issued.token or "", back=True)
    assert await reconcile(shop) == 2
    assert (await states(shop, posted))[0] is OrderState.NEEDS_REVIEW, "nobody here gave it back"
    [refund] = await refunds(shop)
    assert refund.stage is RefundStage.DONE


async def test_it_reads_page_by_page_and_goes_on_where_it_stopped(
    shop: Shop, book: Book, issued: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "PAGE", 2)
    for number in range(5):
        book.writes(f"other{number}", "of another program")
    assert await reconcile(shop) == 0
    assert book.asked == [(0, 2), (2, 2), (4, 2)]
    book.writes("charge1", issued.token or "")
    assert await reconcile(shop) == 1
    assert book.asked[3:] == [(5, 2)]


async def test_it_leaves_alone_what_is_not_its_own(shop: Shop, book: Book, issued: Payment) -> None:
    book.writes("theirs", "order:17")
    book.writes("theirs", "order:17", back=True)
    book.writes("gift", issued.token or "", transaction_type="gift_purchase")
    book.transactions.append(
        {"id": "out", "amount": 5, "date": 0, "receiver": {"type": "fragment", "withdrawal_state": {}}}
    )
    book.writes("older", TOKEN_BEGINS + "of-an-older-database")
    book.transactions[-1]["date"] = int((shop.now() - timedelta(days=1)).timestamp())
    book.writes("older", TOKEN_BEGINS + "of-an-older-database", back=True)
    assert await reconcile(shop) == 0
    assert [payment.charge_id for payment in await payments(shop)] == [None]
    assert await refunds(shop) == []


async def test_what_nobody_can_place_is_given_back_and_said(shop: Shop, book: Book, issued: Payment) -> None:
    book.writes("charge1", TOKEN_BEGINS + "lost-with-a-backup")
    assert await reconcile(shop) == 1
    [refund] = await refunds(shop)
    assert (refund.amount, refund.currency, refund.stage) == (1000, "XTR", RefundStage.DUE)
    assert await sent(shop, OutboxKind.STAR_REFUND) == [ANN.id]
    assert await sent(shop, OutboxKind.MESSAGE) == [ANN.id]


async def test_without_telegram_it_does_nothing(shop: Shop) -> None:
    shop.star_transactions = None
    assert await reconcile(shop) == 0
