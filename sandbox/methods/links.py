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
    _check(call, expire_date, member_limit, creates_join_request)
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
    if link.is_primary:
        raise bad_request("CHAT_INVITE_PERMANENT")
    _check(call, expire_date, member_limit, creates_join_request)
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
        raise bad_request("can't invite members to a private chat")
    if not chat.member(call.bot.user).may("can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    return chat


def _own(call: Call, chat: Chat, url: str) -> InviteLink:
    if not url:
        raise bad_request("invite link must be non-empty")
    link = chat.links.get(url)
    if link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    if link.creator is not call.bot.user:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if link.is_revoked:
        raise bad_request("INVITE_HASH_EXPIRED")
    return link


def _set(link: InviteLink, name: str, expire_date: int, member_limit: int, asks: bool) -> None:
    """Set what a link is made of; a name longer than 32 characters is cut off."""
    link.name = name.strip()[:_LONGEST_NAME] or None
    link.expire_date = max(expire_date, 0) or None
    link.member_limit = max(member_limit, 0) or None
    link.creates_join_request = asks


def _check(call: Call, expire_date: int, member_limit: int, asks: bool) -> None:
    if asks and member_limit > 0:
        raise bad_request("member limit can't be specified for links requiring administrator approval")
    if member_limit > _MOST_MEMBERS:
        raise bad_request("USAGE_LIMIT_INVALID")
    if 0 < expire_date <= call.world.clock.time():
        raise bad_request("EXPIRE_DATE_INVALID")


def _told(call: Call, link: InviteLink) -> Json:
    call.world.changes.notify("link", link)
    return link.to_json(viewer_id=call.bot.id)
