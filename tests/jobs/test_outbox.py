"""Rows of the outbox become calls; what keeps one from that for a while costs nobody anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.jobs.outbox import DatabaseOutbox
from bot.shop import Shop
from bot.telegram.verdicts import MAX_ATTEMPTS
from storage.states import OutboxKind
from tests.clock import Clock
from tests.factories import make_pick

TO_READ_AN_OFFER = "offer.title"
TO_PUT_BACK = "failure="
NO_CHATS: dict[str, Any] = {"not_chats": (), "full_chats": ()}


@pytest.fixture
def outbox(shop: Shop) -> DatabaseOutbox:
    return DatabaseOutbox(shop)


@contextmanager
def line_broken(*words: str) -> Iterator[None]:
    """As long as it lasts, the line to the database breaks at statements with any of these words."""

    def breaks(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if any(each in statement for each in words):
            raise OperationalError(statement, {}, ConnectionResetError("cut off"))

    event.listen(Engine, "before_cursor_execute", breaks)
    try:
        with capture_logs():
            yield
    finally:
        event.remove(Engine, "before_cursor_execute", breaks)


async def test_what_could_not_be_read_is_sent_when_it_can_be(
    shop: Shop, clock: Clock, outbox: DatabaseOutbox
) -> None:
    await make_pick(shop)
    with line_broken(TO_READ_AN_OFFER):
        assert await outbox.take(now=shop.now(), limit=10, **NO_CHATS) == []
    clock.advance(timedelta(seconds=1))
    [card] = await outbox.take(now=shop.now(), limit=10, **NO_CHATS)
    assert (card.method, card.attempts) == ("sendMessage", 1)


async def test_what_can_never_be_read_is_kept_for_the_operator(shop: Shop, outbox: DatabaseOutbox) -> None:
    await make_pick(shop)
    async with shop.writing() as uow:
        card = (await uow.outbox.list_due(now=shop.now(), limit=10))[0]
        await uow.outbox.postpone(card.id, until=shop.now(), attempts=MAX_ATTEMPTS - 1, reason="")
    with line_broken(TO_READ_AN_OFFER):
        assert await outbox.take(now=shop.now(), limit=10, **NO_CHATS) == []
    async with shop.reading() as uow:
        [(reason, rows)] = (await uow.outbox.count_reasons(limit=5)).items()
    assert "cut off" in reason
    assert rows == 1


async def test_a_row_that_can_neither_be_read_nor_put_back_holds_up_no_other(
    shop: Shop, outbox: DatabaseOutbox
) -> None:
    await make_pick(shop)
    async with shop.writing() as uow:
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=7, payload={"text": "Done"}, now=shop.now())
    with line_broken(TO_READ_AN_OFFER, TO_PUT_BACK):
        [answer] = await outbox.take(now=shop.now(), limit=10, **NO_CHATS)
    assert answer.chat_id == 7
