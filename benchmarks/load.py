"""Plain webhook posts over many connections, with as little work on this side as can be."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Load:
    """What came back: seconds to each answer, in all, and how many carried the answer to a tap."""

    seconds: float = 0.0
    answers: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        """The wait that this share of answers did not exceed, in milliseconds."""
        waits = sorted(self.waits)
        return waits[min(len(waits) - 1, int(len(waits) * share))] * 1000


def tap(update_id: int, *, person_id: int, chat_id: int, data: str) -> bytes:
    """A tap as Telegram sends it, with the card's own markup in it."""
    user = {"id": person_id, "is_bot": False, "first_name": f"Member {person_id}", "language_code": "en"}
    keyboard = [[{"text": "Order +1", "callback_data": data}, {"text": "-1", "callback_data": data}]]
    message = {
        "message_id": 7,
        "date": 1_790_000_000,
        "chat": {"id": chat_id, "type": "supergroup", "title": "Benchmark"},
        "from": {"id": 42, "is_bot": True, "first_name": "Vouch", "username": "vouch_bot"},
        "text": "#1 Yunnan honey",
        "reply_markup": {"inline_keyboard": keyboard},
    }
    query = {
        "id": str(update_id),
        "from": user,
        "message": message,
        "chat_instance": "1",
        "data": data,
    }
    return json.dumps({"update_id": update_id, "callback_query": query}).encode()


class Connections:
    """Open connections to one bot's webhook, each of which posts one update at a time."""

    def __init__(self, *, port: int, secret: str) -> None:
        self._port = port
        self._head = (
            "POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        ).encode()
        self._open: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def open(self, count: int) -> None:
        """Connect, before anything is timed."""
        self._open = [await asyncio.open_connection("127.0.0.1", self._port) for _ in range(count)]

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._open:
            writer.close()

    async def post_all(self, bodies: list[bytes]) -> Load:
        """Post every body and time the answers."""
        requests = iter([self._head + str(len(body)).encode() + b"\r\n\r\n" + body for body in bodies])
        load = Load()
        started = time.perf_counter()
        await asyncio.gather(*(_post(requests, load, reader, writer) for reader, writer in self._open))
        load.seconds = time.perf_counter() - started
        return load


async def _post(
    requests: Iterator[bytes], load: Load, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        at = head.lower().index(b"content-length:") + 15
        body = await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
        load.waits.append(time.perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the bot answered {head.splitlines()[0]!r}")
        load.answers += b"answerCallbackQuery" in body
