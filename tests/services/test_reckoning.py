"""Whatever changes an order, its money is reckoned anew: what is too much goes back, and nothing is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text, update

from bot.bookkeeping import audit_books
from bot.handover_errors import OrderInReview
from bot.jobs.settlements import settle_due
from bot.rules.orders import Ask
from bot.rules.payments import StepUnknown
from bot.rules.pricing import Terms
from bot.rules.settlements import reckon
from bot.services.closing import close_pick
from bot.services.handover import hand_over, take_back
from bot.services.payments.receiving import CannotBeReceived, count_for, receive
from bot.services.payments.settlements import settle_orders
from bot.services.pricing import NewPriceFor, answer_price, change_price
from bot.services.teams import TeamWish, choose_fallback, expire_team
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Discrepancy, LedgerTransaction, Order, OrderEvent, OrderLine, Payment, Refund
from storage.repositories.members import Seen
from storage.repositories.payments import OrderMoney
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    DiscrepancyKind,
    FulfilmentState,
    OrderEventKind,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    RefundReason,
    RefundStage,
    TeamFallback,
)
from storage.tables import table
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.factories import MEI_ID, make_person, make_pick, make_request, make_twin, next_update
from tests.services.falling import Fallen, falling
from tests.services.money import (
    balance_of,
    balances,
    make_paid_group,
    money_of,
    order_of,
    pays,
    refunds_of,
    settle_all,
)
from tests.services.rows import rows_of

ANN, BEA = make_person("Ann"), make_person("Bea")
SOLO, TEAM = 1000, 800

Act = Callable[[Shop, PostedPick, int], Awaitable[object]]


async def paid_ahead(shop: Shop, quantity: int = 2, **pick: Any) -> tuple[PostedPick, int]:
    """Ann has ordered so many at ten euros and paid all of it before the close."""
    group = await make_paid_group(shop)
    posted = await make_pick(shop, group=group, price_amount=SOLO, **pick)
    order_id = await order_of(shop, posted, ANN, quantity)
    await pays(shop, order_id, ANN, SOLO * quantity)
    return posted, order_id


async def asks(shop: Shop, posted: PostedPick, ask: Ask, person: Seen = ANN) -> None:
    await shop.orders.submit(make_request(posted, ask, person=person))


async def closes(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())


async def withdraws(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=MEI_ID, now=shop.now())


async def becomes(shop: Shop, order_id: int, **values: Any) -> None:
    """The order is made what it should never be."""
    order = table(Order)
    async with shop.writing() as uow:
        connection = await uow.orders._session.connection()
        await connection.execute(update(order).where(order.c.id == order_id).values(**values))


async def in_review(shop: Shop, order_id: int, why: str = "somebody said so") -> None:
    async with shop.writing() as uow:
        money = (await uow.payments.money([order_id]))[order_id]
        await uow.payments.open_discrepancy(
            Discrepancy(
                group_id=money.group_id,
                order_id=order_id,
                kind=DiscrepancyKind.STATES_DISAGREE,
                facts={},
                merge_key=why,
                opened_at=shop.now(),
            )
        )


def lies_at_rest(facts: OrderMoney) -> bool:
    """Nothing is left to be reckoned: what is kept is what the order costs, or less is paid than that."""
    reckoning = reckon(facts)
    return not reckoning.overpaid_amount and reckoning.state is facts.payment_state


# Every path that changes an order


async def one_less(shop: Shop, posted: PostedPick, _: int) -> None:
    await asks(shop, posted, Ask(action="change", items=((None, -1),)))


async def one_exactly(shop: Shop, posted: PostedPick, _: int) -> None:
    await asks(shop, posted, Ask(action="set", items=((None, 1),)))


async def cancels(shop: Shop, posted: PostedPick, _: int) -> None:
    await asks(shop, posted, Ask(action="cancel"))


async def cancels_and_orders_one(shop: Shop, posted: PostedPick, _: int) -> None:
    await asks(shop, posted, Ask(action="cancel"))
    await asks(shop, posted, Ask(action="change", items=((None, 1),)))


async def price_falls(shop: Shop, posted: PostedPick, _: int) -> None:
    async with shop.writing() as uow:
        terms = Terms(price_amount=700)
        await change_price(
            uow, posted.id, terms, applies_to=NewPriceFor.LATER_ORDERS, by_id=MEI_ID, now=shop.now()
        )


async def is_withdrawn(shop: Shop, posted: PostedPick, _: int) -> None:
    await withdraws(shop, posted)


async def is_withdrawn_after_the_close(shop: Shop, posted: PostedPick, _: int) -> None:
    await closes(shop, posted)
    await settle_all(shop)
    await withdraws(shop, posted)


@pytest.mark.parametrize(
    ("act", "goes_back"),
    [
        (one_less, 1000),
        (one_exactly, 1000),
        (cancels, 2000),
        (cancels_and_orders_one, 1000),
        (price_falls, 600),
        (is_withdrawn, 2000),
        (is_withdrawn_after_the_close, 2000),
    ],
)
async def test_what_an_order_costs_less_goes_back(shop: Shop, act: Act, goes_back: int) -> None:
    posted, order_id = await paid_ahead(shop)
    await act(shop, posted, order_id)
    assert await settle_due(shop) == 1

    facts = await money_of(shop, order_id)
    assert facts.refund_due_amount == goes_back
    assert lies_at_rest(facts)
    assert sum(refund.amount for refund in await refunds_of(shop, order_id)) == goes_back
    assert await settle_due(shop) == 0


async def test_what_fails_for_want_of_buyers_goes_back(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, minimum_quantity=5)
    await closes(shop, posted)
    assert await settle_due(shop) == 1
    [refund] = await refunds_of(shop, order_id)
    assert (refund.amount, refund.reason) == (2000, RefundReason.CANCELLED)
    assert await balances(shop, posted.pick.group_id) == {
        AccountKind.TRANSFER: 2000,
        AccountKind.REFUNDS: -2000,
    }


async def test_a_tier_that_is_reached_goes_back_and_is_charged(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, tiers={4: 900})
    await order_of(shop, posted, BEA, 2)
    await closes(shop, posted)
    assert await settle_due(shop) == 2
    assert (await money_of(shop, order_id)).refund_due_amount == 200
    assert await balance_of(shop, posted.pick.group_id, BEA, AccountKind.MEMBER) == 1800


async def test_the_last_close_of_an_offer_lowers_what_those_before_it_paid(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, tiers={4: 900}, stock=None)
    twin = await make_twin(shop, posted, group=await make_paid_group(shop))
    await closes(shop, posted)
    await settle_all(shop)
    async with shop.writing() as uow:
        await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    assert (await money_of(shop, order_id)).refund_due_amount == 0

    await order_of(shop, twin, BEA, 2)
    await closes(shop, twin)
    await settle_due(shop)
    facts = await money_of(shop, order_id)
    assert (facts.refund_due_amount, facts.order_state) == (200, OrderState.COMPLETED)
    assert lies_at_rest(facts)


async def test_who_agrees_to_a_higher_price_owes_the_rest(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    async with shop.writing() as uow:
        terms, asking = Terms(price_amount=1300), NewPriceFor.WHO_AGREES
        await change_price(uow, posted.id, terms, applies_to=asking, by_id=MEI_ID, now=shop.now())
    async with shop.writing() as uow:
        await answer_price(uow, order_id, ANN.id, accepts=True, now=shop.now())
    assert await settle_due(shop) == 1
    facts = await money_of(shop, order_id)
    assert reckon(facts).outstanding_amount == 600
    assert facts.payment_state is PaymentState.UNPAID


@pytest.mark.parametrize(("fallback", "goes_back"), [(TeamFallback.DROP, 800), (TeamFallback.SOLO, 0)])
async def test_a_team_that_does_not_fill_up_gives_back_or_costs_more(
    shop: Shop, clock: Clock, fallback: TeamFallback, goes_back: int
) -> None:
    posted = await make_pick(
        shop,
        group=await make_paid_group(shop),
        price_amount=SOLO,
        team_price_amount=TEAM,
        team_size=2,
        lasts=timedelta(days=3),
    )
    wish = TeamWish(update_id=next_update(), person=ANN, pick_id=posted.id)
    team = (await shop.join_team(wish)).team
    async with shop.writing() as uow:
        await choose_fallback(uow, team.id, ANN.id, fallback, now=shop.now())
        [entry] = (await uow.orders.load({(posted.id, ANN.id)})).values()
    await pays(shop, entry.id, ANN, TEAM)
    clock.advance(timedelta(hours=25))
    async with shop.writing() as uow:
        assert await expire_team(uow, team.id, now=shop.now())
    assert await settle_due(shop) == 1
    facts = await money_of(shop, entry.id)
    assert facts.refund_due_amount == goes_back
    assert reckon(facts).outstanding_amount == (0 if goes_back else SOLO - TEAM)
    assert lies_at_rest(facts)


async def test_who_takes_what_she_has_paid_into_a_team_gets_the_difference_back(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, 1, team_price_amount=TEAM, team_size=2, lasts=timedelta(days=3))
    await shop.join_team(TeamWish(update_id=next_update(), person=ANN, pick_id=posted.id))
    assert await settle_due(shop) == 1
    facts = await money_of(shop, order_id)
    assert (facts.lines_amount, facts.refund_due_amount) == (TEAM, SOLO - TEAM)
    assert lies_at_rest(facts)


async def test_handing_over_and_taking_back_moves_no_money(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    await closes(shop, posted)
    await settle_all(shop)
    before = await balances(shop, posted.pick.group_id)
    async with shop.writing() as uow:
        await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
        await settle_orders(uow, [order_id], now=shop.now())
    async with shop.writing() as uow:
        await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
        await settle_orders(uow, [order_id], now=shop.now())
    assert await balances(shop, posted.pick.group_id) == before
    assert (await money_of(shop, order_id)).order_state is OrderState.CONFIRMED


async def test_what_was_ordered_again_and_given_up_again_before_it_was_paid_is_no_riddle(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, 1)
    await cancels(shop, posted, order_id)
    await settle_all(shop)
    [refund] = await refunds_of(shop, order_id)
    async with shop.writing() as uow:
        refund.stage, refund.done_at = RefundStage.DONE, shop.now()
        await uow.refunds.save(refund)
        await settle_orders(uow, [order_id], now=shop.now())
    assert (await money_of(shop, order_id)).payment_state is PaymentState.REFUNDED

    await asks(shop, posted, Ask(action="change", items=((None, 1),)))
    await settle_all(shop)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.UNPAID
    await cancels(shop, posted, order_id)
    await settle_all(shop)
    facts = await money_of(shop, order_id)
    assert (facts.payment_state, facts.order_state) == (PaymentState.REFUNDED, OrderState.CANCELLED)


async def test_an_order_that_is_cancelled_is_charged_nothing_in_the_end(shop: Shop) -> None:
    posted = await make_pick(shop, group=await make_paid_group(shop), price_amount=SOLO)
    await order_of(shop, posted, ANN, 2)
    await closes(shop, posted)
    await settle_all(shop)
    assert (await balances(shop, posted.pick.group_id))[AccountKind.MEMBER] == 2000
    await withdraws(shop, posted)
    await settle_all(shop)
    assert await balances(shop, posted.pick.group_id) == {}


# What comes in


async def test_somebody_else_pays_too_much_and_gets_it_back(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, 1)
    await pays(shop, order_id, BEA, 1500)
    [refund] = await refunds_of(shop, order_id)
    assert (refund.person_id, refund.amount) == (BEA.id, 1500)
    assert await balance_of(shop, posted.pick.group_id, BEA, AccountKind.REFUNDS) == -1500
    assert await balance_of(shop, posted.pick.group_id, ANN, AccountKind.MEMBER) == -1000


async def test_parts_add_up(shop: Shop) -> None:
    posted = await make_pick(shop, group=await make_paid_group(shop), price_amount=SOLO)
    order_id = await order_of(shop, posted, ANN, 1)
    for amount, owes in ((300, 700), (500, 200), (200, 0)):
        await pays(shop, order_id, ANN, amount)
        assert reckon(await money_of(shop, order_id)).outstanding_amount == owes
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID


async def _begun(shop: Shop, for_order: int, /, **fields: Any) -> Payment:
    async with shop.writing() as uow:
        await uow.members.meet([ANN, BEA], now=shop.now())
        money = (await uow.payments.money([for_order]))[for_order]
        payment = {
            "group_id": money.group_id,
            "order_id": for_order,
            "person_id": ANN.id,
            "method": PaymentMethod.TRANSFER,
            "stage": PaymentStage.OPEN,
            "amount": 1000,
            "currency": "EUR",
            "created_at": shop.now(),
        }
        return await uow.payments.add(Payment(**{**payment, **fields}))


@pytest.mark.parametrize(
    "fields",
    [
        {"currency": "USD"},
        {"order_id": None},
        {"method": PaymentMethod.CREDIT, "person_id": BEA.id},
        {"group_id": None},
    ],
    ids=["another currency", "no order", "another's credit", "no group"],
)
async def test_what_does_not_fit_the_order_is_not_received(shop: Shop, fields: dict[str, Any]) -> None:
    posted = await make_pick(shop, group=await make_paid_group(shop), price_amount=SOLO)
    order_id = await order_of(shop, posted, ANN, 1)
    payment = await _begun(shop, order_id, **fields)
    with pytest.raises(CannotBeReceived):
        async with shop.writing() as uow:
            await receive(uow, await uow.payments.get(payment.id or 0, lock=True), now=shop.now())
    assert await rows_of(shop, LedgerTransaction) == []
    assert (await money_of(shop, order_id)).received_amount == 0


async def test_what_was_received_is_not_received_again(shop: Shop) -> None:
    _, order_id = await paid_ahead(shop, 1)
    [payment] = await rows_of(shop, Payment)
    with pytest.raises(StepUnknown):
        async with shop.writing() as uow:
            await receive(uow, await uow.payments.get(payment.id or 0, lock=True), now=shop.now())
    with pytest.raises(CannotBeReceived):
        async with shop.writing() as uow:
            await count_for(uow, payment, order_id, 1000, by_id=MEI_ID, now=shop.now())
    assert (await money_of(shop, order_id)).received_amount == 1000


# In review


async def test_nothing_moves_by_itself_while_somebody_looks_at_an_order(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    await in_review(shop, order_id)
    await pays(shop, order_id, ANN, 500)
    await closes(shop, posted)
    await settle_all(shop)
    facts = await money_of(shop, order_id)
    assert (facts.order_state, facts.received_amount) == (OrderState.NEEDS_REVIEW, 2500)
    assert facts.payment_state is PaymentState.REFUND_DUE
    assert await refunds_of(shop, order_id) == []
    assert AccountKind.SALES not in await balances(shop, posted.pick.group_id)


@pytest.mark.parametrize("ask", [Ask(action="cancel"), Ask(action="change", items=((None, 1),))])
async def test_a_member_waits_while_somebody_looks_at_her_order(shop: Shop, ask: Ask) -> None:
    posted, order_id = await paid_ahead(shop)
    await in_review(shop, order_id)
    with pytest.raises(OrderInReview):
        await asks(shop, posted, ask)
    assert (await money_of(shop, order_id)).lines_amount == 2000


async def test_what_is_in_review_is_neither_handed_over_nor_taken_back(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    await closes(shop, posted)
    await in_review(shop, order_id)
    with pytest.raises(OrderInReview):
        async with shop.writing() as uow:
            await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    await becomes(shop, order_id, state=OrderState.CONFIRMED)
    async with shop.writing() as uow:
        await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    await in_review(shop, order_id, "again")
    with pytest.raises(OrderInReview):
        async with shop.writing() as uow:
            await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
    assert (await money_of(shop, order_id)).order_state is OrderState.NEEDS_REVIEW


async def test_with_its_pick_an_order_in_review_loses_its_goods_and_waits(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    await order_of(shop, posted, BEA, 3)
    await in_review(shop, order_id)
    await withdraws(shop, posted)
    await settle_all(shop)
    facts = await money_of(shop, order_id)
    assert (facts.order_state, facts.lines_amount) == (OrderState.NEEDS_REVIEW, 0)
    assert facts.refund_due_amount == 0
    async with shop.reading() as uow:
        after = await uow.picks.get(posted.id)
    assert (after.pick.order_count, after.pick.quantity, after.variants[0].sold) == (0, 0, 0)
    # She held nothing any more, so there is nothing to be given up once more.
    async with shop.writing() as uow:
        assert await uow.orders.cancel_all(posted.id, by_id=None, now=shop.now()) == []


# What cannot be true


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"fulfilment_state": FulfilmentState.HANDED_OVER}, "goods_elsewhere"),
        ({"state": OrderState.CANCELLED}, "cancelled_with_lines"),
    ],
)
async def test_what_cannot_be_true_waits_for_a_person_with_the_facts(
    shop: Shop, values: dict[str, Any], found: str
) -> None:
    _, order_id = await paid_ahead(shop)
    await becomes(shop, order_id, **values)
    for _ in range(2):
        async with shop.writing() as uow:
            await settle_orders(uow, [order_id], now=shop.now())
    [discrepancy] = await rows_of(shop, Discrepancy)
    assert discrepancy.kind is DiscrepancyKind.STATES_DISAGREE
    assert discrepancy.facts == {
        "found": [found],
        "lines": 2000,
        "received": 2000,
        "refunded": 0,
        "refund_due": 0,
        "currency": "EUR",
    }
    facts = await money_of(shop, order_id)
    assert (facts.order_state, facts.refund_due_amount) == (OrderState.NEEDS_REVIEW, 0)
    events = [event.kind for event in await rows_of(shop, OrderEvent)]
    assert events.count(OrderEventKind.REVIEW_OPENED) == 1


async def test_more_given_back_than_was_paid_waits_for_a_person(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, 1)
    await gives_back_by_hand(shop, posted, order_id, None, 1001)
    async with shop.writing() as uow:
        await settle_orders(uow, [order_id], now=shop.now())
    [discrepancy] = await rows_of(shop, Discrepancy)
    assert discrepancy.facts["found"] == ["given_back_too_much"]


async def test_what_one_payment_gave_back_too_much_is_made_up_by_the_others(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop, 1)
    await pays(shop, order_id, ANN, 1000)
    [twice] = await refunds_of(shop, order_id)
    await gives_back_by_hand(shop, posted, order_id, twice.payment_id, 300)
    await withdraws(shop, posted)
    await settle_all(shop)
    facts = await money_of(shop, order_id)
    assert (facts.received_amount, facts.refund_due_amount) == (2000, 2000)
    assert facts.order_state is OrderState.CANCELLED


async def gives_back_by_hand(
    shop: Shop, posted: PostedPick, order_id: int, payment_id: int | None, amount: int
) -> None:
    """Somebody writes a refund into the database past everything that would have refused it."""
    async with shop.writing() as uow:
        connection = await uow.refunds._session.connection()
        await connection.execute(
            insert(table(Refund)).values(
                group_id=posted.pick.group_id,
                order_id=order_id,
                payment_id=payment_id,
                person_id=ANN.id,
                method=PaymentMethod.TRANSFER,
                stage=RefundStage.DUE,
                reason=RefundReason.OVERPAID,
                amount=amount,
                currency="EUR",
                note="",
                created_at=shop.now(),
            )
        )


async def test_the_curator_is_told_once_for_all_that_gathers(shop: Shop) -> None:
    group = await make_paid_group(shop)
    posted = await make_pick(shop, group=group, price_amount=SOLO)
    for person in (ANN, BEA):
        order_id = await order_of(shop, posted, person, 1)
        await becomes(shop, order_id, fulfilment_state=FulfilmentState.RETURNED)
        async with shop.writing() as uow:
            await settle_orders(uow, [order_id], now=shop.now())
    async with shop.reading() as uow:
        waiting = await uow.outbox.list_due(now=shop.now() + timedelta(minutes=5), limit=50)
    assert [row.kind for row in waiting].count(OutboxKind.DISCREPANCY) == 1


# Several at once, and falls


async def costs(uow: UnitOfWork, order_id: int, unit_amount: int) -> None:
    """Another price, without the event that would lock the order beside it."""
    line = table(OrderLine)
    other = update(line).where(line.c.order_id == order_id).values(unit_amount=unit_amount)
    await (await uow.orders._session.connection()).execute(other)


async def got_as_far_as_it_can(shop: Shop, task: asyncio.Task[int]) -> None:
    """Wait until a task is done or waits for somebody's lock; on SQLite it cannot even have begun."""
    if shop.database.is_sqlite:
        return
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not task.done():
        async with shop.database.read.connect() as connection:
            if (await connection.execute(waits)).scalar_one():
                return


