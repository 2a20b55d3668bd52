"""A curator asks what to post next, and makes a draft of it."""

from datetime import timedelta

from sqlalchemy import update

from storage.models import Draft, Pick
from storage.states import PickState
from storage.tables import table
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle


async def test_what_to_post_next(friends: Circle) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    for person in (mei, ann):
        await person.starts(house.account)
    await ann.says("/want dried mango, 2", in_=friends.group)
    await ann.says("/next", in_=friends.group)
    await house.settles()
    assert "Only those who lead" in friends.posts[-1] or "curator" in friends.posts[-1]

    await mei.says("/next", in_=friends.group)
    await house.settles()
    page = last(friends, mei)
    assert "0 picks have ended here in the last year: too little" in page.text
    assert "dried mango: 1 person wants it." in page.text

    for number in range(8):
        await mei.says(f"/pick 5 {'Honey' if number % 2 else 'Soap'} | in 3h", in_=friends.group)
        await house.settles()
        await ended(friends, orders=6 + number % 3)
    await mei.says("/next", to=house.account)
    await house.settles()
    page = last(friends, mei)
    assert "From the last 8 picks here." in page.text
    assert "Honey: " in page.text
    assert "Orders so far, the last first: 7, 8, 6, 7" in page.text
    await mei.taps("Draft: Honey", on=last_with(friends, mei, "Draft: Honey"))
    await house.settles()
    (draft,) = await house.rows(Draft)
    assert draft.content["title"] == "Honey"
    assert draft.person_id == mei.id


async def ended(friends: Circle, *, orders: int) -> None:
    """What is on offer closed ten days ago with so many orders."""
    pick, at = table(Pick), friends.house.now - timedelta(days=10)
    statement = update(pick).where(pick.c.state == PickState.LIVE)
    async with friends.house.parts.shop.database.write.begin() as connection:
        await connection.execute(statement.values(state=PickState.CLOSED, closed_at=at, order_count=orders))
