"""copyMessage, copyMessages, forwardMessage, forwardMessages."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from sandbox.access import check_repeating
from sandbox.errors import bad_request
from sandbox.forwarding import can_be_forwarded, content_of, grouped, origin_of, shown_of
from sandbox.methods.content import SEND_IGNORES, SEND_REFUSES, extras, frame, placement, read_message_ids
from sandbox.methods.registry import Call, ChatId, method
from sandbox.methods.texts import formatted_caption
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.polls import Poll
from sandbox.models.users import Json
from sandbox.polls import open_poll
from sandbox.posting import post

_VIDEO = frozenset({"video_start_timestamp"})
_MANY_IGNORES = frozenset({"disable_notification"})
_MANY_REFUSES = frozenset({"direct_messages_topic_id"})
_REFUSES = SEND_REFUSES - {"business_connection_id"}


@method("copyMessage", ignores=SEND_IGNORES | _VIDEO, refuses=_REFUSES)
async def copy_message(
    call: Call,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_id: int,
    caption: str | None = None,
    parse_mode: str = "",
    caption_entities: list[Any] | None = None,
    show_caption_above_media: bool = False,
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post the content of a message anew, without a word of where it came from."""
    chat = call.writable(chat_id)
    source = _source(call, from_chat_id, message_id, "copy")
    if not _can_be_copied(call, source):
        raise bad_request("the message can't be copied")
    check_repeating(chat, call.bot, source)
    content = content_of(source) | {"poll": _poll_anew(call, source)}
    if caption is not None and source.media is not None:
        words = formatted_caption(call, caption, parse_mode, caption_entities)
        content |= {"caption": words.text, "entities": words.entities}
    around = frame(
        call,
        chat,
        message_thread_id=message_thread_id,
        reply_parameters=reply_parameters,
        reply_markup=reply_markup,
        protect_content=protect_content,
        show_caption_above_media=show_caption_above_media and source.media is not None,
    )
    around["extra"] = shown_of(source) | around.get("extra", {})
    return {"message_id": post(call.world, chat, call.bot.user, **content, **around).id}


@method("copyMessages", ignores=_MANY_IGNORES, refuses=_MANY_REFUSES)
async def copy_messages(
    call: Call,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_ids: list[Any],
    message_thread_id: int = 0,
    protect_content: bool = False,
    remove_caption: bool = False,
) -> list[Json]:
    """Post the content of messages anew, albums as albums; what can't be copied is passed over."""
    sources, chat = _sources(call, chat_id, from_chat_id, message_ids)
    copied = []
    for source, group in grouped(call.world, [found for found in sources if _can_be_copied(call, found)]):
        content = content_of(source) | {"poll": _poll_anew(call, source), "media_group_id": group}
        if remove_caption and source.media is not None:
            content |= {"caption": "", "entities": []}
        copied.append(_post(call, chat, source, message_thread_id, protect_content, content))
    return _ids(copied, "copied")


@method("forwardMessage", ignores=(SEND_IGNORES | _VIDEO) - {"allow_paid_broadcast"}, refuses=_REFUSES)
async def forward_message(
    call: Call,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_id: int,
    message_thread_id: int = 0,
    protect_content: bool = False,
) -> Json:
    """Post a message again with its origin."""
    chat = call.writable(chat_id)
    source = _source(call, from_chat_id, message_id, "forward")
    if not can_be_forwarded(source):
        raise bad_request("the message can't be forwarded")
    content = content_of(source) | {"forward_origin": origin_of(source)}
    return _post(call, chat, source, message_thread_id, protect_content, content).to_json()


@method("forwardMessages", ignores=_MANY_IGNORES, refuses=_MANY_REFUSES)
async def forward_messages(
    call: Call,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_ids: list[Any],
    message_thread_id: int = 0,
    protect_content: bool = False,
) -> list[Json]:
    """Post messages again with their origins, albums as albums; what can't be forwarded is passed over."""
    sources, chat = _sources(call, chat_id, from_chat_id, message_ids)
    forwarded = []
    for source, group in grouped(call.world, [found for found in sources if can_be_forwarded(found)]):
        content = content_of(source) | {"forward_origin": origin_of(source), "media_group_id": group}
        forwarded.append(_post(call, chat, source, message_thread_id, protect_content, content))
    return _ids(forwarded, "forwarded")


def _source(call: Call, chat_id: ChatId, message_id: int, what: str) -> Message:
    chat = call.chat(chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message


def _sources(
    call: Call, chat_id: ChatId, from_chat_id: ChatId, message_ids: list[Any]
) -> tuple[list[Message], Chat]:
    """Return those of the messages that exist, and where they go; raises ApiError 400, 403 or 429."""
    numbers = read_message_ids(message_ids)
    if any(second <= first for first, second in pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    history = call.world.history(call.chat(from_chat_id))
    found = [message for message in map(history.find, numbers) if message is not None]
    chat = call.writable(chat_id, count=max(1, len(found)))
    if not found:
        raise bad_request("there are no messages to forward")
    return found, chat


def _post(
    call: Call,
    chat: Chat,
    source: Message,
    message_thread_id: int,
    protect_content: bool,
    content: dict[str, Any],
) -> Message:
    check_repeating(chat, call.bot, source)
    shown = extras(protect_content=protect_content).get("extra", {})
    return post(
        call.world,
        chat,
        call.bot.user,
        extra=shown_of(source) | shown,
        markup=source.invoice.forwarded_markup if source.invoice else None,
        **content,
        **placement(call, chat, message_thread_id, None),
    )


def _ids(messages: list[Message], done: str) -> list[Json]:
    if not messages:
        raise bad_request(f"messages can't be {done}")
    return [{"message_id": message.id} for message in messages]


def _can_be_copied(call: Call, source: Message) -> bool:
    """Whether a message may be copied: not an invoice, nor a quiz whose answer the bot does not know."""
    if not can_be_forwarded(source) or source.invoice is not None:
        return False
    poll = source.poll
    return poll is None or poll.kind != "quiz" or poll.is_closed or poll.owner is call.bot.user


def _poll_anew(call: Call, source: Message) -> Poll | None:
    """Return a poll of the same question that nobody has voted in yet."""
    if source.poll is None:
        return None
    poll = replace(source.poll, id=str(call.world.number()), owner=call.bot.user, is_closed=False, votes={})
    open_poll(call.world, poll)
    return poll
