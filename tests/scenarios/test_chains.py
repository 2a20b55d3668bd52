"""Chains as their members and their owner see them, in words, as a picture and as a file."""

import io
import re
import sys

import openpyxl
import pytest

from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry
from tests.scenarios.house import Circle


async def _joins(friends: Circle, newcomer: Person, *, by: Person) -> None:
    await by.starts(friends.house.account)
    await by.says("/invite", in_=friends.group)
    await friends.house.settles()
    found = re.search(r"https://t\.me/\+\S+", friends.private(by)[-1])
    assert found
    await newcomer.joins(found[0])
    await friends.house.settles()


async def _chain(friends: Circle, person: Person) -> SeenMessage:
    await person.starts(friends.house.account)
    await person.says("/chain", in_=friends.group)
    await friends.house.settles()
    return _last(friends, person)


def _last(friends: Circle, person: Person) -> SeenMessage:
    return friends.house.posts_in(person.private(friends.house.account))[-1]


async def _taps(friends: Circle, person: Person, label: str, on: SeenMessage) -> SeenMessage:
    await person.taps(label, on=on)
    await friends.house.settles()
    return _last(friends, person)


@pytest.fixture
async def family(friends: Circle) -> dict[str, Person]:
    """Ann brought Noor and 小王, Noor brought Omar."""
    house = friends.house
    noor, wang, omar = (house.tg.person(name) for name in ("Noor", "小王", "Omar"))
    for newcomer, bringer in ((noor, friends.ann), (wang, friends.ann), (omar, noor)):
        await _joins(friends, newcomer, by=bringer)
    return {"Noor": noor, "小王": wang, "Omar": omar}


async def test_a_member_sees_her_chain_as_a_picture_without_those_who_hide_or_left(
    friends: Circle, family: dict[str, Person]
) -> None:
    house, ann = friends.house, friends.ann
    page = await _chain(friends, ann)
    assert "Noor, 小王" in page.text

    own = await _chain(friends, family["Noor"])
    assert "Ann brought you" in own.text
    own = await _taps(friends, family["Noor"], "Hide my name", own)
    assert "Your name is hidden" in own.text
    await family["小王"].leaves(friends.group)
    await house.settles()

    page = await _chain(friends, ann)
    assert "Noor" not in page.text
    assert "小王" not in page.text
    assert "You brought 2 people" in page.text
    picture = await _taps(friends, ann, "Draw a picture", page)
    assert picture.photo is not None
    assert picture.text.startswith("Your chain in Honey friends")
    assert "without one" in picture.text
    assert "Somebody brought you" in (await _chain(friends, family["Omar"])).text

    own = await _taps(friends, family["Noor"], "Show my name", own)
    assert "hidden" not in own.text
    assert "Noor" in (await _chain(friends, ann)).text


async def test_the_owner_has_all_chains_as_a_picture_and_as_a_file(
    friends: Circle, family: dict[str, Person]
) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    page = await _taps(friends, mei, "All chains", await _chain(friends, mei))
    assert "Chains: 1" in page.text
    assert "People in them: 4" in page.text
    picture = await _taps(friends, mei, "Draw a picture", page)
    assert picture.photo is not None
    assert picture.text == "All chains of Honey friends"
    sheet = await _taps(friends, mei, "As a file (XLSX)", page)
    assert sheet.document is not None
    book = openpyxl.load_workbook(io.BytesIO(sheet.document))
    names = {row[2].value: row[3].value for row in book.worksheets[0].iter_rows() if row[0].value}
    assert {"Ann": None, "Noor": "Ann", "小王": "Ann", "Omar": "Noor"}.items() <= names.items()
    assert [entry.action for entry in await house.rows(AuditEntry)] == ["chains_taken"]

    mine = await _chain(friends, ann)
    assert "All chains" not in [label for row in mine.buttons for label in row]
    before = len(friends.private(ann))
    for forged in ("jl:1", "jx:1", "jd:1:1", "jd:1:2", "je:1:7", "jd:9:0", "jn:9"):
        await ann.presses_data(forged, on=mine)
        await house.settles()
    assert len(friends.private(ann)) == before


async def test_a_picture_that_cannot_be_drawn_is_one_sentence(
    friends: Circle, family: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await _chain(friends, friends.ann)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    answer = await _taps(friends, friends.ann, "Draw a picture", page)
    assert answer.photo is None
    assert answer.text == "I could not make this just now. Please ask for it again in a minute."
