"""Keeps the bot token out of every text that could reach a log."""

from collections.abc import Callable, MutableMapping
from typing import Any

Redact = Callable[[str], str]


def redactor(token: str) -> Redact:
    """A function that blots out the token, also where it stands URL-encoded."""
    spellings = (token, token.replace(":", "%3A"), token.replace(":", "%3a"))

    def redact(text: str) -> str:
        for spelling in spellings:
            text = text.replace(spelling, "<token>")
        return text

    return redact


def token_hider(token: str) -> Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]:
    """A structlog processor that blots the token out of a line's texts; place it after tracebacks."""
    redact = redactor(token)

    def hide(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if isinstance(value, str):
                event[key] = redact(value)
        return event

    return hide
