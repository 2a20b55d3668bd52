"""Somebody with a Telegram account, and what she may do."""

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.links import InviteLink
from sandbox.models.users import User
from sandbox.sights import Room
from sandbox.world import World


class Account:
    """A person in the world; what a client would not offer her raises AssertionError."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user

    def __repr__(self) -> str:
        return f"<{self.user.full_name}>"

    @property
    def id(self) -> int:
        """The user id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The first name."""
        return self.user.first_name

    def private(self, bot: Bot) -> Room:
        """Return her chat with a bot."""
        return Room(self.world, self.world.private_chat(bot, self.user))

    def must_be_in(self, chat: Chat) -> None:
        """Raise AssertionError unless she is in the chat."""
        assert chat.member(self.user).is_present, f"{self!r} is not in {chat.title}"

    def must_be_able_to_write(self, chat: Chat) -> None:
        """Raise AssertionError unless she is in the chat and not muted."""
        self.must_be_in(chat)
        assert chat.member(self.user).status != "restricted", f"{self!r} is muted in {chat.title}"

    def must_administer(self, chat: Chat) -> None:
        """Raise AssertionError unless she is the chat's owner or an administrator."""
        assert chat.member(self.user).is_admin, f"{self!r} is no administrator of {chat.title}"

    def must_be_able_to_join(self, chat: Chat) -> None:
        """Raise AssertionError if she is in the chat already or banned from it."""
        member = chat.member(self.user)
        assert not member.is_present, f"{self!r} is in {chat.title} already"
        assert member.status != "kicked", f"{self!r} was removed from {chat.title}"

    def find_link(self, url: str) -> tuple[InviteLink, Chat]:
        """Return an invite link and its group; raises AssertionError for one that nobody made."""
        for chat in self.world.chats.values():
            if url in chat.links and chat.migrated_to is None:
                return chat.links[url], chat
        raise AssertionError(f"nobody made the invite link {url}")
