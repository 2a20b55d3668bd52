"""banChatMember, unbanChatMember, approveChatJoinRequest, declineChatJoinRequest."""

from sandbox.errors import bad_request
from sandbox.membership import leave, set_member, settle_request
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.members import ChatMember
from sandbox.models.users import User
from sandbox.posting import delete


@method("banChatMember")
async def ban_chat_member(
    call: Call, *, chat_id: ChatId, user_id: int, until_date: int = 0, revoke_messages: bool = False
) -> bool:
    """Take somebody out for good, or until a date."""
    chat, user = _under_control(call, chat_id, user_id)
    member = chat.member(user)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.is_admin:
        raise bad_request("user is an administrator of the chat")
    if member.is_present:
        leave(call.world, chat, user, by=call.bot.user, banned=True, until=until_date)
    else:
        banned = ChatMember(user=user, status="kicked", until_date=until_date)
        set_member(call.world, chat, banned, by=call.bot.user)
    if revoke_messages:
        for message in call.world.history(chat).shown():
            if message.sender is user:
                delete(call.world, message)
    return True


@method("unbanChatMember")
async def unban_chat_member(
    call: Call, *, chat_id: ChatId, user_id: int, only_if_banned: bool = False
) -> bool:
    """Lift a ban; without only_if_banned this also takes out somebody who is in the chat."""
    chat, user = _under_control(call, chat_id, user_id)
    member = chat.member(user)
    if member.is_admin:
        raise bad_request("user is an administrator of the chat")
    if member.status == "kicked":
        set_member(call.world, chat, ChatMember(user=user, status="left"), by=call.bot.user)
    elif member.is_present and not only_if_banned:
        leave(call.world, chat, user, by=call.bot.user)
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
    chat = call.chat(chat_id)
    if not chat.member(call.bot.user).may("can_invite_users"):
        raise bad_request("not enough rights")
    user = _user(call, user_id)
    if chat.member(user).is_present:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if not settle_request(call.world, chat, user, by=call.bot.user, approved=approved):
        raise bad_request("HIDE_REQUESTER_MISSING")
    return True


def _under_control(call: Call, chat_id: ChatId, user_id: int) -> tuple[Chat, User]:
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.is_private:
        raise bad_request("can't ban members in private chats")
    if not chat.member(call.bot.user).may("can_restrict_members"):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    return chat, _user(call, user_id)


def _user(call: Call, user_id: int) -> User:
    user = call.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return user
