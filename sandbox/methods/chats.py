"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat."""

from sandbox.errors import bad_request
from sandbox.membership import leave
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.users import Json

_MOST_REACTIONS = 11
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_NOT_FOR_ALL = frozenset({"can_change_info", "can_pin_messages", "can_manage_topics"})


@method("getChat")
async def get_chat(call: Call, *, chat_id: ChatId) -> Json:
    """Describe a chat in full."""
    chat = call.chat(chat_id)
    info = chat.to_json() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": _MOST_REACTIONS,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.description:
        info["description"] = chat.description
    if chat.username:
        info["active_usernames"] = [chat.username]
    if not chat.is_private:
        info["permissions"] = {name: name not in _NOT_FOR_ALL for name in _PERMISSIONS}
        own = [link for link in chat.links.values() if link.is_primary and link.creator is call.bot.user]
        if own and not own[-1].is_revoked:
            info["invite_link"] = own[-1].url
    pinned = [message for message in call.world.history(chat).shown() if message.is_pinned]
    if pinned:
        info["pinned_message"] = pinned[-1].to_json(with_reply=False)
    return info


@method("getChatMember")
async def get_chat_member(call: Call, *, chat_id: ChatId, user_id: int) -> Json:
    """Tell somebody's standing; whoever was never there has left."""
    chat = call.chat(chat_id)
    user = call.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat.member(user).to_json(viewer_id=call.bot.id)


@method("getChatAdministrators")
async def get_chat_administrators(call: Call, *, chat_id: ChatId, return_bots: bool = False) -> list[Json]:
    """List the owner and administrators; other bots only if asked for."""
    chat = _group(call, chat_id, "there are no administrators in the private chat")
    return [
        member.to_json(viewer_id=call.bot.id)
        for member in chat.admins()
        if return_bots or not member.user.is_bot or member.user is call.bot.user
    ]


@method("getChatMemberCount")
async def get_chat_member_count(call: Call, *, chat_id: ChatId) -> int:
    """Count those who are in a chat, bots included."""
    return len(call.chat(chat_id).present())


@method("leaveChat")
async def leave_chat(call: Call, *, chat_id: ChatId) -> bool:
    """Go away from a group."""
    leave(call.world, _group(call, chat_id, "chat not found"), call.bot.user)
    return True


def _group(call: Call, chat_id: ChatId, otherwise: str) -> Chat:
    chat = call.chat(chat_id)
    if chat.is_private:
        raise bad_request(otherwise)
    return chat
