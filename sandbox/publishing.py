"""Writing in a channel, beneath its posts, and in its name."""

from sandbox.entities import find_entities
from sandbox.groups import Group
from sandbox.models.chats import Topic
from sandbox.models.users import CHANNEL_BOT
from sandbox.sights import SeenMessage
from sandbox.talking import Talker


class Publisher(Talker):
    """Somebody who may run channels."""

    async def posts(
        self, channel: Group, text: str, *, image: bytes | None = None, reply_to: SeenMessage | None = None
    ) -> SeenMessage:
        """Publish in a channel, which its administrators can; with an image, the text is its caption."""
        assert channel.chat.is_channel, f"{channel.title} is no channel"
        if image is not None:
            return await self.sends_photo(caption=text, in_=channel, image=image, reply_to=reply_to)
        return await self.says(text, in_=channel, reply_to=reply_to)

    async def comments(
        self, post: SeenMessage, text: str, *, reply_to: SeenMessage | None = None
    ) -> SeenMessage:
        """Write beneath a channel's post, or to another comment there; one need not be in the group."""
        copy = post.message.discussed
        assert copy is not None, f"{post!r} has no comments"
        if not copy.chat.member(self.user).is_present:
            self.must_be_in(post.message.chat)
        self.must_be_allowed(copy.chat, "can_send_messages")
        answered = reply_to or SeenMessage(self.world, copy)
        words = {"text": text, "entities": find_entities(text)}
        return self._adds(copy.chat, answered, None, **words)

    async def speaks_as(
        self,
        channel: Group,
        text: str,
        *,
        in_: Group,
        reply_to: SeenMessage | None = None,
        topic: Topic | None = None,
    ) -> SeenMessage:
        """Write in a supergroup in the name of a channel that she owns."""
        assert channel.chat.member(self.user).status == "creator", f"{channel.title} is not {self!r}'s"
        assert in_.chat.kind == "supergroup", f"nobody writes as a channel in {in_.title}"
        fields = {"sender": CHANNEL_BOT, "sender_chat": channel.chat}
        return self._writes(in_.chat, reply_to, topic, text=text, entities=find_entities(text), **fields)

    async def links(self, channel: Group, to: Group) -> None:
        """Make a supergroup the place where a channel is discussed."""
        self.must_administer(channel.chat, "can_change_info")
        self.must_administer(to.chat, "can_change_info")
        assert channel.chat.is_channel, f"{channel.title} is no channel"
        assert to.chat.kind == "supergroup", f"{to.title} is no supergroup"
        channel.discussed_in(to)
