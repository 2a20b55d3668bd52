"""Chats: private ones, groups, supergroups and their forum topics."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.models.links import InviteLink, JoinRequest
from sandbox.models.members import ChatMember
from sandbox.models.users import Json, User

Kind = Literal["private", "group", "supergroup"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    thread_id: int
    name: str


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
    members: dict[int, ChatMember] = field(default_factory=dict)
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    migrated_to: int | None = None
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
    def instance(self) -> str:
        """The chat_instance that identifies the chat in callback queries."""
        return str(abs(self.id) * 2654435761 % 2**63)

    def member(self, user: User) -> ChatMember:
        """Return the user's standing; somebody never seen here has left."""
        return self.members.get(user.id) or ChatMember(user=user, status="left")

    def admins(self) -> list[ChatMember]:
        """Return the owner and the administrators."""
        return [member for member in self.members.values() if member.is_admin]

    def present(self) -> list[ChatMember]:
        """Return those who are in the chat now."""
        return [member for member in self.members.values() if member.is_present]

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
