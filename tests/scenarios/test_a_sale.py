"""A whole sale, from the bot's arrival to the list that its curator gets at the close."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import PickClosed
from bot.i18n import Translator
from bot.views.refusals import refusal
from storage.models import Order, OrderEvent, Pick, Variant
from storage.states import OrderEventKind, OrderState, PickState
from tests.scenarios.house import Circle, House, honey_friends

pytestmark = pytest.mark.every_way

TILL_EVENING = timedelta(hours=10, minutes=1)


async def test_the_bot_arrives_and_shows_its_owner_the_settings(house: House) -> None:
    friends = await honey_friends(house)

    _, settings = friends.private(friends.mei)
    assert settings.startswith("Settings of Honey friends")
    assert "EUR" in settings
    assert len(friends.posts) == 1, "it says hello to the group, once"


async def test_an_owner_whose_private_chat_is_shut_finds_the_door_in_the_group(house: House) -> None:
    vera = house.tg.person("Vera")
    group = house.tg.group("Tea friends", owner=vera)
    await vera.adds_bot(house.account, group, admin=True)
    await house.settles()

    (hello,) = house.posts_in(group)
    assert "Vera" in hello.text
    await vera.taps("settings", on=hello)
    card = await vera.private(house.account).until_message(containing="Tea friends")
    assert card.buttons


async def test_a_sale_from_the_photo_to_the_list(friends: Circle) -> None:
    house, group = friends.house, friends.group
    mei, ann, ben, lin = friends.mei, friends.ann, friends.ben, friends.lin
    await ann.starts(house.account)
    photo = await mei.sends_photo(in_=group)
    card = await friends.offers(reply_to=photo)
    assert card.photo == photo.photo
    for words in ("#1 Yunnan honey", "€12.90", "Mei", "0 of 20 jars", "20:00"):
        assert words in card.text
    assert [len(row) for row in card.buttons] == [2, 3, 1]
    posts = len(friends.posts)

    # Ann taps: one more, one more, one fewer. Each time she is told what she has.
    assert "€12.90" in (await (await ann.taps("Order", on=card)).answered()).text
    assert "€25.80" in (await (await ann.taps("Order", on=card)).answered()).text
    await card.until(contains="2 of 20")
    assert "€12.90" in (await (await ann.taps("−1", on=card)).answered()).text
    assert "€12.90" in (await (await ann.taps("My order", on=card)).answered()).text
    await card.until(contains="1 of 20")

    # Ben writes in answer to the card, wants one more, would rather talk, and wants two after all.
    written = await ben.says("+2", reply_to=card)
    await written.until_reaction("👌")
    await card.until(contains="3 of 20")
    await ben.edits(written, "+3")
    await card.until(contains="4 of 20")
    await ben.edits(written, "I am not so sure")
    await card.until(contains="1 of 20")
    await written.until_reaction("👌", 0)
    await ben.edits(written, "+2")
    await card.until(contains="3 of 20")

    # A slip of the finger is no order until it is mended.
    slip = await lin.says("来两fen", reply_to=card)
    await house.settles()
    assert "3 of 20" in card.text
    await lin.edits(slip, "来两份")
    await card.until(contains="5 of 20")
    await slip.until_reaction("👌")

    # A command counts from anywhere in the group.
    command = await lin.says("/order 1 4", in_=group)
    await command.until_reaction("👌")
    await card.until(contains="7 of 20")

    await house.settles()
    assert "3 people" in card.text
    assert len(friends.posts) == posts, "nobody was spammed"

    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    assert card.buttons == []
    assert "7 of 20" in card.text
    roll_up = friends.private(mei)[-1]
    for words in ("#1 Yunnan honey", "Ann: 1", "Бен: 2", "小林: 4", "€90.30"):
        assert words in roll_up
    assert "1 × Yunnan honey: €12.90" in friends.private(ann)[-1]
    assert friends.private(ben) == friends.private(lin) == [], "they have not opened their private chats"
    assert len(friends.posts) == posts, "nothing is said in the group at the close"
    assert {order.state for order in await house.rows(Order)} == {OrderState.CONFIRMED}

    late = await (await ann.presses_data("o:1:1:1", on=card)).answered()
    assert late.alert
    assert late.text == refusal(Translator("en"), PickClosed(1))


async def test_a_photo_with_the_pick_as_its_caption_becomes_the_card(friends: Circle) -> None:
    before = friends.group.last_message
    photo = await friends.mei.sends_photo(caption="/pick 12,90 Yunnan honey | 5", in_=friends.group)
    card = await friends.group.until_message(
        containing="#1 Yunnan honey", after=before, by=friends.house.account.user
    )

    assert card.photo == photo.photo
    await friends.ann.taps("Order", on=card)
    await card.until(contains="1 of 5")


async def test_a_pick_without_a_photo_is_a_card_of_words(friends: Circle) -> None:
    card = await friends.offers("3 Tea | words about tea")

    assert card.photo is None
    assert "words about tea" in card.text
    await friends.ann.taps("Order", on=card)
    await card.until(contains="1 person")
    (pick,) = await friends.house.rows(Pick)
    assert abs(pick.closes_at - pick.opens_at - timedelta(hours=24)) < timedelta(seconds=1)


async def test_kinds_are_ordered_by_button_by_answer_and_by_command(friends: Circle) -> None:
    house, group = friends.house, friends.group
    card = await friends.offers("3.50 Wool socks | dark 10, light grey 5 | till 20:00")
    assert card.buttons == [["dark +1", "light grey +1"], ["My order", "Cancel", "Details"], ["Share"]]

    await friends.ann.taps("light grey", on=card)
    await card.until(contains="light grey: 1 of 5")
    await friends.ben.says("+1 dark", reply_to=card)
    await card.until(contains="dark: 1 of 10")
    await friends.lin.says("/order 1 2 light grey", in_=group)
    await card.until(contains="light grey: 3 of 5")
    await friends.lin.says("+1 dark +1 light grey", reply_to=card)
    await card.until(contains="light grey: 4 of 5")
    await house.settles()

    assert {variant.name: variant.sold for variant in await house.rows(Variant)} == {
        "dark": 2,
        "light grey": 4,
    }
    mine = (await (await friends.lin.taps("My order", on=card)).answered()).text
    for words in ("dark", "light grey", "€14.00"):
        assert words in mine
    assert len(friends.posts) == 2


async def test_an_order_is_cancelled_by_button_by_nought_by_command_and_in_words(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    card = await friends.offers()
    ways: dict[str, Callable[[], Awaitable[object]]] = {
        "the button": lambda: ann.taps("Cancel", on=card),
        "nought": lambda: ann.says("0", reply_to=card),
        "the command": lambda: ann.says("/cancel 1", in_=friends.group),
        "отмена": lambda: ann.says("отмена", reply_to=card),
        "取消": lambda: ann.says("取消", reply_to=card),
        "cancelo": lambda: ann.says("cancelo", reply_to=card),
    }
    for way, cancels in ways.items():
        await ann.says("+3", reply_to=card)
        await card.until(contains="3 of 20")
        await cancels()
        await card.until(contains="0 of 20")
        (order,) = await house.rows(Order)
        assert order.state is OrderState.CANCELLED, way

    await house.settles()
    assert len(friends.posts) == 2, "nothing was said about it"
    kinds = [event.kind for event in await house.rows(OrderEvent)]
    assert kinds == [OrderEventKind.PLACED, OrderEventKind.CANCELLED] * len(ways)


async def test_reactions_of_named_and_unnamed_people_stand_on_the_card(friends: Circle) -> None:
    card = await friends.offers()

    await friends.ann.reacts("👍", to=card)
    await card.until(contains="👍 1")
    await friends.ben.reacts("👍", to=card)
    await card.until(contains="👍 2")
    await friends.ann.reacts("🔥", to=card)
    await card.until(contains="🔥 1")
    await card.until(contains="👍 1")
    await friends.ben.reacts(to=card)
    await card.until(lacks="👍")
    await friends.group.anonymous_reactions(card, {"❤": 4})
    await card.until(contains="❤ 4")


async def test_an_owner_without_a_private_chat_gets_one_line_and_a_way_to_the_list(house: House) -> None:
    vera, ann = house.tg.person("Vera"), house.tg.person("Ann")
    group = house.tg.group("Tea friends", owner=vera, members=[ann])
    await vera.adds_bot(house.account, group, admin=True)
    await house.settles()
    await vera.says("/pick 4 Green tea | till 20:00", in_=group)
    card = await group.until_message(containing="#1 Green tea", by=house.account.user)
    await house.settles()
    await ann.says("+2", reply_to=card)
    await house.settles()
    posts = len(house.posts_in(group))

    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    assert len(house.posts_in(group)) == posts + 1
    line = house.posts_in(group)[-1]
    assert "Vera" in line.text
    assert "Ann" not in line.text, "who ordered what is not for everybody"
    await vera.taps("list", on=line)
    shown = await vera.private(house.account).until_message(containing="Green tea")
    assert "Ann: 2" in shown.text


async def test_a_pick_that_nobody_wanted_closes_with_a_word_to_its_owner(friends: Circle) -> None:
    card = await friends.offers()
    await friends.house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await friends.house.settles()

    assert "Yunnan honey" in friends.private(friends.mei)[-1]
    (pick,) = await friends.house.rows(Pick)
    assert pick.state is PickState.CLOSED


async def test_a_deadline_that_passed_while_the_bot_was_down_is_kept_at_its_return(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    await house.stops()
    house.world.clock.advance(TILL_EVENING)

    await house.starts()
    await card.until(contains="Closed")
    await house.settles()
    assert "Ann: 2" in friends.private(friends.mei)[-1]
