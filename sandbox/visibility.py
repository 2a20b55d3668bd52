"""Which bots are shown what."""

import re

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.world import World

_COMMAND = re.compile(r"(?:^|(?<=[\s(]))/\w{1,64}(?:@(\w{3,32}))?(?!\w)")


def readers(world: World, message: Message) -> list[Bot]:
    """Return the bots that receive a message; never the one that wrote it."""
    chat = message.chat
    if message.sender.id in world.bots_by_id and not message.service:
        return []
    if chat.is_private:
        return [world.bots_by_id[bot_id] for bot_id in chat.members if bot_id in world.bots_by_id]
    bots = [bot for bot in world.bots_in(chat) if bot.id != message.sender.id]
    return [bot for bot in bots if message.service or sees_all(chat, bot) or _is_for(world, bot, message)]


def sees_all(chat: Chat, bot: Bot) -> bool:
    """Whether privacy mode hides nothing of this chat from the bot."""
    return bot.id in chat.unfiltered_bots or is_admin(chat, bot)


def is_admin(chat: Chat, bot: Bot) -> bool:
    """Whether the bot is an administrator of the chat."""
    member = chat.members.get(bot.id)
    return member is not None and member.is_admin


def _is_for(world: World, bot: Bot, message: Message) -> bool:
    """Whether a message is meant for a bot in privacy mode."""
    reply_to = message.reply_to
    if reply_to is not None and (reply_to.sender is bot.user or bot.id in reply_to.read_by_bots):
        return True
    words = message.words
    for command in _COMMAND.finditer(words):
        named = command.group(1)
        if named is not None and named.lower() == bot.username.lower():
            return True
        if named is None and _is_last_speaker(world, bot, message.chat):
            return True
    return world.mentions_reach_bots and f"@{bot.username.lower()}" in words.lower()


def _is_last_speaker(world: World, bot: Bot, chat: Chat) -> bool:
    """Whether a bare command goes to this bot; while none has spoken, to the only bot (assumed)."""
    if chat.last_bot_id is not None:
        return chat.last_bot_id == bot.id
    return world.bots_in(chat) == [bot]
