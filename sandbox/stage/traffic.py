"""What bots were sent and what they asked, newest last, kept for the page's traffic panel."""

import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.bots import Bot
from sandbox.changes import Change
from sandbox.faults import Fault
from sandbox.methods.registry import Upload
from sandbox.models.users import Json
from sandbox.updates import Update
from sandbox.webhooks import WebhookDelivery
from sandbox.world import ApiCall, SentUpdate, World

_KEPT = 500
_CUT = {
    "cut_before": "the line was cut, and nothing had happened",
    "cut_after": "the line was cut, and it had happened already",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line: an update, a call, or a delivery that failed or came off after failures.

    `number` grows by one with each; `attempt` counts the tries at the same thing.
    """

    number: int
    at: float
    bot: Bot
    kind: str
    name: str
    is_ok: bool
    attempt: int = 1
    about: Json = field(default_factory=dict)

    def to_json(self) -> Json:
        """Return the entry as the page reads it."""
        return {
            "number": self.number,
            "at": self.at,
            "bot": self.bot.username,
            "kind": self.kind,
            "name": self.name,
            "ok": self.is_ok,
            "attempt": self.attempt,
        } | self.about


class Traffic:
    """The latest entries, and which of them are tries at the same thing."""

    def __init__(self, world: World) -> None:
        self.entries: deque[Entry] = deque(maxlen=_KEPT)
        self.last_number = 0
        self._world = world
        # By bot, method and parameters: how often in a row a call has failed.
        self._failed_calls: dict[tuple[int, str, str], int] = {}
        # By update: the bot whose webhook has not taken it, and how often.
        self._failed_deliveries: dict[int, tuple[Bot, int]] = {}

    def hear(self, change: Change) -> None:
        """Keep a change if it is traffic; polls that brought nothing new are left out."""
        about = change.about
        if isinstance(about, ApiCall):
            self._hear_call(about)
        elif isinstance(about, SentUpdate):
            name = next((key for key in about.json if key != "update_id"), "update")
            self._add(about.bot, "update", name, about={"update": about.json})
        elif change.kind == "webhook_failed":
            self._hear_failure(about)
        elif change.kind == "taken":
            self._hear_taken(about)
        elif change.kind == "cut":
            self._hear_cut(*about)

    def after(self, number: int, *, limit: int) -> list[Json]:
        """Return the newest entries above a number, oldest first."""
        fresh = [entry for entry in self.entries if entry.number > number]
        return [entry.to_json() for entry in fresh[-limit:]]

    def _add(self, bot: Bot, kind: str, name: str, **fields: Any) -> None:
        self.last_number += 1
        fields.setdefault("is_ok", True)
        entry = Entry(number=self.last_number, at=time.time(), bot=bot, kind=kind, name=name, **fields)
        self.entries.append(entry)

    def _hear_call(self, call: ApiCall) -> None:
        is_ok = bool(call.answer.get("ok"))
        if call.method == "getUpdates" and is_ok:
            return
        parameters = plain(call.parameters)
        attempt = self._count(call.bot, call.method, parameters, is_ok=is_ok)
        about = {"parameters": parameters, "answer": call.answer}
        self._add(call.bot, "call", call.method, is_ok=is_ok, attempt=attempt, about=about)

    def _hear_cut(self, bot: Bot, method: str, parameters: Json, fault: Fault) -> None:
        shown = plain(parameters)
        attempt = self._count(bot, method, shown, is_ok=False)
        about = {"parameters": shown, "answer": {"ok": False, "description": _CUT[fault.kind]}}
        self._add(bot, "call", method, is_ok=False, attempt=attempt, about=about)

    def _count(self, bot: Bot, method: str, parameters: Any, *, is_ok: bool) -> int:
        """Return which try at this call it is."""
        key = (bot.id, method, json.dumps(parameters, sort_keys=True, default=str))
        attempt = self._failed_calls.pop(key, 0) + 1
        if not is_ok:
            self._failed_calls[key] = attempt
            while len(self._failed_calls) > _KEPT:
                del self._failed_calls[next(iter(self._failed_calls))]
        return attempt

    def _hear_failure(self, delivery: WebhookDelivery) -> None:
        update, bot = delivery.last_failed, self._bot_of(delivery)
        if update is None or bot is None or delivery.last_error is None:
            return
        # Each bot counts its updates from another number, so that an id is one bot's alone.
        attempt = self._failed_deliveries.get(update.update_id, (bot, 0))[1] + 1
        self._failed_deliveries[update.update_id] = (bot, attempt)
        about = {"update": update.to_json(), "words": delivery.last_error[1]}
        self._add(bot, "delivery", update.kind, is_ok=False, attempt=attempt, about=about)

    def _hear_taken(self, update: Update) -> None:
        if update.update_id not in self._failed_deliveries:
            return
        bot, failures = self._failed_deliveries.pop(update.update_id)
        about = {"update": update.to_json(), "words": "taken at last"}
        self._add(bot, "delivery", update.kind, attempt=failures + 1, about=about)

    def _bot_of(self, delivery: WebhookDelivery) -> Bot | None:
        return next((bot for bot in self._world.bots.values() if bot.webhook is delivery), None)


def plain(value: Any) -> Any:
    """Return parameters as JSON: an upload is named, not shown."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Upload):
        return f"<{value.name}, {len(value.content):,} bytes>"
    return value
