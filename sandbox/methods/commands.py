"""setMyCommands, getMyCommands, deleteMyCommands: one list for each scope and language."""

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method, only_fields
from sandbox.models.users import Json

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_MOST = 100
_LONGEST_DESCRIPTION = 256
# Scope type to the fields that it needs.
_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@method("setMyCommands")
async def set_my_commands(
    call: Call, *, commands: list[Any], scope: dict[str, Any] | None = None, language_code: str = ""
) -> bool:
    """Set the list that people see in a scope and a language."""
    if len(commands) > _MOST:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _key(call, scope, language_code)
    call.bot.commands[key] = [_command(command) for command in commands]
    call.world.changes.notify("commands", call.bot)
    return True


@method("getMyCommands")
async def get_my_commands(
    call: Call, *, scope: dict[str, Any] | None = None, language_code: str = ""
) -> list[Json]:
    """Return the list of exactly one scope and language."""
    return call.bot.commands.get(_key(call, scope, language_code), [])


@method("deleteMyCommands")
async def delete_my_commands(
    call: Call, *, scope: dict[str, Any] | None = None, language_code: str = ""
) -> bool:
    """Remove the list of one scope and language."""
    call.bot.commands.pop(_key(call, scope, language_code), None)
    call.world.changes.notify("commands", call.bot)
    return True


def _key(call: Call, scope: Json | None, language_code: str) -> tuple[str, str]:
    if not _LANGUAGE.fullmatch(language_code):
        raise bad_request("invalid language code specified")
    return scope_key(call, scope or {"type": "default"}), language_code


def scope_key(call: Call, scope: Json) -> str:
    """Return the name under which a scope's commands are kept; raises ApiError 400 for an unknown one."""
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise bad_request(f"can't parse BotCommandScope: unsupported type {kind!r}")
    only_fields("BotCommandScope", scope, frozenset({"type", *_SCOPES[kind]}))
    parts = [str(kind)]
    if "chat_id" in _SCOPES[kind]:
        parts.append(str(call.chat(_chat_id(scope)).id))
    if "user_id" in _SCOPES[kind]:
        parts.append(str(scope.get("user_id")))
    return ":".join(parts)


def _chat_id(scope: Json) -> int | str:
    chat_id = scope.get("chat_id")
    if isinstance(chat_id, int) or (isinstance(chat_id, str) and chat_id):
        return chat_id
    raise bad_request("chat_id is empty")


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    only_fields("BotCommand", command, frozenset({"command", "description"}))
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= _LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description.strip()}
