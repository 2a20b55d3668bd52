"""Lets the process fall between any two statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.shop import Shop


class Fallen(Exception):
    """The process fell here."""


@contextmanager
def falling(shop: Shop, *, after: int) -> Iterator[list[str]]:
    """Let the process fall once so many statements have been sent; gives those that were."""
    database = shop.database
    engines = {database.write.sync_engine, *([database.writer.engine.sync_engine] if database.writer else [])}
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if len(sent) == after:
            raise Fallen
        sent.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
