"""Log lines: structlog for all, the libraries' own lines too; no tokens, no local variables."""

import logging
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

# What bot.telegram redacts by knowing the token, this catches by its shape, wherever it comes from.
_TOKEN: Final = re.compile(r"(?:bot)?\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_BLOT: Final = "<token>"

_QUIET: Final = {
    # Each of these says at INFO, many times a minute, that all is well.
    "apscheduler": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    # At DEBUG it tells whole updates, and those hold what people wrote.
    "telegram": logging.INFO,
}


def set_up_logs(
    *,
    style: Literal["console", "json"],
    level: str,
    processors: Sequence[Processor] = (),
    stream: TextIO | None = None,
) -> None:
    """Send every line to a stream (standard error); the processors add what they know to each."""
    out = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *processors,
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # A rich traceback would show local variables: messages, names, tokens.
                structlog.processors.format_exc_info,
                redact_tokens,
                _renderer(style, colours=out.isatty()),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, at_least in _QUIET.items():
        logging.getLogger(name).setLevel(max(at_least, root.level))
    logging.captureWarnings(True)


def redact_tokens(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """Blot out whatever has the shape of a bot token (a structlog processor)."""
    return {key: _redacted(value) for key, value in event.items()}


def _redacted(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {_redacted(key): _redacted(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(part) for part in value]
    return _TOKEN.sub(_BLOT, value if isinstance(value, str) else str(value))


def _renderer(style: Literal["console", "json"], *, colours: bool) -> Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=colours, exception_formatter=structlog.dev.plain_traceback, pad_event_to=28
    )
