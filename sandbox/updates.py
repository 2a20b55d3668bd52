"""A bot's queue of updates, and long polling of it."""

# `timeout` is getUpdates' own parameter.
# ruff: noqa: ASYNC109

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.changes import ChangeFeed
from sandbox.clock import Clock
from sandbox.errors import bad_request, conflict
from sandbox.faults import Faults, Kind

Json = dict[str, Any]
# Telegram keeps the order of updates only within a lane: a chat's messages, a chat's reactions, one
# person's presses, one person's comings and goings. It is named by what it holds and an id.
Lane = tuple[str, int]

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
DEFAULT_KINDS = frozenset(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}
_DAY = 86_400.0
LIFETIMES = {
    "callback_query": 150.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}
# Kinds that wait for one another in Telegram's server, whatever their sender calls the lane.
_SHARED_LANES = {
    "chat_member": "member",
    "chat_join_request": "member",
    "shipping_query": "checkout",
    "pre_checkout_query": "checkout",
    "message_reaction": "reactions",
    "message_reaction_count": "reaction counts",
    "poll": "poll",
    "poll_answer": "poll",
}
# An offset further ahead than this is taken for a mistake, and confirms nothing.
_AHEAD = 10
_WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
# Whoever runs into a conflict again within these seconds is kept waiting for as long.
_CONFLICT_PAUSE = 3.0


@dataclass(kw_only=True, slots=True, eq=False)
class Update:
    """One update on its way to a bot."""

    update_id: int
    kind: str
    payload: Json
    lane: Lane
    expires_at: float
    handed_over: int = 0
    # What was ordered to go wrong with it.
    comes_twice: bool = False
    is_late: bool = False
    is_broken: bool = False
    # Late updates are not confirmed by an offset until they were seen.
    was_seen: bool = True

    def to_json(self) -> Json:
        """Return the Bot API's Update."""
        return {"update_id": self.update_id, self.kind: self.payload}

    def on_the_wire(self) -> Json:
        """Return the Update as it is sent, which is not always as it should be."""
        if self.is_broken:
            return {"update_id": self.update_id, self.kind: {"broken": "as ordered by a fault"}}
        return self.to_json()


