"""Chats: private ones, groups, supergroups with their forum topics, channels."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.models.links import InviteLink, JoinRequest
from sandbox.models.members import USUAL_PERMISSIONS, ChatMember
from sandbox.models.users import Json, User

Kind = Literal["private", "group", "supergroup", "channel"]

GENERAL_THREAD_ID = 1


@dataclass(eq=False, kw_only=True, slots=True)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int = 7322096
    icon_emoji_id: str | None = None
    creator_id: int | None = None
    is_closed: bool = False
    is_hidden: bool = False

    def icon_json(self) -> Json:
        """Return the name and icon as forum_topic_created shows them."""
        json: Json = {"name": self.name, "icon_color": self.icon_color}
        if self.icon_emoji_id:
            json["icon_custom_emoji_id"] = self.icon_emoji_id
        return json


def _general() -> Topic:
    return Topic(thread_id=GENERAL_THREAD_ID, name="General")


@dataclass(eq=False, kw_only=True, slots=True)
class Chat:
    """A chat and who is in it; messages are in its history."""

    id: int
    kind: Kind
    title: str | None = None
    username: str | None = None
    person: User | None = None
    is_forum: bool = False
    description: str | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    # The topic that every forum has; what is written there carries no thread id.
    general: Topic = field(default_factory=_general)
    members: dict[int, ChatMember] = field(default_factory=dict)
    permissions: frozenset[str] = USUAL_PERMISSIONS
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    # Whether one who comes without a link has to be let in.
    asks_to_join: bool = False
    migrated_to: int | None = None
    # A channel and its discussion group name each other.
    linked: "Chat | None" = None
    # Channels only: whether posts name their author.
    signs_posts: bool = False
    # Tells the time, by which restrictions and bans run out.
    now: Callable[[], float] = lambda: 0.0
    # A bot's privacy mode counts as it was when the bot joined: Telegram asks for re-adding to change it.
    unfiltered_bots: set[int] = field(default_factory=set)
    last_bot_id: int | None = None
    # Private chats only: may the bot write here?
    is_started: bool = False
    is_blocked: bool = False
    open_until: float = 0.0

    @property
    def is_private(self) -> bool:
        """Whether this is one person's chat with one bot."""
        return self.kind == "private"

    @property
    def is_channel(self) -> bool:
        """Whether only administrators post here, in the chat's own name."""
        return self.kind == "channel"

    @property
    def instance(self) -> str:
        """The chat_instance that identifies the chat in callback queries."""
        return str(abs(self.id) * 2654435761 % 2**63)

    def member(self, user: User) -> ChatMember:
        """Return the user's standing now; somebody never seen here has left."""
        member = self.members.get(user.id)
        if member is None:
            return ChatMember(user=user, status="left")
        return member.at(self.now()) if member.until_date else member

    def allows(self, user: User, permission: str) -> bool:
        """Whether a user may do what members need a permission for."""
        member = self.member(user)
        if self.is_private or member.is_admin:
            return True
        if member.status == "restricted" and permission not in member.permissions:
            return False
        return permission in self.permissions

    def may_edit(self, editor: ChatMember, member: ChatMember) -> bool:
        """Whether an administrator may change another: owners any, others those that go back to them."""
        if member.status == "creator" or editor.user is member.user:
            return False
        if editor.status == "creator":
            return True
        appointed_by, seen = member.appointed_by, {member.user.id}
        while appointed_by is not None and appointed_by not in seen:
            if appointed_by == editor.user.id:
                return editor.may("can_promote_members")
            seen.add(appointed_by)
            patron = self.members.get(appointed_by)
            appointed_by = patron.appointed_by if patron is not None else None
        return False

    def member_json(self, member: ChatMember, *, viewer_id: int) -> Json:
        """Return the Bot API's ChatMember as the bot `viewer_id` sees it."""
        viewer = self.members.get(viewer_id)
        is_editable = viewer is not None and self.may_edit(viewer, member)
        return member.to_json(kind=self.kind, is_editable=is_editable)

    def admins(self) -> list[ChatMember]:
        """Return the owner and the administrators."""
        return [member for member in self.members.values() if member.is_admin]

    def present(self) -> list[ChatMember]:
        """Return those who are in the chat now."""
        return [member for member in self.members.values() if member.is_present]

    def find_topic(self, thread_id: int | None) -> Topic | None:
        """Return a forum's topic, General where no thread is named; None if there is none."""
        if not self.is_forum:
            return None
        return self.general if thread_id is None else self.topics.get(thread_id)

    def to_json(self) -> Json:
        """Return the Bot API's Chat."""
        json: Json = {"id": self.id, "type": self.kind}
        if self.person is not None:
            json["first_name"] = self.person.first_name
            if self.person.last_name:
                json["last_name"] = self.person.last_name
            if self.person.username:
                json["username"] = self.person.username
        else:
            json["title"] = self.title
            if self.username:
                json["username"] = self.username
        if self.is_forum:
            json["is_forum"] = True
        return json
