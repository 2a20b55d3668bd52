"""What is shown: markup with rows of buttons, ready to be kept in the outbox."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from markupsafe import Markup

from bot.callbacks.buttons import Button as ButtonData

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_TOAST = 200

_TAG = re.compile(r"<[^<>]*>")
_ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button that sends data, opens a link, or types our name and some words in a chat that she picks."""

    text: str
    data: ButtonData | None = None
    url: str | None = None
    typed: str | None = None

    def as_json(self) -> dict[str, str]:
        """As Telegram wants it."""
        if self.data is not None:
            return {"text": self.text, "callback_data": self.data.pack()}
        if self.typed is not None:
            return {"text": self.text, "switch_inline_query": self.typed}
        assert self.url is not None
        return {"text": self.text, "url": self.url}


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One message: its markup and its buttons."""

    text: Markup
    buttons: Sequence[Sequence[Button]] = ()

    def keyboard(self) -> dict[str, Any] | None:
        """The inline keyboard as Telegram wants it."""
        rows = [[button.as_json() for button in row] for row in self.buttons if row]
        return {"inline_keyboard": rows} if rows else None

    def payload(self, **more: Any) -> Mapping[str, Any]:
        """As kept in the outbox."""
        return {"text": str(self.text), "keyboard": self.keyboard(), **more}


def paragraphs(*parts: Markup | str | None) -> Markup:
    """Parts that are there, an empty line between two."""
    return Markup("\n\n").join(part for part in parts if part)


def lines(*parts: Markup | str | None) -> Markup:
    """Parts that are there, each on its own line."""
    return Markup("\n").join(part for part in parts if part)


def in_rows(buttons: Sequence[Button], *, width: int) -> list[Sequence[Button]]:
    """Buttons in rows of at most so many."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def mention(person_id: int, name: str) -> Markup:
    """A name that leads to its person; that of somebody who is forgotten leads nowhere."""
    if person_id < 0:
        return Markup.escape(name)
    return Markup('<a href="tg://user?id={}">{}</a>').format(person_id, name)


def toast(text: str) -> str:
    """Text cut to what a toast holds."""
    return shortened(text, LONGEST_TOAST)


def shown_length(markup: str) -> int:
    """How long Telegram finds a text: in UTF-16 units, without the tags."""
    return _units(unescape(_TAG.sub("", markup)))


def shortened(text: str, limit: int) -> str:
    """Plain text of at most so many UTF-16 units; an ellipsis stands for what was cut off."""
    if _units(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: 2 * max(0, limit - len(_ELLIPSIS))].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + _ELLIPSIS


def as_fits(parts: Iterable[Markup], *, between: str, limit: int = LONGEST_TEXT) -> Markup:
    """As many parts as fit into one message, from the first on; an ellipsis stands for the rest."""
    kept: list[Markup] = []
    room = limit - len(between) - len(_ELLIPSIS)
    for part in parts:
        room -= shown_length(part) + len(between)
        if room < 0:
            kept.append(Markup(_ELLIPSIS))
            break
        kept.append(part)
    return Markup(between).join(kept)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
