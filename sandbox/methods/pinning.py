"""pinChatMessage, unpinChatMessage, unpinAllChatMessages."""

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.posting import post_service

_REFUSES = frozenset({"business_connection_id"})


@method("pinChatMessage", ignores=frozenset({"disable_notification"}), refuses=_REFUSES)
async def pin_chat_message(call: Call, *, chat_id: ChatId, message_id: int) -> bool:
    """Pin a message; the chat is told by a service message."""
    chat = _pinnable(call, chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message to pin not found")
    if message.service:
        raise bad_request("message can't be pinned")
    if message.is_pinned:
        return True
    message.is_pinned = True
    call.world.changes.notify("pinned", message)
    if not chat.is_private:
        post_service(call.world, chat, call.bot.user, pinned_message=message.to_json(with_reply=False))
    return True


@method("unpinChatMessage", refuses=_REFUSES)
async def unpin_chat_message(call: Call, *, chat_id: ChatId, message_id: int = 0) -> bool:
    """Unpin a message, the newest pinned one if none is named."""
    chat = _pinnable(call, chat_id)
    pinned = _pinned(call, chat)
    if message_id:
        pinned = [message for message in pinned if message.id == message_id]
    if not pinned:
        raise bad_request("message to unpin not found")
    _unpin(call, pinned[-1])
    return True


@method("unpinAllChatMessages")
async def unpin_all_chat_messages(call: Call, *, chat_id: ChatId) -> bool:
    """Unpin everything; a chat with nothing pinned is no error."""
    for message in _pinned(call, _pinnable(call, chat_id)):
        _unpin(call, message)
    return True


def _pinned(call: Call, chat: Chat) -> list[Message]:
    return [message for message in call.world.history(chat).shown() if message.is_pinned]


def _unpin(call: Call, message: Message) -> None:
    message.is_pinned = False
    call.world.changes.notify("pinned", message)


def _pinnable(call: Call, chat_id: ChatId) -> Chat:
    chat = call.world.writable_chat(call.bot, chat_id)
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if not chat.is_private and not chat.member(call.bot.user).may(right):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
