"""The change feed: everything that happens in the world, and waiting for it by condition."""

# Waiting callers say how long, as in asyncio.wait_for: it reads better than a block around each wait.
# ruff: noqa: ASYNC109

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

PATIENCE = 20.0
"""How long callers wait who say nothing else, in real seconds: longer than a busy machine is slow."""

T = TypeVar("T")
Listener = Callable[["Change"], None]


class NeverHappened(AssertionError):
    """What was waited for did not happen in time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that happened: `kind` says what, `about` is the live object it happened to."""

    kind: str
    about: Any = None


@dataclass(kw_only=True, slots=True, eq=False)
class _Waiter:
    condition: Callable[[], Any]
    done: asyncio.Future[Any]


class ChangeFeed:
    """Calls listeners and re-checks the waiters' conditions at every change."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._waiters: list[_Waiter] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at every change from now on; returns what stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def notify(self, kind: str, about: Any = None) -> None:
        """Tell everybody that something happened."""
        if self._listeners:
            change = Change(kind=kind, about=about)
            for listener in tuple(self._listeners):
                listener(change)
        if self._waiters:
            self._check_waiters()

    async def until(self, condition: Callable[[], T], *, timeout: float, waiting_for: str) -> T:
        """Return the condition's first truthy value; raises NeverHappened after `timeout` real seconds."""
        if value := condition():
            return value
        waiter = _Waiter(condition=condition, done=asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(timeout):
                result: T = await waiter.done
                return result
        except TimeoutError:
            raise NeverHappened(f"waited {timeout:g} s for {waiting_for}") from None
        finally:
            self._waiters.remove(waiter)

    def _check_waiters(self) -> None:
        for waiter in self._waiters:
            if waiter.done.done():
                continue
            try:
                value = waiter.condition()
            except Exception as error:
                waiter.done.set_exception(error)
            else:
                if value:
                    waiter.done.set_result(value)
