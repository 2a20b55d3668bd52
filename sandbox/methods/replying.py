"""Where a new message goes: what it answers, the part that it quotes, and its thread."""

from typing import Any

from sandbox.entities import utf16_length
from sandbox.errors import bad_request
from sandbox.methods.registry import Call, only_fields
from sandbox.methods.texts import Formatted, formatted
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.quoting import external_reply, quote_of

QUOTE_LIMIT = 1024

_REPLY_FIELDS = frozenset(
    {
        "message_id",
        "chat_id",
        "allow_sending_without_reply",
        "quote",
        "quote_parse_mode",
        "quote_entities",
        "quote_position",
    }
)


def reply_fields(call: Call, chat: Chat, message_thread_id: int, reply: Json | None) -> dict[str, Any]:
    """Return what a reply adds to a message, as fields of Message; raises ApiError 400 or 403."""
    if not reply:
        return {}
    only_fields("reply_parameters", reply, _REPLY_FIELDS)
    where = _chat(call, chat, reply.get("chat_id"))
    answered = call.world.history(where).find(_message_id(reply))
    if answered is None:
        if _is_true(reply.get("allow_sending_without_reply")):
            return {}
        raise bad_request("message to be replied not found")
    fields: dict[str, Any] = {}
    if reply.get("quote"):
        fields["quote"] = _quote(call, answered, reply)
    is_elsewhere = where is not chat or (
        chat.is_forum and message_thread_id > 0 and answered.thread_id != message_thread_id
    )
    if is_elsewhere:
        return fields | {"external_reply": external_reply(answered)}
    return fields | {"reply_to": answered}


def _chat(call: Call, chat: Chat, named: Any) -> Chat:
    if named in (None, "", chat.id, str(chat.id)):
        return chat
    number = str(named).lstrip("-").isdigit()
    return call.chat(int(named) if number else str(named))


def _message_id(reply: Json) -> int:
    number = reply.get("message_id")
    if number is None:
        raise bad_request("can't parse reply parameters: can't find field \"message_id\"")
    try:
        return int(number)
    except (TypeError, ValueError):
        raise bad_request('can\'t parse reply parameters: field "message_id" must be a Number') from None


def _quote(call: Call, answered: Message, reply: Json) -> Json:
    entities = reply.get("quote_entities")
    given = formatted(
        call,
        str(reply["quote"]),
        str(reply.get("quote_parse_mode") or ""),
        entities if isinstance(entities, list) else None,
    )
    near = reply.get("quote_position") or 0
    found = quote_of(answered, given.text, given.entities, near=int(near)) if _fits(given) else None
    if found is None:
        raise bad_request("QUOTE_TEXT_INVALID")
    return found


def _fits(quote: Formatted) -> bool:
    return 0 < utf16_length(quote.text) <= QUOTE_LIMIT


def _is_true(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "yes", "1")