async def test_a_change_while_somebody_reckons_is_reckoned_once_more(shop: Shop) -> None:
    """The change has begun and is not committed as the reckoning begins."""
    _, order_id = await paid_ahead(shop)
    async with shop.writing() as uow:
        await uow.payments.settle_later([order_id], now=shop.now())
    changing, may_end = asyncio.Event(), asyncio.Event()

    async def change() -> None:
        async with shop.writing() as uow:
            await costs(uow, order_id, 600)
            await uow.payments.settle_later([order_id], now=shop.now())
            changing.set()
            await may_end.wait()

    under_way = asyncio.create_task(change())
    await changing.wait()
    reckoning = asyncio.create_task(settle_due(shop))
    await got_as_far_as_it_can(shop, reckoning)
    may_end.set()
    await asyncio.gather(under_way, reckoning)
    await settle_due(shop)
    facts = await money_of(shop, order_id)
    assert facts.refund_due_amount == 800
    assert lies_at_rest(facts)


async def test_what_is_asked_while_somebody_reckons_is_not_taken_off_the_list(shop: Shop) -> None:
    """The reckoning has read the order and is not committed as the change comes."""
    _, order_id = await paid_ahead(shop)
    async with shop.writing() as uow:
        await uow.payments.settle_later([order_id], now=shop.now())

    async def change() -> None:
        async with shop.writing() as uow:
            await costs(uow, order_id, 600)
            await uow.payments.settle_later([order_id], now=shop.now())

    async with shop.writing() as uow:
        await settle_orders(uow, [order_id], now=shop.now())
        under_way = asyncio.create_task(change())
        await uow.payments.money([order_id])
    await under_way
    async with shop.reading() as uow:
        assert await uow.payments.list_to_settle(limit=10) == [order_id]


