"""A pick that goes round: sent into another chat, looked at, opened, and ordered by somebody new."""

from sandbox.bots import Bot
from sandbox.founding import found
from sandbox.groups import Group
from sandbox.models.inline import InlineAnswer
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.scenes.money import pay_rewards
from sandbox.scenes.screens import newest
from sandbox.sights import SeenMessage
from sandbox.stage.playbill import CutShort, Pace, Scene
from sandbox.world import World

_PICK = "/pick 5.20 Rye bread from the stone oven | 24 loaves | in 5h | Baked on Friday night"
_STEPS = 6


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    mei, ines, pavel = (cast.person(name) for name in ("Mei", "Ines", "Pavel"))
    for person in (mei, ines):
        await person.starts(bot)
    group = await cast.group("Bread circle", owner=mei, members=[ines])
    pace.tell("Mei lets her group pay a tenth to whoever recommends.", done=0, of=_STEPS)
    cast.show_private(mei)
    await pay_rewards(cast, mei, group, "10")
    await pace.beat(2)
    card = await cast.card_after(await mei.says(_PICK, in_=group), group)
    cast.show_message(card, ines)
    await ines.taps(order_words(card), on=card)
    await pace.beat(2)
    neighbours = found(world, "Neighbours", owner=ines.user, members=[pavel.user])
    sent = await _send_on(cast, ines, card, neighbours)
    await _come_in(cast, pavel, sent, group)
    return await _look_back(cast, ines)


async def _send_on(cast: Cast, ines: Person, card: SeenMessage, chat: Group) -> SeenMessage:
    pace, who = cast.pace, cast.bot.user.full_name
    pace.tell("Ines taps Share and has a link of her own.", done=1)
    cast.show_private(ines)
    await ines.taps("Share", on=card)
    await pace.beat(2)
    pace.tell(
        f"Among her neighbours she types @{cast.bot.user.username} and a word, and sends the card.", done=2
    )
    if cast.bot.inline is None:
        raise CutShort(f"{who} has no inline mode: it is switched on at BotFather")
    search = await ines.types_inline(cast.bot, "bread", in_=chat)

    def answer() -> InlineAnswer | None:
        return search.answer

    offered = await cast.wait(answer, f"{who} offered nothing to send")
    if not offered.results:
        raise CutShort(f"{who} found no bread to send")
    sent = await ines.chooses(search)
    cast.show_message(sent, ines)
    await pace.beat(3)
    return sent


async def _come_in(cast: Cast, pavel: Person, sent: SeenMessage, group: Group) -> None:
    pace, bot = cast.pace, cast.bot
    who = bot.user.full_name
    pace.tell("Pavel, who is in no group of the bot's, looks how it stands.", done=3)
    cast.show_message(sent, pavel)
    await (await pavel.taps("How does it stand?", on=sent)).answered()
    await pace.beat(2)
    pace.tell("He opens it: what Ines earns is written there, and the way in.", done=4)
    cast.show_private(pavel)
    await pavel.taps("Order it", on=sent)
    guest = await _button(cast, pavel, "Join the group", f"{who} showed Pavel no way in")
    await pace.beat(3)
    pace.tell("Inside, the pick waits for him with its buttons.", done=5)
    await pavel.taps("Join the group", on=guest)
    details = await _button(cast, pavel, "+", f"{who} did not show Pavel the pick")
    await pace.beat(2)
    await pavel.taps("+", on=details)
    await cast.wait(lambda: "1" in str(details.buttons[0][1]), f"{who} did not take the order")


async def _look_back(cast: Cast, ines: Person) -> str:
    cast.pace.tell("Ines sees how far her card went.", done=_STEPS)
    cast.show_private(ines)
    before = newest(cast, ines)
    await ines.says("/shares", to=cast.bot)
    who = cast.bot.user.full_name
    await cast.wait(lambda: newest(cast, ines) > before + 1, f"{who} did not say how far it went")
    return "Sent, looked at, opened, joined, ordered: /shares counts each step, and names nobody."


async def _button(cast: Cast, person: Person, label: str, otherwise: str) -> SeenMessage:
    def message() -> SeenMessage | None:
        said = reversed(person.private(cast.bot).messages)
        return next((m for m in said if any(label == words for row in m.buttons for words in row)), None)

    return await cast.wait(message, otherwise)


SHARING = Scene(
    name="sharing",
    title="A pick goes round",
    promise="Ines sends a card to her neighbours. Pavel opens it, comes in and orders; "
    "she sees how far it went.",
    play=_play,
)
