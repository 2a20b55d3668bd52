"""What scripts in any language may ask of the world: faults, the clock, the limits, and what was said.

Every body is a JSON object; what can't be understood is answered 400 with one sentence under "error".
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from aiohttp import web

from sandbox.faults import Fault
from sandbox.keys import WORLD
from sandbox.limits import Limit
from sandbox.methods.registry import METHODS, Upload
from sandbox.models.users import Json
from sandbox.updates import KINDS
from sandbox.wire import BadJson, read_json, write_json
from sandbox.world import World

_MOST_TIMES = 1_000_000
_LONGEST = 86_400.0
_SHOWN = 20
_MOST_SHOWN = 1_000
_TO_CALLS = frozenset({"times", "method", "chat_id"})
_TO_UPDATES = frozenset({"times", "update", "chat_id"})
# What each kind of fault may be told, as the methods of Faults of the same names take it.
_FAULTS: dict[str, frozenset[str]] = {
    "too_many": _TO_CALLS | {"retry_after"},
    "forbidden": _TO_CALLS | {"description"},
    "server_error": _TO_CALLS | {"code", "description"},
    "refuse": _TO_CALLS | {"code", "description"},
    "slow": _TO_CALLS | {"seconds"},
    "cut_before": _TO_CALLS,
    "cut_after": _TO_CALLS,
    "webhook_timeout": _TO_UPDATES,
    "duplicate": _TO_UPDATES,
    "out_of_order": _TO_UPDATES,
    "unparsable": _TO_UPDATES,
}
_LIMITS = ("overall", "per_group", "per_chat", "per_webhook")
_NEEDED = {"refuse": ("code", "description"), "slow": ("seconds",)}


class Misunderstood(Exception):
    """A request to the controls that can't be carried out; its text says why, in one sentence."""


def order_fault(world: World, fields: Json) -> Fault:
    """Order the fault that JSON fields describe; raises Misunderstood."""
    kind = _one_of("kind", fields.get("kind"), _FAULTS)
    given = {name: value for name, value in fields.items() if name != "kind" and value is not None}
    for name in given:
        if name not in _FAULTS[kind]:
            raise Misunderstood(f"A fault of the kind {kind} knows no “{name}”.")
    for name in _NEEDED.get(kind, ()):
        if name not in given:
            raise Misunderstood(f"A fault of the kind {kind} needs “{name}”.")
    read = {name: _FIELDS[name](name, value) for name, value in given.items()}
    fault: Fault = getattr(world.faults, kind)(**read)
    return fault


def add_control(app: web.Application) -> None:
    """Add the controls to a sandbox's server."""
    app.router.add_get("/_sim/faults", _answering(_faults))
    app.router.add_post("/_sim/faults", _answering(_order))
    app.router.add_delete("/_sim/faults", _answering(_call_off))
    app.router.add_get("/_sim/clock", _answering(_clock))
    app.router.add_post("/_sim/clock", _answering(_advance))
    app.router.add_get("/_sim/limits", _answering(_limits))
    app.router.add_post("/_sim/limits", _answering(_set_limits))
    app.router.add_get("/_sim/updates", _answering(_updates))
    app.router.add_get("/_sim/calls", _answering(_calls))


def _answering(act: Callable[[World, Json], Json]) -> Callable[[web.Request], Any]:
    """Return a handler that reads JSON or the address, acts, and answers in JSON."""

    async def handle(request: web.Request) -> web.Response:
        try:
            fields = await _body(request) if request.method == "POST" else dict(request.query)
            answer, status = act(request.app[WORLD], fields), 200
        except Misunderstood as error:
            answer, status = {"error": str(error)}, 400
        return web.Response(body=write_json(answer), status=status, content_type="application/json")

    return handle


async def _body(request: web.Request) -> Json:
    # A page of another site can't send this type without asking first, which is never granted.
    if request.content_type != "application/json":
        raise Misunderstood("Send JSON, with the content type application/json.")
    try:
        fields = read_json(await request.read())
    except BadJson as error:
        raise Misunderstood(f"The body can't be read: {error}.") from None
    if not isinstance(fields, dict):
        raise Misunderstood("Send a JSON object.")
    return fields


def _faults(world: World, fields: Json) -> Json:
    _only(fields)
    return {"faults": [fault.to_json() for fault in world.faults.waiting]}


def _order(world: World, fields: Json) -> Json:
    return {"fault": order_fault(world, fields).to_json()}


def _call_off(world: World, fields: Json) -> Json:
    """Call off all faults, or the one with `number`."""
    _only(fields, "number")
    number = _whole("number", fields["number"]) if "number" in fields else None
    if number is not None and all(fault.number != number for fault in world.faults.waiting):
        raise Misunderstood(f"No fault has the number {number}.")
    world.faults.clear(number)
    return _faults(world, {})


def _clock(world: World, fields: Json) -> Json:
    _only(fields)
    return {"time": world.clock.time(), "offset": world.clock.offset, "now": world.clock.now().isoformat()}


