"""What a bot shows somebody in private: a scene waits for the buttons that it needs."""

from itertools import pairwise

from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast
from sandbox.sights import SeenMessage


async def asks(cast: Cast, person: Person, words: str, group: Group, label: str) -> SeenMessage:
    """Let somebody ask in a group for what she is shown in private, with such a button; raises CutShort."""
    since = newest(cast, person) + 1
    await person.says(words, in_=group)
    return await shows(cast, person, label, f"did not answer {person.name}'s {words}", since=since)


async def goes(cast: Cast, person: Person, page: SeenMessage, *labels: str, to: str) -> SeenMessage:
    """Let somebody tap one button after another until there is the one she looks for; raises CutShort."""
    for label, following in pairwise((*labels, to)):
        await cast.pace.beat(0.4)
        await person.taps(label, on=page)
        otherwise = f"did not lead {person.name} from “{label}” to “{following}”"
        page = await shows(cast, person, following, otherwise, since=page.id)
    return page


async def shows(cast: Cast, person: Person, label: str, otherwise: str, *, since: int) -> SeenMessage:
    """The newest message of the bot to a person that has such a button, from this id on; raises CutShort."""

    def message() -> SeenMessage | None:
        heard = (seen for seen in reversed(conversation(cast, person)) if seen.id >= since)
        return next((seen for seen in heard if seen.author is cast.bot.user and has(seen, label)), None)

    return await cast.wait(message, f"{cast.bot.user.full_name} {otherwise}")


async def tells(cast: Cast, person: Person, words: str, otherwise: str, *, since: int) -> SeenMessage:
    """The newest message of the bot to a person that says this, from this id on; raises CutShort."""

    def message() -> SeenMessage | None:
        heard = (seen for seen in reversed(conversation(cast, person)) if seen.id >= since)
        return next((seen for seen in heard if seen.author is cast.bot.user and words in seen.text), None)

    return await cast.wait(message, f"{cast.bot.user.full_name} {otherwise}")


def newest(cast: Cast, person: Person) -> int:
    """The id of the newest message between a person and the bot."""
    return max((seen.id for seen in conversation(cast, person)), default=0)


def conversation(cast: Cast, person: Person) -> list[SeenMessage]:
    """All that a person and the bot have said to each other."""
    return person.private(cast.bot).messages


def has(seen: SeenMessage, label: str) -> bool:
    """Whether a message has a button with these words."""
    return any(label in words for row in seen.buttons for words in row)
