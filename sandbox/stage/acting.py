"""What somebody at the page wants to do, and its fields."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.groups import Group
from sandbox.models.chats import Chat, Topic
from sandbox.models.payments import Payment
from sandbox.models.users import Json
from sandbox.persons import Person
from sandbox.sights import SeenMessage
from sandbox.stage.places import Refused, find_chat, find_person
from sandbox.stage.snapshots import ReadMarks
from sandbox.world import World

_LONGEST_TEXT = 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One wish of the page: who, what (`do`) and with which fields."""

    world: World
    reads: ReadMarks
    # Every attempt to pay that the page began; its place is the name by which the page asks for it.
    payments: list[Payment]
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

    def numbers(self, name: str) -> list[int]:
        """Return a list of whole numbers, empty if it is not there; raises Refused."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(type(one) is int for one in value):
            raise Refused(f"“{name}” must be a list of whole numbers.")
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


# Acts by the name that the page gives them in `do`; what is returned goes back to the page.
Acts = dict[str, Callable[[Act], Awaitable[Json | None]]]
