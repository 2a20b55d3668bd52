"""People buy together: from the card's buttons to the prices at the end, whatever the way."""

import asyncio
from datetime import timedelta

from bot.i18n import Translator
from bot.team_errors import InAnotherTeam, OwnTeam, TeamFull
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import Order, OrderLine, Team, TeamMember
from storage.states import OrderState, TeamState
from tests.scenarios.house import Circle

HONEY = "12.90 Yunnan honey | 20 jars | till fri 20:00 | team 2 9.90"
A_DAY = timedelta(hours=24, minutes=1)


async def states(friends: Circle) -> list[TeamState]:
    return [team.state for team in await friends.house.rows(Team)]


async def unit_prices(friends: Circle) -> list[int]:
    return [line.unit_amount for line in await friends.house.rows(OrderLine)]


def labels(card: SeenMessage) -> list[str]:
    return [label for row in card.buttons for label in row]


async def in_private(friends: Circle, person: Person, containing: str) -> SeenMessage:
    return await person.private(friends.house.account).until_message(containing=containing)


async def newcomer(friends: Circle, name: str) -> Person:
    """Somebody else who reads English."""
    person = friends.house.tg.person(name)
    await person.joins_directly(friends.group)
    return person


async def test_two_friends_buy_together(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, await newcomer(friends, "Bob")
    await ann.starts(house.account)
    await ben.starts(house.account)
    card = await friends.offers(HONEY)
    assert "Alone €12.90 · in a team of 2: €9.90" in card.text
    assert "Open a team" in labels(card)
    assert "Order alone +1" in labels(card)
    posts = len(friends.posts)

    toast = await (await ann.taps("Open a team", on=card)).answered()
    assert "€9.90" in toast.text
    assert toast.url is None
    await card.until(contains="Ann's team: 1 of 2")
    await card.until(contains="1 of 20")
    asked = await in_private(friends, ann, "1 more is needed")
    assert "your order is cancelled, and you owe nothing" in asked.text
    await ann.taps("Buy alone at €12.90", on=asked)
    await asked.until(contains="you buy alone, at €12.90 a piece")

    assert "complete" in (await (await ben.taps("Join Ann's team (1 of 2)", on=card)).answered()).text
    await card.until(contains="1 team is complete.")
    await card.until(lacks="Ann's team")
    await house.settles()
    assert "Your team is complete" in friends.private(ann)[-1]
    assert len(friends.posts) == posts, "nothing is said in the group"
    assert await unit_prices(friends) == [990, 990]

    await ben.taps("Order alone", on=card)
    await card.until(contains="3 of 20")
    assert "€19.80" in (await (await ben.taps("My order", on=card)).answered()).text
    await house.passes(timedelta(days=5))
    await card.until(contains="Closed")
    await house.settles()
    assert "€9.90" in friends.private(ann)[-1]
    assert await states(friends) == [TeamState.COMPLETE]
    assert {order.state for order in await house.rows(Order)} == {OrderState.CONFIRMED}


async def test_who_has_not_opened_her_private_chat_is_led_there(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    card = await friends.offers(HONEY)

    toast = await (await ann.taps("Open a team", on=card)).answered()
    (team,) = await house.rows(Team)
    payload = f"team_{team.pick_id}_0"
    assert toast.url == f"https://t.me/vouch_bot?start={payload}"
    await ann.starts(house.account, payload)
    page = await in_private(friends, ann, "Your team, 1 of 2: Ann")
    await ann.taps("Let it go", on=page)
    await house.settles()
    assert (await house.rows(TeamMember))[0].solo_amount is None


async def test_each_kind_is_asked_for_in_private(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, await newcomer(friends, "Bob")
    card = await friends.offers("12.90 Socks | red 5, blue 1 | team 2 9.90")

    toast = await (await ann.taps("Open a team", on=card)).answered()
    assert toast.url is not None
    assert await house.rows(Team) == [], "nothing has happened yet"
    await ann.starts(house.account, toast.url.partition("start=")[2])
    page = await in_private(friends, ann, "Which kind would you like?")
    assert page.buttons == [["red", "blue"]]
    await ann.taps("blue", on=page)
    await page.until(contains="Your team, 1 of 2: Ann")
    await card.until(contains="blue: sold out")

    toast = await (await ben.taps("Join Ann's team", on=card)).answered()
    assert toast.url is not None
    await ben.starts(house.account, toast.url.partition("start=")[2])
    page = await in_private(friends, ben, "You join Ann's team")
    assert page.buttons == [["red"]], "what is sold out cannot be chosen"
    await ben.taps("red", on=page)
    await page.until(contains="complete")
    await card.until(contains="1 team is complete.")
    assert await unit_prices(friends) == [990, 990]


async def test_a_stranger_with_the_link_is_turned_away(friends: Circle) -> None:
    house = friends.house
    await friends.offers("12.90 Socks | red 5, blue 1 | team 2 9.90")
    stranger = house.tg.person("Eve")

    await stranger.starts(house.account, "team_1_0")
    await in_private(friends, stranger, "not in this group")
    assert await house.rows(Order) == []


async def test_a_team_that_nobody_joins(friends: Circle) -> None:
    house, ann, ben, lin = friends.house, friends.ann, friends.ben, friends.lin
    await ann.starts(house.account)
    await ben.starts(house.account)
    card = await friends.offers(HONEY)
    await ann.taps("Open a team", on=card)
    asked = await in_private(friends, ann, "1 more is needed")
    await ann.taps("Buy alone", on=asked)
    await ben.taps("Open a team", on=card)
    await lin.taps("Open a team", on=card)
    await card.until(contains="3 of 20")
    await house.stops()
    house.world.clock.advance(A_DAY)
    await house.starts()

    await card.until(contains="3 teams did not fill up.")
    await card.until(contains="1 of 20")
    await house.settles()
    assert "you buy alone, at €12.90" in friends.private(ann)[-1]
    assert "отмен" in friends.private(ben)[-1]
    assert friends.private(lin) == []
    assert await unit_prices(friends) == [1290]
    told = len(friends.private(ann)), len(friends.private(ben))
    await house.stops()
    await house.starts()
    await house.settles()
    assert (len(friends.private(ann)), len(friends.private(ben))) == told, "once"


async def test_a_leader_leaves_and_another_comes(friends: Circle) -> None:
    house, ann, ben, lin = friends.house, friends.ann, friends.ben, friends.lin
    await ben.starts(house.account)
    card = await friends.offers("12.90 Yunnan honey | 20 jars | team 3 9.90")
    await ann.taps("Open a team", on=card)
    await card.until(contains="Ann's team: 1 of 3")
    await ben.taps("Join Ann's team", on=card)
    await card.until(contains="Ann's team: 2 of 3")

    await ann.taps("Cancel", on=card)
    await card.until(contains="Бен's team: 1 of 3")
    await house.settles()
    assert "Ann" in friends.private(ben)[-1]
    await ann.says("+1", reply_to=card)
    await house.settles()
    assert sorted(await unit_prices(friends)) == [990, 1290]
    await ben.says("0", reply_to=card)
    await card.until(lacks="'s team")
    assert await states(friends) == [TeamState.DISSOLVED]
    await lin.taps("Open a team", on=card)
    await card.until(contains="小林's team: 1 of 3")


async def test_many_tap_on_the_last_seat(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers(HONEY)
    await friends.ann.taps("Open a team", on=card)
    await card.until(contains="Ann's team: 1 of 2")
    crowd = [house.tg.person(f"Fan {n}") for n in range(30)]
    for fan in crowd:
        await fan.joins_directly(friends.group)
    await house.settles()

    taps = [await fan.taps("Join Ann's team", on=card) for fan in crowd]
    answers = await asyncio.gather(*(tap.answered() for tap in taps))

    full = refusal(Translator("en"), TeamFull())
    assert sorted(answer.text == full for answer in answers) == [False, *[True] * 29]
    await card.until(contains="2 of 20")
    assert len(await house.rows(TeamMember)) == len(await house.rows(Order)) == 2


async def test_what_cannot_be_is_said(friends: Circle) -> None:
    ann, ben = friends.ann, friends.ben
    card = await friends.offers("12.90 Yunnan honey | 20 jars | team 3 9.90")
    await ann.taps("Open a team", on=card)
    await card.until(contains="Ann's team: 1 of 3")
    await ben.taps("Open a team", on=card)
    await card.until(contains="Бен's team: 1 of 3")

    own = await (await ann.taps("Join Ann's team", on=card)).answered()
    assert own.text == refusal(Translator("en"), OwnTeam())
    other = await (await ann.taps("Join Бен's team", on=card)).answered()
    assert other.text == refusal(Translator("en"), InAnotherTeam())
    said = await friends.house.hears(friends.mei.says("/pick 5 Tea | team 2 6", in_=friends.group))
    assert "lower than the price alone" in said[0].text


async def test_an_early_close_settles_the_teams(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers(HONEY)
    await friends.ann.taps("Open a team", on=card)
    await card.until(contains="Ann's team: 1 of 2")
    await friends.ben.taps("Open a team", on=card)
    await card.until(contains="Бен's team: 1 of 2")
    await friends.lin.taps("Join Бен's team", on=card)
    await card.until(contains="1 team is complete.")

    await friends.mei.says("/close 1", in_=friends.group)
    await card.until(contains="Closed")
    await house.settles()
    assert await states(friends) == [TeamState.EXPIRED, TeamState.COMPLETE]
    assert await unit_prices(friends) == [990, 990]
    assert "Yunnan honey" in friends.private(friends.mei)[-1]


async def test_the_curator_reads_what_to_expect_once_it_is_known(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers("12.90 Yunnan honey | 50 jars | till fri 20:00 | team 2 9.90")
    assert "filled up" not in friends.private(friends.mei)[-1], "nothing is known yet"
    for n in range(10):
        fan = await newcomer(friends, f"Fan {n}")
        await (await fan.taps("Open a team", on=card)).answered()
    await card.until(contains="and 6 more open teams")
    await friends.ann.taps("Join Fan 9's team", on=card)
    await card.until(contains="1 team is complete.")
    await house.passes(A_DAY)
    await card.until(contains="9 teams did not fill up.")

    await friends.offers("5 Green tea | team 3 4 48h")
    assert friends.private(friends.mei)[-1] == "1 of 10 teams here filled up; expect between 2 % and 40 %."


async def test_an_answer_to_the_card_opens_a_team_and_joins_one(friends: Circle) -> None:
    house, ann, lin = friends.house, friends.ann, friends.lin
    await ann.starts(house.account)
    card = await friends.offers("12.90 Scarf | red 10, blue 10 | till fri 20:00 | team 2 9.90")
    said = await ann.says("+1 red team", reply_to=card)
    await card.until(contains="Ann's team: 1 of 2")
    await house.settles()
    assert said.reactions, "it is acknowledged as every written order is"
    assert "1 more is needed" in friends.private(ann)[-1]

    # Ann is in a team: what she adds to it costs what the team pays.
    await ann.says("+1 blue team", reply_to=card)
    await card.until(contains="2 ordered")
    # Lin has ordered alone, and has no private chat to be asked in.
    await lin.says("+1 red", reply_to=card)
    await card.until(contains="3 ordered")
    await lin.says("+1 红 team", reply_to=card)
    await house.settles()
    assert len(await house.rows(Team)) == 1, "of what is not understood nothing comes"
    await lin.says("+1 blue 拼单", reply_to=card)
    await card.until(contains="1 team is complete.")
    await house.settles()
    assert await unit_prices(friends) == [990] * 4
    assert [team.state for team in await house.rows(Team)] == [TeamState.COMPLETE]


async def test_who_opens_a_team_in_writing_is_led_to_the_question_in_private(friends: Circle) -> None:
    house, ben = friends.house, friends.ben
    card = await friends.offers(HONEY)
    said = await ben.says("+1 в команду", reply_to=card)
    await card.until(contains="1 of 2")
    await house.settles()
    line = house.posts_in(friends.group)[-1]
    assert line.text.startswith("Бен")
    (url,) = [button["url"] for row in line.rows for button in row]
    await ben.starts(house.account, payload=url.partition("start=")[2])
    await house.settles()
    assert "9,90" in friends.private(ben)[-1]

    await house.takes(
        house.updates[[u.get("message", {}).get("text") for u in house.updates].index(said.text)]
    )
    await ben.edits(said, "+2 в команду")
    await card.until(contains="2 of 20")
    assert await unit_prices(friends) == [990]
    await ben.edits(said, "never mind")
    await card.until(contains="0 of 20")
