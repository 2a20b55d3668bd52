"""Which bots are shown what."""

from sandbox.bots import Bot
from sandbox.entities import entity_text
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.world import World


def readers(world: World, message: Message) -> list[Bot]:
    """Return the bots that receive a message; never the one that wrote it."""
    chat = message.chat
    if message.only_for is not None:
        return [world.bots_by_id[message.only_for]]
    if chat.is_channel:
        return [bot for bot in world.bots_in(chat) if bot.id != message.sender.id]
    if message.sender.id in world.bots_by_id and not message.service:
        return []
    if chat.is_private:
        return [world.bots_by_id[bot_id] for bot_id in chat.members if bot_id in world.bots_by_id]
    bots = [bot for bot in world.bots_in(chat) if bot.id != message.sender.id]
    if message.service:
        return bots
    addressee = _addressee(world, message, [bot for bot in bots if not sees_all(chat, bot)])
    return [bot for bot in bots if bot is addressee or sees_all(chat, bot)]


def sees_all(chat: Chat, bot: Bot) -> bool:
    """Whether privacy mode hides nothing of this chat from the bot."""
    return bot.id in chat.unfiltered_bots or is_admin(chat, bot)


def is_admin(chat: Chat, bot: Bot) -> bool:
    """Whether the bot is an administrator of the chat."""
    member = chat.members.get(bot.id)
    return member is not None and member.is_admin


def _addressee(world: World, message: Message, bots: list[Bot]) -> Bot | None:
    """Return the one bot in privacy mode that a message is for; a reply goes before anything else."""
    for is_meant in (_is_answered, _has_read_answered, _offered_it, _is_commanded, _is_mentioned):
        for bot in bots:
            if is_meant(world, bot, message):
                return bot
    return None


def _is_answered(world: World, bot: Bot, message: Message) -> bool:
    return message.reply_to is not None and message.reply_to.sender is bot.user


def _has_read_answered(world: World, bot: Bot, message: Message) -> bool:
    reply_to = message.reply_to
    return reply_to is not None and not reply_to.service and bot.id in reply_to.read_by_bots


def _offered_it(world: World, bot: Bot, message: Message) -> bool:
    return message.via_bot is bot.user


def _is_commanded(world: World, bot: Bot, message: Message) -> bool:
    for entity in message.entities:
        if entity["type"] != "bot_command":
            continue
        _, at, name = entity_text(message.words, entity).partition("@")
        if name.lower() == bot.username.lower() if at else _is_last_speaker(world, bot, message.chat):
            return True
    return False


def _is_mentioned(world: World, bot: Bot, message: Message) -> bool:
    return world.mentions_reach_bots and f"@{bot.username.lower()}" in message.words.lower()


def _is_last_speaker(world: World, bot: Bot, chat: Chat) -> bool:
    """Whether a bare command goes to this bot; while none has spoken, to the only bot (assumed)."""
    if chat.last_bot_id is not None:
        return chat.last_bot_id == bot.id
    return world.bots_in(chat) == [bot]
