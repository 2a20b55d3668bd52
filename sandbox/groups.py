"""A group as tests see and stir it."""

from collections.abc import Mapping

from sandbox import topics
from sandbox.errors import ApiError
from sandbox.membership import link_channel
from sandbox.models.chats import Topic
from sandbox.models.members import ChatMember
from sandbox.models.users import User
from sandbox.posting import react_anonymously
from sandbox.sights import Room, SeenMessage


class Group(Room):
    """A group, supergroup or channel: its messages, its members and its topics."""

    @property
    def title(self) -> str:
        """The group's name."""
        return self.chat.title or ""

    @property
    def owner(self) -> User:
        """The group's creator; raises StopIteration if there is none."""
        return next(member.user for member in self.chat.members.values() if member.status == "creator")

    @property
    def member_names(self) -> list[str]:
        """The first names of those who are in the group, bots included."""
        return [member.user.first_name for member in self.chat.present()]

    def member(self, user: User) -> ChatMember:
        """Return somebody's standing in the group."""
        return self.chat.member(user)

    def topic(self, name: str) -> Topic:
        """Open a forum topic as the owner; raises ApiError where the group is no forum."""
        if not self.chat.is_forum:
            raise ApiError(400, "Bad Request: the chat is not a forum")
        return topics.found(self.world, self.chat, self.owner, name)

    def discussed_in(self, group: "Group") -> None:
        """Let a channel's posts be discussed in a group: each is forwarded there."""
        link_channel(self.world, self.chat, group.chat)

    async def anonymous_reactions(self, to: SeenMessage, counts: Mapping[str, int]) -> None:
        """Set how many unnamed people gave each emoji; Telegram tells bots the totals only."""
        react_anonymously(self.world, to.message, dict(counts))
