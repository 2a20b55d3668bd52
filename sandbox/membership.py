"""Who comes, goes, rises and asks to be let in."""

from dataclasses import replace

from sandbox.models.chats import Chat
from sandbox.models.links import InviteLink, JoinRequest
from sandbox.models.members import PERMISSIONS, USUAL_RIGHTS, ChatMember, rights_in
from sandbox.models.users import Json, User
from sandbox.posting import post_service
from sandbox.visibility import is_admin
from sandbox.world import World

_SHORTEST = 30
_LONGEST = 366 * 86_400


def set_member(
    world: World,
    chat: Chat,
    new: ChatMember,
    *,
    by: User,
    link: InviteLink | None = None,
    via_request: bool = False,
) -> None:
    """Change a user's standing and tell the bots: my_chat_member to itself, chat_member to administrators."""
    old = chat.member(new.user)
    chat.members[new.user.id] = new
    bot = world.bots_by_id.get(new.user.id)
    if bot is not None and not old.is_present and new.is_present and not bot.has_privacy:
        chat.unfiltered_bots.add(bot.id)
    elif bot is not None and not new.is_present:
        chat.unfiltered_bots.discard(bot.id)
    world.changes.notify("member", (chat, new))
    if bot is not None:
        world.send_update(
            bot, "my_chat_member", _change(world, chat, old, new, by, bot.id), ("own member", chat.id)
        )
    for watcher in world.bots_in(chat):
        if watcher is bot or chat.is_private or not is_admin(chat, watcher):
            continue
        payload = _change(world, chat, old, new, by, watcher.id)
        if link is not None:
            payload["invite_link"] = link.to_json(viewer_id=watcher.id)
        if via_request:
            payload["via_join_request"] = True
        world.send_update(watcher, "chat_member", payload, ("member", new.user.id))


def join(
    world: World,
    chat: Chat,
    users: list[User],
    *,
    by: User | None = None,
    link: InviteLink | None = None,
    via_request: bool = False,
) -> None:
    """Let users in, on their own or added `by` somebody; groups are told by a service message."""
    for user in users:
        member = chat.member(user).back()
        set_member(world, chat, member, by=by or user, link=link, via_request=via_request)
        if link is not None:
            link.uses += 1
    if not chat.is_channel:
        post_service(world, chat, by or users[0], new_chat_members=[user.to_json() for user in users])


def leave(
    world: World, chat: Chat, user: User, *, by: User | None = None, banned: bool = False, until: int = 0
) -> None:
    """Take a user out: she left, or was removed `by` somebody."""
    # The service message comes first: somebody who has gone is shown nothing more.
    if not chat.is_channel:
        post_service(world, chat, by or user, left_chat_member=user.to_json())
    gone = chat.member(user).gone()
    if banned:
        gone = ChatMember(user=user, status="kicked", until_date=until)
    set_member(world, chat, gone, by=by or user)


def promote(
    world: World,
    chat: Chat,
    user: User,
    *,
    by: User,
    rights: frozenset[str] = USUAL_RIGHTS,
    title: str | None = None,
    anonymous: bool = False,
) -> None:
    """Make a user an administrator with those of the rights that the kind of chat knows, or change them."""
    member = ChatMember(
        user=user,
        status="administrator",
        rights=(rights & frozenset(rights_in(chat.kind))) | {"can_manage_chat"},
        custom_title=title,
        is_anonymous=anonymous and not chat.is_channel,
        appointed_by=by.id,
    )
    set_member(world, chat, member, by=by)


def demote(world: World, chat: Chat, user: User, *, by: User) -> None:
    """Make an administrator an ordinary member; a bot can't be one in a channel and goes."""
    if chat.is_channel and user.is_bot:
        leave(world, chat, user, by=by)
    else:
        set_member(world, chat, ChatMember(user=user), by=by)


def restrict(
    world: World, chat: Chat, user: User, *, by: User, permissions: frozenset[str], until: int = 0
) -> None:
    """Leave a user only some permissions, until a Unix time (0: for good); all of them lift it."""
    old = chat.member(user)
    if permissions >= frozenset(PERMISSIONS):
        new = ChatMember(user=user, status="member" if old.is_present else "left")
    else:
        new = ChatMember(
            user=user,
            status="restricted",
            permissions=permissions,
            has_left=not old.is_present,
            until_date=until,
        )
    if new != old:
        set_member(world, chat, new, by=by)


def until_date(world: World, asked: int) -> int:
    """Return when a restriction ends: under 30 seconds or over 366 days from now is for good (0)."""
    return asked if _SHORTEST <= asked - world.clock.time() <= _LONGEST else 0


def ask_to_join(world: World, chat: Chat, user: User, link: InviteLink | None) -> None:
    """Record a request to join and tell the bots that may let people in."""
    request = JoinRequest(user=user, date=world.clock.date(), link=link)
    chat.requests[user.id] = request
    if link is not None:
        link.pending += 1
    world.changes.notify("join_request", (chat, request))
    for bot in world.bots_in(chat):
        if not chat.member(bot.user).may("can_invite_users"):
            continue
        # For five minutes the bot may write to somebody who has never started it.
        world.private_chat(bot, user).open_until = world.clock.time() + 300
        payload: Json = {
            "chat": chat.to_json(),
            "from": user.to_json(),
            "user_chat_id": user.id,
            "date": request.date,
        }
        if link is not None:
            payload["invite_link"] = link.to_json(viewer_id=bot.id)
        world.send_update(bot, "chat_join_request", payload, ("join request", user.id))


def settle_request(world: World, chat: Chat, user: User, *, by: User, approved: bool) -> bool:
    """Let in or turn away somebody who asked; False if she did not."""
    request = chat.requests.pop(user.id, None)
    if request is None:
        return False
    if request.link is not None:
        request.link.pending -= 1
    if approved:
        # A request without a link is marked as such; one through a link names the link.
        join(world, chat, [user], link=request.link, via_request=request.link is None)
    world.changes.notify("join_request_settled", (chat, request))
    return True


def link_channel(world: World, channel: Chat, group: Chat) -> None:
    """Make a group the place where a channel's posts are discussed."""
    channel.linked, group.linked = group, channel
    world.changes.notify("chat", channel)


def migrate(world: World, chat: Chat, *, by: User) -> Chat:
    """Turn a basic group into a supergroup with a new id and new message ids."""
    new = world.add_chat(chat.title or "", kind="supergroup")
    new.members = {user_id: replace(member) for user_id, member in chat.members.items()}
    new.unfiltered_bots = set(chat.unfiltered_bots)
    new.permissions, new.description = chat.permissions, chat.description
    new.links, new.requests = chat.links, chat.requests
    post_service(world, chat, by, migrate_to_chat_id=new.id)
    chat.migrated_to = new.id
    post_service(world, new, by, migrate_from_chat_id=chat.id)
    world.changes.notify("migrated", (chat, new))
    return new


def _change(world: World, chat: Chat, old: ChatMember, new: ChatMember, by: User, viewer_id: int) -> Json:
    return {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": world.clock.date(),
        "old_chat_member": chat.member_json(old, viewer_id=viewer_id),
        "new_chat_member": chat.member_json(new, viewer_id=viewer_id),
    }
