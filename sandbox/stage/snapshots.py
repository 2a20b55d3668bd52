"""What one person sees: her chats, one chat's messages, the commands she is offered."""

from dataclasses import dataclass, field

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.links import InviteLink
from sandbox.models.messages import Message
from sandbox.models.users import ANONYMOUS_ADMIN, CHANNEL_BOT, Json, User
from sandbox.stage.places import chat_key, chats_of
from sandbox.stage.views import brief, message_view, person_view
from sandbox.world import World

MOST_MESSAGES = 200


@dataclass(kw_only=True, slots=True)
class ReadMarks:
    """How far each person has read each chat."""

    marks: dict[tuple[int, str], int] = field(default_factory=dict)

    def advance(self, viewer: User, key: str, message_id: int) -> None:
        """Note that somebody has seen a message and all before it."""
        self.marks[viewer.id, key] = max(message_id, self.marks.get((viewer.id, key), 0))

    def unread(self, viewer: User, key: str, messages: list[Message]) -> int:
        """Return how many messages of others she has not seen."""
        mark = self.marks.get((viewer.id, key), 0)
        count = 0
        for message in reversed(messages):
            if message.id <= mark:
                break
            count += message.sender is not viewer and not message.service
        return count


def state_of(world: World, viewer: User, reads: ReadMarks) -> Json:
    """Return everybody who can be played and the viewer's chats, newest first."""
    people = [user for user in _users(world) if not user.is_bot]
    chats = [chat_summary(world, viewer, chat, bot, reads) for chat, bot in chats_of(world, viewer)]
    chats.sort(key=lambda chat: (chat["last"] or {"date": 0})["date"], reverse=True)
    return {
        "me": person_view(world, viewer),
        "people": [person_view(world, user) for user in people],
        "bots": [bot_view(bot) for bot in world.bots_by_id.values()],
        "chats": chats,
    }


def chat_summary(world: World, viewer: User, chat: Chat, bot: Bot | None, reads: ReadMarks) -> Json:
    """Return a chat as a line of the list, with what the viewer may do there."""
    shown = world.history(chat).shown()
    key = chat_key(chat)
    member = chat.member(viewer)
    summary: Json = {
        "key": key,
        "kind": "private" if bot else "group",
        "id": bot.id if bot else chat.id,
        "title": bot.user.full_name if bot else chat.title,
        "last": brief(shown[-1]) if shown else None,
        "unread": reads.unread(viewer, key, shown),
    }
    if bot is not None:
        return summary | {
            "username": bot.username,
            "is_started": bool(shown),
            "is_blocked": chat.is_blocked,
            "can_write": True,
        }
    summary |= {
        "type": chat.kind,
        "members": sum(1 for other in chat.present() if not other.user.is_bot),
        "status": member.status,
        "can_write": _may_write(chat, viewer),
        "cannot_write": "Only administrators post in this channel."
        if chat.is_channel
        else "You may not write in this group.",
        "is_forum": chat.is_forum,
        "topics": [
            {"id": topic.thread_id, "name": topic.name, "is_closed": topic.is_closed}
            for topic in chat.topics.values()
        ],
        "was": [chat_key(old) for old in world.chats.values() if old.migrated_to == chat.id],
    }
    if member.is_admin:
        asking = [request.user for request in chat.requests.values()]
        summary["requests"] = [{"id": user.id, "name": user.full_name} for user in asking]
    return summary


def chat_view(
    world: World,
    viewer: User,
    chat: Chat,
    bot: Bot | None,
    reads: ReadMarks,
    *,
    before: int | None,
    limit: int,
    topic: int | None = None,
) -> Json:
    """Return a chat with the newest messages (before one, of a topic, if named), oldest first.

    Topic 0 is General, None everything.
    """
    everything = world.history(chat).shown()
    shown = (
        everything if topic is None else [message for message in everything if _topic_of(message) == topic]
    )
    older = shown if before is None else [message for message in shown if message.id < before]
    page = older[-min(limit, MOST_MESSAGES) :]
    pinned = [message for message in everything if message.is_pinned]
    return chat_summary(world, viewer, chat, bot, reads) | {
        "messages": [message_view(message) for message in page],
        "has_earlier": len(older) > len(page),
        "pinned": brief(pinned[-1]) if pinned else None,
        "commands": commands_for(world, viewer, chat, bot),
        "read_up_to": reads.marks.get((viewer.id, chat_key(chat)), 0),
    }


