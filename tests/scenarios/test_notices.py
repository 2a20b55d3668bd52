"""People choose what they are told in private, and hear of new picks as they chose."""

from bot.i18n import Translator
from bot.jobs.notices import tell_new_picks
from bot.notice_errors import WishUnreadable
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import CategoryChoice, OutboxEntry
from storage.models import Person as StoredPerson
from tests.scenarios.goods import last
from tests.scenarios.house import Circle


async def news(friends: Circle, person: Person) -> list[str]:
    """What somebody is told once the job has looked."""
    before = len(friends.private(person))
    await tell_new_picks(friends.house.parts.shop)
    friends.house.parts.sender.wake()
    await friends.house.settles()
    return friends.private(person)[before:]


async def says(friends: Circle, person: Person, words: str) -> SeenMessage:
    """Says something in private; returns what the bot answers."""
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def taps(friends: Circle, person: Person, button: str, *, on: SeenMessage) -> None:
    await person.taps(button, on=on)
    await friends.house.settles()


async def test_everybody_hears_of_what_she_chose(friends: Circle) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    for person in (ann, ben, lin):
        await person.starts(house.account)
        await person.says("Hello", in_=friends.group)
    await house.settles()
    answer = await says(friends, ann, "tell me only about #honey, please")
    assert "new picks of #honey" in answer.text
    posts = len(friends.posts)
    await ben.says("/notices всё", in_=friends.group)
    await house.settles()
    assert "обо всём новом" in last(friends, ben).text
    assert len(friends.posts) == posts, "nothing is said in the group"

    card = await friends.offers("12.90 Yunnan honey #honey | 20 jars | till 20:00")
    assert "Yunnan honey\n" in card.text
    assert "\n#honey\n" in card.text
    [told] = await news(friends, ann)
    for part in ("New in Honey friends", "#1 Yunnan honey", "€12.90", "20:00", "/notices"):
        assert part in told
    [told] = await news(friends, ben) or [last(friends, ben).text]
    assert "Новое в" in told
    assert not [text for text in friends.private(lin) if "honey" in text]
    await taps(friends, ann, "#1 Yunnan honey", on=last(friends, ann))
    assert "You have nothing ordered here" in last(friends, ann).text

    await friends.offers("5.00 Green tea #tea | till 20:00")
    await tell_new_picks(house.parts.shop)
    house.parts.sender.wake()
    await house.settles()
    assert "Green tea" in last(friends, ben).text
    assert not [text for text in friends.private(ann) if "Green tea" in text]

    page = await says(friends, ben, "/notices")
    await taps(friends, ben, "Категории в «Honey friends»", on=page)
    assert "#tea" in [row[0] for row in page.buttons]
    [at] = [number for number, row in enumerate(page.buttons) if row[0] == "#tea"]
    await ben.presses_data(page.rows[at][2]["callback_data"], on=page)
    await house.settles()
    assert page.buttons[at][2] == "✓ Без"
    await mei.says("/edit 1 category tea", in_=friends.group)
    await house.settles()
    await card.until(contains="#tea")
    await friends.offers("6.00 Black tea #Tea | till 20:00")
    assert await news(friends, ben) == []
    [choice] = [row for row in await house.rows(CategoryChoice) if row.person_id == ben.id]
    assert choice.category == "tea"


async def test_the_page_switches_what_can_be_switched(friends: Circle) -> None:
    house, ann, lin = friends.house, friends.ann, friends.lin
    await ann.says("/notices", in_=friends.group)
    await house.settles()
    assert "Ann, I will tell you that in private." in friends.posts[-1]
    await ann.starts(house.account, payload="notices_0")
    await house.settles()
    page = last(friends, ann)
    assert "What I tell you in private" in page.text
    assert "• New picks: no" in page.text
    assert "• Reminders that I asked for: yes" in page.text
    await taps(friends, ann, "New picks", on=page)
    await taps(friends, ann, "✓ Reminders that I asked for", on=page)
    assert "• New picks: yes" in page.text
    assert "• Reminders that I asked for: no" in page.text
    await taps(friends, ann, "Count me for people who know me", on=page)
    assert "never by name" in page.text
    assert [each.shows_purchases for each in await house.rows(StoredPerson) if each.id == ann.id] == [True]
    await taps(friends, ann, "Categories in Honey friends", on=page)
    assert "has a category yet" in page.text
    await taps(friends, ann, "‹ Back", on=page)
    assert "• New picks: yes" in page.text

    answer = await says(friends, ann, "/notices whatever")
    assert answer.text == refusal(Translator("en"), WishUnreadable())
    await lin.starts(house.account)
    assert "还没有" not in (await says(friends, lin, "/notices")).text
    for data in ("ns:money:0", "nc:1:0123456789:only", "nc:1:0123456789:all", "nt:77", "nw:1:99"):
        answered = await (await lin.presses_data(data, on=last(friends, lin))).answered()
        assert answered.text
    await house.settles()
    assert not [row for row in await house.rows(OutboxEntry) if row.failed_at]
