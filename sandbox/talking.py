"""Writing, pressing buttons, reacting and following links."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.bots import Bot
from sandbox.entities import find_entities
from sandbox.groups import Group
from sandbox.models.chats import Chat, Topic
from sandbox.models.media import plain_picture
from sandbox.models.users import Json
from sandbox.moving import Mover
from sandbox.posting import author, delete, edited, post, react
from sandbox.quoting import external_reply, quote_of
from sandbox.sights import SeenMessage, Tap

# What may follow ?start= in a link; clients pass over anything else.
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NEEDED = {
    "photo": "can_send_photos",
    "document": "can_send_documents",
    "video": "can_send_videos",
    "audio": "can_send_audios",
    "poll": "can_send_polls",
    "via_bot": "can_send_other_messages",
}


class Talker(Mover):
    """Somebody who talks in groups and with bots."""

    async def says(
        self,
        text: str,
        *,
        in_: Group | None = None,
        to: Bot | None = None,
        reply_to: SeenMessage | None = None,
        quoting: str | None = None,
        topic: Topic | None = None,
    ) -> SeenMessage:
        """Write in a group, or to a bot in private; `quoting` is a part of the message she answers."""
        text = text.strip()
        assert text, "a client sends no empty message"
        content: dict[str, Any] = {"text": text, "entities": find_entities(text)}
        if quoting is not None:
            content["quote"] = _quote(reply_to, quoting)
        return self._writes(self._place(in_, to, reply_to), reply_to, topic, **content)

    async def sends_photo(
        self,
        *,
        caption: str = "",
        in_: Group | None = None,
        to: Bot | None = None,
        reply_to: SeenMessage | None = None,
        topic: Topic | None = None,
        image: bytes | None = None,
    ) -> SeenMessage:
        """Send a picture, a plain one if none is given."""
        photo = self.world.add_file(image or plain_picture(), name="photo.png", mime_type="image/png")
        chat = self._place(in_, to, reply_to)
        return self._writes(
            chat, reply_to, topic, photo=photo, caption=caption, entities=find_entities(caption)
        )

    async def speaks_anonymously(
        self, text: str, *, in_: Group, reply_to: SeenMessage | None = None, topic: Topic | None = None
    ) -> SeenMessage:
        """Write as the group itself, which only its owner and administrators can."""
        chat = self._place(in_, None, None)
        assert chat.member(self.user).is_admin, f"{self!r} is no administrator of {chat.title}"
        fields = author(chat, self.user) | {"text": text, "entities": find_entities(text)}
        return self._writes(chat, reply_to, topic, **fields)

    async def edits(self, message: SeenMessage, text: str) -> SeenMessage:
        """Change the text or caption of a message of her own."""
        edit = message.message
        assert edit.sender is self.user, f"{message!r} is not {self!r}'s"
        if edit.text is not None:
            edit.text = text
        else:
            edit.caption = text
        edit.entities = find_entities(text)
        edited(self.world, edit)
        return message

    async def deletes(self, message: SeenMessage) -> None:
        """Take a message away; bots are told nothing."""
        delete(self.world, message.message)

    async def taps(self, words: str, *, on: SeenMessage) -> Tap:
        """Press the inline button whose text contains `words`; a link is opened, a deep link followed."""
        button = on.button(words)
        if "callback_data" in button:
            return await self.presses_data(button["callback_data"], on=on)
        if "url" in button:
            await self.opens(button["url"])
            return Tap(opened=button["url"])
        if "copy_text" in button:
            return Tap(copied=button["copy_text"]["text"])
        assert "pay" not in button, f"pay with pays(message), not by a tap on {words!r}"
        raise AssertionError(f"the sandbox does not simulate the button {button}")

    async def presses_data(self, data: str, *, on: SeenMessage) -> Tap:
        """Press a button with any data, even such as the bot never sent (a forged press)."""
        message = on.message
        kept = self.world.kept_answers.get((self.id, message, data))
        if kept is not None and kept.kept_until > self.world.clock.time():
            return Tap(query=kept)
        bot = self.world.bots_by_id[(message.via_bot or message.sender).id]
        query = self.world.press(self.user, message, data, bot)
        self.world.changes.notify("callback", query)
        self.world.send_update(bot, "callback_query", query.to_json(), ("callback", self.id))
        return Tap(query=query)

    async def reacts(self, *emojis: str | None, to: SeenMessage) -> None:
        """Replace her reactions to a message; none (or None) takes them back."""
        self.must_be_allowed(to.message.chat, "can_react_to_messages")
        react(self.world, to.message, self.user, [emoji for emoji in emojis if emoji])

    async def opens(self, url: str) -> None:
        """Follow a t.me link: a bot's deep link starts it, an invite link joins; others just open."""
        parts = urlsplit(url if "//" in url else f"https://{url}")
        query = parse_qs(parts.query, keep_blank_values=True)
        if (parts.scheme, parts.netloc) == ("tg", "resolve"):
            name = query.get("domain", [""])[0]
        elif parts.netloc in ("t.me", "telegram.me"):
            name = parts.path.strip("/")
        else:
            return
        if name.startswith("+"):
            link, chat = self.find_link(url)
            if link.creates_join_request:
                await self.requests_to_join(url)
            elif chat.username:
                # Most clients join a public group directly, even when a link of it was opened.
                await self.joins_directly(Group(self.world, chat))
            else:
                await self.joins(url)
            return
        bots = (bot for bot in self.world.bots_by_id.values() if bot.username.lower() == name.lower())
        bot = next(bots, None)
        if bot is not None:
            asks_for_group = query.keys() & {"startgroup", "startchannel"}
            assert not asks_for_group, f"{url} asks for a group: use follows(url, into=group)"
            payload = query.get("start", [""])[0]
            await self.starts(bot, payload if _PAYLOAD.fullmatch(payload) else None)
            return
        for chat in self.world.chats.values():
            is_meant = (chat.username or "").lower() == name.lower() and not chat.member(self.user).is_present
            if is_meant:
                await self.joins_directly(Group(self.world, chat))

    async def starts(self, bot: Bot, payload: str | None = None) -> SeenMessage:
        """Press Start, perhaps from a deep link with a payload."""
        await self.unblocks(bot)
        return await self.says(f"/start {payload}" if payload else "/start", to=bot)

    def _place(self, in_: Group | None, to: Bot | None, reply_to: SeenMessage | None) -> Chat:
        """Return the chat that is meant: named, or that of the message she answers."""
        if in_ is not None:
            return in_.chat
        if to is not None:
            return self.world.private_chat(to, self.user)
        assert reply_to is not None, "say where: in_=group, to=bot or reply_to=message"
        return reply_to.message.chat

    def _writes(
        self, chat: Chat, reply_to: SeenMessage | None, topic: Topic | None, **content: Any
    ) -> SeenMessage:
        self.must_be_able_to_write(chat, _needed(content), _thread_id(chat, reply_to, topic))
        if chat.is_private:
            assert not chat.is_blocked, f"{self!r} has blocked the bot"
            chat.is_started = True
        elif chat.member(self.user).is_anonymous:
            content = author(chat, self.user) | content
        return self._adds(chat, reply_to, topic, **content)

    def _adds(
        self, chat: Chat, reply_to: SeenMessage | None, topic: Topic | None, **content: Any
    ) -> SeenMessage:
        answered = reply_to.message if reply_to else None
        if answered is not None and answered.chat is not chat:
            content["external_reply"], answered = external_reply(answered), None
        message = post(
            self.world,
            chat,
            content.pop("sender", self.user),
            reply_to=answered,
            thread_id=_thread_id(chat, None, topic),
            **content,
        )
        return SeenMessage(self.world, message)


def _quote(reply_to: SeenMessage | None, part: str) -> Json:
    assert reply_to is not None, "a quotation needs the message: reply_to=message"
    quote = quote_of(reply_to.message, part)
    assert quote is not None, f"{part!r} is not in {reply_to!r}"
    return quote


def _needed(content: dict[str, Any]) -> str:
    """Return the permission that a message needs."""
    return next(
        (permission for name, permission in _NEEDED.items() if content.get(name)), "can_send_messages"
    )


def _thread_id(chat: Chat, reply_to: SeenMessage | None, topic: Topic | None) -> int | None:
    if topic is chat.general:
        return None
    return topic.thread_id if topic else reply_to.thread_id if reply_to else None