def commands_for(world: World, viewer: User, chat: Chat, bot: Bot | None) -> list[Json]:
    """Return the commands that a client would suggest, in Telegram's order of scopes."""
    bots = [bot] if bot is not None else world.bots_in(chat)
    return [
        {"bot": each.username, "command": command["command"], "description": command["description"]}
        for each in bots
        for command in _commands_of(each, viewer, chat)
    ]


def bot_view(bot: Bot) -> Json:
    """Return a bot for dialogs and for the composer."""
    return {
        "id": bot.id,
        "name": bot.user.full_name,
        "username": bot.username,
        "is_inline": bot.inline is not None,
    }


def members_view(world: World, chat: Chat) -> Json:
    """Return who is in a chat, or was put out of it, and who could be added."""
    order = {"creator": 0, "administrator": 1}
    members = [member for member in map(chat.member, _users(world)) if member.status != "left"]
    members.sort(key=lambda member: (order.get(member.status, 2), member.user.is_bot))
    present = {member.user.id for member in members}
    return {
        "members": [
            {
                "id": member.user.id,
                "name": member.user.full_name,
                "is_bot": member.user.is_bot,
                "status": member.status,
                "is_anonymous": member.is_anonymous,
                "title": member.custom_title,
            }
            for member in members
        ],
        "outside": [
            person_view(world, user) for user in _users(world) if not user.is_bot and user.id not in present
        ],
        "bots": [bot_view(bot) for bot in world.bots_by_id.values() if bot.id not in present],
    }


def link_view(world: World, viewer: User, link: InviteLink, chat: Chat) -> Json:
    """Return what a client shows before one joins, and who could join."""
    outside = [
        user
        for user in world.users.values()
        if not user.is_bot and user is not ANONYMOUS_ADMIN and not chat.member(user).is_present
    ]
    return {
        "kind": "invite",
        "url": link.url,
        "title": chat.title,
        "id": chat.id,
        "members": sum(1 for member in chat.present() if not member.user.is_bot),
        "asks": link.creates_join_request,
        "is_open": link.is_open(at=world.clock.date()),
        "is_inside": chat.member(viewer).is_present,
        "chat": chat_key(chat),
        "outside": [person_view(world, user) for user in outside],
    }


def _users(world: World) -> list[User]:
    own = (ANONYMOUS_ADMIN.id, CHANNEL_BOT.id)
    return [user for user in world.users.values() if user.id not in own]


def _may_write(chat: Chat, viewer: User) -> bool:
    if chat.is_channel:
        return chat.member(viewer).may("can_post_messages")
    return chat.allows(viewer, "can_send_messages")


def _topic_of(message: Message) -> int:
    return (message.thread_id or 0) if message.is_topic else 0


def _commands_of(bot: Bot, viewer: User, chat: Chat) -> list[Json]:
    language = (viewer.language_code or "").split("-")[0]
    for scope in _scopes(viewer, chat):
        for wanted in (language, ""):
            if commands := bot.commands.get((scope, wanted)):
                return commands
    return []


def _scopes(viewer: User, chat: Chat) -> list[str]:
    if chat.is_private:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    is_admin = chat.member(viewer).is_admin
    scopes = [f"chat_member:{chat.id}:{viewer.id}"]
    scopes += [f"chat_administrators:{chat.id}"] if is_admin else []
    scopes += [f"chat:{chat.id}"]
    scopes += ["all_chat_administrators"] if is_admin else []
    return [*scopes, "all_group_chats", "default"]
