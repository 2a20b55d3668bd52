"""A curator at her draft: what she taps, types and sends in private, and what she sees then."""

from dataclasses import dataclass

from sandbox.people import Person, SeenMessage
from storage.models import Draft
from tests.scenarios.house import Circle, House


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One person's private chat with the bot."""

    house: House
    person: Person

    @property
    def says(self) -> list[SeenMessage]:
        """What the bot shows her now, oldest first."""
        return self.house.posts_in(self.person.private(self.house.account))

    @property
    def last(self) -> SeenMessage:
        """What the bot showed her last."""
        return self.says[-1]

    def screen(self) -> SeenMessage:
        """The last screen of a draft: at a step, or its overview."""
        found = [m for m in self.says if any(t == "Overview" or t.startswith("Post it") for t in texts(m))]
        assert found, [message.text for message in self.says]
        return found[-1]

    async def writes(self, text: str, *, reply_to: SeenMessage | None = None) -> SeenMessage:
        """Type something; returns her own message."""
        sent = await self.person.says(text, to=self.house.account, reply_to=reply_to)
        await self.house.settles()
        return sent

    async def taps(self, *words: str, on: SeenMessage | None = None) -> str:
        """Tap one button after the other on the draft's screen; returns the last toast."""
        toast = ""
        for word in words:
            answer = await (await self.person.taps(word, on=on or self.screen())).answered()
            toast = answer.text or ""
            await self.house.settles()
        return toast

    async def draft(self) -> Draft:
        """Her newest draft, as it is stored."""
        return (await self.house.rows(Draft))[-1]


def texts(message: SeenMessage) -> list[str]:
    """The words on a message's buttons."""
    return [text for row in message.buttons for text in row]


def desk_of(friends: Circle, person: Person | None = None) -> Desk:
    """Mei's desk, or somebody else's."""
    return Desk(house=friends.house, person=person or friends.mei)
