"""Somebody with a Telegram account, and what she may do."""

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.links import InviteLink
from sandbox.models.members import RIGHTS
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

    def must_be_able_to_write(
        self, chat: Chat, permission: str = "can_send_messages", thread_id: int | None = None
    ) -> None:
        """Raise AssertionError unless she is in the chat, not muted, and the topic is open to her."""
        self.must_be_in(chat)
        if chat.is_channel:
            self.must_administer(chat, "can_post_messages")
        self.must_be_allowed(chat, permission)
        topic = chat.find_topic(thread_id)
        if topic is not None and topic.is_closed:
            self.must_administer(chat, "can_manage_topics")

    def must_be_allowed(self, chat: Chat, permission: str) -> None:
        """Raise AssertionError where she lacks a permission, or as an administrator the right to it."""
        member = chat.member(self.user)
        if member.is_admin and permission in RIGHTS:
            self.must_administer(chat, permission)
            return
        why = "is muted in" if permission == "can_send_messages" else f"lacks {permission} in"
        assert chat.allows(self.user, permission), f"{self!r} {why} {chat.title}"

    def must_administer(self, chat: Chat, right: str | None = None) -> None:
        """Raise AssertionError unless she is the chat's owner or an administrator with the right."""
        member = chat.member(self.user)
        assert member.is_admin, f"{self!r} is no administrator of {chat.title}"
        assert right is None or member.may(right), f"{self!r} lacks {right} in {chat.title}"

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
