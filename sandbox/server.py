"""The Bot API over HTTP, for this machine alone unless told otherwise."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox.bots import Bot
from sandbox.control import add_control
from sandbox.dispatch import connect, record, run
from sandbox.errors import ApiError
from sandbox.faults import Fault
from sandbox.guard import HostNames, guard
from sandbox.keys import WORLD
from sandbox.methods.registry import Method, find_method
from sandbox.models.users import Json
from sandbox.requests import LARGEST_BODY, read_request
from sandbox.wire import write_json
from sandbox.world import World

__all__ = ["WORLD", "make_app"]


def make_app(world: World, *, names: HostNames | None = None) -> web.Application:
    """Return the server of a world; other pages may add their routes to it before it starts."""
    app = web.Application(
        middlewares=[guard(names or HostNames(), _refused)],
        # A little room above the limit for files, so that what is too large is refused in Telegram's words.
        client_max_size=LARGEST_BODY + 65_536,
    )
    app[WORLD] = world
    connect(world)
    app.router.add_route("*", "/bot{token:[^/]+}/{method:.*}", _called)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", _fetched)
    add_control(app)
    return app


async def _called(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if request.method not in ("GET", "POST"):
        return _refused(ApiError(501, "Not Implemented"))
    token = request.match_info["token"]
    bot = world.bots.get(token)
    if bot is None:
        return _refused(_unauthorised(token))
    name = request.match_info["method"]
    try:
        method = find_method(name)
        parameters = await read_request(request)
    except ApiError as error:
        record(world, bot, name, {}, error.to_json())
        return _refused(error)
    fault = world.faults.take(method.name, _chat_of(parameters)) if world.faults.waiting else None
    if fault is not None:
        return await _faulty(request, fault, bot, method, parameters)
    return _answer(await run(world, bot, method, parameters))


async def _faulty(
    request: web.Request, fault: Fault, bot: Bot, method: Method, parameters: Json
) -> web.StreamResponse:
    """Answer in the way that was ordered: with an error, late, or not at all."""
    world = request.app[WORLD]
    if fault.kind == "refuse":
        wait = {"retry_after": fault.retry_after} if fault.retry_after else {}
        answer = ApiError(fault.code, fault.description, **wait).to_json()
        record(world, bot, method.name, parameters, answer)
        return _answer(answer)
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    answer = {} if fault.kind == "cut_before" else await run(world, bot, method, parameters)
    if fault.kind in ("cut_before", "cut_after") and request.transport is not None:
        world.changes.notify("cut", (bot, method.name, parameters, fault))
        request.transport.abort()
    return _answer(answer)


async def _fetched(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    token = request.match_info["token"]
    if token not in world.bots:
        return _refused(_unauthorised(token))
    path = request.match_info["path"]
    stored = next((file for file in world.files.values() if file.path == path), None)
    if stored is None:
        return _refused(ApiError(404, "Not Found"))
    world.changes.notify("fetched", stored)
    headers = {"Content-Type": _plain_type(stored.mime_type), "X-Content-Type-Options": "nosniff"}
    return web.Response(body=stored.content, headers=headers)


def _unauthorised(token: str) -> ApiError:
    number, colon, _ = token.partition(":")
    looks_right = colon and number.isdecimal() and not token.startswith("0") and len(token) <= 80
    return ApiError(401, "Unauthorized" if looks_right else "Unauthorized: invalid token specified")


def _plain_type(mime_type: str | None) -> str:
    """Return a type that can stand in a header, whatever the upload said."""
    named = (mime_type or "").partition(";")[0].strip()
    return named if named.isascii() and named.isprintable() and "/" in named else "application/octet-stream"


def _refused(error: ApiError) -> web.Response:
    return _answer(error.to_json())


def _answer(body: Json) -> web.Response:
    status: int = 200 if body.get("ok") else body.get("error_code", 200)
    headers = {"Content-Type": "application/json"}
    retry_after: Any = body["parameters"].get("retry_after") if "parameters" in body else None
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return web.Response(body=write_json(body), status=status, headers=headers)


def _chat_of(parameters: Json) -> int | None:
    chat_id = parameters.get("chat_id")
    if isinstance(chat_id, str) and chat_id.isascii() and chat_id.removeprefix("-").isdecimal():
        return int(chat_id[:40])
    return chat_id if isinstance(chat_id, int) else None
