"""Log lines: one shape for all, ids but no secrets."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from structlog.typing import EventDict

from bot.logs import set_up_logs
from storage.engine import Database

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"


@pytest.fixture(autouse=True)
def as_it_was_before() -> Iterator[None]:
    """Leave logging as other tests expect it."""
    configuration = structlog.get_config()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.configure(**configuration)
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def name_update(_logger: Any, _name: str, event: EventDict) -> EventDict:
    event["update_id"] = 42
    return event


def lines_of(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_lines_and_the_libraries_lines_have_one_shape() -> None:
    stream = io.StringIO()
    set_up_logs(style="json", level="info", processors=[name_update], stream=stream)
    structlog.get_logger("bot.somewhere").info("pick_closed", pick_id=7)
    logging.getLogger("aiohttp.server").error("Error handling %s", "request")
    ours, theirs = lines_of(stream)
    assert ours["event"] == "pick_closed"
    assert (ours["pick_id"], ours["update_id"], ours["level"]) == (7, 42, "info")
    assert ours["logger"] == "bot.somewhere"
    assert theirs["event"] == "Error handling request"
    assert (theirs["update_id"], theirs["logger"]) == (42, "aiohttp.server")
    assert ours.keys() - {"pick_id"} == theirs.keys()


def test_context_is_added_to_every_line() -> None:
    stream = io.StringIO()
    set_up_logs(style="json", level="info", stream=stream)
    with structlog.contextvars.bound_contextvars(job="prune"):
        structlog.get_logger("x").info("swept")
    assert lines_of(stream)[0]["job"] == "prune"


def test_a_token_is_blotted_out_wherever_it_stands() -> None:
    stream = io.StringIO()
    set_up_logs(style="json", level="debug", stream=stream)
    log = structlog.get_logger("x")
    log.info("called", url=f"https://api.telegram.org/bot{TOKEN}/getMe", parts=[{"token": TOKEN}])
    log.info(f"escaped {TOKEN.replace(':', '%3A')}")
    logging.getLogger("urllib3").debug("GET /bot%s/getMe", TOKEN)
    try:
        raise ValueError(f"bad address {TOKEN}")
    except ValueError:
        log.exception("failed")
    written = stream.getvalue()
    assert TOKEN.split(":")[1] not in written
    assert written.count("<token>") == 5
    assert "Traceback" in written


@pytest.mark.parametrize("style", ["console", "json"])
def test_a_crash_shows_no_local_variables(style: Any) -> None:
    stream = io.StringIO()
    set_up_logs(style=style, level="info", stream=stream)
    said = "what somebody wrote in private"
    try:
        raise ValueError(len(said))
    except ValueError:
        structlog.get_logger("x").exception("failed")
    assert "ValueError" in stream.getvalue()
    assert said not in stream.getvalue()


def test_the_level_holds_for_all_and_telegrams_debug_lines_stay_out() -> None:
    stream = io.StringIO()
    set_up_logs(style="json", level="debug", stream=stream)
    logging.getLogger("telegram.ext.Application").debug("Processing update %s", "with a text")
    logging.getLogger("apscheduler.executors.default").info("Job executed successfully")
    structlog.get_logger("x").debug("seen")
    assert [line["event"] for line in lines_of(stream)] == ["seen"]
    set_up_logs(style="json", level="error", stream=stream)
    structlog.get_logger("y").warning("unseen")
    logging.getLogger("aiohttp").warning("unseen")
    assert [line["event"] for line in lines_of(stream)] == ["seen"]


def test_warnings_become_lines() -> None:
    stream = io.StringIO()
    set_up_logs(style="json", level="info", stream=stream)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("something is old", stacklevel=1)
    assert "something is old" in stream.getvalue()


async def test_a_fault_of_the_database_does_not_tell_what_people_wrote(database: Database) -> None:
    async with database.write.connect() as connection:
        with pytest.raises(SQLAlchemyError) as caught:
            await connection.execute(
                text("SELECT nothing FROM nowhere WHERE x = :words"), {"words": "my secret"}
            )
    assert "nowhere" in str(caught.value)
    assert "my secret" not in str(caught.value)
