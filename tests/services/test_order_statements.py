"""What an order asks of the database: money costs nothing where an order is not paid as it is placed."""

from collections import Counter

import pytest

from bot.rules.orders import Ask
from bot.shop import Shop
from storage.models import PaymentWay, Plan
from storage.repositories.picks import PostedPick
from storage.states import PaymentMethod, PaysWhen
from tests.factories import make_carrying, make_group, make_person, make_pick, make_request, make_twin
from tests.services.money import order_of


async def counted(shop: Shop, posted: PostedPick) -> list[str]:
    """The kinds of statements that one piece more costs somebody who has ordered before."""
    ann = make_person()
    await order_of(shop, posted, ann)
    asked: list[str] = []
    assert shop.database.writer is not None
    async with shop.database.writer.transaction() as connection:
        await connection.set_trace_callback(asked.append)
    ask = Ask(action="change", items=((None, 1),))
    placed = await shop.orders.submit(make_request(posted, ask, person=ann))
    assert placed.changed
    async with shop.database.writer.transaction() as connection:
        await connection.set_trace_callback(lambda _statement: None)
    kinds = Counter(statement.split(None, 1)[0] for statement in asked)
    return [kind for kind in kinds.elements() if kind in ("SELECT", "INSERT", "UPDATE", "DELETE")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_money_that_is_paid_later_costs_an_order_no_statement(shop: Shop) -> None:
    without = await counted(shop, await make_pick(shop))
    group = await make_group(shop)
    async with shop.writing() as uow:
        for method in (PaymentMethod.TRANSFER, PaymentMethod.CARD):
            await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=method))
    kept = await counted(shop, await make_pick(shop, group=group))
    async with shop.writing() as uow:
        group.pays_when = PaysWhen.NOW
        await uow.groups.save(group)
    tiers = await counted(shop, await make_pick(shop, group=group, tiers={9: 1000}))
    at_once = await counted(shop, await make_pick(shop, group=group))

    assert kept == without
    assert len(tiers) == len(without) + 1, "the tiers themselves are read"
    assert len(at_once) > len(without)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_recommendations_cost_an_order_nothing_where_nobody_is_paid_or_told(shop: Shop) -> None:
    without = await counted(shop, await make_pick(shop))
    group = await make_group(shop)
    async with shop.writing() as uow:
        await uow.plans.save(Plan(group_id=group.id or 0, first_bps=1000, changed_at=shop.now()))
    paying = await counted(shop, await make_pick(shop, group=group))

    assert len(paying) == len(without) + 1, "what is earned by an order is reckoned anew when that changes"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_selling_for_another_group_costs_an_order_no_statement(shop: Shop) -> None:
    shared = await counted(shop, await make_twin(shop, await make_pick(shop)))
    supplied = await make_pick(shop)
    carried = await counted(shop, await make_carrying(shop, supplied, pieces_limit=9))

    assert carried == shared
    assert await counted(shop, supplied) == shared
