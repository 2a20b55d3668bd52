"""What the board of an open pick says of its money: what it comes to now, and at most."""

from bot.i18n import Translator
from bot.rules.pricing import terms_of
from bot.services.boards import sums_of
from bot.services.closing import close_pick
from bot.services.pricing import NewPriceFor, change_price
from bot.shop import Shop
from bot.views.boards import board_head
from tests.factories import make_order, make_person, make_pick


async def test_a_pick_with_tiers_tells_what_it_comes_to_now_and_at_most(shop: Shop) -> None:
    posted = await make_pick(shop, tiers={5: 1190, 15: 990})
    ann, ben = make_person(), make_person("Ben")
    await make_order(shop, pick=posted, person=ann, quantity=6)
    async with shop.writing() as uow:
        dearer = terms_of(1490, [(5, 1390), (9, 1090)])
        later = NewPriceFor.LATER_ORDERS
        await change_price(uow, posted.id, dearer, applies_to=later, by_id=None, now=shop.now())
    await make_order(shop, pick=posted, person=ben, quantity=2)
    async with shop.reading() as uow:
        facts = await sums_of(uow, await uow.picks.get(posted.id))
    assert facts.now_amount == 6 * 1190 + 2 * 1390, "Ann keeps her tiers"
    assert facts.total.amount == 6 * 1290 + 2 * 1490
    said = str(board_head(Translator("en"), facts))
    assert "8 ordered by 2 people, now €99.20, €107.20 at most" in said

    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    async with shop.reading() as uow:
        facts = await sums_of(uow, await uow.picks.get(posted.id))
    assert facts.now_amount is None
    assert facts.total.amount == 6 * 1190 + 2 * 1390, "what it came to is what was told"


async def test_a_pick_of_one_price_tells_one_amount(shop: Shop) -> None:
    posted = await make_pick(shop)
    await make_order(shop, pick=posted)
    async with shop.reading() as uow:
        facts = await sums_of(uow, await uow.picks.get(posted.id))
    assert facts.now_amount is None
    assert "at most" not in str(board_head(Translator("en"), facts))
