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
from sandbox.errors import conflict

Json = dict[str, Any]
# Telegram keeps the order of updates only within a lane: a chat's messages, a chat's reactions, one
# person's presses, one person's comings and goings. It is named by a kind and an id.
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
}
_WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(kw_only=True, slots=True, eq=False)
class Update:
    """One update on its way to a bot."""

    update_id: int
    kind: str
    payload: Json
    lane: Lane
    expires_at: float
    handed_over: int = 0

    def to_json(self) -> Json:
        """Return the Bot API's Update."""
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """What a bot has not confirmed yet; handed out by getUpdates, or to a webhook's sink."""

    def __init__(self, *, clock: Clock, changes: ChangeFeed, first_id: int) -> None:
        self.pending: dict[int, Update] = {}
        self.allowed: frozenset[str] = DEFAULT_KINDS
        # None: Telegram's default set, which getWebhookInfo then leaves out.
        self.asked_for: list[str] | None = None
        self.twice = False
        self.guards_polling = True
        self.sink: Callable[[Update], None] | None = None
        self._clock = clock
        self._changes = changes
        self._next_id = first_id
        self._poller: asyncio.Future[None] | None = None
        self._last_poll: tuple[int, float] = (-1, 0.0)

    def allow(self, kinds: list[str] | None) -> None:
        """Set which kinds are queued from now on; None keeps the setting, [] is Telegram's default."""
        if kinds is None:
            return
        known = [kind for kind in kinds if kind in KINDS]
        self.asked_for = known or None
        self.allowed = frozenset(known) if known else DEFAULT_KINDS

    def push(self, kind: str, payload: Json, lane: Lane) -> Update | None:
        """Queue an update of an allowed kind."""
        if kind not in self.allowed:
            return None
        expires_at = self._clock.time() + LIFETIMES.get(kind, _DAY)
        update = Update(update_id=self._next_id, kind=kind, payload=payload, lane=lane, expires_at=expires_at)
        self._next_id += 1
        self.pending[update.update_id] = update
        if self.sink is not None:
            self.sink(update)
        elif self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        return update

    def acknowledge(self, update: Update) -> bool:
        """Drop an update that the bot has taken; False if it is to be delivered once more."""
        update.handed_over += 1
        if self.twice and update.handed_over < 2:
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
            del self.pending[update.update_id]
            self._changes.notify("expired", update)

    def stop_polling(self, why: str = _OTHER_POLLER) -> None:
        """End the getUpdates call that waits now with a 409."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(why))

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._poller is not None and not self._poller.done()

    def release(self) -> None:
        """Let the getUpdates call that waits now answer at once."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    async def poll(self, *, offset: int, limit: int, timeout: int) -> list[Json]:
        """Answer getUpdates; raises ApiError 409 when somebody else polls or a webhook is set."""
        if self.sink is not None:
            raise conflict(_WEBHOOK_IS_SET)
        self.stop_polling()
        limit, timeout = self._slowed(offset, limit, timeout)
        self._confirm(offset)
        self.drop_expired()
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return [update.to_json() for update in list(self.pending.values())[:limit]]

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
            return
        for update in [update for update in self.pending.values() if update.update_id < offset]:
            self.acknowledge(update)

    async def _wait(self, timeout: int) -> None:
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self._changes.notify("polled", self)
        try:
            async with asyncio.timeout(timeout):
                await poller
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None
