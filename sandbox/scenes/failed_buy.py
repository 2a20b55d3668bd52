"""A group buy that does not come together."""

import re

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.sights import SeenMessage
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World

_PICK = "/pick 14.50 Olive oil | 40 bottles | in 2h | The mill delivers from forty bottles on"


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    pace.tell("Mei looks for forty bottles' worth of friends.", done=0, of=6)
    mei, ann, ben = cast.person("Mei"), cast.person("Ann"), cast.person("Ben")
    chloe, dmitri = cast.person("Chloé", language="es"), cast.person("Дмитрий", language="ru")
    group = await cast.group("Oil for all", owner=mei, members=[ann, ben, chloe, dmitri])
    await pace.beat(2)
    card = await cast.card_after(await mei.says(_PICK, in_=group), group)
    words = order_words(card)
    await pace.beat(2)
    for number, person in enumerate((ann, ben, chloe), start=1):
        pace.tell(f"{person.name} orders a bottle.", done=number)
        await person.taps(words, on=card)
        await pace.beat(2)
    await dmitri.says("Forty is a lot for us. Who takes ten?", in_=group, reply_to=card)
    await pace.beat(3)
    pace.tell("Nobody takes ten. Ben changes his mind.", done=4)
    await cast.acknowledged(await ben.says("0", in_=group, reply_to=card))
    await pace.beat(3)
    await mei.says("Two of forty, so the mill does not deliver. I close it; nobody pays anything.", in_=group)
    await _close(cast, mei, card, group)
    cast.show_message(card, mei)
    return "Three ordered, one took it back, and Mei closed it. The card says what is left."


async def _close(cast: Cast, mei: Person, card: SeenMessage, group: Group) -> None:
    number = re.search(r"#(\d+)", card.text)
    cast.pace.tell("Mei closes it.", done=5)
    await mei.says(f"/close {number[1] if number else 1}", in_=group)
    await cast.wait(
        lambda: not card.rows or card.is_deleted, f"{cast.bot.user.full_name} did not close the card"
    )
    cast.pace.tell("It is closed.", done=6)
    await cast.pace.beat(1)


FAILED_BUY = Scene(
    name="failed-buy",
    title="A failed group buy",
    promise="Forty bottles are needed, three are ordered, one is taken back, and Mei has to close it.",
    play=_play,
)
