"""createChatInviteLink, editChatInviteLink, revokeChatInviteLink, exportChatInviteLink."""

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.links import InviteLink
from sandbox.models.users import Json

_LONGEST_NAME = 32
_MOST_MEMBERS = 99_999


@method("createChatInviteLink")
async def create_chat_invite_link(
    call: Call,
    *,
    chat_id: ChatId,
    name: str = "",
    expire_date: int = 0,
    member_limit: int = 0,
    creates_join_request: bool = False,
) -> Json:
    """Make one more link of the bot's own."""
    chat = _invitable(call, chat_id)
    _check(name, member_limit, creates_join_request)
    link = call.world.add_link(chat, call.bot.user)
    _set(link, name, expire_date, member_limit, creates_join_request)
    return _told(call, link)


@method("editChatInviteLink")
async def edit_chat_invite_link(
    call: Call,
    *,
    chat_id: ChatId,
    invite_link: str,
    name: str = "",
    expire_date: int = 0,
    member_limit: int = 0,
    creates_join_request: bool = False,
) -> Json:
    """Change a link of the bot's own; what is left out is reset."""
    link = _own(call, _invitable(call, chat_id), invite_link)
    if link.is_primary or link.is_revoked:
        raise bad_request("INVITE_HASH_EXPIRED")
    _check(name, member_limit, creates_join_request)
    _set(link, name, expire_date, member_limit, creates_join_request)
    return _told(call, link)


@method("revokeChatInviteLink")
async def revoke_chat_invite_link(call: Call, *, chat_id: ChatId, invite_link: str) -> Json:
    """Close a link of the bot's own; the primary one is replaced by a new one."""
    chat = _invitable(call, chat_id)
    link = _own(call, chat, invite_link)
    link.is_revoked = True
    if link.is_primary:
        call.world.add_link(chat, call.bot.user, is_primary=True)
    return _told(call, link)


@method("exportChatInviteLink")
async def export_chat_invite_link(call: Call, *, chat_id: ChatId) -> str:
    """Make a new primary link of the bot's own; the old one closes."""
    chat = _invitable(call, chat_id)
    for link in chat.links.values():
        if link.is_primary and link.creator is call.bot.user:
            link.is_revoked = True
    link = call.world.add_link(chat, call.bot.user, is_primary=True)
    call.world.changes.notify("link", link)
    return link.url


def _invitable(call: Call, chat_id: ChatId) -> Chat:
    chat = call.world.writable_chat(call.bot, chat_id)
    if chat.is_private:
        raise bad_request("can't access the chat's invite links")
    if not chat.member(call.bot.user).may("can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    return chat


def _own(call: Call, chat: Chat, url: str) -> InviteLink:
    link = chat.links.get(url)
    if link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    if link.creator is not call.bot.user:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return link


def _check(name: str, member_limit: int, creates_join_request: bool) -> None:
    if len(name) > _LONGEST_NAME:
        raise bad_request("invite link name is too long")
    if not 0 <= member_limit <= _MOST_MEMBERS:
        raise bad_request("invalid invite link member limit specified")
    if creates_join_request and member_limit:
        raise bad_request("member limit can't be specified for links requiring administrator approval")


def _set(link: InviteLink, name: str, expire_date: int, member_limit: int, asks: bool) -> None:
    link.name = name or None
    link.expire_date = expire_date or None
    link.member_limit = member_limit or None
    link.creates_join_request = asks


def _told(call: Call, link: InviteLink) -> Json:
    call.world.changes.notify("link", link)
    return link.to_json(viewer_id=call.bot.id)
