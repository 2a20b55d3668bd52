"""A flash sale: two hundred people, one card, not enough for all."""

import random
from collections.abc import Sequence

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import PATIENCE, Cast, order_words
from sandbox.sights import SeenMessage, Tap
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World

BUYERS = 200
# fmt: off
_FIRST = (
    "Ada", "Bilal", "Carla", "Daan", "Elif", "Farah", "Goran", "Hana", "Iker", "Jun", "Katya", "Leon", "Mina",
    "Nuno", "Olga", "Pavel", "Qi", "Rosa", "Sami", "Tuva", "Uma", "Vera", "Wei", "Yara", "Zoë",
)
_LAST = ("Abe", "Brandt", "Costa", "Diaz", "Egger", "Fox", "Gao", "Haas")
# fmt: on
_PICK = "/pick 9.90 Sichuan pepper | 120 tins | in 1h"


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    pace.tell("Two hundred people come into a new group.", done=0, of=BUYERS)
    lin = cast.person("Lin")
    buyers = [cast.person(f"{first} {last}") for last in _LAST for first in _FIRST]
    group = await cast.group("Flash sale", owner=lin, members=buyers)
    await pace.beat(2)
    await lin.says("In a moment: 120 tins, and there will be no more this year.", in_=group)
    await pace.beat(2)
    card = await cast.card_after(await lin.says(_PICK, in_=group), group)
    pace.tell("The card is there. Everybody wants it.")
    await pace.beat(2)
    taps = await _rush(cast, group, card, buyers)
    pace.tell("All have had their turn. The last answers come in.")
    answered = await _count_answers(world, taps)
    await pace.beat(4)
    cast.show_message(card, lin)
    return (
        f"{len(buyers)} people wanted it: {len(taps)} tapped, and {answered} of them were answered; "
        "the others wrote. Look at the card: nothing is sold that is not there."
    )


async def _rush(cast: Cast, group: Group, card: SeenMessage, buyers: Sequence[Person]) -> list[Tap]:
    """Let everybody act once: most tap, some write, some just like it."""
    chance = random.Random(8)
    words, taps = order_words(card), []
    crowd = list(buyers)
    chance.shuffle(crowd)
    for number, buyer in enumerate(crowd, start=1):
        if number % 16 == 0:
            await buyer.says(chance.choice(("+1", "+2", "+1 please", "2")), in_=group, reply_to=card)
        else:
            taps.append(await buyer.taps(words, on=card))
        if number % 9 == 0:
            await buyer.reacts(chance.choice(("🔥", "🔥", "😍", "👍")), to=card)
        cast.pace.tell(f"{buyer.user.full_name} orders.", done=number)
        await cast.pace.beat(chance.uniform(0.02, 0.2))
    return taps


async def _count_answers(world: World, taps: Sequence[Tap]) -> int:
    def count() -> int:
        return sum(tap.query is not None and tap.query.answer is not None for tap in taps)

    try:
        await world.until(lambda: count() == len(taps), PATIENCE, "an answer to every tap")
    except AssertionError:
        return count()
    return count()


FLASH_SALE = Scene(
    name="flash-sale",
    title="A flash sale with 200 buyers",
    promise="200 people rush at 120 tins in half a minute. One card keeps the count, and some come too late.",
    play=_play,
)
