"""People: everything that one can do, as the verbs of tests and scripts."""

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.membership import demote, join, leave, migrate, promote, settle_request
from sandbox.models.members import USUAL_RIGHTS
from sandbox.paying import Payer
from sandbox.talking import Talker
from sandbox.voting import Voter


class Person(Voter, Payer):
    """Somebody with a Telegram account, who may run groups."""

    async def removes(self, other: Talker, group: Group) -> None:
        """Take somebody out of a group; she can't come back by herself."""
        self.must_administer(group.chat)
        leave(self.world, group.chat, other.user, by=self.user, banned=True)

    async def approves(self, other: Talker, group: Group) -> None:
        """Let somebody in who asked."""
        self.must_administer(group.chat)
        settled = settle_request(self.world, group.chat, other.user, by=self.user, approved=True)
        assert settled, f"{other!r} did not ask to join {group.title}"

    async def makes_link(self, group: Group, *, name: str | None = None, asks: bool = False) -> str:
        """Make an invite link of her own and return its address."""
        self.must_administer(group.chat)
        link = self.world.add_link(group.chat, self.user)
        link.name, link.creates_join_request = name, asks
        return link.url

    async def adds_bot(
        self,
        bot: Bot,
        group: Group,
        *,
        admin: bool = False,
        rights: frozenset[str] = USUAL_RIGHTS,
        payload: str | None = None,
    ) -> None:
        """Add a bot to a group, at once as an administrator if wanted.

        `payload` is that of a `?startgroup=` link; some clients lose it, so bots must do without.
        """
        self.must_be_in(group.chat)
        assert not group.chat.member(bot.user).is_present, f"@{bot.username} is in {group.title} already"
        join(self.world, group.chat, [bot.user], by=self.user)
        if admin:
            await self.promotes_bot(bot, group, rights=rights)
        if payload is not None:
            await self.says(f"/start@{bot.username} {payload}", in_=group)

    async def promotes_bot(self, bot: Bot, group: Group, *, rights: frozenset[str] = USUAL_RIGHTS) -> None:
        """Make a bot an administrator, or change its rights."""
        self.must_administer(group.chat)
        assert group.chat.member(bot.user).is_present, f"@{bot.username} is not in {group.title}"
        promote(self.world, group.chat, bot.user, by=self.user, rights=rights)

    async def demotes_bot(self, bot: Bot, group: Group) -> None:
        """Make a bot an ordinary member."""
        self.must_administer(group.chat)
        demote(self.world, group.chat, bot.user, by=self.user)

    async def removes_bot(self, bot: Bot, group: Group) -> None:
        """Take a bot out of a group."""
        self.must_administer(group.chat)
        leave(self.world, group.chat, bot.user, by=self.user, banned=True)

    async def promotes(
        self,
        other: Talker,
        group: Group,
        *,
        rights: frozenset[str] = USUAL_RIGHTS,
        title: str | None = None,
        anonymous: bool = False,
    ) -> None:
        """Make a member an administrator."""
        self.must_administer(group.chat)
        promote(
            self.world, group.chat, other.user, by=self.user, rights=rights, title=title, anonymous=anonymous
        )

    async def demotes(self, other: Talker, group: Group) -> None:
        """Make an administrator an ordinary member."""
        self.must_administer(group.chat)
        demote(self.world, group.chat, other.user, by=self.user)

    async def migrates(self, group: Group) -> None:
        """Turn a basic group into a supergroup; `group` follows to the new chat."""
        self.must_administer(group.chat)
        assert group.chat.kind == "group", f"{group.title} is a supergroup already"
        migrate(self.world, group.chat, by=self.user)
