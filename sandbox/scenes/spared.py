"""A group that has had enough for today: an offer waits for its slot, and is told to some instead."""

import asyncio
from collections.abc import Sequence

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.scenes.screens import asks, conversation, goes, has, newest
from sandbox.sights import SeenMessage
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World

_PICK = "/pick 8.50 Plum jam | 30 jars | in 5h | Cooked by my aunt in Wachau"
_FRIENDS = ("Ann", "Ben", "Noor", "Ines", "Jonas", "Kaia")
_WISH = "Picks chosen for me"
_STEPS = 6


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    mei, *friends = (cast.person(name) for name in ("Mei", *_FRIENDS))
    for person in (mei, *friends):
        await person.starts(bot)
    group = await cast.group("Jam and plums", owner=mei, members=friends)
    await _first_round(cast, mei, friends, group)
    await _agree(cast, friends, group)
    slot = await _second_round(cast, mei, group)
    await _order(cast, *await _tell_some(cast, mei, friends, slot))
    pace.tell("The group asks /trust what is left: a telling spends a part of a post.", done=_STEPS)
    answer = await mei.says("/trust", in_=group)
    page = await cast.wait(
        lambda: next((seen for seen in group.messages if seen.id > answer.id), None),
        f"{bot.user.full_name} did not say what is left",
    )
    cast.show_message(page, mei)
    return (
        "Whoever was told read a reason of her own; each is left out with a chance of one in ten, to see "
        "what telling does. The group saw no card. Mei, who owns it, could also have posted it all the same."
    )


async def _first_round(cast: Cast, mei: Person, friends: Sequence[Person], group: Group) -> None:
    cast.pace.tell("Mei posts plum jam, and everybody has some.", done=0, of=_STEPS)
    card = await cast.card_after(await mei.says(_PICK, in_=group), group)
    for person in friends:
        await (await person.taps(order_words(card), on=card)).answered()
    await mei.says("/close 1", in_=group)
    await cast.wait(lambda: not card.rows, f"{cast.bot.user.full_name} did not close the card")


async def _agree(cast: Cast, friends: Sequence[Person], group: Group) -> None:
    """Let all who have not yet agreed to be told of single picks do so."""
    cast.pace.tell(f"In /notices they switch “{_WISH}” on. Nobody is told anything before.", done=1)
    cast.show_private(friends[0])

    async def agrees(person: Person) -> None:
        page = await asks(cast, person, "/notices", group, _WISH)
        if not has(page, f"✓ {_WISH}"):
            await goes(cast, person, page, _WISH, to=f"✓ {_WISH}")

    await asyncio.gather(*map(agrees, friends))
    await cast.pace.beat(1)


async def _second_round(cast: Cast, mei: Person, group: Group) -> SeenMessage:
    """Let the owner post once more where one post a day is enough; returns what she reads about it."""
    pace = cast.pace
    pace.tell("Mei lets her group bear one post a day, and posts more jam.", done=2)
    cast.show_private(mei)
    for words in ("/settings quiet off", "/settings allowance on"):
        await mei.says(words, in_=group)
    slot = await asks(cast, mei, "/repost 1", group, "Tell only those who may care")
    pace.tell("That was today's post already. So it waits for its slot, and Mei reads why.", done=3)
    await pace.beat(3)
    return slot


async def _tell_some(
    cast: Cast, mei: Person, friends: Sequence[Person], slot: SeenMessage
) -> tuple[Person, SeenMessage]:
    """Let the owner tell it instead; returns somebody who is told, and what she reads."""
    pace = cast.pace
    since = {person.id: newest(cast, person) for person in friends}
    pace.tell("Or she tells only those who may care. First she sees how many, and what it spends.", done=4)
    page = await goes(cast, mei, slot, "Tell only those who may care", to="Tell them")
    await pace.beat(3)
    await mei.taps("Tell them", on=page)

    def told() -> tuple[Person, SeenMessage] | None:
        # Who is left out is drawn by lot, so it may be any of them.
        heard = (
            (person, seen)
            for person in friends
            for seen in conversation(cast, person)
            if seen.id > since[person.id] and "Chosen for you" in seen.text
        )
        return next(heard, None)

    return await cast.wait(told, f"{cast.bot.user.full_name} told nobody")


async def _order(cast: Cast, person: Person, note: SeenMessage) -> None:
    cast.pace.tell(f"{person.name} reads why she gets it, and orders right there.", done=5)
    cast.show_private(person)
    await cast.pace.beat(3)
    await (await person.taps("Order one", on=note)).answered()
    await cast.pace.beat(1)


SPARED = Scene(
    name="spared",
    title="Enough for today",
    promise="A group bears one post a day, so Mei's second offer waits. She tells only those who may care.",
    play=_play,
)
