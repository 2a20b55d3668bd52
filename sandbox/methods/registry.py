"""Methods and their parameters, read off the signatures of the functions that serve them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any, get_type_hints

from sandbox.access import check_sending
from sandbox.bots import Bot
from sandbox.errors import ApiError, bad_request
from sandbox.models.chats import Chat
from sandbox.models.users import Json
from sandbox.wire import BadJson, read_json
from sandbox.world import World

ChatId = int | str
Handler = Callable[..., Any]
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,40}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes
    mime_type: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """A result that Telegram explains in words beside it."""

    result: Any
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """Who calls which method in which world."""

    world: World
    bot: Bot
    method: str

    def chat(self, chat_id: ChatId) -> Chat:
        """Return a chat to read; raises ApiError."""
        return self.world.find_chat(self.bot, chat_id)

    def writable(self, chat_id: ChatId, *, count: int = 1) -> Chat:
        """Return a chat to write to and count the writes; raises ApiError 400, 403 or 429."""
        chat = self.world.writable_chat(self.bot, chat_id)
        check_sending(chat, self.bot, self.method)
        self.world.limits.check(bot_id=self.bot.id, chat_id=chat.id, count=count)
        return chat


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """One method: its function and what it may be given."""

    name: str
    handler: Handler
    readers: dict[str, Callable[[str, Any], Any]]
    required: tuple[str, ...]
    # Taken and checked against nothing: they change nothing that anybody in the sandbox could see.
    ignored: frozenset[str]
    # In the API, but not simulated: refused loudly, never passed over.
    refused: frozenset[str]

    @property
    def parameters(self) -> frozenset[str]:
        """The names of all parameters of the method."""
        return frozenset(self.readers) | self.ignored | self.refused


METHODS: dict[str, Method] = {}

# What Telegram says when one of these is missing.
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_ids": "message identifiers are not specified",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "invite_link": "invite link must be non-empty",
    "permissions": "can't parse permissions JSON object",
}


def method(
    name: str, *, ignores: frozenset[str] = frozenset(), refuses: frozenset[str] = frozenset()
) -> Callable[[Handler], Handler]:
    """Register a function `(call, *, parameters…)` as a method of the Bot API."""

    def register(handler: Handler) -> Handler:
        hints = get_type_hints(handler)
        parameters = [p for p in signature(handler).parameters.values() if p.kind is Parameter.KEYWORD_ONLY]
        METHODS[name.lower()] = Method(
            name=name,
            handler=handler,
            readers={p.name: _READERS[hints[p.name]] for p in parameters},
            required=tuple(p.name for p in parameters if p.default is Parameter.empty),
            ignored=ignores,
            refused=refuses,
        )
        return handler

    return register


def find_method(name: str) -> Method:
    """Return a method by its name in any case; raises ApiError 404 that names it."""
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, f"Not Found: method not found: {name}")
    return found


def read_parameters(found: Method, given: Json) -> Json:
    """Return the arguments of a method; raises ApiError 400 that names what is wrong."""
    arguments: Json = {}
    for name, value in given.items():
        reader = found.readers.get(name)
        if reader is not None:
            # An empty text stands for nothing where an object or a list is due.
            if value is not None and (read := reader(name, value)) is not None:
                arguments[name] = read
        elif name in found.refused:
            raise bad_request(f'the sandbox does not simulate the parameter "{name}" of {found.name}')
        elif name not in found.ignored:
            raise bad_request(f'unknown parameter "{name}" in {found.name}')
    for name in found.required:
        if name not in arguments:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required in {found.name}'))
    return arguments


def only_fields(what: str, value: Json, allowed: frozenset[str]) -> None:
    """Raise ApiError 400 for a field that the API does not know in a nested object."""
    for name in value:
        if name not in allowed:
            raise bad_request(f'unknown field "{name}" in {what}')


def _integer(name: str, value: Any) -> int:
    if (isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value)) or (
        isinstance(value, float) and value.is_integer()
    ):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_request(f'parameter "{name}" must be an integer')
    if not -(2**63) <= value < 2**63:
        raise bad_request(f'parameter "{name}" must fit into 64 bits')
    return value


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, (dict, list, Upload)):
        raise bad_request(f'parameter "{name}" must be a boolean')
    return value is True or str(value).lower() in ("true", "yes", "1")


def _string(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (dict, list, Upload)):
        raise bad_request(f'parameter "{name}" must be a string')
    return str(value).lower() if isinstance(value, bool) else str(value)


def _chat_id(name: str, value: Any) -> ChatId:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = _string(name, value).strip()
    if not text:
        raise bad_request("chat_id is empty")
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def _parsed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_json(value) if value else None
    except BadJson as error:
        raise bad_request(f'can\'t parse parameter "{name}": {error}') from None


def _object(name: str, value: Any) -> Json | None:
    parsed = _parsed(name, value)
    if parsed is not None and not isinstance(parsed, dict):
        raise bad_request(f'parameter "{name}" must be an object')
    return parsed


def _array(name: str, value: Any) -> list[Any] | None:
    parsed = _parsed(name, value)
    if parsed is not None and not isinstance(parsed, list):
        raise bad_request(f'parameter "{name}" must be an array')
    return parsed


def _file(name: str, value: Any) -> Upload | str:
    return value if isinstance(value, Upload) else _string(name, value)


_READERS: dict[Any, Callable[[str, Any], Any]] = {
    int: _integer,
    int | None: _integer,
    bool: _boolean,
    bool | None: _boolean,
    str: _string,
    str | None: _string,
    ChatId: _chat_id,
    ChatId | None: _chat_id,
    dict[str, Any]: _object,
    dict[str, Any] | None: _object,
    list[Any] | None: _array,
    list[Any]: _array,
    Upload | str: _file,
}
