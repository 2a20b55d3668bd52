"""Writing, tapping and reacting on the page: each act is one verb of the people API."""

import base64
import binascii

from sandbox.models.media import image_size
from sandbox.models.users import Json
from sandbox.stage.acting import Act, Acts
from sandbox.stage.places import Refused, chat_key, private_key

_LONGEST_CAPTION = 1024
_LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_FILE = 20 * 1024 * 1024


async def _say(act: Act) -> Json:
    return {"message": (await act.person.says(act.text("text"), **act.place)).id}


async def _photo(act: Act) -> Json:
    image = _upload(act, "image", _LARGEST_PHOTO)
    if image_size(image) is None:
        raise Refused("That is no picture: choose a PNG, JPEG, GIF or WebP file.")
    caption = act.text("caption", most=_LONGEST_CAPTION)
    return {"message": (await act.person.sends_photo(image=image, caption=caption, **act.place)).id}


async def _document(act: Act) -> Json:
    content, caption = _upload(act, "content", _LARGEST_FILE), act.text("caption", most=_LONGEST_CAPTION)
    name = act.text("name", most=255).strip() or "file"
    return {"message": (await act.person.sends_document(content, name=name, caption=caption, **act.place)).id}


def _upload(act: Act, name: str, largest: int) -> bytes:
    """Return a file that the page sent in base64; raises Refused."""
    try:
        return base64.b64decode(act.text(name, most=largest * 4 // 3 + 4), validate=True)
    except binascii.Error:
        what = "picture" if name == "image" else "file"
        raise Refused(f"The {what} did not arrive whole.") from None


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
    tap = await act.person.presses_data(button["callback_data"], on=message)
    if tap.query is not None and tap.query.answer is not None:
        # A kept answer is shown again, and the bot hears nothing of it.
        act.world.changes.notify("callback_answer", tap.query)
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


async def _read(act: Act) -> None:
    act.reads.advance(act.person.user, act.text("chat"), act.number("message"))


TALK: Acts = {
    "say": _say,
    "photo": _photo,
    "document": _document,
    "edit": _edit,
    "delete": _delete,
    "tap": _tap,
    "react": _react,
    "open": _open,
    "read": _read,
}