async def test_the_sweep_waits_for_nobody(shop: Shop) -> None:
    if shop.database.is_sqlite:
        pytest.skip("there is one writer, for whom everybody waits")
    posted, order_id = await paid_ahead(shop)
    other_id = await order_of(shop, posted, BEA, 1)
    await withdraws(shop, posted)
    async with shop.writing() as uow:
        await uow.payments.lock([order_id])
        assert await settle_due(shop) == 1
    async with shop.reading() as uow:
        assert await uow.payments.list_to_settle(limit=10) == [order_id]
    assert await settle_due(shop) == 1
    assert (await money_of(shop, other_id)).order_state is OrderState.CANCELLED


async def test_many_reckonings_at_once_give_back_once(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    other_id = await order_of(shop, posted, BEA, 1)
    await pays(shop, other_id, BEA, 1000)
    await withdraws(shop, posted)

    async def reckons(*order_ids: int) -> None:
        async with shop.writing() as uow:
            await settle_orders(uow, order_ids, now=shop.now())

    await asyncio.gather(
        *(reckons(order_id, other_id) for _ in range(4)),
        *(reckons(other_id, order_id) for _ in range(4)),
        *(settle_due(shop) for _ in range(4)),
    )
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2000]
    assert [refund.amount for refund in await refunds_of(shop, other_id)] == [1000]


