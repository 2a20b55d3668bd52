"""Running a group: who may do what, what it is called, its topics."""

from sandbox import topics
from sandbox.groups import Group
from sandbox.membership import restrict, set_member, until_date
from sandbox.models.chats import Topic
from sandbox.models.members import PERMISSIONS, ChatMember
from sandbox.posting import post_service
from sandbox.talking import Talker


class Governor(Talker):
    """Somebody who keeps order in groups."""

    async def restricts(
        self,
        other: Talker,
        group: Group,
        *,
        permissions: frozenset[str] = frozenset(),
        until: int = 0,
    ) -> None:
        """Leave somebody only some permissions until a Unix time, 0 for good."""
        self._must_control(other, group)
        assert group.chat.kind == "supergroup", f"nobody can be restricted in {group.title}"
        until = until_date(self.world, until)
        restrict(self.world, group.chat, other.user, by=self.user, permissions=permissions, until=until)

    async def unrestricts(self, other: Talker, group: Group) -> None:
        """Let somebody do again what every member may."""
        await self.restricts(other, group, permissions=frozenset(PERMISSIONS))

    async def unbans(self, other: Talker, group: Group) -> None:
        """Let somebody come back who was removed."""
        self.must_administer(group.chat, "can_restrict_members")
        assert group.chat.member(other.user).status == "kicked", f"{other!r} was not removed"
        left = ChatMember(user=other.user, status="left")
        set_member(self.world, group.chat, left, by=self.user)

    async def lets_members(self, group: Group, permissions: frozenset[str]) -> None:
        """Set what members may do who have no restriction of their own."""
        self.must_administer(group.chat, "can_restrict_members")
        assert not group.chat.is_channel, "the members of a channel only read"
        group.chat.permissions = permissions
        self.world.changes.notify("chat", group.chat)

    async def renames(self, group: Group, title: str) -> None:
        """Give a group or channel another name."""
        self.must_be_allowed(group.chat, "can_change_info")
        group.chat.title = title
        post_service(self.world, group.chat, self.user, new_chat_title=title)
        self.world.changes.notify("chat", group.chat)

    async def founds_topic(self, name: str, group: Group) -> Topic:
        """Open a topic of a forum."""
        assert group.chat.is_forum, f"{group.title} has no topics"
        self.must_be_allowed(group.chat, "can_manage_topics")
        return topics.found(self.world, group.chat, self.user, name)

    async def renames_topic(self, topic: Topic, name: str, group: Group) -> None:
        """Give a topic another name."""
        self._must_run(topic, group)
        assert topics.edit(self.world, group.chat, self.user, topic, name=name), "it has that name"

    async def closes_topic(self, topic: Topic, group: Group) -> None:
        """Let only administrators write in a topic."""
        self._must_run(topic, group)
        assert topics.close(self.world, group.chat, self.user, topic), f"{topic.name} is closed already"

    async def reopens_topic(self, topic: Topic, group: Group) -> None:
        """Let everybody write in a topic again."""
        self._must_run(topic, group)
        assert topics.reopen(self.world, group.chat, self.user, topic), f"{topic.name} is open"

    async def deletes_topic(self, topic: Topic, group: Group) -> None:
        """Take a topic away with all that was written in it."""
        self.must_administer(group.chat, "can_delete_messages")
        assert topic is not group.chat.general, "General stays"
        topics.remove(self.world, group.chat, topic)

    def _must_run(self, topic: Topic, group: Group) -> None:
        if topic.creator_id != self.id:
            self.must_administer(group.chat, "can_manage_topics")

    def _must_control(self, other: Talker, group: Group) -> None:
        self.must_administer(group.chat, "can_restrict_members")
        own, member = group.chat.member(self.user), group.chat.member(other.user)
        may = not member.is_admin or group.chat.may_edit(own, member)
        assert may, f"{other!r} is an administrator of {group.title}"
