"""“Honey & Harvest”: the group with which the demo opens, and things to try in it."""

import math
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from sandbox.bots import Bot
from sandbox.founding import found
from sandbox.groups import Group
from sandbox.persons import Person
from sandbox.scenes.cast import Cast
from sandbox.scenes.money import take_money
from sandbox.sights import SeenMessage
from sandbox.stage.hints import Fill, Hint, offer_hints
from sandbox.stage.places import chat_key, private_key
from sandbox.stage.playbill import Pace, Scene
from sandbox.world import World

_HONEY = Path(__file__).parent.parent / "page" / "honey.png"
_PICK = "/pick 12.90 Yunnan honey | 20 jars | till 20:00"
_SECOND = "/pick 6.50 Beeswax candles | 12"


async def honey_friends(world: World, bot: Bot) -> Callable[[], Awaitable[None]]:
    """Play the scene at once, to begin with; what is returned lets Mei switch on the ways to pay.

    That takes as long as the bot needs to answer her a dozen times at the pace that Telegram allows.
    """
    cast = Cast(world, bot, Pace(world, speed=math.inf))
    mei, group = await _gather(cast)
    return partial(take_money, cast, mei, group)


async def _play(world: World, bot: Bot, pace: Pace) -> str:
    cast = Cast(world, bot, pace)
    await take_money(cast, *await _gather(cast))
    return "The honey is there, and now it is your turn: eight things to try stand under “Try”."


async def _gather(cast: Cast) -> tuple[Person, Group]:
    world, bot, pace = cast.world, cast.bot, cast.pace
    mei, ann, ben = cast.person("Mei"), cast.person("Ann"), cast.person("Ben")
    chloe, dmitri = cast.person("Chloé", language="es"), cast.person("Дмитрий", language="ru")
    xiaolin = cast.person("小林", language="zh-hans")
    tom = cast.person("Tom")
    cast.person("Noor")
    await mei.starts(bot)
    await ann.starts(bot)
    pace.tell("Mei asks what to bring from the village.", done=0, of=8)
    group = await cast.group("Honey & Harvest", owner=mei, members=[ann, ben, chloe, dmitri, xiaolin])
    family = found(world, "Ann's family", owner=ann.user, members=[tom.user])
    await _small_talk(group, pace, mei, ann, ben, chloe, dmitri, xiaolin)
    photo = await mei.sends_photo(
        caption="The first jars of this year 🍯 from the beekeeper in Yunnan",
        in_=group,
        image=_HONEY.read_bytes(),
    )
    await pace.beat()
    await ann.reacts("😍", to=photo)
    await dmitri.reacts("🔥", to=photo)
    offer_hints(world, "Eight things to try", _hints(bot, group, family, photo, mei, ann, ben))
    pace.tell("The honey is there. Now it is your turn.", done=8)
    return mei, group


async def _small_talk(
    group: Group,
    pace: Pace,
    mei: Person,
    ann: Person,
    ben: Person,
    chloe: Person,
    dmitri: Person,
    xiaolin: Person,
) -> None:
    answered: dict[Person, SeenMessage] = {}
    talk = (
        (mei, "Good morning! I am off to the village today. Anything you want me to look for?", None),
        (ann, "Is the honey in already? Last year's was gone in a week 😄", mei),
        (chloe, "¡Sí, por favor! Mi madre todavía habla de esa miel", None),
        (dmitri, "Если будет гречишный, я возьму две банки", None),
        (xiaolin, "我也要，去年的真的很香 👍", ann),
        (ben, "Same here. I can pick everything up with the van on Saturday.", None),
        (mei, "Let me ask the beekeeper then. A photo follows!", None),
    )
    for number, (person, words, answers) in enumerate(talk, start=1):
        reply_to = answered[answers] if answers else None
        answered[person] = await person.says(words, in_=group, reply_to=reply_to)
        pace.tell(f"{person.name} says something.", done=number)
        await pace.beat(2)
    await mei.reacts("🙏", to=answered[mei])


def _hints(
    bot: Bot, group: Group, family: Group, photo: SeenMessage, mei: Person, ann: Person, ben: Person
) -> list[Hint]:
    here, with_ann = chat_key(group.chat), private_key(bot, ann.user)
    name = bot.user.username
    with_mei = private_key(bot, mei.user)

    def fill(who: Person, label: str, text: str = "", reply_to: int | str | None = None) -> Fill:
        return Fill(label=label, person=who.id, chat=here, text=text, reply_to=reply_to)

    return [
        Hint(
            words="Mei owns the group. As Mei, answer the honey photo with a price, and a card appears.",
            fills=(fill(mei, _PICK, _PICK, photo.id),),
        ),
        Hint(
            words="As Ann, tap Order +1 on the card. Then answer the card with +2, and make that +3 with ↑: "
            "4 in all.",
            fills=(fill(ann, "Be Ann"), fill(ann, "+2", "+2", "card")),
        ),
        Hint(words="As Ben, react to the card: point at it and choose a face.", fills=(fill(ben, "Be Ben"),)),
        Hint(
            words="In private, Ann asks for her own invite link. Tap the first link and join as Noor, who is "
            "not in the group yet. From then on Ann's chain has her.",
            fills=tuple(
                Fill(label=text, person=ann.id, chat=with_ann, text=text) for text in ("/invite", "/chain")
            ),
        ),
        Hint(
            words=f"Ann tells her family of it: type @{name} and a word, choose the card. As Tom, ask how "
            "it stands, then open it. Ann's /shares counts each step.",
            fills=(
                Fill(
                    label=f"@{name} honey", person=ann.id, chat=chat_key(family.chat), text=f"@{name} honey"
                ),
                Fill(label="/shares", person=ann.id, chat=with_ann, text="/shares"),
            ),
        ),
        Hint(
            words="As Mei, ask who ordered what, then close the sale. Both lists come to her private chat "
            "with Vouch.",
            fills=(fill(mei, "/board 1", "/board 1"), fill(mei, "/close 1", "/close 1")),
        ),
        Hint(
            words="Then Ann pays, in private: /pay, and Card or Telegram Stars (they cost nothing here). "
            "What she sends by transfer waits for Mei's word in /payments.",
            fills=(
                Fill(label="/pay", person=ann.id, chat=with_ann, text="/pay"),
                Fill(label="/payments", person=mei.id, chat=with_mei, text="/payments"),
            ),
        ),
        Hint(
            words="Too many offers tire a group. As Mei, switch its allowance on, as real groups begin with "
            "it. Then post a second pick: it waits for its slot, and /trust says why.",
            fills=(
                Fill(
                    label="/settings allowance on",
                    person=mei.id,
                    chat=with_mei,
                    text="/settings allowance on",
                ),
                fill(mei, _SECOND, _SECOND),
                fill(mei, "/trust", "/trust"),
            ),
        ),
    ]


HONEY = Scene(
    name="honey",
    title="Honey & Harvest",
    promise="Six friends talk about honey in four languages until Mei posts a photo. Then it is your turn.",
    play=_play,
)
