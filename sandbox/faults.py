"""Faults on demand: the next calls or updates that match fail in the way that was ordered."""

import itertools
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal[
    "refuse", "slow", "cut_before", "cut_after", "webhook_timeout", "duplicate", "out_of_order", "unparsable"
]
# The kinds that happen to an update on its way to a bot; the others happen to a bot's calls.
OF_UPDATES: tuple[Kind, ...] = ("duplicate", "out_of_order", "unparsable")


@dataclass(kw_only=True, slots=True, eq=False)
class Fault:
    """What happens to the next `times` calls or updates that match; None matches any.

    `method` is the call's, `update` the update's kind; `seconds` and `retry_after` are seconds.
    """

    kind: Kind
    number: int = 0
    times: int = 1
    method: str | None = None
    update: str | None = None
    chat_id: int | None = None
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int = 0
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the fault with what matters to its kind."""
        fields = asdict(self)
        if self.kind != "refuse":
            for name in ("code", "description", "retry_after"):
                del fields[name]
        return {name: value for name, value in fields.items() if value not in (None, 0, 0.0)}

    def is_meant_for(self, name: str | None, chat_id: int | None) -> bool:
        """Whether a call of this method, or an update of this kind, in this chat is to fail."""
        wanted = self.update if self.kind in (*OF_UPDATES, "webhook_timeout") else self.method
        return self.times > 0 and wanted in (None, name) and self.chat_id in (None, chat_id)


class Faults:
    """The faults that are still to happen, in the order in which they were ordered."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self._numbers = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        """Order a fault."""
        fault.number = next(self._numbers)
        self.waiting.append(fault)
        return fault

    # To calls

    def too_many(
        self, times: int = 1, *, method: str | None = None, chat_id: int | None = None, retry_after: int = 1
    ) -> Fault:
        """Answer 429 with `retry_after` seconds."""
        fault = self.refuse(429, f"Too Many Requests: retry after {retry_after}", times)
        fault.method, fault.chat_id, fault.retry_after = method, chat_id, retry_after
        return fault

    def forbidden(
        self,
        times: int = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        description: str = "Forbidden: bot was blocked by the user",
    ) -> Fault:
        """Answer 403."""
        return self.refuse(403, description, times, method=method, chat_id=chat_id)

    def server_error(
        self,
        times: int = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        code: int = 502,
        description: str = "Bad Gateway",
    ) -> Fault:
        """Answer 5xx."""
        return self.refuse(code, description, times, method=method, chat_id=chat_id)

    def refuse(
        self,
        code: int,
        description: str,
        times: int = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
    ) -> Fault:
        """Answer with any code and description, such as 502 "Bad Gateway"."""
        return self.add(
            Fault(
                kind="refuse", times=times, method=method, chat_id=chat_id, code=code, description=description
            )
        )

    def slow(
        self, seconds: float, times: int = 1, *, method: str | None = None, chat_id: int | None = None
    ) -> Fault:
        """Answer after `seconds` only."""
        return self.add(Fault(kind="slow", times=times, method=method, chat_id=chat_id, seconds=seconds))

    def cut_before(self, times: int = 1, *, method: str | None = None, chat_id: int | None = None) -> Fault:
        """Close the connection before the call has any effect."""
        return self.add(Fault(kind="cut_before", times=times, method=method, chat_id=chat_id))

    def cut_after(self, times: int = 1, *, method: str | None = None, chat_id: int | None = None) -> Fault:
        """Close the connection after the effect: the bot cannot know that it happened."""
        return self.add(Fault(kind="cut_after", times=times, method=method, chat_id=chat_id))

    # To updates

    def webhook_timeout(
        self, times: int = 1, *, update: str | None = None, chat_id: int | None = None
    ) -> Fault:
        """Give up on a webhook that has the update already, as if it had not answered in time."""
        return self.add(Fault(kind="webhook_timeout", times=times, update=update, chat_id=chat_id))

    def duplicate(self, times: int = 1, *, update: str | None = None, chat_id: int | None = None) -> Fault:
        """Hand an update over twice, with the same update_id."""
        return self.add(Fault(kind="duplicate", times=times, update=update, chat_id=chat_id))

    def out_of_order(self, times: int = 1, *, update: str | None = None, chat_id: int | None = None) -> Fault:
        """Hold an update back until a later one was handed over."""
        return self.add(Fault(kind="out_of_order", times=times, update=update, chat_id=chat_id))

    def unparsable(self, times: int = 1, *, update: str | None = None, chat_id: int | None = None) -> Fault:
        """Send an update whose content no library can read."""
        return self.add(Fault(kind="unparsable", times=times, update=update, chat_id=chat_id))

    # When they happen

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up one turn of the first fault meant for this call."""
        calls = (fault for fault in self.waiting if fault.kind not in (*OF_UPDATES, "webhook_timeout"))
        return self._use(next((fault for fault in calls if fault.is_meant_for(method, chat_id)), None))

    def strike(self, kind: Kind, update: str, chat_id: int | None) -> bool:
        """Use up one turn of the first fault of one kind meant for this update; whether there was one."""
        same = (fault for fault in self.waiting if fault.kind == kind)
        return (
            self._use(next((fault for fault in same if fault.is_meant_for(update, chat_id)), None))
            is not None
        )

    def clear(self, number: int | None = None) -> None:
        """Call off everything, or the fault of one number."""
        self.waiting = [fault for fault in self.waiting if number not in (None, fault.number)]

    def _use(self, fault: Fault | None) -> Fault | None:
        if fault is not None:
            fault.times -= 1
            if fault.times == 0:
                self.waiting.remove(fault)
        return fault
