"""A pick that is paid in three ways once it has closed."""

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.scenes.money import confirm, pay, receipt_of, send_proof, take_money
from sandbox.scenes.screens import newest
from sandbox.sights import SeenMessage
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World

_PICK = "/pick 6.40 Longjing tea | 12 tins | 3+ 5.90 | in 1h | Picked before the rain"


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    pace.tell("Mei switches on the ways to pay of her group.", done=0, of=6)
    mei, ann, ben, noor = (cast.person(name) for name in ("Mei", "Ann", "Ben", "Noor"))
    for person in (mei, ann, ben, noor):
        await person.starts(bot)
    group = await cast.group("Tea before the rain", owner=mei, members=[ann, ben, noor])
    cast.show_private(mei)
    await take_money(cast, mei, group)
    await pace.beat(2)
    pace.tell("Ann, Ben and Noor order, so the price falls for all of them.", done=1)
    card = await cast.card_after(await mei.says(_PICK, in_=group), group)
    cast.show_message(card, ann)
    for person in (ann, ben, noor):
        await pace.beat(1)
        await person.taps(order_words(card), on=card)
    since = {person: newest(cast, person) + 1 for person in (ann, ben, noor)}
    await _close(cast, mei, card, group)
    await _all_pay(cast, (mei, ann, ben, noor), since)
    cast.show_private(ann)
    return "Three ways, three numbered receipts: each says what was ordered, and why it costs what it costs."


async def _close(cast: Cast, mei: Person, card: SeenMessage, group: Group) -> None:
    cast.pace.tell("Mei closes it, and everybody is told in private what to pay.", done=2)
    await cast.pace.beat(2)
    await mei.says("/close 1", in_=group)
    await cast.wait(lambda: not card.rows, f"{cast.bot.user.full_name} did not close the card")


async def _all_pay(
    cast: Cast, people: tuple[Person, Person, Person, Person], since: dict[Person, int]
) -> None:
    mei, ann, ben, noor = people
    pace = cast.pace
    for number, (person, way) in enumerate(((ann, "Card"), (ben, "Telegram Stars")), start=3):
        pace.tell(f"{person.name} pays: {way}.", done=number)
        cast.show_private(person)
        await pace.beat(2)
        await pay(cast, person, way, since=since[person])
        await receipt_of(cast, person, since=since[person])
        await pace.beat(3)
    pace.tell("Noor sends a transfer and a picture of it.", done=5)
    cast.show_private(noor)
    await pace.beat(2)
    await send_proof(cast, noor, since=since[noor])
    await pace.beat(2)
    pace.tell("Mei looks at the picture and confirms with one tap.", done=6)
    cast.show_private(mei)
    await confirm(cast, mei)
    await receipt_of(cast, noor, since=since[noor])
    await pace.beat(2)


PAYING = Scene(
    name="paying",
    title="Paid three ways",
    promise="Card, Stars, and a transfer with a picture that Mei confirms. Everybody gets a receipt.",
    play=_play,
)
