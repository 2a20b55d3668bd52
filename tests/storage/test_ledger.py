"""The ledger's tables: posted whole, summed, locked while spent from, opened by several at once."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.rules import ledger
from bot.rules.ledger import Received
from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import Account, LedgerEntry, LedgerTransaction
from storage.repositories.ledger import AccountKey, Entry, Unbalanced
from storage.repositories.members import Seen
from storage.states import AccountKind, PaymentMethod, TransactionKind
from storage.tables import table
from storage.unit_of_work import UnitOfWork, writing
from tests.factories import make_group, make_person
from tests.storage.stored import rows_of


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Database]:
    """The same database as another worker opens it."""
    async with opened(database_url) as other:
        yield other


@pytest.fixture
async def group_id(shop: Shop) -> int:
    return (await make_group(shop)).id or 0


@pytest.fixture
async def ann(shop: Shop) -> Seen:
    ann = make_person("Ann")
    async with shop.writing() as uow:
        await uow.members.meet([ann], now=shop.now())
    return ann


async def post(
    shop: Shop, group_id: int, entries: Sequence[Entry], kind: TransactionKind = TransactionKind.CHARGE
) -> int:
    async with shop.writing() as uow:
        return await uow.ledger.post(kind, entries, group_id=group_id, now=shop.now())


async def test_balances_are_the_sums_of_what_was_posted(shop: Shop, group_id: int, ann: Seen) -> None:
    await post(shop, group_id, ledger.charge(ann.id, 1290, "EUR"))
    await post(shop, group_id, ledger.charge(ann.id, -290, "EUR"))
    paid = Received(PaymentMethod.STARS, 1000, "EUR", 650, "XTR")
    await post(shop, group_id, ledger.payment(ann.id, paid), TransactionKind.PAYMENT)
    async with shop.reading() as uow:
        balances = await uow.ledger.balances(group_id=group_id)
        assert {(key.kind, key.currency): amount for key, amount in balances.items()} == {
            (AccountKind.SALES, "EUR"): -1000,
            (AccountKind.EXCHANGE, "EUR"): 1000,
            (AccountKind.EXCHANGE, "XTR"): -650,
            (AccountKind.STARS, "XTR"): 650,
        }
        assert await uow.ledger.balances(person_id=ann.id) == {}
        assert await uow.ledger.balance(AccountKey(group_id, ann.id, AccountKind.MEMBER, "EUR")) == 0
        assert await uow.ledger.balance(AccountKey(group_id, None, AccountKind.SALES, "EUR")) == -1000
        assert await uow.ledger.balance(AccountKey(group_id, None, AccountKind.SALES, "JPY")) == 0


async def test_one_group_and_one_person_are_told_apart(shop: Shop, group_id: int, ann: Seen) -> None:
    other_id = (await make_group(shop, title="Tea friends")).id or 0
    await post(shop, group_id, ledger.charge(ann.id, 1290, "EUR"))
    await post(shop, other_id, ledger.charge(ann.id, 500, "EUR"))
    async with shop.reading() as uow:
        of_ann = await uow.ledger.balances(person_id=ann.id)
        here = await uow.ledger.balances(person_id=ann.id, group_id=group_id)
    assert of_ann == {
        AccountKey(group_id, ann.id, AccountKind.MEMBER, "EUR"): 1290,
        AccountKey(other_id, ann.id, AccountKind.MEMBER, "EUR"): 500,
    }
    assert list(here.values()) == [1290]


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        ([], ValueError),
        ([(AccountKind.SALES, None, "EUR", -5), (AccountKind.CASH, None, "EUR", 4)], Unbalanced),
        ([(AccountKind.SALES, None, "EUR", -5), (AccountKind.CASH, None, "JPY", 5)], Unbalanced),
        ([(AccountKind.MEMBER, None, "EUR", 5), (AccountKind.SALES, None, "EUR", -5)], ValueError),
        ([(AccountKind.CASH, 7, "EUR", 5), (AccountKind.SALES, None, "EUR", -5)], ValueError),
    ],
)
async def test_what_is_unsound_is_not_posted(
    shop: Shop, group_id: int, entries: Sequence[Entry], error: type[ValueError]
) -> None:
    with pytest.raises(error):
        await post(shop, group_id, entries)
    assert await rows_of(shop.database, table(LedgerTransaction)) == []
    assert await rows_of(shop.database, table(Account)) == []


async def test_workers_that_open_the_same_accounts_in_any_order(
    shop: Shop, other: Database, group_id: int
) -> None:
    people = [make_person(f"Person {number}") for number in range(12)]
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
    ways = [PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.CARD]

    async def pays_and_is_charged(uow: UnitOfWork, person: Seen, method: PaymentMethod) -> None:
        paid = Received(method, 500, "EUR", 500, "EUR")
        await uow.ledger.post(
            TransactionKind.PAYMENT, ledger.payment(person.id, paid), group_id=group_id, now=shop.now()
        )

    async def is_charged(uow: UnitOfWork, person: Seen) -> None:
        await uow.ledger.post(
            TransactionKind.CHARGE, ledger.charge(person.id, 500, "EUR"), group_id=group_id, now=shop.now()
        )

    async def works(database: Database, person: Seen, number: int) -> None:
        async with writing(database) as uow:
            # One opens the way first and the sales then, the other the sales first.
            if number % 2:
                await pays_and_is_charged(uow, person, ways[number % 3])
                await is_charged(uow, person)
            else:
                await is_charged(uow, person)
                await pays_and_is_charged(uow, person, ways[number % 3])

    databases = (shop.database, other)
    await asyncio.gather(*(works(databases[n % 2], person, n) for n, person in enumerate(people)))

    accounts = [tuple(row)[1:] for row in await rows_of(shop.database, table(Account))]
    assert len(accounts) == len(set(accounts)), "no account is there twice"
    async with shop.reading() as uow:
        balances = await uow.ledger.balances(group_id=group_id)
    assert sum(balances.values()) == 0
    assert balances[AccountKey(group_id, None, AccountKind.SALES, "EUR")] == -500 * len(people)


async def test_what_is_spent_at_once_is_spent_once(
    shop: Shop, other: Database, group_id: int, ann: Seen
) -> None:
    await post(shop, group_id, ledger.credit_given(ann.id, 500, "EUR"), TransactionKind.CREDIT_GIVEN)
    key = AccountKey(group_id, ann.id, AccountKind.CREDIT, "EUR")
    spent = Received(PaymentMethod.CREDIT, 500, "EUR", 500, "EUR")

    async def spends(database: Database) -> bool:
        async with writing(database) as uow:
            if -await uow.ledger.balance(key, lock=True) < spent.amount:
                return False
            await uow.ledger.post(
                TransactionKind.PAYMENT, ledger.payment(ann.id, spent), group_id=group_id, now=shop.now()
            )
            return True

    done = await asyncio.gather(*(spends(database) for database in (shop.database, other) * 6))
    assert sum(done) == 1
    async with shop.reading() as uow:
        assert await uow.ledger.balance(key) == 0


async def test_an_account_is_there_to_be_locked_before_anything_is_on_it(
    shop: Shop, group_id: int, ann: Seen
) -> None:
    async with shop.writing() as uow:
        key = AccountKey(group_id, ann.id, AccountKind.CREDIT, "EUR")
        assert await uow.ledger.balance(key, lock=True) == 0
    assert len(await rows_of(shop.database, table(Account))) == 1
    assert await rows_of(shop.database, table(LedgerEntry)) == []


async def test_what_orders_were_charged(shop: Shop, group_id: int, ann: Seen) -> None:
    async with shop.reading() as uow:
        assert await uow.ledger.charged([]) == {}
        assert await uow.ledger.charged([1, 2]) == {}
