"""What bots were sent and what they asked, newest last, kept for the page's traffic panel."""

import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from sandbox.changes import Change
from sandbox.methods.registry import Upload
from sandbox.models.users import Json
from sandbox.world import ApiCall, SentUpdate

_KEPT = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One update or one call; `number` grows by one with each."""

    number: int
    at: float
    about: SentUpdate | ApiCall

    def to_json(self) -> Json:
        """Return the entry as the page reads it."""
        about = self.about
        head: Json = {"number": self.number, "at": self.at, "bot": about.bot.username}
        if isinstance(about, SentUpdate):
            name = next((key for key in about.json if key != "update_id"), "update")
            return head | {"kind": "update", "name": name, "ok": True, "update": about.json}
        return head | {
            "kind": "call",
            "name": about.method,
            "ok": bool(about.answer.get("ok")),
            "parameters": plain(about.parameters),
            "answer": about.answer,
        }


class Traffic:
    """The latest entries."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=_KEPT)
        self.last_number = 0

    def hear(self, change: Change) -> None:
        """Keep a change if it is traffic; polls that brought nothing new are left out."""
        about = change.about
        if isinstance(about, ApiCall):
            if about.method == "getUpdates" and about.answer.get("ok"):
                return
        elif not isinstance(about, SentUpdate):
            return
        self.last_number += 1
        self.entries.append(Entry(number=self.last_number, at=time.time(), about=about))

    def after(self, number: int, *, limit: int) -> list[Json]:
        """Return the newest entries above a number, oldest first."""
        fresh = [entry for entry in self.entries if entry.number > number]
        return [entry.to_json() for entry in fresh[-limit:]]


def plain(value: Any) -> Any:
    """Return parameters as JSON: an upload is named, not shown."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Upload):
        return f"<{value.name}, {len(value.content):,} bytes>"
    return value
