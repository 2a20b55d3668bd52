"""The Bot API over HTTP, for this machine alone."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.bots import Bot
from sandbox.dispatch import connect, record, run
from sandbox.errors import ApiError
from sandbox.faults import Fault
from sandbox.methods.registry import Method, find_method
from sandbox.models.users import Json
from sandbox.requests import LARGEST_BODY, read_request
from sandbox.world import World

WORLD = web.AppKey("WORLD", World)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def make_app(world: World) -> web.Application:
    """Return the server of a world; other pages may add their routes to it before it starts."""
    # A little room above the limit for files, so that what is too large is refused in Telegram's words.
    app = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_BODY + 65_536)
    app[WORLD] = world
    connect(world)
    app.router.add_route("GET", "/bot{token:[^/]+}/{method}", _called)
    app.router.add_route("POST", "/bot{token:[^/]+}/{method}", _called)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", _fetched)
    return app


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other machines' names and other sites' pages, which could reach 127.0.0.1 through a browser."""
    headers = request.headers
    if _hostname(headers.get("Host", "")) not in _LOOPBACK:
        return _answer(ApiError(403, "Forbidden: the sandbox serves this machine only").to_json())
    if _is_foreign(request):
        return _answer(ApiError(403, "Forbidden: cross-site requests are refused").to_json())
    return await handler(request)


def _is_foreign(request: web.Request) -> bool:
    """Whether another site's page sends this; following a link to a page of ours is no harm."""
    headers = request.headers
    origin = headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("Host", "").lower():
        return True
    if headers.get("Sec-Fetch-Site") not in ("cross-site", "same-site"):
        return False
    follows_link = request.method == "GET" and headers.get("Sec-Fetch-Mode") == "navigate"
    return not follows_link or request.path.startswith(("/bot", "/file"))


async def _called(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    bot = world.bots.get(request.match_info["token"])
    if bot is None:
        return _answer(ApiError(401, "Unauthorized").to_json())
    name = request.match_info["method"]
    try:
        method = find_method(name)
        parameters = await read_request(request)
    except ApiError as error:
        record(world, bot, name, {}, error.to_json())
        return _answer(error.to_json())
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
        request.transport.abort()
    return _answer(answer)


async def _fetched(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if request.match_info["token"] not in world.bots:
        return _answer(ApiError(401, "Unauthorized").to_json())
    path = request.match_info["path"]
    stored = next((file for file in world.files.values() if file.path == path), None)
    if stored is None:
        return _answer(ApiError(404, "Not Found").to_json())
    return web.Response(body=stored.content, content_type=stored.mime_type or "application/octet-stream")


def _answer(body: Json) -> web.Response:
    status: int = 200 if body.get("ok") else body.get("error_code", 200)
    headers: dict[str, str] | None = None
    retry_after: Any = body.get("parameters", {}).get("retry_after")
    if retry_after is not None:
        headers = {"Retry-After": str(retry_after)}
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=content, status=status, headers=headers, content_type="application/json")


def _hostname(host: str) -> str:
    return (host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host).lower()


def _chat_of(parameters: Json) -> int | None:
    chat_id = str(parameters.get("chat_id", ""))
    return int(chat_id) if chat_id.lstrip("-").isdigit() else None
