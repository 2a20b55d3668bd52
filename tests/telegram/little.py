"""A small Telegram on the loopback that answers as it is told, and the updates it hands out."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:a-secret_that-must-not-leak-anywhere"
ME = {"id": 123456, "is_bot": True, "first_name": "Vouch", "username": "vouch_bot"}

Answer = Callable[["Call"], Awaitable[web.StreamResponse] | web.StreamResponse]


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request as the server saw it."""

    method: str
    params: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]]
    request: web.Request
    #: The caller's port: one for each connection.
    port: int

    def cut(self) -> web.Response:
        """Close the connection without an answer."""
        assert self.request.transport is not None
        self.request.transport.abort()
        return web.Response()


def ok(result: object = True) -> web.Response:
    """A successful answer."""
    return web.json_response({"ok": True, "result": result})


def refusal(code: int, description: str, **parameters: object) -> web.Response:
    """An error as Telegram words it."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=code)


@dataclass
class LittleTelegram:
    """Answers each method as told, `true` otherwise, and remembers what it was asked."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    queue: list[dict[str, Any]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def answers_once(self, method: str, *answers: Answer) -> None:
        """The next calls of a method are answered so, one each."""
        self.answers.setdefault(method, []).extend(answers)

    def called(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [call for call in self.calls if call.method == method]

    async def receives(self, method: str, times: int = 1) -> list[Call]:
        """Wait until a method was called that often."""
        async with self.changed:
            await self.changed.wait_for(lambda: len(self.called(method)) >= times)
        return self.called(method)

    async def queues(self, *updates: dict[str, Any]) -> None:
        """Put updates where getUpdates finds them."""
        async with self.changed:
            self.queue.extend(updates)
            self.changed.notify_all()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = await _call(request)
        async with self.changed:
            self.calls.append(call)
            self.changed.notify_all()
        waiting = self.answers.get(call.method)
        if waiting:
            answer = waiting.pop(0)(call)
            return await answer if isinstance(answer, Awaitable) else answer
        if call.method == "getMe":
            return ok(ME)
        if call.method == "getUpdates":
            return await self._updates(call)
        return ok()

    async def _updates(self, call: Call) -> web.Response:
        offset = call.params.get("offset", 0)
        async with self.changed:
            self.queue[:] = [update for update in self.queue if update["update_id"] >= offset]
            if call.params.get("timeout"):
                await self.changed.wait_for(lambda: self.queue)
            return ok(self.queue[: call.params.get("limit", 100)])


async def _call(request: web.Request) -> Call:
    params: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                params[name] = value
    elif request.can_read_body:
        params = json.loads(await request.read())
    assert request.transport is not None
    return Call(
        method=request.match_info["method"],
        params=params,
        files=files,
        request=request,
        port=request.transport.get_extra_info("peername")[1],
    )


class Cellar:
    """Dead letters in memory, which may be locked."""

    def __init__(self) -> None:
        self.letters: list[tuple[int | None, object, str]] = []
        self.locked = False

    async def add(self, update_id: int | None, raw: object, error: str) -> None:
        if self.locked:
            raise OSError("the disk is full")
        self.letters.append((update_id, raw, error))


def person(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"}


def said(update_id: int, text: str, *, by: int = 7, chat_id: int = -100) -> dict[str, Any]:
    """An update: somebody said something in a group."""
    chat = {"id": chat_id, "type": "supergroup", "title": "Bees"}
    message = {"message_id": update_id, "date": 1_700_000_000, "chat": chat, "from": person(by), "text": text}
    return {"update_id": update_id, "message": message}


def tapped(update_id: int, data: str, *, by: int = 7, chat_id: int = -100) -> dict[str, Any]:
    """An update: somebody pressed a button of a card."""
    message = said(1, "the card", by=123456, chat_id=chat_id)["message"]
    query = {
        "id": f"q{update_id}",
        "from": person(by),
        "message": message,
        "chat_instance": "1",
        "data": data,
    }
    return {"update_id": update_id, "callback_query": query}
