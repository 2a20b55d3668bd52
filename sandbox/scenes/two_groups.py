"""Two groups and one beekeeper: one supplies, the other sells, and both know what is owed."""

import asyncio

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast, order_words
from sandbox.scenes.screens import asks, goes, newest, shows, tells
from sandbox.sights import SeenMessage
from sandbox.stage.playbill import CutShort, Pace, Scene
from sandbox.world import World

_GOODS = "Chestnut honey"
_PICK = f"/pick 11.00 {_GOODS} | 40 jars | 4+ 10.00 | in 3h | From my cousin's hives"
_STEPS = 7
_ASKS = 5
# Real seconds.
_RECKONED_WITHIN = 2.0


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    mei, ann, noor, pavel, ines = (cast.person(name) for name in ("Mei", "Ann", "Noor", "Pavel", "Ines"))
    for person in (mei, noor):
        await person.starts(bot)
    sellers = await cast.group("Tea on Sundays", owner=noor, members=[pavel, ines])
    suppliers = await cast.group("Bees of Lucca", owner=mei, members=[ann])
    ours = await _open(cast, mei, suppliers)
    theirs = await _carry(cast, noor, sellers)
    pace.tell("Both groups order. Four together reach the lower price for all.", done=3)
    for person, card in ((ann, ours), (pavel, theirs), (ines, theirs), (ann, ours)):
        cast.show_message(card, person)
        await pace.beat(0.7)
        await person.taps(order_words(card), on=card)
    await cast.wait(
        lambda: "4 of 40" in ours.text, f"{bot.user.full_name} did not count both groups together"
    )
    await pace.beat(1)
    before = newest(cast, noor)
    await _close(cast, mei, suppliers, (ours, theirs))
    await _hand_over(cast, noor, since=before + 1)
    return await _settle(cast, mei, noor, suppliers, sellers)


async def _open(cast: Cast, mei: Person, group: Group) -> SeenMessage:
    """Let the supplier post, and open her pick to other groups; returns its card."""
    pace = cast.pace
    pace.tell("Mei posts her cousin's honey.", done=0, of=_STEPS)
    card = await cast.card_after(await mei.says(_PICK, in_=group), group)
    await pace.beat(1)
    pace.tell("She lets other groups sell it and keep a tenth.", done=1)
    cast.show_private(mei)
    page = await asks(cast, mei, "/manage", group, _GOODS)
    page = await goes(cast, mei, page, _GOODS, "Let other groups sell it", "10%", to="• 10%")
    await goes(cast, mei, page, "Open it to other groups", to="End it")
    return card


async def _carry(cast: Cast, noor: Person, group: Group) -> SeenMessage:
    """Let another group's curator find it and sell it; returns its card there."""
    pace = cast.pace
    pace.tell("Noor looks round on the /market for her group, and finds it.", done=2)
    cast.show_private(noor)
    page = await asks(cast, noor, "/market", group, _GOODS)
    page = await goes(cast, noor, page, _GOODS, to="Sell it in")
    await pace.beat(3)
    asked = group.last_message
    await noor.taps("Sell it in", on=page)
    card = await cast.card_after(asked, group)
    cast.show_message(card, noor)
    await pace.beat(1)
    return card


async def _close(cast: Cast, mei: Person, group: Group, cards: tuple[SeenMessage, SeenMessage]) -> None:
    cast.pace.tell("Mei closes it, in both groups at once.", done=4)
    await mei.says("/close 1", in_=group)
    await cast.wait(
        lambda: not any(card.rows for card in cards), f"{cast.bot.user.full_name} did not close both cards"
    )
    await cast.pace.beat(1)


async def _hand_over(cast: Cast, noor: Person, *, since: int) -> None:
    """Let the curator of the group that sells hand over, by her closing list, to both who bought there."""
    cast.pace.tell("Pavel and Ines fetch theirs from Noor: she taps their names.", done=5)
    cast.show_private(noor)
    page = await shows(cast, noor, "Hand over", "sent Noor no list of who is to come", since=since)
    page = await goes(cast, noor, page, "Hand over", "Pavel", to="Undo")
    await noor.taps("Ines", on=page)
    await tells(cast, noor, "Everybody has come", "did not hand over to Ines", since=since)


async def _settle(cast: Cast, mei: Person, noor: Person, suppliers: Group, sellers: Group) -> str:
    """Let both look at what is owed."""
    pace = cast.pace
    pace.tell("Noor asks what her group owes: what the jars cost, less its tenth.", done=6)
    await _learns(cast, noor, sellers)
    await pace.beat(3)
    pace.tell("Mei sees the same from her side.", done=_STEPS)
    cast.show_private(mei)
    since = newest(cast, mei) + 1
    await mei.says("/partners", in_=suppliers)
    await tells(cast, mei, "is due to you", "did not say what is due to Mei's group", since=since)
    return (
        "One stock, one price, one close; Noor's group keeps a tenth of what it sold. When the money comes, "
        "Mei notes it on the page of her pick."
    )


async def _learns(cast: Cast, noor: Person, group: Group) -> None:
    """Let somebody ask what her group owes until it is reckoned, which is at the bot's own pace."""
    for _ in range(_ASKS):
        since = newest(cast, noor) + 1
        await noor.says("/partners", in_=group)
        page = await tells(cast, noor, "You owe", "did not say what Noor's group owes", since=since)
        if "You owe nothing" not in page.text:
            return
        await asyncio.sleep(_RECKONED_WITHIN)
    raise CutShort(f"{cast.bot.user.full_name} says that Noor's group owes nothing")


TWO_GROUPS = Scene(
    name="two-groups",
    title="Two groups, one beekeeper",
    promise="Mei lets other groups sell her honey. Noor finds it on the market, her friends order, too, and "
    "both see what is owed.",
    play=_play,
)
