"""Names for chats that hold for everybody on the page, and what is found under them."""

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.models.chats import Chat
from sandbox.models.users import User
from sandbox.persons import Person
from sandbox.world import World


class Refused(Exception):
    """What the page asked for can't be done; the message says why."""


def private_key(bot: Bot, user: User) -> str:
    """Return the name of one person's chat with one bot."""
    return f"{bot.id}:{user.id}"


def chat_key(chat: Chat) -> str:
    """Return a chat's name: its id, and for a private one the bot's id too."""
    if chat.person is None:
        return str(chat.id)
    bot_id = next(member_id for member_id in chat.members if member_id != chat.id)
    return f"{bot_id}:{chat.id}"


def find_person(world: World, person_id: int) -> Person:
    """Return somebody who can be played; raises Refused."""
    user = world.users.get(person_id)
    if user is None or user.is_bot:
        raise Refused("There is no such person here.")
    return Person(world, user)


def find_bot(world: World, bot_id: int) -> Bot:
    """Return a bot; raises Refused."""
    bot = world.bots_by_id.get(bot_id)
    if bot is None:
        raise Refused("There is no such bot here.")
    return bot


def find_chat(world: World, key: str, *, viewer: User) -> tuple[Chat, Bot | None]:
    """Return a chat that the viewer may look at, and the bot of a private one; raises Refused."""
    bot_id, colon, person_id = key.partition(":")
    if colon:
        if person_id != str(viewer.id) or not bot_id.isdecimal():
            raise Refused("That is somebody else's private chat.")
        bot = find_bot(world, int(bot_id))
        return world.private_chat(bot, viewer), bot
    chat = world.chats.get(int(key)) if key.removeprefix("-").isdecimal() else None
    if chat is None:
        raise Refused("There is no such chat here.")
    chat = Group(world, chat).chat
    if not chat.member(viewer).is_present:
        raise Refused(f"{viewer.first_name} is not in {chat.title}.")
    return chat, None


def chats_of(world: World, viewer: User) -> list[tuple[Chat, Bot | None]]:
    """Return the groups somebody is in and a private chat with every bot."""
    groups: list[tuple[Chat, Bot | None]] = [
        (chat, None)
        for chat in world.chats.values()
        if chat.migrated_to is None and chat.member(viewer).is_present
    ]
    return groups + [(world.private_chat(bot, viewer), bot) for bot in world.bots_by_id.values()]
