"""/foryou: what the friends may like, said in private with reasons, and put aside by a tap."""

from datetime import timedelta

from bot.jobs.recommendations import rank_anew
from sandbox.people import Person, SeenMessage
from storage.models import Dismissal, OutboxEntry
from tests.scenarios.goods import last
from tests.scenarios.house import Circle

TILL_EVENING = timedelta(hours=10, minutes=1)
TILL_MORNING = timedelta(hours=14)


async def asks(friends: Circle, person: Person) -> SeenMessage:
    """Asks in private; returns the answer."""
    await person.says("/foryou", to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def taps(friends: Circle, person: Person, words: str, *, on: SeenMessage) -> str:
    """Tap a button; returns the toast."""
    toast = (await (await person.taps(words, on=on)).answered()).text
    await friends.house.settles()
    return toast


async def test_the_friends_are_told_what_they_may_like_and_why(friends: Circle) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    stranger = house.tg.person("Eve")
    for person in (ann, ben, stranger):
        await person.starts(house.account)
    honey = await friends.offers()
    for person in (ann, ben):
        await person.says("+1", reply_to=honey)
    await house.passes(TILL_EVENING)
    await honey.until(contains="Closed")
    await house.passes(TILL_MORNING)
    await mei.says("/repost 1 till 20:00", in_=friends.group)
    await house.settles()
    tea = await friends.offers("5.00 Green tea | till 20:00")
    await ben.says("+1", reply_to=tea)
    await house.settles()
    assert await rank_anew(house.parts.shop) == 3, "Mei, Ann and Ben"

    posts = len(friends.posts)
    await lin.says("/foryou", in_=friends.group)
    await house.settles()
    assert len(friends.posts) == posts + 1, "she has not opened her private chat: one line with its door"
    await lin.starts(house.account, payload="foryou_0")
    await house.settles()
    page = last(friends, lin)
    assert "已有 2 人买过" in page.text
    assert "这次已有 1 人下单" in page.text
    [honey_row, tea_row] = [row for row in page.buttons if "#" in row[0]]
    assert honey_row[0].startswith("#2 Yunnan honey")
    assert await taps(friends, lin, honey_row[1], on=page) == "不会再推荐它。"
    assert "Yunnan honey" not in page.text
    assert "Green tea" in page.text
    assert [row.person_id for row in await house.rows(Dismissal)] == [lin.id]
    assert "Yunnan honey" not in (await asks(friends, lin)).text
    page = last(friends, lin)
    await taps(friends, lin, page.buttons[-1][0], on=page)
    assert "Yunnan honey" in page.text
    assert await house.rows(Dismissal) == []
    await taps(friends, lin, tea_row[0], on=page)
    assert "Green tea" in page.text
    assert page.buttons[0] == ["−", "0", "+"], "she can order right there"

    page = await asks(friends, ann)
    assert "What you may like" in page.text
    assert "1 person has ordered it this time." in page.text
    assert "Yunnan honey" not in page.text
    await ann.says("+1", reply_to=tea)
    await house.settles()
    assert "You already have everything" in (await asks(friends, ann)).text
    assert "У вас уже есть всё" in (await asks(friends, ben)).text
    assert "I know you in none" in (await asks(friends, stranger)).text
    for data in ("fn:1:0", "fn:99:0", "fy:-3:0", "fn:2:x"):
        answered = await (await stranger.presses_data(data, on=last(friends, stranger))).answered()
        assert answered.text or data.startswith("fy")
    await house.settles()
    assert [row.person_id for row in await house.rows(Dismissal)] == []
    assert "Yunnan" not in last(friends, stranger).text
    assert not [row for row in await house.rows(OutboxEntry) if row.failed_at]
