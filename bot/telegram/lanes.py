"""Lanes: one key's work in order of arrival, different keys at once."""

import asyncio
from collections import deque


class Lanes:
    """A queue for each key in use; a key that nobody uses takes no memory."""

    def __init__(self) -> None:
        self._waiting: dict[int, deque[asyncio.Future[None]]] = {}

    def __len__(self) -> int:
        """How many keys are in use."""
        return len(self._waiting)

    async def enter(self, key: int) -> None:
        """Wait until everybody who entered this lane before has left it."""
        waiting = self._waiting.get(key)
        if waiting is None:
            self._waiting[key] = deque()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave(key)
            raise

    def leave(self, key: int) -> None:
        """Let the next one in."""
        waiting = self._waiting[key]
        while waiting:
            turn = waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        del self._waiting[key]
