"""An owner looks at how her group does: in words, as a picture, as a file; nobody else does."""

import io
from datetime import timedelta

import openpyxl

from sandbox.people import Person, SeenMessage
from tests.scenarios.house import Circle


def _last(friends: Circle, person: Person) -> SeenMessage:
    return friends.house.posts_in(person.private(friends.house.account))[-1]


async def _taps(friends: Circle, person: Person, label: str, on: SeenMessage) -> SeenMessage:
    await person.taps(label, on=on)
    await friends.house.settles()
    return _last(friends, person)


async def test_an_owner_sees_how_her_group_does(friends: Circle) -> None:
    house, mei, ann, lin = friends.house, friends.mei, friends.ann, friends.lin
    card = await friends.offers()
    for buyer in (ann, lin):
        await buyer.says("+2", in_=friends.group, reply_to=card)
        await buyer.reacts("❤", to=card)
    await house.settles()
    [refused] = await house.hears(ann.says("/stats", in_=friends.group))
    assert refused.text == "Only the owner and the curators of this group can do that."
    await house.passes(timedelta(days=9))
    second = await friends.offers("5 Thyme tea | till 20:00")
    await ann.says("+1", in_=friends.group, reply_to=second)
    await friends.ben.leaves(friends.group)
    await house.passes(timedelta(hours=2))

    await mei.says("/stats", in_=friends.group)
    await house.settles()
    page = _last(friends, mei)
    assert page.text.startswith("Statistics of Honey friends")
    for line in (
        "Orders: 3",
        "Revenue: €56.60",
        "Buyers: 2",
        "Have ordered more than once: 1 of 2 (too few for percent)",
        "Reactions per pick: 1.0 (2 picks)",
        "Left the group: 1 (2 posts)",
        "Disputed orders: –",
        "Posts with offers: 2",
        "Too few to tell.",
    ):
        assert line in page.text
    page = await _taps(friends, mei, "Week", page)
    assert "Orders: 1\n" in page.text

    # Drawing takes a second, so each story looks at one of them.
    label = "Dark picture" if house.way == "polling" else "Light picture"
    picture = await _taps(friends, mei, label, page)
    assert picture.photo is not None
    assert picture.text.startswith("Statistics of Honey friends\nLast 7 days")
    sheet = await _taps(friends, mei, "As a file (XLSX)", page)
    assert sheet.document is not None
    book = openpyxl.load_workbook(io.BytesIO(sheet.document))
    assert book.sheetnames == ["Statistics", "EUR", "Posts"]
    cells = [[cell.value for cell in row] for row in book["EUR"].iter_rows()]
    assert cells[-1] == ["Together", 1, 5]

    await ann.starts(house.account)
    await ann.says("/stats", to=house.account)
    await house.settles()
    mine = _last(friends, ann)
    assert "You lead no group" in mine.text
    before = len(friends.private(ann))
    for forged in ("tt:1:week", "tp:1:week:0", "tx:1:week", "tx:9:week"):
        await ann.presses_data(forged, on=mine)
    for forged in ("tt:1:day", "tp:1:week:7", "tp:1:day:0", "tx:9:week"):
        await mei.presses_data(forged, on=page)
    seen = len(friends.private(mei))
    await house.settles()
    assert len(friends.private(ann)) == before
    assert len(friends.private(mei)) == seen
