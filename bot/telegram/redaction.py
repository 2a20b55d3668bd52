"""Keeps the bot token out of every text that could reach a log."""

from collections.abc import Callable

Redact = Callable[[str], str]


def redactor(token: str) -> Redact:
    """A function that blots out the token, also where it stands URL-encoded."""
    spellings = (token, token.replace(":", "%3A"), token.replace(":", "%3a"))

    def redact(text: str) -> str:
        for spelling in spellings:
            text = text.replace(spelling, "<token>")
        return text

    return redact
