"""The chat page and what it asks: routes to add to the sandbox's server.

Mount with `Sandbox.start(extend=mount)`. The server's guard keeps other machines and other sites out.
"""

import asyncio
import contextlib
import json
import secrets
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.changes import Change
from sandbox.models.payments import Payment
from sandbox.models.users import Json
from sandbox.server import WORLD
from sandbox.stage.acts import Act, perform
from sandbox.stage.live import Notices
from sandbox.stage.places import Refused, find_chat, find_person
from sandbox.stage.playbill import Playbill, direct
from sandbox.stage.snapshots import MOST_MESSAGES, ReadMarks, chat_view, link_view, members_view, state_of
from sandbox.stage.traffic import Traffic
from sandbox.world import World

_PAGE = Path(__file__).parent.parent / "page"
# Changes within this time (seconds) travel together.
_GATHERING = 0.015
_PICTURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}


@dataclass(kw_only=True)
class Stage:
    """What the page's server side remembers of one world."""

    world: World
    # Tells an open page that it talks to another world than before.
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    reads: ReadMarks = field(default_factory=ReadMarks)
    traffic: Traffic = field(init=False)
    payments: list[Payment] = field(default_factory=list)
    playbill: Playbill = field(init=False)
    hints: Json | None = None
    sockets: "weakref.WeakSet[web.WebSocketResponse]" = field(default_factory=weakref.WeakSet)

    def __post_init__(self) -> None:
        self.playbill = Playbill(world=self.world)
        self.traffic = Traffic(self.world)

    def act(self, fields: Json) -> Act:
        """Return the wish that JSON fields describe."""
        return Act(world=self.world, reads=self.reads, payments=self.payments, fields=fields)

    def hear(self, change: Change) -> None:
        """Keep traffic, the scenes on offer and the scene's hints."""
        self.traffic.hear(change)
        if change.kind == "hints":
            title, hints = change.about
            self.hints = {"title": title, "hints": [hint.to_json() for hint in hints]}
        elif change.kind == "scenes":
            self.playbill.offer(change.about)


STAGE = web.AppKey("STAGE", Stage)


def mount(app: web.Application) -> None:
    """Add the page to a sandbox's server before it starts."""
    world = app[WORLD]
    stage = app[STAGE] = Stage(world=world)
    world.on_change(stage.hear)
    app.on_shutdown.append(_hang_up)
    app.on_response_prepare.append(_add_headers)
    app.router.add_get("/", _index)
    app.router.add_static("/page/", _PAGE)
    app.router.add_get("/_sim/state", _state)
    app.router.add_get("/_sim/chat", _chat)
    app.router.add_get("/_sim/members", _members)
    app.router.add_get("/_sim/link", _link)
    app.router.add_get("/_sim/traffic", _traffic)
    app.router.add_get("/_sim/file/{file_id}", _file)
    app.router.add_get("/_sim/events", _events)
    app.router.add_get("/_sim/scenes", _scenes)
    app.router.add_post("/_sim/scenes", _direct)
    app.router.add_post("/_sim/act", _act)
    app.on_shutdown.append(_end_scene)


