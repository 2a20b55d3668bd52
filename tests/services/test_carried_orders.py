"""What groups owe one another for what one sells and the other supplies, in the books of both."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.bookkeeping import audit_books
from bot.carried_order_errors import ReceivedMeanwhile, ReceivedUndone
from bot.handover_errors import CameBackAlready, NotHandedOver
from bot.jobs.carried_orders import reckon_sales
from bot.rules import ledger
from bot.rules.orders import Ask
from bot.rules.settlements import reckon
from bot.services.boards import sums_of
from bot.services.carried_orders import mark_received, reckon_carried, undo_received
from bot.services.closing import close_pick
from bot.services.handover import hand_over, note_return, take_back
from bot.services.payments.findings import open_discrepancy
from bot.services.payments.refunds import give_goodwill
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import (
    AuditEntry,
    CarriedOrder,
    CarriedPayment,
    Discrepancy,
    LedgerTransaction,
    Order,
    Refund,
)
from storage.repositories.carried_orders import CarrierSales
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    DiscrepancyKind,
    FulfilmentState,
    OrderState,
    PromotionKind,
    RefundReason,
    RefundStage,
    TransactionKind,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_carrying, make_group, make_person, make_pick, make_request
from tests.services.falling import Fallen, falling
from tests.services.money import balances, make_paid_group, order_of, pays, settle_all
from tests.services.promotions import make_promotion
from tests.services.rows import rows_of
from tests.storage.stored import unguarded

PRICE = 999
ANN, BEA = make_person("Ann"), make_person("Bea")


async def hands_over(shop: Shop, pick: PostedPick, *order_ids: int) -> None:
    """The pick is over and its goods are handed over; nothing is reckoned."""
    async with shop.writing() as uow:
        if (await uow.picks.get(pick.id)).pick.closed_at is None:
            await close_pick(uow, pick.id, now=shop.now())
        for order_id in order_ids:
            await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())


async def came_back(shop: Shop, order_id: int) -> None:
    """All goods of an order came back."""
    async with shop.writing() as uow:
        await note_return(uow, order_id, by_id=MEI_ID, now=shop.now())


async def reckons(shop: Shop) -> None:
    """All sweeps run once."""
    await settle_all(shop)
    await reckon_sales(shop)


async def sold(shop: Shop, pick: PostedPick) -> CarrierSales:
    """What a carried pick has come to; the books of both groups say the same, mirrored, and balance."""
    await reckons(shop)
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
        sales = await uow.carried_orders.find_sales(pick.id)
    assert sales is not None
    ours, theirs = await balances(shop, sales.group_id), await balances(shop, sales.supplier_id)
    assert ours.get(AccountKind.SUPPLIES, 0) == sales.goods_amount == -theirs.get(AccountKind.SUPPLIES, 0)
    assert -ours.get(AccountKind.SHARES, 0) == sales.share_amount == theirs.get(AccountKind.SHARES, 0)
    assert -ours.get(AccountKind.PARTNERS, 0) == sales.due_amount == theirs.get(AccountKind.PARTNERS, 0)
    return sales


def amounts(sales: CarrierSales) -> tuple[int, int, int]:
    """Goods, share and what is due."""
    return sales.goods_amount, sales.share_amount, sales.due_amount


async def test_the_share_comes_with_the_goods_and_goes_with_them(shop: Shop) -> None:
    supplied = await make_pick(shop, price_amount=PRICE)
    carried = await make_carrying(shop, supplied, share_bps=850)
    own = await order_of(shop, supplied, ANN, 2)
    order_id = await order_of(shop, carried, BEA, 3)
    assert amounts(await sold(shop, carried)) == (0, 0, 0)
    await hands_over(shop, supplied, own)
    assert await rows_of(shop, CarriedOrder) == [], "what the supplier sells itself is nobody else's affair"

    await hands_over(shop, carried, order_id)
    assert amounts(await sold(shop, carried)) == (2997, 254, 2743)
    async with shop.writing() as uow:
        await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
    assert amounts(await sold(shop, carried)) == (0, 0, 0)
    await hands_over(shop, carried, order_id)
    sales = await sold(shop, carried)
    assert amounts(sales) == (2997, 254, 2743)
    assert (sales.orders, sales.completed) == (1, 1)
    posted = [one for one in await rows_of(shop, LedgerTransaction) if one.kind is TransactionKind.SUPPLY]
    assert len(posted) == 6, "accrued, reversed and accrued anew, in two books"


async def test_a_supplier_knows_how_much_each_group_sold_and_nobody_else_asks(shop: Shop) -> None:
    supplied = await make_pick(shop, price_amount=PRICE)
    tea, bees = [await make_carrying(shop, supplied) for _ in range(2)]
    await order_of(shop, supplied, ANN, 2)
    await order_of(shop, tea, BEA, 3)
    await order_of(shop, bees, ANN, 1)

    async def elsewhere(pick: PostedPick) -> list[tuple[int, int]]:
        async with shop.reading() as uow:
            facts = await sums_of(uow, await uow.picks.get(pick.id))
        return [(key, facts.sold_by(key)) for key in facts.carriers]

    assert await elsewhere(supplied) == [(tea.pick.group_id, 3), (bees.pick.group_id, 1)]
    assert await elsewhere(tea) == [], "who carries is not told what others do"


async def test_at_the_close_a_supplier_knows_how_many_orders_others_have_not_been_paid_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.boards._ORDERS_AT_ONCE", 2)
    supplied = await make_pick(shop, price_amount=PRICE)
    tea = await make_carrying(shop, supplied, group=await make_paid_group(shop))
    bees = await make_carrying(shop, supplied)
    cat = make_person("Cat")
    paid, given = [await order_of(shop, tea, person, 2) for person in (ANN, cat)]
    await order_of(shop, tea, BEA, 3)
    await order_of(shop, bees, ANN, 1)
    await pays(shop, paid, ANN, 2 * PRICE)
    await pays(shop, given, cat, PRICE)

    async def unpaid() -> Mapping[int, int]:
        async with shop.reading() as uow:
            return (await sums_of(uow, await uow.picks.get(supplied.id))).unpaid_elsewhere

    assert await unpaid() == {}, "what is open may still change"
    async with shop.writing() as uow:
        for pick in (tea, bees, supplied):
            await close_pick(uow, pick.id, now=shop.now())
    assert await unpaid() == {tea.pick.group_id: 2}, "of who keeps no money here nothing is known"
    await pays(shop, given, cat, PRICE)
    assert await unpaid() == {tea.pick.group_id: 1}
    await settle_all(shop)
    assert await unpaid() == {tea.pick.group_id: 1}


async def test_reckoning_twice_and_by_two_at_once_changes_nothing(shop: Shop) -> None:
    supplied = await make_pick(shop, price_amount=PRICE, stock=None)
    carried = [await make_carrying(shop, supplied) for _ in range(2)]
    orders = {
        await order_of(shop, pick, make_person(f"Buyer {n}"), 1 + n % 3): pick
        for n in range(8)
        for pick in [carried[n % 2]]
    }
    for pick in carried:
        await hands_over(shop, pick)

    async def moved(order_id: int) -> None:
        for again in (True, False):
            async with shop.writing() as uow:
                await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
            if again:
                async with shop.writing() as uow:
                    await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
            await reckon_sales(shop)

    await asyncio.gather(*map(moved, orders), *(reckon_sales(shop) for _ in range(4)))
    while await reckon_sales(shop):
        pass
    for _ in range(2):
        async with shop.writing() as uow:
            assert await reckon_carried(uow, list(orders), now=shop.now()) == len(orders)
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
        sales = await uow.carried_orders.list_sales(supplied.id)
    assert sum(one.goods_amount for one in sales) == PRICE * (1 + 2 + 3 + 1 + 2 + 3 + 1 + 2)


async def test_a_fall_between_any_two_steps_writes_in_no_book_or_in_both(shop: Shop) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=PRICE))
    order_id = await order_of(shop, carried, BEA)
    await hands_over(shop, carried, order_id)
    falls = 0
    while True:
        with falling(shop, after=falls):
            try:
                async with shop.writing() as uow:
                    await reckon_carried(uow, [order_id], now=shop.now())
            except Fallen:
                falls += 1
            else:
                break
        assert await balances(shop, carried.pick.group_id) == {}
        async with shop.reading() as uow:
            assert await uow.carried_orders.list_stale(limit=10) == [order_id]
    assert falls > 10
    assert amounts(await sold(shop, carried)) == (999, 79, 920)


async def test_what_goes_back_lowers_both_parts_and_what_a_group_gives_away_is_its_own(shop: Shop) -> None:
    group = await make_paid_group(shop)
    supplied = await make_pick(shop, price_amount=2_000)
    carried = await make_carrying(shop, supplied, group=group, share_bps=1_000)
    await make_promotion(shop, group, kind=PromotionKind.PERCENT, bps=2_500)
    full, half = await order_of(shop, carried, ANN), await order_of(shop, carried, BEA)
    await hands_over(shop, carried, full, half)
    assert amounts(await sold(shop, carried)) == (4_000, 400, 3_600), "paid or not, at the whole price"

    await pays(shop, half, BEA, 1_500)
    async with shop.writing() as uow:
        await give_goodwill(uow, half, 750, reason="broken", by_id=MEI_ID, now=shop.now())
    assert amounts(await sold(shop, carried)) == (3_000, 300, 2_700), "half of what she paid: half the price"


async def test_goods_that_came_back_are_owed_to_nobody_and_what_was_paid_goes_back(shop: Shop) -> None:
    supplied = await make_pick(shop, price_amount=PRICE)
    carried = await make_carrying(shop, supplied, group=await make_paid_group(shop))
    paid, unpaid = [await order_of(shop, carried, person, 2) for person in (ANN, BEA)]
    await pays(shop, paid, ANN, 2 * PRICE)
    with pytest.raises(NotHandedOver):
        await came_back(shop, paid)
    await hands_over(shop, carried, paid, unpaid)
    assert amounts(await sold(shop, carried)) == (4 * PRICE, 318, 3678)

    for order_id in (paid, unpaid):
        await came_back(shop, order_id)
    with pytest.raises(CameBackAlready):
        await came_back(shop, paid)
    sales = await sold(shop, carried)
    assert amounts(sales) == (0, 0, 0)
    [refund] = await rows_of(shop, Refund)
    assert (refund.order_id, refund.amount, refund.stage) == (paid, 2 * PRICE, RefundStage.DUE)
    assert refund.reason is RefundReason.RETURNED
    orders = {row.id: row for row in await rows_of(shop, Order)}
    assert {row.fulfilment_state for row in orders.values()} == {FulfilmentState.RETURNED}
    assert {row.state for row in orders.values()} == {OrderState.COMPLETED}
    async with shop.reading() as uow:
        money = await uow.payments.money([paid, unpaid])
    assert [reckon(money[key]).outstanding_amount for key in (paid, unpaid)] == [0, 0]
    acts = [row.action for row in await rows_of(shop, AuditEntry)]
    assert acts.count("goods_returned") == 2


async def test_money_that_came_can_turn_out_to_be_too_much(shop: Shop) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=1_000), share_bps=1_000)
    orders = [await order_of(shop, carried, person) for person in (ANN, BEA)]
    await hands_over(shop, carried, *orders)
    assert (await sold(shop, carried)).due_amount == 1_800

    async def receives(amount: int, **shown: int) -> CarrierSales:
        async with shop.writing() as uow:
            return await mark_received(uow, carried.id, amount, by_id=MEI_ID, now=shop.now(), **shown)

    async with shop.writing() as uow:
        await uow.members.meet([make_person("Mei", person_id=MEI_ID)], now=shop.now())
    assert (await receives(1_800, due_amount=1_800)).due_amount == 0
    with pytest.raises(ReceivedMeanwhile):
        await receives(1_800, due_amount=1_800)
    assert (await sold(shop, carried)).paid_amount == 1_800

    async with shop.writing() as uow:
        await take_back(uow, orders[0], by_id=MEI_ID, now=shop.now())
    assert (await sold(shop, carried)).due_amount == -900

    [payment] = await rows_of(shop, CarriedPayment)
    async with shop.writing() as uow:
        await undo_received(uow, carried.id, payment.id or 0, by_id=MEI_ID, now=shop.now())
    with pytest.raises(ReceivedUndone):
        async with shop.writing() as uow:
            await undo_received(uow, carried.id, payment.id or 0, by_id=MEI_ID, now=shop.now())
    await receives(900)
    assert (await sold(shop, carried)).due_amount == 0
    acts = [entry.action for entry in await rows_of(shop, AuditEntry) if entry.pick_id == carried.id]
    assert acts.count("carried_payment_received") == 4, "twice, told to both groups"
    assert acts.count("carried_payment_undone") == 2


async def test_two_who_tap_at_once_have_received_once(shop: Shop) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=1_000), share_bps=0)
    order_id = await order_of(shop, carried, BEA)
    await hands_over(shop, carried, order_id)
    await sold(shop, carried)
    async with shop.writing() as uow:
        await uow.members.meet([make_person("Mei", person_id=MEI_ID)], now=shop.now())

    async def tap() -> bool:
        try:
            async with shop.writing() as uow:
                await mark_received(uow, carried.id, 1_000, by_id=MEI_ID, now=shop.now(), due_amount=1_000)
        except ReceivedMeanwhile:
            return False
        return True

    assert sum(await asyncio.gather(*(tap() for _ in range(4)))) == 1
    assert (await sold(shop, carried)).due_amount == 0


@pytest.mark.parametrize("ends", ["cancelled", "withdrawn"])
async def test_what_comes_to_nothing_is_owed_to_nobody(shop: Shop, ends: str) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=PRICE))
    await order_of(shop, carried, BEA)
    if ends == "cancelled":
        await shop.orders.submit(make_request(carried, Ask(action="cancel"), person=BEA))
    else:
        async with shop.writing() as uow:
            await withdraw_pick(uow, carried.id, reason="gone", by_id=MEI_ID, now=shop.now())
    assert amounts(await sold(shop, carried)) == (0, 0, 0)
    assert await balances(shop, carried.pick.group_id) == {}


async def test_in_review_nothing_moves(shop: Shop) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=1_000))
    order_id = await order_of(shop, carried, BEA)
    await hands_over(shop, carried, order_id)
    before = amounts(await sold(shop, carried))
    async with shop.writing() as uow:
        await open_discrepancy(
            uow,
            Discrepancy(
                group_id=carried.pick.group_id,
                order_id=order_id,
                kind=DiscrepancyKind.STATES_DISAGREE,
                facts={},
                merge_key="puzzling",
                opened_at=shop.now(),
            ),
        )
        await uow.carried_orders.mark_stale([order_id], now=shop.now())
    assert amounts(await sold(shop, carried)) == before == (1_000, 80, 920)


async def test_the_supplier_sees_who_sold_what_and_the_seller_what_it_owes(shop: Shop) -> None:
    group = await make_group(shop, title="Tea friends")
    supplied = await make_pick(shop, price_amount=1_000, variants={"mild": 9, "sharp": 9})
    carried = await make_carrying(shop, supplied, group=group, share_bps=1_000)
    await make_carrying(shop, supplied)
    mild, sharp = (variant.id for variant in carried.variants)
    for person, lines in ((ANN, ((mild, 2), (sharp, 1))), (BEA, ((sharp, 4),))):
        await shop.orders.submit(make_request(carried, Ask(action="change", items=lines), person=person))
    async with shop.reading() as uow:
        orders = await uow.orders.load({(carried.id, ANN.id)})
    await hands_over(shop, carried, *(entry.id for entry in orders.values()))
    await reckons(shop)
    async with shop.reading() as uow:
        first, second = await uow.carried_orders.list_sales(supplied.id)
        pieces = await uow.carried_orders.variants_sold([carried.id])
        [owed] = await uow.carried_orders.list_carried_by(group.id or 0)
        [together] = await uow.carried_orders.list_supplied_by(supplied.pick.group_id)
        assert await uow.carried_orders.supplies(supplied.id)
        assert not await uow.carried_orders.supplies(carried.id)
    assert (first.group_title, first.orders, first.completed, first.goods_amount) == (
        "Tea friends",
        2,
        1,
        3_000,
    )
    assert (second.orders, second.due_amount) == (0, 0)
    assert [(one.name, one.quantity) for one in pieces] == [("mild", 2), ("sharp", 5)]
    assert owed == first
    assert (together.pick_id, together.carriers, together.due_amount) == (supplied.id, 2, 2_700)


async def test_books_that_say_something_else_are_found_out(shop: Shop, clock: Clock) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=1_000), share_bps=1_000)
    order_id = await order_of(shop, carried, BEA)
    await hands_over(shop, carried, order_id)
    clock.advance(timedelta(hours=2))

    async def said() -> list[str]:
        async with shop.reading() as uow:
            return (await audit_books(uow, now=shop.now())).says

    assert await said() == [
        f"what carried order {order_id} comes to still waits to be reckoned: "
        "look for carried_order_not_reckoned"
    ]
    await reckons(shop)
    async with shop.writing() as uow:
        await uow.members.meet([make_person("Mei", person_id=MEI_ID)], now=shop.now())
        await mark_received(uow, carried.id, 500, by_id=MEI_ID, now=shop.now())
    assert await said() == []

    async with shop.writing() as uow:
        await uow.carried_orders.save(order_id, goods_amount=1_100, share_amount=100)
    [payment] = await rows_of(shop, CarriedPayment)
    async with shop.writing() as uow:
        stored = await uow.carried_orders.find_payment(payment.id or 0)
        assert stored is not None
        stored.amount = 600
    assert await said() == [
        f"for carried order {order_id}, the supplier gets 10.00 EUR, and the ledger has 9.00 EUR, "
        "or another share",
        f"payment {payment.id} between groups came to 6.00 EUR, and the ledger has 5.00 EUR of it",
    ]
    theirs = f"transaction_id IN (SELECT id FROM ledger_transaction WHERE group_id = {carried.pick.group_id})"
    async with unguarded(shop.database) as connection:
        # Balanced in itself, and yet not what the other book says.
        await connection.execute(text(f"UPDATE ledger_entry SET amount = 2 * amount WHERE {theirs}"))
    assert {
        f"of carried order {order_id}, the books of two groups differ by 10.00 EUR",
        f"of payment {payment.id} between groups, the books of the two differ by 5.00 EUR",
    } <= set(await said())


async def test_what_stands_in_a_third_groups_book_is_found_out(shop: Shop) -> None:
    carried = await make_carrying(shop, await make_pick(shop, price_amount=1_000))
    order_id = await order_of(shop, carried, BEA)
    third = await make_group(shop, title="Third")
    goods = ledger.supply(500, 50, "EUR")
    # Each of them balances, and both together come to nothing, as those of a carrying group and its supplier.
    for postings in (goods, ledger.mirrored(goods)):
        async with shop.writing() as uow:
            facts = {order_id: postings}
            await uow.ledger.post_all(TransactionKind.SUPPLY, facts, group_id=third.id or 0, now=shop.now())
    [first, second] = [one.id for one in await rows_of(shop, LedgerTransaction)]
    async with shop.reading() as uow:
        said = (await audit_books(uow, now=shop.now())).says
    assert said == [
        f"transaction {one} is in the book of a group that neither sold nor supplies what it is about"
        for one in (first, second)
    ]
