"""Prices that fall as more order, a minimum that is missed, a limit, and a price that changes under way."""

from datetime import timedelta

from bot.i18n import Translator
from bot.pricing_errors import LimitReached
from bot.rules.pricing import terms_of
from bot.services.pricing import NewPriceFor, change_price
from bot.views.refusals import refusal
from storage.models import Order, OrderEvent, OrderLine, Pick, PriceConsent, Variant
from storage.states import OrderEventKind, OrderState, PickState
from tests.scenarios.house import Circle

TILL_EVENING = timedelta(hours=10, minutes=1)
HONEY = "12.90 Yunnan honey | 40 jars | 10+ 11.90, 20+ 10.90, 30+ 9.90 | till 20:00"


async def test_a_flash_sale_falls_through_three_tiers(friends: Circle) -> None:
    house, ann, ben, lin = friends.house, friends.ann, friends.ben, friends.lin
    await ann.starts(house.account)
    card = await friends.offers(HONEY)
    for words in ("Now €12.90 each, 10 more to €11.90", "At most €12.90; 10+ €11.90, 20+ €10.90, 30+ €9.90"):
        assert words in card.text

    await ben.says("+9", reply_to=card)
    await card.until(contains="1 more to €11.90")
    toast = await (await ann.taps("Order", on=card)).answered()
    assert toast.text == "Now €11.90, at most €12.90. You have 1 × Yunnan honey."
    await card.until(contains="Now €11.90 each, 10 more to €10.90")
    await lin.says("+10", reply_to=card)
    await card.until(contains="Now €10.90 each, 10 more to €9.90")
    assert "€10.90" in (await (await ann.taps("My order", on=card)).answered()).text
    await ann.says("/my", to=house.account)
    await house.settles()
    assert "now €10.90, at most €12.90" in friends.private(ann)[-1]
    await ben.says("+11", reply_to=card)
    await card.until(contains="Now €9.90 each, the best price.")

    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    assert "€9.90 each" in card.text
    assert "The final price is €9.90 each." in friends.private(ann)[-1]
    assert "€306.90" in friends.private(friends.mei)[-1], "31 jars at the final price"
    assert {line.unit_amount for line in await house.rows(OrderLine)} == {990}
    [pick] = await house.rows(Pick)
    assert (pick.final_amount, pick.final_quantity) == (990, 31)
    repriced = [e for e in await house.rows(OrderEvent) if e.kind is OrderEventKind.REPRICED]
    assert [event.unit_amount for event in repriced] == [990, 990, 990]


async def test_a_minimum_that_is_not_reached_leaves_nobody_owing(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, friends.ben
    await ann.starts(house.account)
    card = await friends.offers("12.90 Yunnan honey | 20 jars | min 10 | till 20:00")
    assert "Goes ahead from 10: 10 more are needed." in card.text
    await ann.says("+4", reply_to=card)
    await ben.says("+5", reply_to=card)
    await card.until(contains="Goes ahead from 10: 1 more is needed.")

    await house.passes(TILL_EVENING)
    await card.until(contains="Did not come about")
    await house.settles()
    assert "9 of 10 were ordered. Nobody owes anything." in card.text
    assert card.buttons == []
    assert "you owe nothing" in friends.private(ann)[-1]
    assert friends.private(ben) == []
    assert friends.posts[-1].startswith("Бен: pick #1 Yunnan honey did not come about: 9 of 10")
    assert "nobody owes anything" in friends.private(friends.mei)[-1]
    assert {order.state for order in await house.rows(Order)} == {OrderState.CANCELLED}
    assert await house.rows(OrderLine) == []
    [pick], [variant] = await house.rows(Pick), await house.rows(Variant)
    assert (pick.state, pick.order_count, variant.sold) == (PickState.FAILED, 0, 0)


async def test_one_person_gets_no_more_than_the_limit(friends: Circle) -> None:
    card = await friends.offers("12.90 Yunnan honey | 20 jars | max 2 each | till 20:00")
    assert "At most 2 per person." in card.text
    await (await friends.ann.taps("Order", on=card)).answered()
    await (await friends.ann.taps("Order", on=card)).answered()
    refused = await (await friends.ann.taps("Order", on=card)).answered()
    assert refused.text == refusal(Translator("en"), LimitReached(2, 2))
    await friends.ben.says("+3", reply_to=card)
    await friends.house.settles()
    assert refusal(Translator("ru"), LimitReached(2, 0)) in friends.posts[-1]
    assert "2 of 20" in card.text


async def test_each_buyer_is_asked_about_a_higher_price(friends: Circle) -> None:
    house, ann, ben, lin = friends.house, friends.ann, friends.ben, friends.lin
    mei = friends.mei
    for person in (ann, lin):
        await person.starts(house.account)
    card = await friends.offers()
    for person in (ann, ben, lin):
        await (await person.taps("Order", on=card)).answered()
    await house.settles()

    async with house.parts.shop.writing() as uow:
        [pick] = await house.rows(Pick)
        await change_price(
            uow,
            pick.id or 0,
            terms_of(1490),
            applies_to=NewPriceFor.WHO_AGREES,
            by_id=mei.user.id,
            now=house.now,
        )
    await card.until(contains="€14.90")
    await house.settles()

    question = await ann.private(house.account).until_message(containing="has a new price")
    assert "Yours so far: €12.90" in question.text
    await ann.taps("Agree", on=question)
    await question.until(contains="has the new price now: €14.90")

    asked = await lin.private(house.account).until_message(containing="新价格")
    await lin.taps("保持原价", on=asked)
    await asked.until(contains="保持原价")
    await lin.taps("取消我的订单", on=asked)
    await asked.until(contains="已取消")

    notice = house.posts_in(friends.group)[-1]
    assert "Whoever has ordered keeps the older one" in notice.text
    await ben.starts(house.account, payload=f"price_{pick.id}")
    await house.settles()
    assert "новая цена" in friends.private(ben)[-1], "the question waits behind the door"

    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    lines = {line.order_id: line.unit_amount for line in await house.rows(OrderLine)}
    assert sorted(lines.values()) == [1290, 1490], "silence keeps the older price"
    assert [consent.accepted for consent in await house.rows(PriceConsent)] == [True, None]