def _advance(world: World, fields: Json) -> Json:
    _only(fields, "advance")
    if "advance" not in fields:
        raise Misunderstood("Say by how many seconds: “advance”.")
    try:
        world.clock.advance(_number("advance", fields["advance"]))
    except ValueError as error:
        raise Misunderstood(f"{str(error).capitalize()}.") from None
    return _clock(world, {})


def _limits(world: World, fields: Json) -> Json:
    _only(fields)
    limits = world.limits
    return {
        "enabled": limits.enabled,
        "refusals": limits.refusals,
        **{name: _limit_json(getattr(limits, name)) for name in _LIMITS},
    }


def _set_limits(world: World, fields: Json) -> Json:
    """Change what is named; null switches one limit off."""
    _only(fields, "enabled", *_LIMITS)
    read = {name: _limit(name, value) for name, value in fields.items() if name != "enabled"}
    if "enabled" in fields:
        if not isinstance(fields["enabled"], bool):
            raise Misunderstood("“enabled” must be true or false.")
        world.limits.enabled = fields["enabled"]
    for name, limit in read.items():
        setattr(world.limits, name, limit)
    return _limits(world, {})


def _updates(world: World, fields: Json) -> Json:
    _only(fields, "last", "bot")
    chosen = _last(world.update_log, fields)
    return {"updates": [{"bot": sent.bot.username, "update": sent.json} for sent in chosen]}


def _calls(world: World, fields: Json) -> Json:
    _only(fields, "last", "bot")
    return {
        "calls": [
            {
                "bot": call.bot.username,
                "method": call.method,
                "parameters": _named_uploads(call.parameters),
                "answer": call.answer,
            }
            for call in _last(world.calls, fields)
        ]
    }


def _last(log: Collection[Any], fields: Json) -> Sequence[Any]:
    """Return the newest entries, oldest first: `last` of them, of one `bot` if it is named."""
    count = min(max(_whole("last", fields.get("last", _SHOWN)), 0), _MOST_SHOWN)
    name = str(fields.get("bot", "")).removeprefix("@").lower()
    chosen = [entry for entry in log if not name or entry.bot.username.lower() == name]
    return chosen[len(chosen) - min(count, len(chosen)) :]


def _named_uploads(value: Any) -> Any:
    """Return parameters as JSON: an upload is named, not shown."""
    if isinstance(value, dict):
        return {key: _named_uploads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_named_uploads(item) for item in value]
    return f"<{value.name}, {len(value.content):,} bytes>" if isinstance(value, Upload) else value


def _limit_json(limit: Limit | None) -> Json | None:
    return None if limit is None else {"requests": limit.requests, "seconds": limit.seconds}


def _limit(name: str, value: Any) -> Limit | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != {"requests", "seconds"}:
        raise Misunderstood(f"“{name}” must be null or name “requests” and “seconds”.")
    requests, seconds = _whole("requests", value["requests"]), _number("seconds", value["seconds"])
    if requests < 1 or not 0 < seconds <= _LONGEST:
        raise Misunderstood(f"“{name}” must allow at least one request in up to {_LONGEST:,.0f} seconds.")
    return Limit(requests=requests, seconds=seconds)


def _only(fields: Json, *names: str) -> None:
    for name in fields:
        if name not in names:
            raise Misunderstood(f"“{name}” is not known here.")


def _one_of(name: str, value: Any, known: Collection[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise Misunderstood(f"“{name}” must be one of {', '.join(known)}.")
    return value


def _method(name: str, value: Any) -> str:
    if not isinstance(value, str) or value.lower() not in METHODS:
        raise Misunderstood(f"“{name}” must be a method of the Bot API that the sandbox serves.")
    return METHODS[value.lower()].name


def _words(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise Misunderstood(f"“{name}” must be a text.")
    return value


def _whole(name: str, value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.removeprefix("-").isdecimal():
        value = int(value[:40])
    if not isinstance(value, int) or isinstance(value, bool):
        raise Misunderstood(f"“{name}” must be a whole number.")
    return value


def _number(name: str, value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or abs(value) > 1e15:
        raise Misunderstood(f"“{name}” must be a number.")
    return float(value)


def _within(lowest: float, highest: float, read: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    def checked(name: str, value: Any) -> Any:
        number = read(name, value)
        if not lowest <= number <= highest:
            raise Misunderstood(f"“{name}” must lie between {lowest:g} and {highest:g}.")
        return number

    return checked


_FIELDS: dict[str, Callable[[str, Any], Any]] = {
    "times": _within(1, _MOST_TIMES, _whole),
    "method": _method,
    "update": lambda name, value: _one_of(name, value, KINDS),
    "chat_id": _whole,
    "code": _within(400, 599, _whole),
    "description": _words,
    "retry_after": _within(1, _LONGEST, _whole),
    "seconds": _within(0, _LONGEST, _number),
}
