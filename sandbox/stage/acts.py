"""What people do on the page: each act is one verb of the people API."""

import base64
import binascii
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.groups import Group
from sandbox.models.chats import Chat, Topic
from sandbox.models.media import image_size
from sandbox.models.users import Json
from sandbox.persons import Person
from sandbox.sights import SeenMessage
from sandbox.stage.places import Refused, chat_key, find_bot, find_chat, find_person, private_key
from sandbox.stage.snapshots import ReadMarks
from sandbox.world import World

_LONGEST_TEXT = 4096
_LONGEST_CAPTION = 1024
_LARGEST_PHOTO = 10 * 1024 * 1024
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One wish of the page: who, what (`do`) and with which fields."""

    world: World
    reads: ReadMarks
    fields: Json

    @property
    def person(self) -> Person:
        """Who acts."""
        return find_person(self.world, self.number("as"))

    @property
    def chat(self) -> Chat:
        """The chat in which she acts."""
        return find_chat(self.world, self.text("chat"), viewer=self.person.user)[0]

    @property
    def place(self) -> dict[str, Any]:
        """Where she writes, as the people API takes it: a group or a bot, a reply, a topic."""
        chat, bot = find_chat(self.world, self.text("chat"), viewer=self.person.user)
        where: dict[str, Any] = {"to": bot} if bot is not None else {"in_": Group(self.world, chat)}
        if self.fields.get("reply_to") is not None:
            where["reply_to"] = self.message("reply_to")
        if self.fields.get("topic") is not None:
            where["topic"] = self._topic(chat)
        return where

    def text(self, name: str, *, most: int = _LONGEST_TEXT) -> str:
        """Return a field of words; raises Refused."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise Refused(f"“{name}” must be text.")
        if len(value) > most:
            raise Refused(f"That is too long: at most {most:,} characters.")
        return value

    def number(self, name: str) -> int:
        """Return a whole number; raises Refused."""
        value = self.fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused(f"“{name}” must be a whole number.")
        return value

    def message(self, name: str = "message") -> SeenMessage:
        """Return a message of the chat; raises Refused."""
        found = self.world.history(self.chat).find(self.number(name))
        if found is None:
            raise Refused("That message is not there any more.")
        return SeenMessage(self.world, found)

    def _topic(self, chat: Chat) -> Topic:
        topic = chat.topics.get(self.number("topic"))
        if topic is None:
            raise Refused("That topic is not there any more.")
        return topic


async def perform(act: Act) -> Json:
    """Do what the page asks and return what it needs to know; raises Refused with the reason."""
    name = act.fields.get("do")
    verb = _ACTS.get(name) if isinstance(name, str) else None
    if verb is None:
        raise Refused(f"The page can't do {name!r}.")
    try:
        return await verb(act) or {}
    except AssertionError as impossible:
        # The people API says so what a client would not offer.
        raise Refused(re.sub(r"<([^<>]*)>", r"\1", str(impossible))) from None


async def _say(act: Act) -> Json:
    return {"message": (await act.person.says(act.text("text"), **act.place)).id}


async def _photo(act: Act) -> Json:
    try:
        image = base64.b64decode(act.text("image", most=_LARGEST_PHOTO * 4 // 3 + 4), validate=True)
    except binascii.Error:
        raise Refused("The picture did not arrive whole.") from None
    if image_size(image) is None:
        raise Refused("That is no picture: choose a PNG, JPEG, GIF or WebP file.")
    caption = act.text("caption", most=_LONGEST_CAPTION)
    return {"message": (await act.person.sends_photo(image=image, caption=caption, **act.place)).id}


async def _edit(act: Act) -> None:
    words = act.text("text").strip()
    message = act.message()
    if not words and message.photo is None:
        raise Refused("A message needs words; delete it instead.")
    await act.person.edits(message, words)


async def _delete(act: Act) -> None:
    message, person = act.message(), act.person
    if message.author is not person.user and not act.chat.member(person.user).is_admin:
        raise Refused("Only its author or an administrator can delete a message.")
    await person.deletes(message)


async def _tap(act: Act) -> Json:
    message, row, column = act.message(), act.number("row"), act.number("column")
    if not 0 <= row < len(message.rows) or not 0 <= column < len(message.rows[row]):
        raise Refused("That button is not there any more.")
    button = message.rows[row][column]
    if "callback_data" not in button:
        raise Refused("The sandbox does not simulate this button.")
    await act.person.presses_data(button["callback_data"], on=message)
    return {"data": button["callback_data"]}


async def _react(act: Act) -> None:
    """Toggle one emoji; like anybody without Premium, she has one reaction at most."""
    message, person, emoji = act.message(), act.person, act.text("emoji", most=16)
    had = message.message.reactions_by.get(person.id, [])
    await person.reacts(*([] if emoji in had else [emoji]), to=message)


async def _open(act: Act) -> Json:
    """Follow a t.me link, and say which chat it leads to."""
    person, url = act.person, act.text("url")
    is_invite = any(url in chat.links for chat in act.world.chats.values())
    if not is_invite:
        before = {bot.id: len(person.private(bot).messages) for bot in act.world.bots_by_id.values()}
        await person.opens(url)
        for bot in act.world.bots_by_id.values():
            if len(person.private(bot).messages) > before[bot.id]:
                return {"chat": private_key(bot, person.user)}
        raise Refused("That link leads nowhere in this Telegram.")
    _, chat = person.find_link(url)
    await person.opens(url)
    if not chat.member(person.user).is_present:
        return {"is_asked": True}
    act.reads.advance(person.user, chat_key(chat), act.world.history(chat).last_id)
    return {"chat": chat_key(chat)}


async def _start(act: Act) -> Json:
    bot = find_bot(act.world, act.number("bot"))
    payload = act.text("payload", most=64) if act.fields.get("payload") else None
    await act.person.starts(bot, payload)
    return {"chat": private_key(bot, act.person.user)}


async def _block(act: Act) -> None:
    await act.person.blocks(find_bot(act.world, act.number("bot")))


async def _unblock(act: Act) -> None:
    await act.person.unblocks(find_bot(act.world, act.number("bot")))


async def _leave(act: Act) -> None:
    await act.person.leaves(Group(act.world, act.chat))


async def _approve(act: Act) -> None:
    asking = find_person(act.world, act.number("person"))
    await act.person.approves(asking, Group(act.world, act.chat))


async def _read(act: Act) -> None:
    act.reads.advance(act.person.user, act.text("chat"), act.number("message"))


async def _newcomer(act: Act) -> Json:
    name, language = act.text("name", most=64).strip(), act.text("language", most=16).strip()
    if not name:
        raise Refused("A person needs a name.")
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused("A language is a short code such as en, ru or zh-hans.")
    return {"id": act.world.add_user(name, language=language or None).id}


_ACTS: dict[str, Callable[[Act], Awaitable[Json | None]]] = {
    "say": _say,
    "photo": _photo,
    "edit": _edit,
    "delete": _delete,
    "tap": _tap,
    "react": _react,
    "open": _open,
    "start": _start,
    "block": _block,
    "unblock": _unblock,
    "leave": _leave,
    "approve": _approve,
    "read": _read,
    "newcomer": _newcomer,
}
