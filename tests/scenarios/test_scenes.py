"""The scenes of the demo's page, played with the real bot, as fast as they can go."""

import math
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.jobs.carried_orders import reckon_sales
from bot.jobs.schedule import Job
from sandbox.groups import Group
from sandbox.scenes.catalogue import SCENES
from sandbox.stage.playbill import Pace, Scene
from storage.models import CarriedOrder, Order, Payment, PaymentWay, Refund, Telling
from storage.states import PaymentMethod, PaymentState, RefundStage
from tests.scenarios.house import QUICK, House, house_open


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    sales = Job(name="reckon_sales", seconds=0.5, sweep=reckon_sales)
    tempo = replace(QUICK, jobs=(*QUICK.jobs, sales))
    async with house_open(database_url, way="polling", tempo=tempo) as house:
        yield house


def founded_in(house: House, title: str) -> Group:
    """The group that a scene has founded."""
    return Group(house.world, next(chat for chat in house.world.chats.values() if chat.title == title))


async def plays(house: House, name: str) -> str:
    """How a scene ends; raises CutShort if the bot does not do its part."""
    scene: Scene = next(scene for scene in SCENES if scene.name == name)
    outcome = await scene.play(house.world, house.account, Pace(house.world, speed=math.inf))
    await house.settles()
    return outcome


async def test_of_two_hundred_buyers_all_are_answered_and_nothing_is_oversold(house: House) -> None:
    outcome = await plays(house, "flash-sale")
    tapped, answered = map(int, re.findall(r"(\d+) tapped, and (\d+)", outcome)[0])
    assert tapped == answered
    messages = founded_in(house, "Flash sale").messages
    card = next(message for message in messages if "of 120 tins" in message.text)
    assert "120 of 120 tins" in card.text


async def test_each_of_four_is_brought_by_the_one_before(house: House) -> None:
    outcome = await plays(house, "referral-chain")
    assert outcome.startswith("Ines, Jonas, Kaia, Luca")
    assert {"Ines", "Jonas", "Kaia", "Luca"} <= set(founded_in(house, "Tea circle").member_names)


async def test_what_did_not_come_together_leaves_nobody_out_of_pocket(house: House) -> None:
    await plays(house, "failed-buy")
    (card,) = [m for m in founded_in(house, "Oil for all").messages if "Did not come about" in m.text]
    assert "2 of 40 were ordered" in card.text
    assert card.rows == []
    refunds = await house.rows(Refund)
    assert {(refund.method, refund.stage) for refund in refunds} == {
        (PaymentMethod.STARS, RefundStage.DONE),
        (PaymentMethod.CARD, RefundStage.DONE),
    }
    assert {order.payment_state for order in await house.rows(Order) if order.number < 3} == {
        PaymentState.REFUNDED
    }


async def test_each_way_to_pay_ends_with_a_receipt(house: House) -> None:
    await plays(house, "paying")
    payments = await house.rows(Payment)
    assert [(payment.method, payment.receipt_number, payment.amount) for payment in payments] == [
        (PaymentMethod.CARD, 1, 590),
        (PaymentMethod.STARS, 2, 590),
        (PaymentMethod.TRANSFER, 3, 590),
    ]
    assert {order.payment_state for order in await house.rows(Order)} == {PaymentState.PAID}


async def test_the_opening_scene_leaves_a_photo_to_answer(house: House) -> None:
    await plays(house, "honey")
    assert any(message.photo is not None for message in founded_in(house, "Honey & Harvest").messages)
    ways = {way.method: way.stars_per_unit for way in await house.rows(PaymentWay) if way.is_active}
    assert set(ways) == set(PaymentMethod), "Mei takes all that her members may pay with"
    assert ways[PaymentMethod.STARS] == 60


@pytest.mark.parametrize("name", ["referral-chain", "failed-buy", "paying"])
async def test_a_scene_can_be_played_again(house: House, name: str) -> None:
    for _ in range(2):
        await plays(house, name)


async def test_a_pick_goes_round_and_brings_a_buyer(house: House) -> None:
    house.account.set_inline(feedback_percent=100)
    outcome = await plays(house, "sharing")
    assert outcome.startswith("Sent, looked at, opened, joined, ordered")
    bought = [order for order in await house.rows(Order) if order.recommender_id is not None]
    assert len(bought) == 1
    assert "Pavel" in founded_in(house, "Bread circle").member_names


async def test_an_offer_too_many_is_told_to_those_who_may_care(house: House) -> None:
    outcome = await plays(house, "spared")
    assert outcome.startswith("Whoever was told read a reason of her own")
    [telling] = await house.rows(Telling)
    assert telling.told_count + telling.held_count == 6
    assert len(await house.rows(Order)) == 7
    cards = [seen for seen in founded_in(house, "Jam and plums").messages if "of 30 jars" in seen.text]
    assert len(cards) == 1, "the second round has none"


async def test_two_groups_sell_the_same_and_know_what_is_owed(house: House) -> None:
    await plays(house, "two-groups")
    [sales] = {(order.goods_amount, order.share_amount) for order in await house.rows(CarriedOrder)}
    assert sales == (1000, 100), "four together, at the lower price"