async def _index(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(_PAGE / "index.html")


async def _state(request: web.Request) -> web.Response:
    """Everybody who can be played, and the chats of `as` (of the first person, if nobody is named)."""
    stage = request.app[STAGE]
    about: Json = {"world": stage.name, "hints": stage.hints}
    first = _first_person(stage.world)
    if first is None and "as" not in request.query:
        return web.json_response(about | {"me": None, "people": [], "chats": []})
    try:
        viewer = find_person(stage.world, _number(request, "as", default=first))
    except Refused as refusal:
        return _refuse(refusal)
    return web.json_response(about | state_of(stage.world, viewer.user, stage.reads))


async def _chat(request: web.Request) -> web.Response:
    """One chat as `as` sees it: `limit` messages, the newest or those `before` an id."""
    stage = request.app[STAGE]
    try:
        viewer = find_person(stage.world, _number(request, "as"))
        chat, bot = find_chat(stage.world, request.query.get("chat", ""), viewer=viewer.user)
        before = _number(request, "before") if "before" in request.query else None
        topic = _number(request, "topic") if "topic" in request.query else None
        limit = max(1, _number(request, "limit", default=MOST_MESSAGES))
    except Refused as refusal:
        return _refuse(refusal)
    view = chat_view(
        stage.world, viewer.user, chat, bot, stage.reads, before=before, limit=limit, topic=topic
    )
    return web.json_response(view)


async def _members(request: web.Request) -> web.Response:
    """Who is in a group, and who could be added."""
    stage = request.app[STAGE]
    try:
        viewer = find_person(stage.world, _number(request, "as"))
        chat, bot = find_chat(stage.world, request.query.get("chat", ""), viewer=viewer.user)
        if bot is not None:
            raise Refused("A private chat has no members to look at.")
    except Refused as refusal:
        return _refuse(refusal)
    return web.json_response(members_view(stage.world, chat))


async def _link(request: web.Request) -> web.Response:
    """What an invite link leads to."""
    stage = request.app[STAGE]
    try:
        viewer = find_person(stage.world, _number(request, "as"))
        link, chat = viewer.find_link(request.query.get("url", ""))
    except Refused as refusal:
        return _refuse(refusal)
    except AssertionError:
        return _refuse(Refused("Nobody in this Telegram made that invite link."))
    return web.json_response(link_view(stage.world, viewer.user, link, chat))


async def _traffic(request: web.Request) -> web.Response:
    """Updates and calls above the number `after`, oldest first."""
    traffic = request.app[STAGE].traffic
    try:
        after, limit = _number(request, "after", default=0), _number(request, "limit", default=200)
    except Refused as refusal:
        return _refuse(refusal)
    return web.json_response({"last": traffic.last_number, "entries": traffic.after(after, limit=limit)})


async def _file(request: web.Request) -> web.Response:
    """A picture to show; any other file only to download, so that no upload runs as a page."""
    stored = request.app[STAGE].world.files.get(request.match_info["file_id"])
    if stored is None:
        return _refuse(Refused("There is no such file."), status=404)
    kind = next((kind for start, kind in _PICTURES if stored.content.startswith(start)), None)
    headers = {"Cache-Control": "private, max-age=3600"}
    if kind is None:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=stored.content, content_type=kind or "application/octet-stream", headers=headers)


async def _act(request: web.Request) -> web.Response:
    """Do something as a person; the answer is {} or what the page needs to go on."""
    stage = request.app[STAGE]
    try:
        fields = await _read_fields(request)
        return web.json_response(await perform(stage.act(fields)))
    except Refused as refusal:
        return _refuse(refusal)


async def _scenes(request: web.Request) -> web.Response:
    """What people can play by themselves, and what they play now."""
    return web.json_response(request.app[STAGE].playbill.to_json())


async def _direct(request: web.Request) -> web.Response:
    """Start, hold, hurry or stop a scene; the answer is the new state of things."""
    playbill = request.app[STAGE].playbill
    try:
        await direct(playbill, await _read_fields(request))
    except Refused as refusal:
        return _refuse(refusal)
    return web.json_response(playbill.to_json())


async def _end_scene(app: web.Application) -> None:
    await app[STAGE].playbill.stop()


async def _read_fields(request: web.Request) -> Json:
    # A page of another site can't send this type without asking first, which is never granted.
    if request.content_type != "application/json":
        raise Refused("Send JSON.")
    try:
        fields = json.loads(await request.read())
    except ValueError:
        raise Refused("Send JSON.") from None
    if not isinstance(fields, dict):
        raise Refused("Send a JSON object.")
    return fields


async def _events(request: web.Request) -> web.WebSocketResponse:
    """Tell an open page of every change until it goes away."""
    stage = request.app[STAGE]
    socket = web.WebSocketResponse(heartbeat=20.0)
    await socket.prepare(request)
    stage.sockets.add(socket)
    notices = Notices(world=stage.world)
    stop_listening = stage.world.on_change(notices.hear)
    teller = asyncio.create_task(_tell(socket, notices, stage.name))
    try:
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
    finally:
        stop_listening()
        teller.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await teller
    return socket


async def _tell(socket: web.WebSocketResponse, notices: Notices, world_name: str) -> None:
    with contextlib.suppress(ConnectionError):
        await socket.send_json({"world": world_name})
        while not socket.closed:
            await notices.stirred.wait()
            await asyncio.sleep(_GATHERING)
            await socket.send_json(notices.take())


async def _hang_up(app: web.Application) -> None:
    for socket in set(app[STAGE].sockets):
        await socket.close(code=1001, message=b"the sandbox stops")


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    if not request.path.startswith(("/bot", "/file")):
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)


def _refuse(refusal: Refused, *, status: int = 400) -> web.Response:
    return web.json_response({"error": str(refusal)}, status=status)


def _number(request: web.Request, name: str, *, default: Any = None) -> int:
    value = request.query.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refused(f"“{name}” must be a whole number.") from None


def _first_person(world: World) -> int | None:
    people = (user.id for user in world.users.values() if not user.is_bot)
    return next(people, None)
