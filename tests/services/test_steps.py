"""What changes many orders by one statement takes the steps of the tables, and no other."""

from collections.abc import Awaitable, Callable
from itertools import product

import pytest
from sqlalchemy import delete, select, update

from bot.rules.payments import GOODS_STEPS, ORDER_STEPS, GoodsEvent
from bot.services.pickups import add_point
from bot.shop import Shop
from storage.models import Discrepancy, Order, OrderLine
from storage.states import DiscrepancyKind, FulfilmentState, OrderEventKind, OrderState
from storage.tables import table
from storage.unit_of_work import UnitOfWork
from tests.factories import MEI_ID, make_group, make_person, make_pick
from tests.services.money import order_of

State = tuple[OrderState, FulfilmentState]
Step = Callable[[UnitOfWork], Awaitable[object]]
EVERY = list(product(OrderState, FulfilmentState))


def expected(before: State, event: OrderEventKind | None, goods_event: GoodsEvent | None) -> State:
    """Where the tables lead; where one of them does not know the way, nothing moves."""
    order, goods = before
    orders = {order} if event is None else ORDER_STEPS[event].get(order)
    moved = goods if goods_event is None else GOODS_STEPS[goods_event].get(goods)
    if not orders or moved is None:
        return before
    [after] = orders
    return after, moved


async def test_statements_take_the_steps_of_the_tables(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group)
    order_id = await order_of(shop, posted, make_person(), 2)
    async with shop.writing() as uow:
        point = await add_point(uow, group.id or 0, "Market", by_id=MEI_ID, now=shop.now())
        line = table(OrderLine)
        connection = await uow.orders._session.connection()
        [variant_id] = (await connection.execute(select(line.c.variant_id))).scalars()
    point_id, now = point.id or 0, shop.now()

    def doubt(uow: UnitOfWork) -> Awaitable[bool]:
        return uow.payments.open_discrepancy(
            Discrepancy(
                group_id=group.id,
                order_id=order_id,
                kind=DiscrepancyKind.STATES_DISAGREE,
                facts={},
                opened_at=now,
            )
        )

    steps: list[tuple[Step, OrderEventKind | None, GoodsEvent | None]] = [
        (
            lambda uow: uow.pickups.arrive(posted.id, point_id, by_id=MEI_ID, now=now),
            OrderEventKind.READY,
            GoodsEvent.ARRIVED,
        ),
        (
            lambda uow: uow.pickups.hand_over(order_id, by_id=MEI_ID, now=now),
            OrderEventKind.HANDED_OVER,
            GoodsEvent.HANDED_OVER,
        ),
        (
            lambda uow: uow.pickups.take_back(order_id, by_id=MEI_ID, now=now),
            OrderEventKind.TAKEN_BACK,
            GoodsEvent.TAKEN_BACK,
        ),
        (
            lambda uow: uow.pickups.note_return(order_id, by_id=MEI_ID, now=now),
            OrderEventKind.RETURNED,
            GoodsEvent.RETURNED,
        ),
        (lambda uow: uow.pickups.choose([order_id], point_id), None, GoodsEvent.MOVED),
        (lambda uow: uow.orders.confirm(posted.id, now=now), OrderEventKind.CONFIRMED, None),
        (
            lambda uow: uow.orders.cancel_all(posted.id, by_id=None, now=now),
            OrderEventKind.CANCELLED,
            None,
        ),
        (doubt, OrderEventKind.REVIEW_OPENED, None),
    ]
    for before, (step, event, goods_event) in product(EVERY, steps):
        async with shop.writing() as uow:
            await set_order(uow, order_id, before, point_id=point_id, variant_id=variant_id)
        try:
            async with shop.writing() as uow:
                await step(uow)
        except LookupError:
            pass
        async with shop.reading() as uow:
            found = (await uow.payments.money([order_id]))[order_id]
        assert (found.order_state, found.fulfilment_state) == expected(before, event, goods_event), (
            f"{event or goods_event} of {before}"
        )


async def set_order(uow: UnitOfWork, order_id: int, state: State, *, point_id: int, variant_id: int) -> None:
    """Make an order what it is to be, with two pieces in it, whatever it was."""
    order, line = table(Order), table(OrderLine)
    connection = await uow.orders._session.connection()
    await connection.execute(
        update(order)
        .where(order.c.id == order_id)
        .values(state=state[0], fulfilment_state=state[1], pickup_point_id=point_id)
    )
    await connection.execute(delete(line).where(line.c.order_id == order_id))
    await connection.execute(
        line.insert().values(order_id=order_id, variant_id=variant_id, quantity=2, unit_amount=100)
    )


@pytest.mark.parametrize("state", list(OrderState))
async def test_an_order_comes_out_of_review_alone(shop: Shop, state: OrderState) -> None:
    posted = await make_pick(shop)
    order_id = await order_of(shop, posted, make_person(), 2)
    async with shop.writing() as uow:
        await uow.orders.set_states({order_id: state})
        await uow.discrepancies.return_order(order_id, OrderState.CONFIRMED, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        found = (await uow.payments.money([order_id]))[order_id].order_state
    assert found is (OrderState.CONFIRMED if state is OrderState.NEEDS_REVIEW else state)
