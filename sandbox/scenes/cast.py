"""The people of a scene, who act at its pace while the bot answers by itself."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from sandbox.bots import Bot
from sandbox.changes import NeverHappened
from sandbox.founding import found
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.sights import SeenMessage
from sandbox.stage.places import chat_key, private_key
from sandbox.stage.playbill import CutShort, Pace
from sandbox.world import World

T = TypeVar("T")
# Real seconds: a bot that says nothing for so long will say nothing at all.
PATIENCE = 20.0
_LITTLE_PATIENCE = 3.0


class Cast:
    """Finds and makes the people of a scene and waits for the bot; somebody known by name is met again."""

    def __init__(self, world: World, bot: Bot, pace: Pace) -> None:
        self.world = world
        self.bot = bot
        self.pace = pace

    def person(self, name: str, *, language: str = "en") -> Person:
        """Return the person of this name, made now if there is none."""
        known = (user for user in self.world.users.values() if not user.is_bot and user.full_name == name)
        user = next(known, None)
        if user is None:
            first, _, last = name.partition(" ")
            user = self.world.add_user(first, language=language, last_name=last or None)
        return Person(self.world, user)

    async def group(self, title: str, *, owner: Person, members: Sequence[Person] = ()) -> Group:
        """Found a group with people in it and the bot as an administrator."""
        users = [member.user for member in members]
        group = found(self.world, title, owner=owner.user, members=users)
        await owner.adds_bot(self.bot, group, admin=True)
        self.pace.show(owner.id, chat_key(group.chat))
        return group

    def show_message(self, message: SeenMessage, person: Person) -> None:
        """Name a message as the one to look at."""
        self.pace.show(person.id, chat_key(message.message.chat), message.id)

    def show_private(self, person: Person) -> None:
        """Name a person's chat with the bot as the one to watch."""
        self.pace.show(person.id, private_key(self.bot, person.user))

    async def card_after(self, said: SeenMessage, group: Group) -> SeenMessage:
        """Return the card with buttons that the bot posts in answer; raises CutShort."""

        def card() -> SeenMessage | None:
            for message in reversed(group.messages):
                if message.id <= said.id:
                    return None
                # Other words of the bot may have links beneath them; a card takes orders.
                is_asking = any("callback_data" in button for row in message.rows for button in row)
                if message.author is self.bot.user and is_asking:
                    return message
            return None

        words = said.text.split(maxsplit=1)[0]
        return await self.wait(card, f"{self._bot_name} posted no card with buttons in answer to {words}")

    async def link_for(self, person: Person, group: Group) -> str:
        """Ask the bot for an invite link into a group, which comes in private; raises CutShort."""
        room = person.private(self.bot)
        asked_at = len(room.messages)
        await person.says("/invite", in_=group)

        def link() -> str | None:
            said = [message.text for message in room.messages[asked_at:]]
            return next((url for url in group.chat.links if any(url in text for text in said)), None)

        who = f"{self._bot_name} gave {person.name} no invite link"
        return await self.wait(link, f"{who} in answer to /invite")

    async def acknowledged(self, said: SeenMessage) -> None:
        """Wait a little for a reaction to what somebody said; not every bot gives one."""
        with suppress(NeverHappened):
            await self.world.until(lambda: bool(said.reactions), _LITTLE_PATIENCE, "a reaction")

    async def wait(self, condition: Callable[[], T | None], otherwise: str) -> T:
        """Return the first truthy value; raises CutShort that says what did not happen."""
        try:
            found = await self.world.until(condition, PATIENCE, otherwise)
        except NeverHappened:
            raise CutShort(
                f"{otherwise} as expected. This scene is written for a shop bot such as Vouch that speaks "
                "English: did somebody choose another language?"
            ) from None
        assert found is not None
        return found

    @property
    def _bot_name(self) -> str:
        return self.bot.user.full_name


def order_words(card: SeenMessage) -> str:
    """Return the words on the button that orders one: the first with “+1”, or the first of all."""
    words = [text for row in card.buttons for text in row]
    return next((text for text in words if "+1" in text), words[0])
