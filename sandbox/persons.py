"""People: everything that one can do, as the verbs of tests and scripts."""

from urllib.parse import parse_qs, urlsplit

from sandbox.bots import Bot
from sandbox.governing import Governor
from sandbox.groups import Group
from sandbox.membership import demote, join, leave, migrate, promote, settle_request
from sandbox.models.members import CHANNEL_RIGHTS, RIGHTS, USUAL_RIGHTS
from sandbox.models.users import User
from sandbox.paying import Payer
from sandbox.publishing import Publisher
from sandbox.searching import Searcher
from sandbox.sharing import Sharer
from sandbox.talking import Talker
from sandbox.voting import Voter


class Person(Governor, Publisher, Sharer, Voter, Searcher, Payer):
    """Somebody with a Telegram account, who may run groups."""

    async def removes(self, other: Talker, group: Group) -> None:
        """Take somebody out; from a supergroup or channel she can't come back by herself."""
        self._must_control(other, group)
        self._takes_out(other.user, group)

    async def approves(self, other: Talker, group: Group) -> None:
        """Let somebody in who asked."""
        self._settles(other, group, approved=True)

    async def declines(self, other: Talker, group: Group) -> None:
        """Turn somebody away who asked."""
        self._settles(other, group, approved=False)

    async def makes_link(
        self,
        group: Group,
        *,
        name: str | None = None,
        asks: bool = False,
        expires: int | None = None,
        limit: int | None = None,
    ) -> str:
        """Make an invite link of her own and return its address; `expires` is a Unix time."""
        self.must_be_allowed(group.chat, "can_invite_users")
        assert not (asks and limit), "a link that asks for approval has no limit"
        link = self.world.add_link(group.chat, self.user)
        link.name, link.creates_join_request = name, asks
        link.expire_date, link.member_limit = expires, limit
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
        """Add a bot to a group, at once as an administrator if wanted; to a channel it comes only so.

        `payload` is that of a `?startgroup=` link; some clients lose it, so bots must do without.
        """
        chat = group.chat
        self.must_be_in(chat)
        assert not chat.member(bot.user).is_present, f"@{bot.username} is in {group.title} already"
        assert admin or not chat.is_channel, f"a bot can be in {group.title} only as an administrator"
        if chat.is_channel:
            self.must_administer(chat, "can_promote_members")
            promote(self.world, chat, bot.user, by=self.user, rights=_suited(rights, group))
            return
        self.must_be_allowed(chat, "can_invite_users")
        join(self.world, chat, [bot.user], by=self.user)
        if admin:
            await self.promotes_bot(bot, group, rights=rights)
        if payload is not None:
            await self.says(f"/start@{bot.username} {payload}", in_=group)

    async def follows(self, url: str, *, into: Group) -> None:
        """Open a `?startgroup=` or `?startchannel=` link and choose the group, where the bot is added.

        `&admin=right+right` makes it an administrator, or gives one there already more rights. With
        `world.group_payloads_arrive` off the payload is lost on the way, as some clients do.
        """
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True)
        name = parts.path.strip("/").lower()
        bot = next(bot for bot in self.world.bots_by_id.values() if bot.username.lower() == name)
        kind = "startchannel" if into.chat.is_channel else "startgroup"
        assert kind in query, f"{url} is not for {into.title}"
        asked = frozenset(f"can_{right}" for right in " ".join(query.get("admin", [])).split())
        assert asked <= frozenset(RIGHTS), (
            f"{url} asks for rights that there are not: {asked - frozenset(RIGHTS)}"
        )
        is_new = not into.chat.member(bot.user).is_present
        if is_new:
            await self.adds_bot(bot, into, admin=bool(asked), rights=asked)
        elif asked:
            await self.promotes_bot(bot, into, rights=asked)
        payload = query[kind][0]
        if payload and self.world.group_payloads_arrive and not into.chat.is_channel:
            await self.says(f"/start@{bot.username} {payload}", in_=into)

    async def promotes_bot(self, bot: Bot, group: Group, *, rights: frozenset[str] = USUAL_RIGHTS) -> None:
        """Make a bot an administrator, or change its rights."""
        self.must_administer(group.chat, "can_promote_members")
        assert group.chat.member(bot.user).is_present, f"@{bot.username} is not in {group.title}"
        promote(self.world, group.chat, bot.user, by=self.user, rights=_suited(rights, group))

    async def demotes_bot(self, bot: Bot, group: Group) -> None:
        """Make a bot an ordinary member; from a channel it goes."""
        self._must_outrank(bot.user, group)
        demote(self.world, group.chat, bot.user, by=self.user)

    async def removes_bot(self, bot: Bot, group: Group) -> None:
        """Take a bot out of a group."""
        self.must_administer(group.chat, "can_restrict_members")
        self._takes_out(bot.user, group)

    async def promotes(
        self,
        other: Talker,
        group: Group,
        *,
        rights: frozenset[str] = USUAL_RIGHTS,
        title: str | None = None,
        anonymous: bool = False,
    ) -> None:
        """Make a member an administrator with rights that she has herself, or change them."""
        self.must_administer(group.chat, "can_promote_members")
        own, member = group.chat.member(self.user), group.chat.member(other.user)
        assert member.is_present, f"{other!r} is not in {group.title}"
        if member.is_admin:
            self._must_outrank(other.user, group)
        rights = _suited(rights, group)
        assert all(own.may(right) for right in rights), f"{self!r} can't give rights that she lacks"
        promote(
            self.world, group.chat, other.user, by=self.user, rights=rights, title=title, anonymous=anonymous
        )

    async def demotes(self, other: Talker, group: Group) -> None:
        """Make an administrator an ordinary member."""
        self._must_outrank(other.user, group)
        demote(self.world, group.chat, other.user, by=self.user)

    async def migrates(self, group: Group) -> None:
        """Turn a basic group into a supergroup; `group` follows to the new chat."""
        assert group.chat.member(self.user).status == "creator", f"{group.title} is not {self!r}'s"
        assert group.chat.kind == "group", f"{group.title} is a supergroup already"
        migrate(self.world, group.chat, by=self.user)

    def _settles(self, other: Talker, group: Group, *, approved: bool) -> None:
        self.must_administer(group.chat, "can_invite_users")
        settled = settle_request(self.world, group.chat, other.user, by=self.user, approved=approved)
        assert settled, f"{other!r} did not ask to join {group.title}"

    def _takes_out(self, user: User, group: Group) -> None:
        # A person removed from a basic group may come back; a bot is told that it was kicked.
        banned = group.chat.kind != "group" or user.is_bot
        leave(self.world, group.chat, user, by=self.user, banned=banned)

    def _must_outrank(self, user: User, group: Group) -> None:
        own, member = group.chat.member(self.user), group.chat.member(user)
        assert group.chat.may_edit(own, member), f"{self!r} can't change {user.first_name} in {group.title}"


def _suited(rights: frozenset[str], group: Group) -> frozenset[str]:
    """Return the usual rights of a channel where those of a group were not changed."""
    return CHANNEL_RIGHTS if group.chat.is_channel and rights == USUAL_RIGHTS else rights
