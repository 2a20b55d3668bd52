"""A group buy that does not come together, and everybody's money back."""

import re

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.scenes.money import give_back, order_and_pay, take_money
from sandbox.sights import SeenMessage
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World

_PICK = "/pick 14.50 Olive oil | 60 bottles | min 40 | in 2h | The mill delivers from forty bottles on"


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    pace.tell("Mei looks for forty bottles' worth of friends, who pay as they order.", done=0, of=8)
    mei, ann, ben = cast.person("Mei"), cast.person("Ann"), cast.person("Ben")
    chloe, dmitri = cast.person("Chloé", language="es"), cast.person("Дмитрий", language="ru")
    for person in (mei, ann, ben):
        await person.starts(bot)
    group = await cast.group("Oil for all", owner=mei, members=[ann, ben, chloe, dmitri])
    await take_money(cast, mei, group, at_once=True)
    await pace.beat(2)
    card = await cast.card_after(await mei.says(_PICK, in_=group), group)
    await pace.beat(2)
    for number, (person, way) in enumerate(((ann, "Telegram Stars"), (ben, "Card")), start=1):
        pace.tell(f"{person.name} orders a bottle and pays at once.", done=number)
        await order_and_pay(cast, person, card, way)
        await pace.beat(2)
    pace.tell("Chloé orders one, too, and changes her mind.", done=3)
    await chloe.taps(order_words(card), on=card)
    await dmitri.says("Forty is a lot for us. Who takes ten?", in_=group, reply_to=card)
    await pace.beat(3)
    await cast.acknowledged(await chloe.says("0", in_=group, reply_to=card))
    pace.tell("Nobody takes ten.", done=4)
    await pace.beat(3)
    await mei.says("Two of forty, so the mill does not deliver. I close it; nobody owes anything.", in_=group)
    await _ends(cast, mei, (ann, ben), card, group)
    cast.show_message(card, mei)
    return (
        "Three ordered, one took it back, and the minimum was missed. Ann's Stars went back by themselves, "
        "and Mei's list of what she owes has reached zero."
    )


async def _ends(
    cast: Cast, mei: Person, payers: tuple[Person, Person], card: SeenMessage, group: Group
) -> None:
    """The minimum is missed: whoever has paid gets it back."""
    ann, ben = payers
    who, pace = cast.bot.user.full_name, cast.pace
    told = {person.id: len(person.private(cast.bot).messages) for person in payers}

    def hears(person: Person, words: str) -> bool:
        return any(words in seen.text for seen in person.private(cast.bot).messages[told[person.id] :])

    await _close(cast, mei, card, group)
    pace.tell("Ann's Stars come back by themselves.", done=6)
    cast.show_private(ann)
    await cast.wait(lambda: hears(ann, "has given your Stars back"), f"{who} did not give Ann's Stars back")
    await pace.beat(3)
    await cast.wait(lambda: hears(ben, "You get"), f"{who} did not tell Ben that he gets his money back")
    pace.tell("What Ben paid by card is Mei's to give back; she ticks it off.", done=7)
    cast.show_private(mei)
    await give_back(cast, mei, group)
    pace.tell("Nothing is owed to anybody.", done=8)
    await pace.beat(2)


async def _close(cast: Cast, mei: Person, card: SeenMessage, group: Group) -> None:
    number = re.search(r"#(\d+)", card.text)
    cast.pace.tell("Mei closes it below its minimum.", done=5)
    await mei.says(f"/close {number[1] if number else 1}", in_=group)
    await cast.wait(
        lambda: not card.rows or card.is_deleted, f"{cast.bot.user.full_name} did not close the card"
    )
    await cast.pace.beat(2)


FAILED_BUY = Scene(
    name="failed-buy",
    title="A failed group buy",
    promise="Forty bottles are needed and two are paid for, so everybody gets the money back.",
    play=_play,
)