async def test_paying_amending_and_reckoning_at_once_add_up(shop: Shop) -> None:
    posted = await make_pick(shop, group=await make_paid_group(shop), price_amount=SOLO, stock=None)
    people = [make_person(f"Buyer {number}") for number in range(4)]
    keys = [await order_of(shop, posted, person, 2) for person in people]

    async def lives(person: Seen, order_id: int) -> None:
        await pays(shop, order_id, person, 2000)
        await asks(shop, posted, Ask(action="change", items=((None, -1),)), person)
        await settle_due(shop)
        await pays(shop, order_id, person, 300)

    await asyncio.gather(*(lives(*one) for one in zip(people, keys, strict=True)), settle_due(shop))
    await closes(shop, posted)
    await settle_due(shop)
    for order_id in keys:
        facts = await money_of(shop, order_id)
        assert (facts.received_amount, facts.refund_due_amount) == (2300, 1300)
        assert facts.payment_state is PaymentState.REFUND_DUE
    assert await balances(shop, posted.pick.group_id) == {
        AccountKind.TRANSFER: 4 * 2300,
        AccountKind.SALES: -4 * 1000,
        AccountKind.REFUNDS: -4 * 1300,
    }


async def test_a_fall_between_any_two_steps_of_a_reckoning_loses_nothing(shop: Shop) -> None:
    posted, order_id = await paid_ahead(shop)
    await pays(shop, order_id, BEA, 700)
    await closes(shop, posted)
    await settle_all(shop)
    await withdraws(shop, posted)
    before = await balances(shop, posted.pick.group_id)

    falls = 0
    while True:
        with falling(shop, after=falls) as sent:
            try:
                async with shop.writing() as uow:
                    await settle_orders(uow, [order_id], now=shop.now())
            except Fallen:
                falls += 1
            else:
                break
        assert len(sent) == falls - 1
        assert await balances(shop, posted.pick.group_id) == before
        async with shop.reading() as uow:
            assert await uow.payments.list_to_settle(limit=10) == [order_id]
    assert falls > 10
    facts = await money_of(shop, order_id)
    assert facts.refund_due_amount == facts.received_amount == 2700
    assert len(await refunds_of(shop, order_id)) == 2


