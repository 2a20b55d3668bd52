"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, setChatPermissions, leaveChat."""

from typing import Any

from sandbox.access import refuse_migrated
from sandbox.errors import bad_request
from sandbox.membership import leave
from sandbox.methods.permissions import read_permissions
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.members import PERMISSIONS
from sandbox.models.users import Json

_MOST_REACTIONS = 11
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


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
    if chat.kind in ("group", "supergroup"):
        info["permissions"] = {name: name in chat.permissions for name in PERMISSIONS}
    if chat.kind == "supergroup":
        info["has_visible_history"] = True
        if chat.asks_to_join:
            info["join_by_request"] = True
    if chat.linked is not None:
        info["linked_chat_id"] = chat.linked.id
    return info | _pinned(call, chat) | _primary_link(call, chat)


@method("getChatMember")
async def get_chat_member(call: Call, *, chat_id: ChatId, user_id: int) -> Json:
    """Tell somebody's standing; whoever was never there has left."""
    chat = call.chat(chat_id) if user_id == call.bot.id else _members_of(call, chat_id)
    user = call.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat.member_json(chat.member(user), viewer_id=call.bot.id)


@method("getChatAdministrators")
async def get_chat_administrators(call: Call, *, chat_id: ChatId, return_bots: bool = False) -> list[Json]:
    """List the owner and administrators; other bots only if asked for."""
    chat = _members_of(call, chat_id)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        chat.member_json(member, viewer_id=call.bot.id)
        for member in chat.admins()
        if return_bots or not member.user.is_bot or member.user is call.bot.user
    ]


@method("getChatMemberCount")
async def get_chat_member_count(call: Call, *, chat_id: ChatId) -> int:
    """Count those who are in a chat, bots included."""
    return len(_members_of(call, chat_id).present())


@method("setChatPermissions")
async def set_chat_permissions(
    call: Call,
    *,
    chat_id: ChatId,
    permissions: dict[str, Any],
    use_independent_chat_permissions: bool = False,
) -> bool:
    """Set what members may do who have no restriction of their own."""
    allowed = read_permissions(permissions, use_independent_chat_permissions)
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.is_private or chat.is_channel:
        raise bad_request(f"can't change {chat.kind} chat permissions")
    if not chat.member(call.bot.user).may("can_restrict_members"):
        raise bad_request("not enough rights to change chat permissions")
    chat.permissions = allowed
    call.world.changes.notify("chat", chat)
    return True


@method("leaveChat")
async def leave_chat(call: Call, *, chat_id: ChatId) -> bool:
    """Go away from a group or channel; to have gone already is no mistake."""
    chat = call.chat(chat_id)
    if chat.is_private:
        raise bad_request("can't leave private chats")
    if chat.member(call.bot.user).is_present:
        leave(call.world, chat, call.bot.user)
    return True


def _members_of(call: Call, chat_id: ChatId) -> Chat:
    """Return a chat whose members may be read: not those of a group that became a supergroup."""
    chat = call.chat(chat_id)
    if chat.kind == "group":
        refuse_migrated(chat)
        return call.world.writable_chat(call.bot, chat_id)
    return chat


def _pinned(call: Call, chat: Chat) -> Json:
    pinned = [message for message in call.world.history(chat).shown() if message.is_pinned]
    return {"pinned_message": pinned[-1].to_json(with_reply=False)} if pinned else {}


def _primary_link(call: Call, chat: Chat) -> Json:
    """Return the bot's own primary link: nobody is shown another administrator's."""
    own = [link for link in chat.links.values() if link.is_primary and link.creator is call.bot.user]
    may_see = chat.member(call.bot.user).may("can_invite_users")
    return {"invite_link": own[-1].url} if may_see and own and not own[-1].is_revoked else {}
