"""Runs a method by its name and keeps a record of every call."""

import logging

from aiohttp import ClientResponse

from sandbox.bots import Bot
from sandbox.errors import ApiError
from sandbox.methods import (
    admins,
    albums,
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    inline,
    invoices,
    links,
    members,
    payments,
    pinning,
    polling,
    polls,
    reacting,
    sending,
    topics,
)
from sandbox.methods.registry import METHODS, Call, Described, Method, find_method, read_parameters
from sandbox.models.users import Json
from sandbox.requests import read_answer
from sandbox.world import ApiCall, World

_log = logging.getLogger(__name__)
# What a webhook may not answer with; Telegram passes it over.
_NOT_BY_WEBHOOK = ("get", "setwebhook", "deletewebhook", "close", "logout")

# Importing a module registers its methods; the list keeps the imports from looking unused.
_SERVED_BY = (
    admins,
    albums,
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    inline,
    invoices,
    links,
    members,
    payments,
    pinning,
    polling,
    polls,
    reacting,
    sending,
    topics,
)


def method_names() -> list[str]:
    """Return the names of all methods that are simulated."""
    return sorted(method.name for method in METHODS.values())


async def run(world: World, bot: Bot, method: Method, parameters: Json) -> Json:
    """Return the body that answers a call, a result or an error, and record it."""
    try:
        arguments = read_parameters(method, parameters)
        result = await method.handler(Call(world=world, bot=bot, method=method.name), **arguments)
        answer: Json = {"ok": True, "result": result}
        if isinstance(result, Described):
            answer = {"ok": True, "result": result.result, "description": result.words}
    except ApiError as error:
        answer = error.to_json()
    except Exception:
        # A defect of the sandbox: loud in the log, and still an answer in the API's form.
        _log.exception("%s failed", method.name)
        answer = ApiError(500, f"Internal Server Error: the sandbox failed at {method.name}").to_json()
    record(world, bot, method.name, parameters, answer)
    return answer


def record(world: World, bot: Bot, method: str, parameters: Json, answer: Json) -> None:
    """Keep what a bot asked and was answered, for watchers."""
    call = ApiCall(bot=bot, method=method, parameters=parameters, answer=answer)
    world.calls.append(call)
    world.changes.notify("call", call)


def connect(world: World) -> None:
    """Let the world run methods that come in the answers of webhooks."""

    async def execute(bot: Bot, response: ClientResponse) -> None:
        try:
            parameters = await read_answer(response)
        except ApiError as error:
            record(world, bot, "webhook answer", {}, error.to_json())
            return
        name = parameters.pop("method", None)
        if not isinstance(name, str) or not name or name.lower().startswith(_NOT_BY_WEBHOOK):
            return
        try:
            method = find_method(name)
        except ApiError as error:
            record(world, bot, name, parameters, error.to_json())
            return
        await run(world, bot, method, parameters)

    world.execute = execute
