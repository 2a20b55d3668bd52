"""Rows of the outbox become calls; what keeps one from that for a while costs nobody anything."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.jobs.outbox import DatabaseOutbox
from bot.shop import Shop
from bot.telegram.verdicts import MAX_ATTEMPTS
from storage.engine import Database
from tests.clock import Clock
from tests.factories import make_pick

NO_CHATS: dict[str, Any] = {"not_chats": (), "full_chats": ()}


@pytest.fixture
def outbox(shop: Shop) -> DatabaseOutbox:
    return DatabaseOutbox(shop)


@pytest.fixture
def offers_unreadable(database: Database) -> Callable[[], Any]:
    """As long as it lasts, the database breaks the line whenever it is asked for an offer."""

    def breaks(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "offer.title" in statement:
            raise OperationalError(statement, {}, ConnectionResetError("cut off"))

    @contextmanager
    def broken() -> Iterator[None]:
        event.listen(database.read.sync_engine, "before_cursor_execute", breaks)
        try:
            with capture_logs():
                yield
        finally:
            event.remove(database.read.sync_engine, "before_cursor_execute", breaks)

    return broken


async def test_what_could_not_be_read_is_sent_when_it_can_be(
    shop: Shop, clock: Clock, outbox: DatabaseOutbox, offers_unreadable: Callable[[], Any]
) -> None:
    await make_pick(shop)
    with offers_unreadable():
        assert await outbox.take(now=shop.now(), limit=10, **NO_CHATS) == []
    clock.advance(timedelta(seconds=1))
    [card] = await outbox.take(now=shop.now(), limit=10, **NO_CHATS)
    assert (card.method, card.attempts) == ("sendMessage", 1)


async def test_what_can_never_be_read_is_kept_for_the_operator(
    shop: Shop, outbox: DatabaseOutbox, offers_unreadable: Callable[[], Any]
) -> None:
    await make_pick(shop)
    async with shop.writing() as uow:
        card = (await uow.outbox.list_due(now=shop.now(), limit=10))[0]
        await uow.outbox.postpone(card.id, until=shop.now(), attempts=MAX_ATTEMPTS - 1, reason="")
    with offers_unreadable():
        assert await outbox.take(now=shop.now(), limit=10, **NO_CHATS) == []
    async with shop.reading() as uow:
        [(reason, rows)] = (await uow.outbox.count_reasons(limit=5)).items()
    assert "cut off" in reason
    assert rows == 1
