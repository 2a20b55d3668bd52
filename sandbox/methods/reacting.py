"""setMessageReaction."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, ChatId, method, only_fields
from sandbox.posting import react

# The emoji that anybody may react with, as the Bot API's ReactionTypeEmoji lists them.
_EMOJI_LINES = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊",
    "🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋",
    "🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃",
    "💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡",
)
_EMOJIS = frozenset(emoji for line in _EMOJI_LINES for emoji in line.split())
_FIELDS = {
    "emoji": frozenset({"type", "emoji"}),
    "custom_emoji": frozenset({"type", "custom_emoji_id"}),
    "paid": frozenset({"type"}),
}


@method("setMessageReaction", ignores=frozenset({"is_big"}))
async def set_message_reaction(
    call: Call, *, chat_id: ChatId, message_id: int, reaction: list[Any] | None = None
) -> bool:
    """React as the bot, with one emoji at most; an empty list takes the reaction back."""
    chat = call.world.writable_chat(call.bot, chat_id)
    emojis = [_emoji(item) for item in reaction or []]
    history = call.world.history(chat)
    message = history.find(message_id)
    if message is None:
        raise bad_request("message to react not found")
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.service:
        raise bad_request("MESSAGE_ID_INVALID")
    # An album has one set of reactions, that of its first message.
    react(call.world, history.album(message)[0], call.bot.user, emojis)
    return True


def _emoji(item: Any) -> str:
    """Return the emoji of a ReactionType; custom and paid ones are not for bots."""
    if not isinstance(item, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    kind = item.get("type")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    only_fields(f"ReactionType {kind}", item, _FIELDS[kind])
    emoji = item.get("emoji")
    if not isinstance(emoji, str) or emoji.rstrip("\ufe0f") not in _EMOJIS:
        raise bad_request("REACTION_INVALID")
    return emoji.rstrip("\ufe0f")