class UpdateQueue:
    """What a bot has not confirmed yet; handed out by getUpdates, or to a webhook's sink."""

    def __init__(
        self, *, clock: Clock, changes: ChangeFeed, first_id: int, faults: Faults | None = None
    ) -> None:
        self.pending: dict[int, Update] = {}
        self.allowed: frozenset[str] = DEFAULT_KINDS
        # None: Telegram's default set, which getWebhookInfo then leaves out.
        self.asked_for: list[str] | None = None
        self.twice = False
        self.guards_polling = True
        self.sink: Callable[[Update], None] | None = None
        self._clock = clock
        self._changes = changes
        self._faults = faults or Faults()
        self._next_id = first_id
        # The poll that waits now: it is woken with None, or with why it is turned away.
        self._poller: asyncio.Future[str | None] | None = None
        self._last_poll: tuple[int, float] = (-1, 0.0)
        self._next_conflict = 0.0

    def allow(self, kinds: list[Any] | None) -> None:
        """Set which kinds are queued from now on; None keeps the setting, [] is Telegram's default.

        Raises ApiError 400 for a kind that the API does not know.
        """
        if kinds is None:
            return
        known = [kind.lower() if isinstance(kind, str) else kind for kind in kinds]
        for kind in known:
            if kind not in KINDS:
                raise bad_request(f"unknown kind of update in allowed_updates: {str(kind)[:100]}")
        self.allowed = frozenset(known) if known else DEFAULT_KINDS
        self.asked_for = None if self.allowed == DEFAULT_KINDS else known

    def push(self, kind: str, payload: Json, lane: Lane) -> Update | None:
        """Queue an update of an allowed kind."""
        if kind not in self.allowed:
            return None
        update = Update(
            update_id=self._next_id,
            kind=kind,
            payload=payload,
            lane=(_SHARED_LANES.get(kind, lane[0]), lane[1]),
            expires_at=self._clock.time() + LIFETIMES.get(kind, _DAY),
        )
        if self._faults.waiting:
            self._spoil(update)
        self._next_id += 1
        self.pending[update.update_id] = update
        if self.sink is not None:
            self.sink(update)
        elif not update.is_late:
            self._wake(None)
        return update

    def is_struck(self, kind: Kind, update: Update) -> bool:
        """Whether an ordered fault happens to this update now."""
        if not self._faults.waiting:
            return False
        return self._faults.strike(kind, update.kind, _chat_of(update.payload))

    def acknowledge(self, update: Update) -> bool:
        """Drop an update that the bot has taken; False if it is to be delivered once more."""
        update.handed_over += 1
        if (self.twice or update.comes_twice) and update.handed_over < 2:
            return False
        self.pending.pop(update.update_id, None)
        self._changes.notify("taken", update)
        return True

    def drop_all(self) -> None:
        """Forget everything that is pending."""
        self.pending.clear()

    def drop_expired(self) -> None:
        """Forget what Telegram would no longer deliver."""
        now = self._clock.time()
        for update in [update for update in self.pending.values() if update.expires_at <= now]:
            self.expire(update)

    def expire(self, update: Update) -> None:
        """Forget an update that nobody took in its time."""
        self.pending.pop(update.update_id, None)
        self._changes.notify("expired", update)

    def stop_polling(self, why: str = _OTHER_POLLER) -> None:
        """End the getUpdates call that waits now with a 409."""
        self._wake(why)

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._poller is not None and not self._poller.done()

    def release(self) -> None:
        """Let the getUpdates call that waits now answer at once."""
        self._wake(None)

    async def poll(self, *, offset: int, limit: int, timeout: int) -> list[Json]:
        """Answer getUpdates; raises ApiError 409 when somebody else polls or a webhook is set."""
        if self.sink is not None:
            await self._refuse(_WEBHOOK_IS_SET)
        limit, timeout = self._slowed(offset, limit, timeout)
        self._confirm(offset)
        self.drop_expired()
        batch = self._batch(limit)
        if not batch and timeout > 0:
            # Only a call that has to wait takes the place of the one that waits.
            self.stop_polling()
            await self._wait(timeout)
            self.drop_expired()
            batch = self._batch(limit)
        self._mark(batch)
        return [update.on_the_wire() for update in batch]

    def _spoil(self, update: Update) -> None:
        update.comes_twice = self.is_struck("duplicate", update)
        update.is_broken = self.is_struck("unparsable", update)
        update.is_late = self.is_struck("out_of_order", update)
        update.was_seen = not update.is_late

    def _batch(self, limit: int) -> list[Update]:
        """Return what is handed out next; a late update comes behind a later one."""
        ready: list[Update] = []
        late: list[Update] = []
        for update in self.pending.values():
            if update.is_late:
                late.append(update)
            else:
                ready += [update, *late]
                late = []
            if len(ready) >= limit:
                break
        return ready[:limit]

    def _mark(self, batch: list[Update]) -> None:
        """Note what the bot has seen, and what has been overtaken by it."""
        last = max((update.update_id for update in batch if not update.is_late), default=0)
        for update in batch:
            update.was_seen = True
        for update in self.pending.values():
            if update.is_late and update.update_id < last:
                update.is_late = False

    def _slowed(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        """Slow down a bot that asks for the same again and again, as Telegram's server does."""
        now = time.monotonic()
        last_offset, last_at = self._last_poll
        self._last_poll = (offset, now)
        if not self.guards_polling or offset != last_offset:
            return limit, timeout
        if now - last_at < 3.0 and timeout < 3:
            timeout = 3
        return (1 if now - last_at < 0.5 else limit), timeout

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            for update_id in list(self.pending)[:offset]:
                del self.pending[update_id]
        elif offset <= self._next_id + _AHEAD:
            passed = [update for update in self.pending.values() if update.update_id < offset]
            for update in passed:
                if update.was_seen:
                    self.acknowledge(update)

    async def _refuse(self, why: str) -> None:
        """Raise the 409, at once only if the last one is some time ago."""
        now = time.monotonic()
        if self.guards_polling and now < self._next_conflict:
            await asyncio.sleep(_CONFLICT_PAUSE)
        else:
            self._next_conflict = now + _CONFLICT_PAUSE
        raise conflict(why)

    def _wake(self, why: str | None) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(why)

    async def _wait(self, timeout: int) -> None:
        poller: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self._changes.notify("polled", self)
        try:
            await asyncio.wait((poller,), timeout=timeout)
        finally:
            if self._poller is poller:
                self._poller = None
        if poller.done() and (why := poller.result()):
            await self._refuse(why)


def _chat_of(payload: Json) -> int | None:
    """Return the id of the chat that an update is about."""
    chat = payload.get("chat") or (payload.get("message") or {}).get("chat") or {}
    chat_id = chat.get("id")
    return chat_id if isinstance(chat_id, int) else None
