"""Which message is to be edited, and whether the bot may."""

from dataclasses import dataclass

from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import Call, ChatId
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.posting import edited


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A message to edit; the chat is None where it was named by its inline_message_id."""

    message: Message
    chat: Chat | None

    def done(self, call: Call, *, mark: bool = True) -> Json | bool:
        """Tell of the edit and return what the method answers."""
        edited(call.world, self.message, mark=mark)
        return True if self.chat is None else self.message.to_json()


def find_target(
    call: Call,
    chat_id: ChatId | None,
    message_id: int,
    inline_message_id: str,
    *,
    refusal: str = "message can't be edited",
) -> Target:
    """Return the message that is meant; raises ApiError 400, 403 or 429."""
    if chat_id is None and not message_id:
        return Target(message=_inline_message(call, inline_message_id), chat=None)
    if chat_id is None:
        raise bad_request("chat_id is empty")
    chat = call.writable(chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not _may_edit(call, chat, message):
        raise bad_request(refusal)
    return Target(message=message, chat=chat)


def not_modified() -> ApiError:
    """Return the refusal of an edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


def _inline_message(call: Call, inline_message_id: str) -> Message:
    if not inline_message_id:
        raise bad_request("message identifier is not specified")
    message = call.world.inline.messages.get(inline_message_id)
    if message is None or message.via_bot is not call.bot.user:
        raise bad_request("invalid inline message identifier specified")
    if message.is_deleted:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def _may_edit(call: Call, chat: Chat, message: Message) -> bool:
    """Bots edit what they wrote or offered, unless it came with a keyboard under the input field."""
    if message.service or message.forward_origin is not None or message.keyboard is not None:
        return False
    if call.bot.user in (message.sender, message.via_bot):
        return True
    return chat.is_channel and chat.member(call.bot.user).may("can_edit_messages")
