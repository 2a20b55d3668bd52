"""deleteMessage and deleteMessages."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import read_message_ids
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.messages import Message
from sandbox.posting import delete

_TWO_DAYS = 48 * 3600
# What opened a supergroup, a channel or a topic stays.
_PERMANENT = frozenset(
    {"supergroup_chat_created", "channel_chat_created", "forum_topic_created", "migrate_from_chat_id"}
)


@method("deleteMessage")
async def delete_message(call: Call, *, chat_id: ChatId, message_id: int) -> bool:
    """Take a message away for everyone."""
    chat = call.world.writable_chat(call.bot, chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    _check(call, message)
    delete(call.world, message)
    return True


@method("deleteMessages")
async def delete_messages(call: Call, *, chat_id: ChatId, message_ids: list[Any]) -> bool:
    """Take messages away for everyone, all or none; those that are gone already are passed over."""
    chat = call.world.writable_chat(call.bot, chat_id)
    history = call.world.history(chat)
    found = [history.find(number) for number in read_message_ids(message_ids)]
    messages = list(dict.fromkeys(message for message in found if message is not None))
    for message in messages:
        _check(call, message)
    for message in messages:
        delete(call.world, message)
    return True


def _check(call: Call, message: Message) -> None:
    """Raise ApiError 400 unless the bot may take the message away from everyone."""
    chat = message.chat
    member = chat.member(call.bot.user)
    if not chat.is_private and chat.kind != "group" and _PERMANENT & message.service.keys():
        raise bad_request("message can't be deleted")
    if chat.kind in ("supergroup", "channel") and member.may("can_delete_messages"):
        return
    is_own = message.sender is call.bot.user and not message.service
    if chat.kind == "channel":
        is_own = is_own and member.may("can_post_messages")
    may = chat.is_private or is_own or (chat.kind == "group" and member.is_admin)
    if not may:
        raise bad_request("message can't be deleted")
    if call.world.clock.time() - message.date > _TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
