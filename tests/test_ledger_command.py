"""`run_bot.py ledger check` and the doctor's word on the books, as an operator reads them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.doctor import examine_storage
from bot.rules import ledger
from bot.settings import demo_settings
from bot.shop import Shop
from storage.states import TransactionKind
from tests.factories import make_group, make_person
from tests.storage.stored import unguarded
from tests.test_command_line import finished

OFF_BY_ONE = "UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0"


@pytest.fixture
async def books(shop: Shop) -> Shop:
    """One order was charged."""
    group, ann = await make_group(shop), make_person()
    async with shop.writing() as uow:
        await uow.members.meet([ann], now=shop.now())
        await uow.ledger.post(
            TransactionKind.CHARGE, ledger.charge(ann.id, 1290, "EUR"), group_id=group.id or 0, now=shop.now()
        )
    return shop


async def breaks(shop: Shop) -> None:
    async with unguarded(shop.database) as connection:
        await connection.execute(text(OFF_BY_ONE))


async def test_books_that_balance_end_with_0(books: Shop, database_url: str, tmp_path: Path) -> None:
    code, out, err = await finished(
        "ledger", "check", environment={"VOUCH_DATABASE_URL": database_url}, at=tmp_path
    )
    assert (code, out, err) == (0, "Everything balances (1 transactions).\n", "")


async def test_books_that_do_not_are_listed_and_end_with_1(
    books: Shop, database_url: str, tmp_path: Path
) -> None:
    await breaks(books)
    code, out, err = await finished(
        "ledger", "check", environment={"VOUCH_DATABASE_URL": database_url}, at=tmp_path
    )
    assert code == 1
    assert out.splitlines() == [
        "problem  ledger: all entries in EUR together come to 0.01 EUR instead of nothing",
        "problem  ledger: transaction 1 comes to 0.01 EUR instead of nothing",
    ]
    assert err == "2 things do not balance (1 transactions).\n"


async def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    address = {"VOUCH_DATABASE_URL": f"sqlite:///{tmp_path}/vouch.db"}
    code, _, err = await finished("ledger", "check", environment=address, at=tmp_path)
    assert code == 1
    assert "There is no database at" in err
    assert not (tmp_path / "vouch.db").exists()


async def test_a_database_of_another_version_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "vouch.db").touch()
    address = {"VOUCH_DATABASE_URL": f"sqlite:///{tmp_path}/vouch.db"}
    code, _, err = await finished("ledger", "check", environment=address, at=tmp_path)
    assert code == 1
    assert "run_bot.py migrate" in err


async def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    address = {"VOUCH_DATABASE_URL": "postgresql://vouch@127.0.0.1:9/vouch"}
    code, _, err = await finished("ledger", "check", environment=address, at=tmp_path)
    assert code == 1
    assert "VOUCH_DATABASE_URL" in err


async def test_the_doctor_says_whether_the_books_balance(books: Shop, database_url: str) -> None:
    settings = demo_settings(
        token="123456789:AAabcdefghijklmnopqrstuvwxyz0123456", api_url="http://127.0.0.1:9", folder=Path()
    )
    settings = settings.model_copy(update={"database_url": type(settings.database_url)(database_url)})

    async def word() -> tuple[bool, str]:
        (found,) = [finding async for finding in examine_storage(settings) if finding.about == "ledger"]
        return found.is_ok, f"{found.says} / {found.mend}"

    assert await word() == (True, "1 transactions, and everything balances / ")
    await breaks(books)
    is_ok, said = await word()
    assert not is_ok
    assert said.startswith("2 things do not balance; the first: all entries in EUR")
    assert "run_bot.py ledger check" in said