async def test_a_fall_between_any_two_steps_of_receiving_writes_nothing(shop: Shop) -> None:
    posted = await make_pick(shop, group=await make_paid_group(shop), price_amount=SOLO)
    order_id = await order_of(shop, posted, ANN, 1)
    payment = await _begun(shop, order_id, amount=1200)
    falls = 0
    while True:
        with falling(shop, after=falls):
            try:
                async with shop.writing() as uow:
                    await uow.payments.lock([order_id])
                    await receive(uow, await uow.payments.get(payment.id or 0, lock=True), now=shop.now())
            except Fallen:
                falls += 1
            else:
                break
        assert await balances(shop, posted.pick.group_id) == {}
        [stored] = await rows_of(shop, Payment)
        assert (stored.stage, stored.receipt_number) == (PaymentStage.OPEN, None)
    assert falls > 10
    [stored] = await rows_of(shop, Payment)
    assert stored.receipt_number == 1
    assert (await money_of(shop, order_id)).refund_due_amount == 200


async def test_an_order_that_cannot_be_reckoned_lets_the_others_pass(shop: Shop, clock: Clock) -> None:
    posted, order_id = await paid_ahead(shop)
    other_id = await order_of(shop, posted, BEA, 1)
    async with shop.writing() as uow:
        await uow.payments.settle_later([order_id], now=shop.now())
        await uow.payments.settle_later([other_id], now=clock.advance(timedelta(seconds=1)))

    def torn(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "DELETE FROM settlement" in statement and order_id in tuple(parameters):
            raise Fallen

    database = shop.database
    engine = (database.writer.engine if database.writer else database.write).sync_engine
    clock.advance(timedelta(seconds=1))
    event.listen(engine, "before_cursor_execute", torn)
    try:
        assert await settle_due(shop) == 1
        clock.advance(timedelta(hours=1))
        assert await settle_due(shop) == 0
    finally:
        event.remove(engine, "before_cursor_execute", torn)
    async with shop.reading() as uow:
        assert await uow.payments.list_to_settle(limit=10) == [order_id]
        late = (await audit_books(uow, now=shop.now())).says
    assert f"order {order_id} still waits to be reckoned anew: look for order_not_settled" in late
