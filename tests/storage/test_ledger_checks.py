"""Broken books are found out, whatever is broken; each is broken here on purpose, by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.bookkeeping import Audit, audit_books
from bot.rules import ledger
from bot.rules.ledger import Received
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.payments.receiving import receive
from bot.services.payments.settlements import settle_orders
from bot.shop import Shop
from storage.models import Payment, PaymentWay
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.picks import PostedPick
from storage.states import PaymentMethod, PaymentStage, RefundStage, TransactionKind
from storage.unit_of_work import UnitOfWork
from tests.factories import make_group, make_person, make_pick, make_request
from tests.storage.stored import unguarded

CLOCK_STANDS = timedelta(0)


async def audit(shop: Shop, *, later: timedelta = CLOCK_STANDS, most: int = 20) -> Audit:
    async with shop.reading() as uow:
        return await audit_books(uow, now=shop.now() + later, most=most)


async def found(shop: Shop) -> set[LedgerCheck]:
    return {faults.check for faults in (await audit(shop)).faults}


async def settle_all(shop: Shop) -> None:
    async with shop.writing() as uow:
        await settle_orders(uow, await uow.payments.list_to_settle(limit=100), now=shop.now())


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    group = await make_group(shop)
    async with shop.writing() as uow:
        for method in (PaymentMethod.TRANSFER, PaymentMethod.CREDIT):
            await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=method))
    return await make_pick(shop, group=group, price_amount=1000)


@pytest.fixture
async def books(shop: Shop, posted: PostedPick) -> Shop:
    """Two orders of one closed pick: Ann paid hers, and 500 of her credit too much; Ben owes his."""
    ann, ben = make_person("Ann"), make_person("Ben")
    for person, quantity in ((ann, 2), (ben, 3)):
        ask = Ask(action="change", items=((None, quantity),))
        await shop.orders.submit(make_request(posted, ask, person=person))
    async with shop.reading() as uow:
        [order] = (await uow.orders.load({(posted.id, ann.id)})).values()
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)
    async with shop.writing() as uow:
        await uow.ledger.post(
            TransactionKind.CREDIT_GIVEN,
            ledger.credit_given(ann.id, 500, "EUR"),
            group_id=posted.pick.group_id,
            now=shop.now(),
        )
    for method, amount in ((PaymentMethod.TRANSFER, 2000), (PaymentMethod.CREDIT, 500)):
        await pays(shop, posted, order.id, ann.id, method, amount)
    assert (await audit(shop)).says == []
    return shop


async def pays(
    shop: Shop, posted: PostedPick, order_id: int, person_id: int, method: PaymentMethod, amount: int
) -> None:
    async with shop.writing() as uow:
        payment = await uow.payments.add(
            Payment(
                group_id=posted.pick.group_id,
                order_id=order_id,
                person_id=person_id,
                method=method,
                stage=PaymentStage.OPEN,
                amount=amount,
                currency="EUR",
                created_at=shop.now(),
            )
        )
        await receive(uow, payment, now=shop.now())


async def breaks(shop: Shop, *statements: str) -> None:
    async with unguarded(shop.database) as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_books_that_balance_have_no_faults(books: Shop) -> None:
    sound = await audit(books)
    assert (sound.count, sound.says) == (0, [])
    assert sound.transactions == 7, "two charges, credit, two payments, a refund that is owed and done"


async def test_empty_books_balance(shop: Shop) -> None:
    empty = await audit(shop)
    assert (empty.transactions, empty.says) == (0, [])


LAST_OF = "(SELECT max(id) FROM ledger_transaction WHERE kind = '{}')"


BROKEN = [
    (
        "UPDATE ledger_entry SET amount = amount + 1 WHERE id = 1",
        {LedgerCheck.TRANSACTION_OFF, LedgerCheck.WHOLE_OFF, LedgerCheck.ORDER_CHARGED},
        "transaction 1 comes to 0.01 EUR instead of nothing",
    ),
    (
        "DELETE FROM ledger_entry WHERE transaction_id = 1 AND amount < 0",
        {LedgerCheck.TRANSACTION_OFF, LedgerCheck.WHOLE_OFF},
        "all entries in EUR together come to 20.00 EUR instead of nothing",
    ),
    (
        "DELETE FROM ledger_entry WHERE transaction_id = 1",
        {LedgerCheck.TRANSACTION_EMPTY, LedgerCheck.ORDER_CHARGED},
        "transaction 1 has no entries",
    ),
    (
        "UPDATE ledger_entry SET currency = 'KWD' WHERE transaction_id = 1",
        {LedgerCheck.ENTRY_CURRENCY},
        "entry 1 is in KWD, and its account is not",
    ),
    (
        "UPDATE account SET currency = 'KWD' WHERE kind = 'sales'",
        {LedgerCheck.ENTRY_CURRENCY},
        "entry 2 is in EUR, and its account is not",
    ),
    (
        "UPDATE ledger_entry SET account_id = 999 WHERE transaction_id = 1 AND amount < 0",
        {LedgerCheck.ENTRY_CURRENCY},
        "is in EUR, and its account is not",
    ),
    (
        "UPDATE ledger_transaction SET group_id = 999 WHERE id = 1",
        {LedgerCheck.ENTRY_GROUP},
        "entry 1 is on an account of another group than its transaction",
    ),
    (
        "DELETE FROM ledger_transaction WHERE id = 1",
        {LedgerCheck.ENTRY_GROUP, LedgerCheck.ORDER_CHARGED},
        "order 1 was charged 0.00 EUR instead of 20.00 EUR",
    ),
    (
        "UPDATE ledger_entry SET amount = -amount WHERE transaction_id = "
        "(SELECT max(transaction_id) FROM ledger_entry)",
        {LedgerCheck.CREDIT_OVERSPENT, LedgerCheck.REFUND_DONE},
        "more store credit was spent than there was; -5.00 EUR is left",
    ),
    (
        f"UPDATE ledger_entry SET amount = -amount WHERE transaction_id = {LAST_OF.format('refund_due')}",
        {LedgerCheck.REFUNDS_OVERDONE, LedgerCheck.REFUND_OWED},
        "more was given back than was owed; -10.00 EUR is owed now",
    ),
    (
        f"DELETE FROM ledger_transaction WHERE id = {LAST_OF.format('payment')}",
        {LedgerCheck.PAYMENT_POSTED, LedgerCheck.ENTRY_GROUP},
        "payment 2 came to 5.00 EUR, and the ledger has 0.00 EUR of it",
    ),
    (
        "UPDATE ledger_transaction SET payment_id = 1 WHERE kind = 'payment'",
        {LedgerCheck.PAYMENT_POSTED},
        "payment 1 came to 20.00 EUR, and the ledger has 25.00 EUR of it",
    ),
    (
        "UPDATE payment SET stage = 'declined' WHERE id = 1",
        {LedgerCheck.PAYMENT_POSTED},
        "payment 1 came to 0.00 EUR, and the ledger has 20.00 EUR of it",
    ),
    (
        "UPDATE ledger_transaction SET payment_id = NULL WHERE payment_id = 1",
        {LedgerCheck.NOTHING_BEHIND, LedgerCheck.PAYMENT_POSTED},
        "is of a payment, refund or payout that is not there",
    ),
    (
        "UPDATE ledger_transaction SET payment_id = 999 WHERE payment_id = 1",
        {LedgerCheck.NOTHING_BEHIND, LedgerCheck.PAYMENT_POSTED},
        "is of a payment, refund or payout that is not there",
    ),
    (
        "UPDATE payment SET amount = 1999 WHERE id = 1",
        {LedgerCheck.PAYMENT_POSTED},
        "payment 1 came to 19.99 EUR, and the ledger has 20.00 EUR of it",
    ),
    (
        "UPDATE payment SET currency = 'JPY' WHERE id = 1",
        {LedgerCheck.PAYMENT_POSTED},
        "payment 1 came to 2000 JPY, and the ledger has 0 JPY of it",
    ),
    (
        "UPDATE ledger_transaction SET refund_id = NULL WHERE kind = 'refund_due'",
        {LedgerCheck.REFUND_OWED, LedgerCheck.NOTHING_BEHIND},
        "refund 1 is of 5.00 EUR, and the ledger owes 0.00 EUR for it",
    ),
    (
        "UPDATE ledger_transaction SET refund_id = 999 WHERE kind = 'refund'",
        {LedgerCheck.REFUND_DONE, LedgerCheck.NOTHING_BEHIND},
        "of refund 1, 5.00 EUR went back, and the ledger has 0.00 EUR",
    ),
    (
        f"UPDATE refund SET stage = '{RefundStage.DUE}'",
        {LedgerCheck.REFUND_DONE},
        "of refund 1, 0.00 EUR went back, and the ledger has 5.00 EUR",
    ),
    (
        "UPDATE refund SET amount = 501",
        {LedgerCheck.REFUND_OWED, LedgerCheck.REFUND_DONE},
        "refund 1 is of 5.01 EUR, and the ledger owes 5.00 EUR for it",
    ),
    (
        "UPDATE order_line SET quantity = 5 WHERE order_id = 2",
        {LedgerCheck.ORDER_CHARGED},
        "order 2 was charged 30.00 EUR instead of 50.00 EUR",
    ),
    (
        "UPDATE orders SET state = 'cancelled' WHERE id = 2",
        {LedgerCheck.ORDER_CHARGED},
        "order 2 was charged 30.00 EUR instead of 0.00 EUR",
    ),
    (
        "UPDATE payment SET receipt_number = 7 WHERE id = 2",
        {LedgerCheck.RECEIPTS_NUMBERED},
        "group 1 has 2 receipts instead of 2, or gaps in them",
    ),
    (
        "UPDATE payment SET receipt_number = NULL WHERE id = 1",
        {LedgerCheck.RECEIPTS_NUMBERED},
        "group 1 has 1 receipts instead of 2, or gaps in them",
    ),
]
"""What somebody does to the books, the checks that find it, and what is said of it."""


async def test_what_is_broken_is_found(books: Shop, subtests: pytest.Subtests) -> None:
    async with unguarded(books.database) as connection:
        for statement, checks, words in BROKEN:
            with subtests.test(statement):
                # Broken for as long as it is looked at: the books are whole again for the next.
                torn = await connection.begin_nested()
                await connection.execute(text(statement))
                async with AsyncSession(connection) as session:
                    broken = await audit_books(UnitOfWork(session), now=books.now())
                await torn.rollback()
                assert {faults.check for faults in broken.faults} == checks
                assert any(words in said for said in broken.says), broken.says
    assert (await audit(books)).says == []


async def test_an_order_that_was_never_charged_is_found(books: Shop) -> None:
    await breaks(
        books,
        "DELETE FROM ledger_entry WHERE transaction_id = 2",
        "DELETE FROM ledger_transaction WHERE id = 2",
    )
    assert (await audit(books)).says == ["order 2 was charged 0.00 EUR instead of 30.00 EUR"]


async def test_what_was_taken_back_and_done_anew_is_no_fault(books: Shop) -> None:
    """A confirmation and a refund that were undone: the ledger has both ways, and so nothing."""
    async with books.reading() as uow:
        refund = await uow.refunds.get(1)
        payment = await uow.payments.get(1)
    paid = Received(PaymentMethod.TRANSFER, 2000, "EUR", 2000, "EUR")
    credit = Received(PaymentMethod.CREDIT, 500, "EUR", 500, "EUR")
    posted = [
        (ledger.payment(payment.person_id, paid), None),
        (ledger.refund(refund.person_id, credit), refund.id),
    ]
    async with books.writing() as uow:
        for postings, refund_id in posted:
            await uow.ledger.post(
                TransactionKind.CORRECTION,
                [posting._replace(amount=-posting.amount) for posting in postings],
                group_id=payment.group_id or 0,
                payment_id=payment.id,
                refund_id=refund_id,
                now=books.now(),
            )
    assert await found(books) == {LedgerCheck.PAYMENT_POSTED, LedgerCheck.REFUND_DONE}
    await breaks(
        books,
        "UPDATE payment SET stage = 'declined' WHERE id = 1",
        f"UPDATE refund SET stage = '{RefundStage.DUE}'",
    )
    assert await found(books) == set()


async def test_goodwill_makes_an_order_cost_less(books: Shop) -> None:
    await breaks(books, "UPDATE refund SET reason = 'goodwill'")
    assert (await audit(books)).says == ["order 1 was charged 20.00 EUR instead of 15.00 EUR"]


async def test_what_waits_for_a_person_or_for_the_sweep_is_no_fault(books: Shop) -> None:
    await breaks(books, "UPDATE orders SET state = 'needs_review' WHERE id = 1")
    async with books.writing() as uow:
        await uow.payments.settle_later([2], now=books.now())
    await breaks(books, "UPDATE order_line SET quantity = 5")
    assert await found(books) == set()


async def test_what_waits_too_long_for_the_sweep_is_found(books: Shop) -> None:
    async with books.writing() as uow:
        await uow.payments.settle_later([2], now=books.now())
    late = await audit(books, later=timedelta(hours=1, minutes=1))
    assert late.says == ["order 2 still waits to be reckoned anew: look for order_not_settled"]
    assert (await audit(books, later=timedelta(minutes=59))).says == []


async def test_orders_of_groups_that_keep_no_money_here_are_left_alone(
    shop: Shop, posted: PostedPick
) -> None:
    await shop.orders.submit(make_request(posted, Ask(action="change", items=((None, 2),))))
    await breaks(shop, "UPDATE orders SET state = 'confirmed'")
    assert await found(shop) == {LedgerCheck.ORDER_CHARGED}

    closed_before = "UPDATE pick SET closed_at = '2020-01-01 00:00:00+00:00'"
    since = "UPDATE chat_group SET payments_since = '2020-01-02 00:00:00+00:00'"
    await breaks(shop, closed_before, since)
    assert await found(shop) == set(), "it closed before"

    await breaks(
        shop, "UPDATE chat_group SET payments_since = NULL", "UPDATE payment_way SET is_active = false"
    )
    assert await found(shop) == set(), "it takes no way to pay"


async def test_of_many_faults_the_first_are_named_and_all_are_counted(books: Shop) -> None:
    await breaks(books, "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0")
    broken = await audit(books, most=2)
    assert broken.says[1:4] == [
        "transaction 1 comes to 0.01 EUR instead of nothing",
        "transaction 2 comes to 0.01 EUR instead of nothing",
        "and 5 more like this (transaction_off)",
    ]
    assert broken.count > len(broken.says)
