"""Group commit: while one transaction commits, the next requests gather; one transaction takes them all."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

_QUIET_TURNS = 3
"""From a readable socket to a request takes the loop about so many turns."""

Q = TypeVar("Q")
R = TypeVar("R")


class GroupCommit(Generic[Q, R]):
    """Answers requests in batches, each by one call of `commit`.

    `commit` gets the requests in order of arrival and returns one result for each; an exception as
    a result is raised to that one requester. If `commit` itself raises, nothing was done, and each
    request is tried alone, so that one bad request harms no other.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[Q]], Awaitable[Sequence[R | Exception]]],
        *,
        most: int = 500,
        on_batch: Callable[[int, float], None] | None = None,
    ) -> None:
        self._commit = commit
        self._most = most
        self._on_batch = on_batch
        self._waiting: list[tuple[Q, asyncio.Future[R]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def submit(self, request: Q) -> R:
        """The result of this request, once it is committed."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())
        return await future

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

    async def _take(self, batch: Sequence[tuple[Q, asyncio.Future[R]]]) -> None:
        started = time.perf_counter()
        try:
            results = await self._commit([request for request, _ in batch])
            pairs = list(zip(batch, results, strict=True))
        except Exception as fault:
            if len(batch) == 1:
                _resolve(batch[0][1], fault)
                return
            for one in batch:
                await self._take([one])
            return
        for (_, future), result in pairs:
            _resolve(future, result)
        if self._on_batch is not None:
            self._on_batch(len(batch), time.perf_counter() - started)


def _resolve(future: "asyncio.Future[R]", result: R | Exception) -> None:
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
