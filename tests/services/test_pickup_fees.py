"""What fetching an order costs is frozen as its point is chosen, and a promotion may make it free."""

from datetime import timedelta

from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.pickups import choose_point
from bot.shop import Shop
from storage.models import Order, PickupPoint, Promotion
from storage.repositories.picks import PostedPick
from storage.states import AccountKind, PromotionKind, PromotionState
from tests.factories import make_person, make_pick, make_request
from tests.services.money import balance_of, make_paid_group, money_of, order_of, pays, settle_all
from tests.services.rows import rows_of


async def add_point(shop: Shop, posted: PostedPick, name: str, fee_amount: int) -> int:
    async with shop.writing() as uow:
        point = PickupPoint(group_id=posted.group.id or 0, name=name, fee_amount=fee_amount)
        return (await uow.pickups.save_point(point)).id or 0


async def costs(shop: Shop, order_id: int) -> tuple[int, int]:
    """The fee that stands on an order, and what is to be paid for it beyond its goods."""
    [order] = [order for order in await rows_of(shop, Order) if order.id == order_id]
    return order.fee_amount, (await money_of(shop, order_id)).fee_amount


async def test_a_fee_is_part_of_what_an_order_costs_from_its_choice_on(shop: Shop) -> None:
    group = await make_paid_group(shop)
    posted = await make_pick(shop, group=group)
    harbour = await add_point(shop, posted, "Harbour", 200)
    ann = make_person("Ann")
    # The only point there is: it is chosen with the order.
    ask = Ask(action="change", items=((None, 2),))
    placed = await shop.orders.submit(make_request(posted, ask, person=ann))
    assert placed.total.amount == 2 * 1290 + 200
    assert placed.fee is not None
    order_id = (await rows_of(shop, Order))[0].id or 0
    assert await costs(shop, order_id) == (200, 200)
    # Whatever it costs from now on, hers costs what it did.
    async with shop.writing() as uow:
        point = await uow.pickups.find_point(harbour)
        assert point is not None
        point.fee_amount = 900
        await uow.pickups.save_point(point)
    more = await shop.orders.submit(
        make_request(posted, Ask(action="change", items=((None, 1),)), person=ann)
    )
    assert more.total.amount == 3 * 1290 + 200

    school = await add_point(shop, posted, "School", 0)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await pays(shop, order_id, ann, 3 * 1290 + 200)
    async with shop.writing() as uow:
        order, _ = await choose_point(uow, order_id, school, person_id=ann.id, now=shop.now())
    assert (order.fee_amount, order.amount) == (0, 3 * 1290)
    await settle_all(shop)
    # What she paid for fetching it elsewhere goes back.
    assert await balance_of(shop, group.id, ann, AccountKind.REFUNDS) == -200


async def test_a_promotion_makes_it_free_where_it_says_so(shop: Shop) -> None:
    group = await make_paid_group(shop)
    posted = await make_pick(shop, group=group)
    points = [await add_point(shop, posted, name, 200) for name in ("Harbour", "School")]
    async with shop.writing() as uow:
        promotion = Promotion(
            group_id=group.id,
            title="Come to school",
            kind=PromotionKind.FREE_PICKUP,
            state=PromotionState.ACTIVE,
            currency="EUR",
            starts_at=shop.now() - timedelta(hours=1),
            created_at=shop.now(),
        )
        await uow.promotion_terms.set_scope(await uow.promotion_terms.save(promotion), points=[points[1]])
    ann = make_person("Ann")
    order_id = await order_of(shop, posted, ann)
    assert await costs(shop, order_id) == (0, 0)
    for point_id, left in ((points[0], 200), (points[1], 0), (points[0], 200), (points[1], 0)):
        async with shop.writing() as uow:
            order, _ = await choose_point(uow, order_id, point_id, person_id=ann.id, now=shop.now())
        assert order.amount == 1290 + left
        assert await costs(shop, order_id) == (200, left)
    assert [p.spent_amount for p in await rows_of(shop, Promotion)] == [200]
