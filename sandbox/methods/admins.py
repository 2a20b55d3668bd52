"""promoteChatMember, setChatAdministratorCustomTitle."""

from dataclasses import replace

from sandbox.entities import utf16_length
from sandbox.errors import bad_request
from sandbox.membership import demote, promote, set_member
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.members import ChatMember, rights_in

_LONGEST_TITLE = 16


@method("promoteChatMember")
async def promote_chat_member(
    call: Call,
    *,
    chat_id: ChatId,
    user_id: int,
    is_anonymous: bool = False,
    can_manage_chat: bool = False,
    can_delete_messages: bool = False,
    can_manage_video_chats: bool = False,
    can_restrict_members: bool = False,
    can_promote_members: bool = False,
    can_change_info: bool = False,
    can_invite_users: bool = False,
    can_post_stories: bool = False,
    can_edit_stories: bool = False,
    can_delete_stories: bool = False,
    can_post_messages: bool = False,
    can_edit_messages: bool = False,
    can_pin_messages: bool = False,
    can_manage_topics: bool = False,
    can_manage_direct_messages: bool = False,
    can_manage_tags: bool = False,
) -> bool:
    """Make somebody an administrator with rights that the bot has itself; with none, an ordinary member."""
    given = {
        "can_manage_chat": can_manage_chat,
        "can_delete_messages": can_delete_messages,
        "can_manage_video_chats": can_manage_video_chats,
        "can_restrict_members": can_restrict_members,
        "can_promote_members": can_promote_members,
        "can_change_info": can_change_info,
        "can_invite_users": can_invite_users,
        "can_post_stories": can_post_stories,
        "can_edit_stories": can_edit_stories,
        "can_delete_stories": can_delete_stories,
        "can_post_messages": can_post_messages,
        "can_edit_messages": can_edit_messages,
        "can_pin_messages": can_pin_messages,
        "can_manage_topics": can_manage_topics,
        "can_manage_direct_messages": can_manage_direct_messages,
        "can_manage_tags": can_manage_tags,
    }
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.kind not in ("supergroup", "channel"):
        raise bad_request("method is available for supergroup and channel chats only")
    rights = frozenset(right for right in rights_in(chat.kind) if given[right])
    _appoint(call, chat, _member(call, chat, user_id), rights, is_anonymous=is_anonymous)
    return True


@method("setChatAdministratorCustomTitle")
async def set_chat_administrator_custom_title(
    call: Call, *, chat_id: ChatId, user_id: int, custom_title: str
) -> bool:
    """Name an administrator's office, in at most 16 characters."""
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.kind != "supergroup":
        raise bad_request("method is available only for supergroups")
    member = _member(call, chat, user_id)
    if member.status == "creator":
        raise bad_request("only creator can edit their custom title")
    if not member.is_admin:
        raise bad_request("user is not an administrator")
    if not chat.may_edit(chat.member(call.bot.user), member):
        raise bad_request("not enough rights to change custom title of the user")
    # Emoji lie outside the plane of ordinary letters and are two UTF-16 units long.
    if any(utf16_length(letter) > 1 for letter in custom_title):
        raise bad_request("ADMIN_RANK_EMOJI_NOT_ALLOWED")
    if len(custom_title) > _LONGEST_TITLE:
        raise bad_request("ADMIN_RANK_INVALID")
    titled = replace(member, custom_title=custom_title.strip() or None)
    if titled != member:
        set_member(call.world, chat, titled, by=call.bot.user)
    return True


def _appoint(
    call: Call, chat: Chat, member: ChatMember, rights: frozenset[str], *, is_anonymous: bool
) -> None:
    own = chat.member(call.bot.user)
    # Anonymity alone makes an administrator too.
    rises = bool(rights) or (is_anonymous and not chat.is_channel)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if not rises and not member.is_admin:
        return
    if member.user is own.user and rises:
        raise bad_request("can't promote self")
    if not own.may("can_promote_members"):
        raise bad_request("not enough rights")
    if member.is_admin and not chat.may_edit(own, member):
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if not all(own.may(right) for right in rights):
        raise bad_request("RIGHT_FORBIDDEN")
    if not member.is_present:
        raise bad_request("USER_NOT_PARTICIPANT")
    if not rises:
        demote(call.world, chat, member.user, by=own.user)
        return
    promote(
        call.world,
        chat,
        member.user,
        by=own.user,
        rights=rights,
        title=member.custom_title,
        anonymous=is_anonymous,
    )


def _member(call: Call, chat: Chat, user_id: int) -> ChatMember:
    user = call.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat.member(user)
