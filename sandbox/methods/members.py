"""banChatMember, unbanChatMember, restrictChatMember, and answers to requests to join."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.membership import leave, restrict, set_member, settle_request, until_date
from sandbox.methods.permissions import read_permissions
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.members import ChatMember
from sandbox.models.users import User

_SUPERGROUPS_AND_CHANNELS = "method is available for supergroup and channel chats only"


# revoke_messages hides the chat's past from whoever is removed; her own messages stay for the others.
@method("banChatMember", ignores=frozenset({"revoke_messages"}))
async def ban_chat_member(call: Call, *, chat_id: ChatId, user_id: int, until_date: int = 0) -> bool:
    """Take somebody out for good, or until a date; from a basic group she may come back."""
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.is_private:
        raise bad_request("can't ban members in private chats")
    user = _user(call, user_id)
    _check_control(call, chat, user)
    if chat.kind == "group" and not chat.member(user).is_present:
        raise bad_request("USER_NOT_PARTICIPANT")
    _remove(call, chat, user, until_date)
    return True


@method("unbanChatMember")
async def unban_chat_member(
    call: Call, *, chat_id: ChatId, user_id: int, only_if_banned: bool = False
) -> bool:
    """Lift a ban; without only_if_banned this also takes out somebody who is in the chat."""
    chat = _supergroup_or_channel(call, chat_id)
    user = _user(call, user_id)
    member = chat.member(user)
    if only_if_banned and member.status != "kicked":
        return True
    _check_control(call, chat, user)
    if member.is_present:
        leave(call.world, chat, user, by=call.bot.user)
    if chat.member(user).status != "left":
        set_member(call.world, chat, ChatMember(user=user, status="left"), by=call.bot.user)
    return True


@method("restrictChatMember")
async def restrict_chat_member(
    call: Call,
    *,
    chat_id: ChatId,
    user_id: int,
    permissions: dict[str, Any],
    use_independent_chat_permissions: bool = False,
    until_date: int = 0,
) -> bool:
    """Leave somebody only some permissions, for good or until a date; all of them lift it."""
    allowed = read_permissions(permissions, use_independent_chat_permissions)
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.kind != "supergroup":
        raise bad_request("method is available only for supergroups")
    user = _user(call, user_id)
    _check_control(call, chat, user)
    restrict(call.world, chat, user, by=call.bot.user, permissions=allowed, until=_until(call, until_date))
    return True


@method("approveChatJoinRequest")
async def approve_chat_join_request(call: Call, *, chat_id: ChatId, user_id: int) -> bool:
    """Let somebody in who asked."""
    return _settle(call, chat_id, user_id, approved=True)


@method("declineChatJoinRequest")
async def decline_chat_join_request(call: Call, *, chat_id: ChatId, user_id: int) -> bool:
    """Turn somebody away who asked."""
    return _settle(call, chat_id, user_id, approved=False)


def _settle(call: Call, chat_id: ChatId, user_id: int, *, approved: bool) -> bool:
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.is_private:
        raise bad_request("the chat can't have join requests")
    if not chat.member(call.bot.user).may("can_invite_users"):
        raise bad_request("not enough rights to manage chat join requests")
    user = _user(call, user_id)
    if chat.member(user).is_present:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if not settle_request(call.world, chat, user, by=call.bot.user, approved=approved):
        raise bad_request("HIDE_REQUESTER_MISSING")
    return True


def _remove(call: Call, chat: Chat, user: User, until: int) -> None:
    banned = chat.kind != "group"
    if chat.member(user).is_present:
        leave(call.world, chat, user, by=call.bot.user, banned=banned, until=_until(call, until))
        return
    gone = ChatMember(user=user, status="kicked", until_date=_until(call, until))
    if gone != chat.member(user):
        set_member(call.world, chat, gone, by=call.bot.user)


def _until(call: Call, asked: int) -> int:
    return until_date(call.world, asked)


def _supergroup_or_channel(call: Call, chat_id: ChatId) -> Chat:
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.kind not in ("supergroup", "channel"):
        raise bad_request(_SUPERGROUPS_AND_CHANNELS)
    return chat


def _check_control(call: Call, chat: Chat, user: User) -> None:
    """Raise ApiError 400 unless the bot may restrict or remove this user, checked in Telegram's order."""
    member, own = chat.member(user), chat.member(call.bot.user)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if user is call.bot.user:
        raise bad_request("can't restrict self")
    if not own.may("can_restrict_members"):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    if member.is_admin and not chat.may_edit(own, member):
        raise bad_request("user is an administrator of the chat")


def _user(call: Call, user_id: int) -> User:
    user = call.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return user
