"""Faults on demand: the next calls that match fail in the way that was ordered."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["refuse", "slow", "cut_before", "cut_after"]


@dataclass(kw_only=True, slots=True, eq=False)
class Fault:
    """What happens to the next `times` calls of a method, to a chat; None matches any."""

    kind: Kind
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int = 0
    seconds: float = 0.0

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether the fault is meant for this call."""
        return (
            self.times > 0
            and self.method in (None, method)
            and (self.chat_id is None or self.chat_id == chat_id)
        )


class Faults:
    """The faults that are still to happen, in the order in which they were ordered."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Order a fault."""
        self.waiting.append(fault)
        return fault

    def too_many(
        self, times: int = 1, *, method: str | None = None, chat_id: int | None = None, retry_after: int = 1
    ) -> Fault:
        """Answer 429 with `retry_after` seconds."""
        fault = Fault(kind="refuse", times=times, method=method, chat_id=chat_id, code=429)
        fault.description = f"Too Many Requests: retry after {retry_after}"
        fault.retry_after = retry_after
        return self.add(fault)

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

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up one turn of the first fault meant for this call."""
        for fault in self.waiting:
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times == 0:
                    self.waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Call off everything."""
        self.waiting.clear()
