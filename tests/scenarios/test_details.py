"""A member looks at a pick in private, changes her order there, is reminded, and reads her receipts."""

from datetime import timedelta

import pytest

from bot.errors import NotInGroup
from bot.i18n import Translator
from bot.jobs.reminders import remind_due
from bot.member_errors import ReminderTooLate
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import Order, Reminder
from storage.states import OrderState
from tests.scenarios.house import Circle

KINDS = "3.50 Wool socks | dark 10, light grey 2 | till 20:00 | Warm as toast"


def told(friends: Circle, person: Person) -> list[SeenMessage]:
    return friends.house.posts_in(person.private(friends.house.account))


def words(message: SeenMessage) -> list[str]:
    return [text for row in message.buttons for text in row]


async def details(friends: Circle, person: Person, card: SeenMessage) -> SeenMessage:
    """What she sees after a tap on Details."""
    await person.taps("Details", on=card)
    await friends.house.settles()
    return told(friends, person)[-1]


async def toast(person: Person, button: str, *, on: SeenMessage) -> str:
    return (await (await person.taps(button, on=on)).answered()).text or ""


async def test_the_details_show_all_and_change_the_order_right_there(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    card = await friends.offers(KINDS)
    await friends.ben.says("+2 light grey", reply_to=card)
    await card.until(contains="light grey: sold out")

    page = await details(friends, ann, card)
    for part in ("#1 Wool socks (Honey friends)", "€3.50", "Mei", "Warm as toast", "20:00"):
        assert part in page.text
    assert "dark: 10 of 10 left" in page.text
    assert "light grey: sold out" in page.text
    assert "You have nothing ordered here" in page.text

    answer = await (await ann.presses_data(page.rows[0][2]["callback_data"], on=page)).answered()
    assert "1 × dark" in (answer.text or "")
    await house.settles()
    assert "dark: 9 of 10 left" in page.text
    assert "dark: 1" in words(page)
    await card.until(contains="dark: 1 of 10")
    refused = await (await ann.presses_data(page.rows[1][2]["callback_data"], on=page)).answered()
    assert refused.alert

    await ann.taps("Cancel my order", on=page)
    await house.settles()
    assert "You have nothing ordered here" in page.text
    [order] = [order for order in await house.rows(Order) if order.person_id == ann.id]
    assert order.state is OrderState.CANCELLED
    assert len(friends.posts) == 2, "nothing was said in the group"


async def test_a_pick_with_a_photo_shows_it_first(friends: Circle) -> None:
    photo = await friends.mei.sends_photo(in_=friends.group)
    card = await friends.offers(reply_to=photo)

    page = await details(friends, friends.ann, card)

    picture, text = told(friends, friends.ann)[-2:]
    assert picture.photo == photo.photo
    assert text.id == page.id


async def test_a_link_that_was_passed_on_shows_a_stranger_nothing(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    url = next(button["url"] for row in card.rows for button in row if "url" in button)
    stranger = house.tg.person("Vera")

    await stranger.opens(url)
    await house.settles()
    assert friends.private(stranger) == [refusal(Translator("en"), NotInGroup())]

    page = await details(friends, friends.ann, card)
    await friends.ann.leaves(friends.group)
    await house.settles()
    answer = await (await friends.ann.presses_data(page.rows[0][2]["callback_data"], on=page)).answered()
    assert answer.alert
    assert await house.rows(Order) == []


async def test_a_reminder_comes_once_an_hour_before_the_close(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    card = await friends.offers()
    page = await details(friends, ann, card)
    assert "19:00" in await toast(ann, "Remind me", on=page)
    await house.settles()
    assert "Do not remind me" in words(page)

    await house.passes(timedelta(hours=8, minutes=55))
    assert await remind_due(house.parts.shop) == 0
    await house.passes(timedelta(minutes=6))
    assert await remind_due(house.parts.shop) == 1
    assert await remind_due(house.parts.shop) == 0
    await house.settles()

    reminded = told(friends, ann)[-1]
    assert "closes soon, at Mon" in reminded.text
    assert "20:00" in reminded.text
    assert await house.rows(Reminder) == []


async def test_a_reminder_moves_with_an_extension_and_is_called_off_with_its_pick(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    card = await friends.offers()
    page = await details(friends, ann, card)
    await ann.taps("Remind me", on=page)
    await house.settles()
    await mei.says("/extend 1 in 20h", in_=friends.group)
    await house.passes(timedelta(hours=9, minutes=30))
    assert await remind_due(house.parts.shop) == 0
    await house.passes(timedelta(hours=9, minutes=45))
    assert await remind_due(house.parts.shop) == 1
    await house.settles()
    assert "closes soon" in told(friends, ann)[-1].text

    card = await friends.offers("5 Tea | in 8h")
    page = await details(friends, ann, card)
    await ann.taps("Remind me", on=page)
    await house.settles()
    await mei.says("/withdraw 2 the tea is wet", in_=friends.group)
    await house.passes(timedelta(hours=7, minutes=30))
    before = len(told(friends, ann))
    assert await remind_due(house.parts.shop) == 0
    assert await house.rows(Reminder) == []
    assert len(told(friends, ann)) == before


async def test_within_the_last_hour_nobody_is_promised_a_reminder(friends: Circle) -> None:
    card = await friends.offers("5 Tea | in 50 min")
    page = await details(friends, friends.ann, card)

    answer = await (await friends.ann.taps("Remind me", on=page)).answered()

    assert answer.alert
    assert answer.text == refusal(Translator("en"), ReminderTooLate(1))
    assert await friends.house.rows(Reminder) == []


async def test_own_orders_have_pages_receipts_and_states(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await ann.starts(house.account)
    for number in range(1, 8):
        await friends.offers(f"{number} Tea {number} | till 20:00")
        await ann.says(f"/order {number} {number}", in_=friends.group)
    await ann.says("/cancel 7", in_=friends.group)
    await house.settles()

    await ann.says("/my", to=house.account)
    await house.settles()
    page = told(friends, ann)[-1]
    assert "Tea 7" in page.text
    assert "Cancelled." in page.text
    assert "Tea 3" in page.text
    assert "Tea 2" not in page.text
    await ann.taps("More", on=page)
    await house.settles()
    assert "Tea 1" in page.text
    await ann.taps("#2 Tea 2", on=page)
    await house.settles()
    for part in ("Your order, number 1", "2 × Tea 2", "€4.00", "Placed"):
        assert part in page.text
    assert words(page)[:2] == ["Change it", "Remind me"]
    await ann.taps("Remind me", on=page)
    await house.settles()
    assert "Do not remind me" in words(page)
    await ann.taps("Change it", on=page)
    await house.settles()
    assert "#2 Tea 2 (Honey friends)" in page.text


@pytest.mark.parametrize(
    "data", ["i:999:0", "io:999:1:1:0", "rc:999:0", "rm:999:1:0", "qa:999", "pv:999:accept"]
)
async def test_a_button_of_nothing_is_refused(friends: Circle, data: str) -> None:
    card = await friends.offers()
    page = await details(friends, friends.ann, card)
    assert (await (await friends.ann.presses_data(data, on=page)).answered()).alert
