"""Parts of messages that are quoted, and messages that are answered from elsewhere."""

from sandbox.entities import utf16_length
from sandbox.forwarding import origin_of
from sandbox.models.messages import Message
from sandbox.models.users import Json

# Of the formatting of a message, only this is kept in a quotation of it.
_KEPT = ("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time")
_SHOWN = ("link_preview_options", "has_media_spoiler")


def quote_of(
    message: Message, text: str, entities: list[Json] | None = None, *, near: int = 0
) -> Json | None:
    """Return the TextQuote of a part of a message, the one nearest to a position in UTF-16 units.

    None where the text is not there; formatting must be the message's, None takes it as it is.
    """
    wanted = None if entities is None else [entity for entity in entities if entity["type"] in _KEPT]
    length = utf16_length(text)
    for position in sorted(_places(message.words, text), key=lambda place: abs(place - near)):
        formatting = _formatting(message, position, length)
        if wanted is None or formatting == wanted:
            quote: Json = {"text": text, "position": position, "is_manual": True}
            return quote | ({"entities": formatting} if formatting else {})
    return None


def external_reply(message: Message) -> Json:
    """Return the ExternalReplyInfo of a message that is answered from another chat or topic."""
    info: Json = {"origin": origin_of(message)}
    if message.chat.kind in ("supergroup", "channel"):
        info |= {"chat": message.chat.to_json(), "message_id": message.id}
    info |= message.media_json()
    if message.poll is not None:
        info["poll"] = message.poll.to_json(in_message=True)
    return info | {name: message.extra[name] for name in _SHOWN if name in message.extra}


def _places(words: str, text: str) -> list[int]:
    """Return every position of a text in another, in UTF-16 units."""
    places = []
    at = words.find(text) if text else -1
    while at >= 0:
        places.append(utf16_length(words[:at]))
        at = words.find(text, at + 1)
    return places


def _formatting(message: Message, position: int, length: int) -> list[Json]:
    """Return the kept entities within a part of a message, as they lie in the part."""
    inside = []
    for entity in message.entities:
        begin = max(entity["offset"] - position, 0)
        end = min(entity["offset"] + entity["length"] - position, length)
        if entity["type"] in _KEPT and begin < end:
            inside.append(entity | {"offset": begin, "length": end - begin})
    return inside
