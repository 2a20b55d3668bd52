"""Scenes: people, a group and a conversation to begin with."""

from pathlib import Path

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.people import Sandbox
from sandbox.persons import Person
from sandbox.sights import SeenMessage
from sandbox.stage.hints import Fill, Hint, offer_hints
from sandbox.stage.places import chat_key, private_key

_HONEY = Path(__file__).parent / "page" / "honey.png"
_PICK = "/pick 12.90 Yunnan honey | 20 jars | till 20:00"


async def honey_friends(tg: Sandbox, bot: Bot) -> None:
    """Found “Honey & Harvest”: Mei owns it, five friends talk in it, Noor is not in it yet."""
    mei, ann, ben = tg.person("Mei"), tg.person("Ann"), tg.person("Ben")
    chloe, dmitri = tg.person("Chloé", language="es"), tg.person("Дмитрий", language="ru")
    xiaolin = tg.person("小林", language="zh-hans")
    tg.person("Noor")
    group = tg.group("Honey & Harvest", owner=mei, members=[ann, ben, chloe, dmitri, xiaolin])
    await mei.starts(bot)
    await ann.starts(bot)
    await _small_talk(group, mei, ann, ben, chloe, dmitri, xiaolin)
    await mei.adds_bot(bot, group, admin=True)
    photo = await mei.sends_photo(
        caption="The first jars of this year 🍯 from the beekeeper in Yunnan",
        in_=group,
        image=_HONEY.read_bytes(),
    )
    await ann.reacts("😍", to=photo)
    await dmitri.reacts("🔥", to=photo)
    offer_hints(tg.world, "Five things to try", _hints(bot, group, photo, mei, ann, ben))


async def _small_talk(
    group: Group, mei: Person, ann: Person, ben: Person, chloe: Person, dmitri: Person, xiaolin: Person
) -> None:
    hello = await mei.says(
        "Good morning! I am off to the village today. Anything you want me to look for?", in_=group
    )
    honey = await ann.says(
        "Is the honey in already? Last year's was gone in a week 😄", in_=group, reply_to=hello
    )
    await chloe.says("¡Sí, por favor! Mi madre todavía habla de esa miel", in_=group)
    await dmitri.says("Если будет гречишный, я возьму две банки", in_=group)
    await xiaolin.says("我也要，去年的真的很香 👍", in_=group, reply_to=honey)
    await ben.says("Same here. I can pick everything up with the van on Saturday.", in_=group)
    await mei.reacts("🙏", to=await mei.says("Let me ask the beekeeper then. A photo follows!", in_=group))


def _hints(bot: Bot, group: Group, photo: SeenMessage, mei: Person, ann: Person, ben: Person) -> list[Hint]:
    here, with_ann = chat_key(group.chat), private_key(bot, ann.user)

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
            words="As Mei, ask who ordered what, then close the sale. Both lists come to her private chat "
            "with Vouch.",
            fills=(fill(mei, "/board 1", "/board 1"), fill(mei, "/close 1", "/close 1")),
        ),
    ]
