"""answerCallbackQuery and setMessageReaction."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.callbacks import Toast
from sandbox.posting import react

_TOAST_LIMIT = 200
# The emoji that anybody may react with, as the Bot API's ReactionTypeEmoji lists them.
_EMOJI_LINES = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊",
    "🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋",
    "🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃",
    "💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡",
)
_EMOJIS = frozenset(emoji for line in _EMOJI_LINES for emoji in line.split())


@method("answerCallbackQuery", ignores=frozenset({"cache_time"}))
async def answer_callback_query(
    call: Call, *, callback_query_id: str, text: str = "", show_alert: bool = False, url: str = ""
) -> bool:
    """Answer a press: with a toast, an alert, or just an end to the waiting."""
    world = call.world
    query = world.callbacks.get(callback_query_id)
    too_old = query is None or world.clock.time() - query.pressed_at > world.callback_lifetime
    if query is None or too_old or query.bot_id != call.bot.id:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.give(Toast(text=text, alert=show_alert, url=url or None))
    world.changes.notify("callback_answer", query)
    return True


@method("setMessageReaction", ignores=frozenset({"is_big"}))
async def set_message_reaction(
    call: Call, *, chat_id: ChatId, message_id: int, reaction: list[Any] | None = None
) -> bool:
    """React as the bot, with one emoji at most; an empty list takes the reaction back."""
    chat = call.world.writable_chat(call.bot, chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message to react not found")
    emojis = [_emoji(item) for item in reaction or []]
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.service:
        raise bad_request("message can't be reacted")
    react(call.world, message, call.bot.user, emojis)
    return True


def _emoji(item: Any) -> str:
    if not isinstance(item, dict) or item.get("type") not in ("emoji", "custom_emoji", "paid"):
        raise bad_request("can't parse reaction: type must be emoji, custom_emoji or paid")
    emoji = item.get("emoji")
    if item["type"] != "emoji" or not isinstance(emoji, str) or emoji.rstrip("\ufe0f") not in _EMOJIS:
        raise bad_request("REACTION_INVALID")
    return emoji.rstrip("\ufe0f")
