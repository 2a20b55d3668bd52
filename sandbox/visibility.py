"""Which bots are shown what."""

from sandbox.bots import Bot
from sandbox.entities import entity_text
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.world import World


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
    if reply_to is not None and reply_to.sender is bot.user:
        return True
    if reply_to is not None and not reply_to.service and bot.id in reply_to.read_by_bots:
        return True
    commands = [entity for entity in message.entities if entity["type"] == "bot_command"]
    for command in commands:
        _, at, name = entity_text(message.words, command).partition("@")
        meant = name.lower() == bot.username.lower() if at else _is_last_speaker(world, bot, message.chat)
        if meant:
            return True
    return world.mentions_reach_bots and f"@{bot.username.lower()}" in message.words.lower()


def _is_last_speaker(world: World, bot: Bot, chat: Chat) -> bool:
    """Whether a bare command goes to this bot; while none has spoken, to the only bot (assumed)."""
    if chat.last_bot_id is not None:
        return chat.last_bot_id == bot.id
    return world.bots_in(chat) == [bot]
