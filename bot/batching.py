"""Group commit: while one transaction commits, the next requests gather; one transaction takes them all."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from contextvars import Context
from typing import Generic, NamedTuple, TypeVar

_QUIET_TURNS = 3
"""From a readable socket to a request takes the loop about so many turns."""

Q = TypeVar("Q")
R = TypeVar("R")


class DecidedOtherwise(RuntimeError):
    """What was told before the commit failed is not what comes out now."""


class Decided(NamedTuple, Generic[R]):
    """A result, and `stored`, which ends once it is committed, or raises what kept it from that."""

    result: R
    stored: "asyncio.Future[None]"


class GroupCommit(Generic[Q, R]):
    """Answers requests in batches, each by one block of `deciding`, whose end commits.

    `deciding` gets the requests in order of arrival and gives one result for each; an exception as
    a result is raised to that one requester. If the block raises, nothing was done, and each
    request is tried alone, so that one bad request harms no other.
    """

    def __init__(
        self,
        deciding: Callable[[Sequence[Q]], AbstractAsyncContextManager[Sequence[R | Exception]]],
        *,
        most: int = 500,
        on_batch: Callable[[int, float], None] | None = None,
    ) -> None:
        self._deciding = deciding
        self._most = most
        self._on_batch = on_batch
        self._waiting: list[_Waiting[Q, R]] = []
        self._worker: asyncio.Task[None] | None = None

    async def submit(self, request: Q) -> R:
        """The result of this request, once it is committed."""
        result, stored = await self.decide(request)
        await stored
        return result

    async def decide(self, request: Q) -> Decided[R]:
        """The result of this request as soon as it is decided, so that its answer can be made meanwhile.

        Nobody may be told of it before it is stored. A refusal is raised only then.
        """
        waiting: _Waiting[Q, R] = _Waiting(request)
        self._waiting.append(waiting)
        if self._worker is None:
            # In nobody's context: a line that a batch logs is about none of its updates.
            self._worker = asyncio.create_task(self._work(), context=Context())
        return await waiting.decided

    async def drain(self) -> None:
        """Wait until nothing is left to commit."""
        while self._worker is not None:
            await asyncio.shield(self._worker)

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._take(batch)
        finally:
            self._worker = None

    async def _gather(self) -> None:
        """Let requests that are on their way through the loop arrive; nobody waits for a clock."""
        quiet, size = 0, 0
        while quiet < _QUIET_TURNS and size < self._most:
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self._waiting) == size else 0
            size = len(self._waiting)

    async def _take(self, batch: "Sequence[_Waiting[Q, R]]") -> None:
        started = time.perf_counter()
        try:
            async with self._deciding([waiting.request for waiting in batch]) as results:
                for waiting, result in zip(batch, results, strict=True):
                    waiting.decide(result)
        except Exception as fault:
            if len(batch) == 1:
                batch[0].fail(fault)
                return
            for one in batch:
                await self._take([one])
            return
        for waiting in batch:
            waiting.store()
        if self._on_batch is not None:
            self._on_batch(len(batch), time.perf_counter() - started)


class _Waiting(Generic[Q, R]):
    """A request, who waits for it, and what she was told so far."""

    __slots__ = ("_refusal", "_told", "decided", "request")

    def __init__(self, request: Q) -> None:
        self.request = request
        self.decided: asyncio.Future[Decided[R]] = asyncio.get_running_loop().create_future()
        self._told: Decided[R] | None = None
        self._refusal: Exception | None = None

    def decide(self, result: R | Exception) -> None:
        """Tell the result. Raises DecidedOtherwise where another was told before a commit that failed.

        A refusal waits for the commit: what it is refused for may be in the same batch.
        """
        self._refusal = result if isinstance(result, Exception) else None
        if self._told is not None:
            if result != self._told.result:
                raise DecidedOtherwise
        elif not isinstance(result, Exception) and not self.decided.done():
            self._told = Decided(result, self.decided.get_loop().create_future())
            self.decided.set_result(self._told)

    def store(self) -> None:
        """Tell that the result is committed."""
        if self._told is not None:
            if not self._told.stored.done():
                self._told.stored.set_result(None)
        elif self._refusal is not None and not self.decided.done():
            self.decided.set_exception(self._refusal)

    def fail(self, fault: Exception) -> None:
        """Tell that nothing came of it."""
        waited_for = self._told.stored if self._told is not None else self.decided
        if not waited_for.done():
            waited_for.set_exception(fault)
            # Whoever has stopped waiting had her own reason, and needs no line in the log for this one.
            waited_for.exception()
