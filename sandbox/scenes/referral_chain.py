"""A referral chain: each brings the next by a link of her own."""

from itertools import pairwise

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    mei = cast.person("Mei")
    chain = [cast.person(name) for name in ("Ines", "Jonas", "Kaia", "Luca")]
    pace.tell("Mei founds a tea circle. Ines is the first in it.", done=0, of=len(chain))
    group = await cast.group("Tea circle", owner=mei, members=chain[:1])
    await pace.beat(2)
    await mei.says("Bring whom you trust. Everybody gets a link of her own from the bot.", in_=group)
    await pace.beat(2)
    await chain[0].says("I know three people who would love this.", in_=group)
    await pace.beat(2)
    for number, (bringer, newcomer) in enumerate(pairwise(chain), start=1):
        await _bring(cast, group, bringer, newcomer)
        pace.tell(f"{newcomer.name} is in the group, by {bringer.name}'s link.", done=number)
        await pace.beat(2)
    return await _look_back(cast, group, chain)


async def _bring(cast: Cast, group: Group, bringer: Person, newcomer: Person) -> None:
    cast.pace.tell(f"{bringer.name} asks the bot for her link.")
    cast.show_private(bringer)
    await bringer.starts(cast.bot)
    await cast.pace.beat(1.5)
    url = await cast.link_for(bringer, group)
    await cast.pace.beat(1.5)
    cast.pace.tell(f"{newcomer.name} follows it.")
    await newcomer.opens(url)
    await cast.pace.beat(1)
    await newcomer.says(f"Hello! {bringer.name} sent me.", in_=group)


async def _look_back(cast: Cast, group: Group, chain: list[Person]) -> str:
    last, first = chain[-1], chain[0]
    await last.starts(cast.bot)
    for person in (last, first):
        cast.show_private(person)
        await person.says("/chain", in_=group)
        await cast.pace.beat(2)
    cast.pace.tell("Four people, one chain.", done=len(chain))
    names = ", ".join(person.name for person in chain)
    return f"{names}: each was brought by the one before, and /chain shows it."


REFERRAL_CHAIN = Scene(
    name="referral-chain",
    title="A referral chain of four",
    promise="Ines brings Jonas, he brings Kaia, she brings Luca, each by their own link. /chain shows it.",
    play=_play,
)
