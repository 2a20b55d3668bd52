"""Codes that people enter: what they open, for which orders, and what becomes of wrong guesses."""

from datetime import timedelta

import pytest

from bot.coupon_errors import (
    CodeOver,
    CodePaused,
    CodeSwitchedOff,
    CodeTooEarly,
    CodeUnreadable,
    CodeUsedByYou,
    CodeUsedUp,
    TooManyGuesses,
)
from bot.errors import ShopError
from bot.services.coupons import CodeTaken, CodeUnknown, codes_of, enter_code
from bot.shop import Shop
from storage.repositories.members import Seen
from storage.states import PromotionKind, PromotionState
from tests.clock import Clock
from tests.factories import make_group, make_person, make_pick
from tests.services.money import make_paid_group, order_of, pays, settle_all
from tests.services.promotions import books_agree, change, make_coupons, make_promotion, saved


async def enters(shop: Shop, person: Seen, code: str) -> CodeTaken | CodeUnknown:
    async with shop.writing() as uow:
        return await enter_code(uow, person, code, now=shop.now())


async def refused(shop: Shop, person: Seen, code: str) -> type[ShopError]:
    with pytest.raises(ShopError) as caught:
        await enters(shop, person, code)
    return caught.type


async def test_a_code_counts_at_once_for_what_stands_open_and_then_no_more(shop: Shop) -> None:
    group = await make_paid_group(shop)
    first, second = [await make_pick(shop, group=group, price_amount=1000) for _ in range(2)]
    elsewhere = await make_pick(shop, group=await make_group(shop), price_amount=1000)
    offer = await make_promotion(
        shop, group, kind=PromotionKind.AMOUNT, amount=300, by_coupon=True, uses_per_person=1
    )
    await make_coupons(shop, offer, "Spring-5O")
    ann = make_person()
    far, order = await order_of(shop, elsewhere, ann), await order_of(shop, first, ann)
    await pays(shop, order, ann, 1000)

    taken = await enters(shop, ann, "ЅPRING 50".replace("Ѕ", "S"))

    assert isinstance(taken, CodeTaken)
    assert [(one.order_id, sum(each.amount for each in off)) for one, off in taken.orders] == [(order, 300)]
    assert (await saved(shop, order), await saved(shop, far)) == (300, 0)
    await settle_all(shop)
    async with shop.reading() as uow:
        money = (await uow.payments.money([order]))[order]
    assert (money.discount_amount, money.refund_due_amount) == (300, 300), "what was paid too much goes back"
    assert await saved(shop, await order_of(shop, second, ann)) == 0
    assert await refused(shop, ann, "SPRING50") is CodeUsedByYou
    async with shop.reading() as uow:
        [code] = await codes_of(uow, ann.id, limit=5, now=shop.now())
    assert (code.coupon.shown, code.used_count) == ("Spring-5O", 1)
    await books_agree(shop)


async def test_whoever_guesses_too_often_waits(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    offer = await make_promotion(shop, group, by_coupon=True)
    await make_coupons(shop, offer, "HONEY")
    ann, ben = make_person(), make_person()

    for guess in range(5):
        assert isinstance(await enters(shop, ann, f"GUESS{guess}"), CodeUnknown)
    assert await refused(shop, ann, "HONEY") is TooManyGuesses, "the right one, too, or it would tell"
    assert isinstance(await enters(shop, ben, "HONEY"), CodeTaken)
    assert await refused(shop, ben, "?!") is CodeUnreadable
    clock.advance(timedelta(minutes=11))
    assert isinstance(await enters(shop, ann, "honey"), CodeTaken)


async def test_a_code_that_gives_nothing_says_why(shop: Shop) -> None:
    group = await make_group(shop)
    offer = await make_promotion(shop, group, by_coupon=True)
    await make_coupons(shop, offer, "HONEY", uses_limit=0)
    await make_coupons(shop, offer, "ACACIA")
    ann = make_person()
    now = shop.now()

    assert await refused(shop, ann, "HONEY") is CodeUsedUp
    async with shop.writing() as uow:
        await uow.coupon_batches.switch(offer, 2, on=False)
    assert await refused(shop, ann, "ACACIA") is CodeSwitchedOff
    async with shop.writing() as uow:
        await uow.coupon_batches.switch(offer, 2, on=True)
    for terms, why in (
        ({"state": PromotionState.PAUSED}, CodePaused),
        ({"state": PromotionState.ACTIVE, "starts_at": now + timedelta(days=1)}, CodeTooEarly),
        ({"starts_at": now - timedelta(days=2), "ends_at": now}, CodeOver),
        ({"ends_at": None, "state": PromotionState.ENDED}, CodeOver),
    ):
        await change(shop, offer, **terms)
        assert await refused(shop, ann, "ACACIA") is why
