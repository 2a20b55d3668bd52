"""Coming and going, and private chats with bots."""

from sandbox.accounts import Account
from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.membership import ask_to_join, join, leave, set_member
from sandbox.models.members import ChatMember


class Mover(Account):
    """Somebody who joins, leaves, brings others along and blocks bots."""

    async def joins(self, link_url: str) -> None:
        """Come in through an invite link; raises AssertionError if it is no longer open."""
        link, chat = self.find_link(link_url)
        assert link.is_open(at=self.world.clock.date()), f"the link {link_url} is expired, used up or revoked"
        assert not link.creates_join_request, f"the link {link_url} asks for approval: use requests_to_join"
        self.must_be_able_to_join(chat)
        join(self.world, chat, [self.user], link=link)

    async def requests_to_join(self, where: str | Group) -> None:
        """Ask to be let in: through a link that needs approval, or straight at a group."""
        link, chat = self.find_link(where) if isinstance(where, str) else (None, where.chat)
        if link is not None:
            assert link.is_open(at=self.world.clock.date()), (
                f"the link {where} is expired, used up or revoked"
            )
        self.must_be_able_to_join(chat)
        assert self.id not in chat.requests, f"{self!r} has asked already"
        ask_to_join(self.world, chat, self.user, link)

    async def joins_directly(self, group: Group) -> None:
        """Come in without an invite link, as in a public group; private ones are not closed to it."""
        self.must_be_able_to_join(group.chat)
        assert not group.chat.asks_to_join, f"{group.title} lets nobody in unasked: use requests_to_join"
        join(self.world, group.chat, [self.user])

    async def adds(self, *others: Account, to: Group) -> None:
        """Add people to a group she is in."""
        self.must_be_in(to.chat)
        self.must_be_allowed(to.chat, "can_invite_users")
        for other in others:
            assert not to.chat.member(other.user).is_present, f"{other!r} is in {to.title} already"
        join(self.world, to.chat, [other.user for other in others], by=self.user)

    async def leaves(self, group: Group) -> None:
        """Leave a group."""
        self.must_be_in(group.chat)
        leave(self.world, group.chat, self.user)

    async def blocks(self, bot: Bot) -> None:
        """Stop a bot from writing to her."""
        self._set_blocked(bot, blocked=True)

    async def unblocks(self, bot: Bot) -> None:
        """Let a blocked bot write to her again."""
        self._set_blocked(bot, blocked=False)

    def _set_blocked(self, bot: Bot, *, blocked: bool) -> None:
        chat = self.world.private_chat(bot, self.user)
        if chat.is_blocked == blocked:
            return
        chat.is_blocked = blocked
        status = ChatMember(user=bot.user, status="kicked" if blocked else "member")
        set_member(self.world, chat, status, by=self.user)
