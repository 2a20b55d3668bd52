"""Many people want what few can have."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import SoldOut
from bot.i18n import Translator
from bot.telegram.limits import Rates
from bot.views.refusals import refusal
from storage.models import Order, OrderLine, Pick, Variant
from tests.scenarios.house import Circle, Way, honey_friends, house_open, quick


async def test_two_hundred_buyers_for_fifty_jars(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers("12.90 Yunnan honey | 50 jars | till 20:00")
    buyers = [house.tg.person(f"Buyer {number}") for number in range(200)]
    await friends.ann.adds(*buyers, to=friends.group)
    await house.settles()
    posts = len(friends.posts)

    taps = await asyncio.gather(*(buyer.taps("Order", on=card) for buyer in buyers))
    toasts = await asyncio.gather(*(tap.answered(timeout=20) for tap in taps))
    await house.settles()

    sold_out = refusal(Translator("en"), SoldOut("", 0))
    refused = [toast for toast in toasts if toast.alert]
    assert [toast.text for toast in refused] == [sold_out] * 150
    assert sum("€12.90" in toast.text for toast in toasts if not toast.alert) == 50
    (variant,) = await house.rows(Variant)
    (pick,) = await house.rows(Pick)
    assert (variant.sold, pick.quantity, pick.order_count) == (50, 50, 50)
    assert [line.quantity for line in await house.rows(OrderLine)] == [1] * 50
    assert sorted(order.number for order in await house.rows(Order)) == list(range(1, 51))
    assert "50 people" in card.text
    assert "50 of 50" in card.text or "sold out" in card.text.lower()
    assert len(friends.posts) == posts


async def test_one_who_taps_fifty_times_gets_what_there_is(friends: Circle) -> None:
    card = await friends.offers("12.90 Yunnan honey | 20 jars")
    taps = [await friends.ann.taps("Order", on=card) for _ in range(50)]
    toasts = [await tap.answered(timeout=20) for tap in taps]
    await friends.house.settles()

    assert [toast.alert for toast in toasts] == [False] * 20 + [True] * 30
    (line,) = await friends.house.rows(OrderLine)
    assert line.quantity == 20


async def test_buyers_and_cancellers_at_once_never_oversell(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers("12.90 Yunnan honey | 10 jars")
    buyers = [house.tg.person(f"Buyer {number}") for number in range(40)]
    await friends.ann.adds(*buyers, to=friends.group)
    await house.settles()
    taps = [
        await buyer.taps(words, on=card)
        for words in ("Order", "Cancel", "Order", "Order")
        for buyer in buyers
    ]
    for tap in taps:
        await tap.answered(timeout=20)
    await house.settles()

    (variant,) = await house.rows(Variant)
    (pick,) = await house.rows(Pick)
    lines = await house.rows(OrderLine)
    assert variant.sold == pick.quantity == sum(line.quantity for line in lines) == 10
    assert pick.order_count == len(lines)
    assert "10 of 10" in card.text or "sold out" in card.text.lower()


@pytest.mark.parametrize(("database_url", "way"), [("sqlite", "polling")], indirect=["database_url", "way"])
async def test_a_busy_sale_costs_few_edits_and_never_offends_telegram(database_url: str, way: Way) -> None:
    tempo = quick(rates=Rates(), card_rests=timedelta(seconds=3))
    async with house_open(database_url, way=way, tempo=tempo) as house:
        friends = await honey_friends(house)
        card = await friends.offers("12.90 Yunnan honey | 50 jars")
        house.world.limits.enabled = True
        buyers = [house.tg.person(f"Buyer {number}") for number in range(40)]
        await friends.ann.adds(*buyers, to=friends.group)
        for buyer in buyers:
            await (await buyer.taps("Order", on=card)).answered()
        await card.until(contains="40 of 50", timeout=10)

        assert house.world.limits.refusals == 0
        assert len(house.calls("editMessageText")) <= 3
