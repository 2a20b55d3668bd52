"""Whatever an update holds, it is kept, in either database."""

import pytest
from sqlalchemy import text

from bot.jobs.dead_letters import DatabaseDeadLetters
from bot.shop import Shop


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 5, "message": {"text": "plain"}},
        {"update_id": 5, "message": {"text": "a NUL \x00 within"}},
        {"update_id": 5, "message": {"text": "half a pair \ud83d"}},
        {"update_id": 5, "message": {"number": float("nan")}},
        ["not", "an", "object"],
        "words",
        None,
    ],
    ids=["plain", "nul", "surrogate", "nan", "list", "words", "nothing"],
)
async def test_whatever_an_update_holds_it_is_kept(shop: Shop, raw: object) -> None:
    await DatabaseDeadLetters(shop).add(2**70, raw, "broken \x00 \ud83d")
    async with shop.database.read.connect() as connection:
        row = (await connection.execute(text("SELECT update_id, error FROM dead_letter"))).one()
    assert tuple(row) == (None, "broken  \\ud83d")


async def test_a_letter_that_is_nested_beyond_reason_is_kept(shop: Shop) -> None:
    raw: object = None
    for _ in range(100_000):
        raw = [raw]
    await DatabaseDeadLetters(shop).add(5, {"update_id": 5, "deep": raw}, "RecursionError")
    async with shop.reading() as uow:
        assert await uow.updates.count_dead_letters() == 1
