"""Giving back: ticked off once, undone cleanly, kept as credit, and never more than is left."""

import asyncio

import pytest

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.payment_errors import (
    CreditSwitchedOff,
    GivenBackAlready,
    GoesBackByItself,
    KeptAsCredit,
    NotGivenBackYet,
    NothingLeftToGiveBack,
    NothingWasPaid,
    RefundInReview,
    RefundTooLarge,
)
from bot.services.closing import close_pick
from bot.services.payments.refunds import give_goodwill, keep_as_credit, tick_off, undo
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Group, LedgerTransaction, OutboxEntry, PaymentWay, Refund
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PaymentState,
    RefundReason,
    RefundStage,
    TransactionKind,
)
from tests.factories import MEI_ID, make_person, make_pick
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

BEA = make_person("Bea")


@pytest.fixture
async def group(shop: Shop) -> Group:
    group = await make_paid_group(shop)
    async with shop.writing() as uow:
        await uow.members.meet([BEA], now=shop.now())
    return group


@pytest.fixture
async def posted(shop: Shop, group: Group) -> PostedPick:
    return await make_pick(shop, group=group, price_amount=1000)


@pytest.fixture
def ann() -> Seen:
    return make_person("Ann")


@pytest.fixture
async def order_id(shop: Shop, posted: PostedPick, ann: Seen) -> int:
    """Ann has paid 20 euros for two jars."""
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 2000)
    return order_id


async def withdrawn(shop: Shop, posted: PostedPick, order_id: int) -> Refund:
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
    await settle_all(shop)
    [refund] = await refunds_of(shop, order_id)
    return refund


async def ticks_off(shop: Shop, refund: Refund, *, by: int = MEI_ID, note: str = "") -> None:
    async with shop.writing() as uow:
        await tick_off(uow, refund.id or 0, by_id=by, note=note, now=shop.now())


async def gives(shop: Shop, order_id: int, amount: int | None, reason: str = "broken jar") -> None:
    async with shop.writing() as uow:
        await give_goodwill(uow, order_id, amount, reason=reason, by_id=MEI_ID, now=shop.now())


async def test_what_was_given_back_is_ticked_off(
    shop: Shop, group: Group, posted: PostedPick, order_id: int
) -> None:
    refund = await withdrawn(shop, posted, order_id)
    await ticks_off(shop, refund, note="on Sunday")

    [done] = await refunds_of(shop, order_id)
    assert (done.stage, done.done_by_id) == (RefundStage.DONE, MEI_ID)
    assert await balances(shop, group.id) == {}
    assert (await money_of(shop, order_id)).payment_state is PaymentState.REFUNDED
    transactions = await rows_of(shop, LedgerTransaction)
    assert (transactions[-1].kind, transactions[-1].note) == (TransactionKind.REFUND, "on Sunday")
    async with shop.reading() as uow:
        assert await uow.refunds.list_owed(group.id or 0) == []
        [act] = [
            act for act in await uow.audit.list_newest(group.id or 0, limit=9) if act.action.startswith("ref")
        ]
    assert (act.action, act.name, act.details["note"]) == ("refund_ticked_off", "Mei", "on Sunday")


async def test_the_second_of_two_phones_hears_who_was_first(
    shop: Shop, posted: PostedPick, order_id: int
) -> None:
    refund = await withdrawn(shop, posted, order_id)
    told = await asyncio.gather(
        ticks_off(shop, refund, by=MEI_ID), ticks_off(shop, refund, by=BEA.id), return_exceptions=True
    )

    [refused] = [error for error in told if error is not None]
    assert isinstance(refused, GivenBackAlready)
    [done] = await refunds_of(shop, order_id)
    assert refused.name == {MEI_ID: "Mei", BEA.id: "Bea"}[done.done_by_id or 0]
    kinds = [row.kind for row in await rows_of(shop, LedgerTransaction)]
    assert kinds.count(TransactionKind.REFUND) == 1


async def test_a_tick_by_mistake_is_undone_by_a_correction(
    shop: Shop, group: Group, posted: PostedPick, order_id: int
) -> None:
    refund = await withdrawn(shop, posted, order_id)
    before = await balances(shop, group.id)
    await ticks_off(shop, refund)
    async with shop.writing() as uow:
        await undo(uow, refund.id or 0, by_id=MEI_ID, now=shop.now())

    assert await balances(shop, group.id) == before
    [open_again] = await refunds_of(shop, order_id)
    assert (open_again.stage, open_again.done_at, open_again.done_by_id) == (RefundStage.DUE, None, None)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.REFUND_DUE
    with pytest.raises(NotGivenBackYet):
        async with shop.writing() as uow:
            await undo(uow, refund.id or 0, by_id=MEI_ID, now=shop.now())
    await ticks_off(shop, refund)
    assert await balances(shop, group.id) == {}


async def test_a_member_keeps_it_as_credit(
    shop: Shop, group: Group, posted: PostedPick, order_id: int, ann: Seen
) -> None:
    refund = await withdrawn(shop, posted, order_id)
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await keep_as_credit(uow, refund.id or 0, person_id=BEA.id, now=shop.now())
    async with shop.writing() as uow:
        await keep_as_credit(uow, refund.id or 0, person_id=ann.id, now=shop.now())

    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -2000
    assert (await money_of(shop, order_id)).payment_state is PaymentState.REFUNDED
    with pytest.raises(KeptAsCredit):
        await ticks_off(shop, refund)
    with pytest.raises(GoesBackByItself):
        async with shop.writing() as uow:
            await undo(uow, refund.id or 0, by_id=MEI_ID, now=shop.now())


async def test_nobody_keeps_credit_in_a_group_that_takes_none(
    shop: Shop, group: Group, posted: PostedPick, order_id: int, ann: Seen
) -> None:
    refund = await withdrawn(shop, posted, order_id)
    async with shop.writing() as uow:
        way = PaymentWay(group_id=group.id or 0, method=PaymentMethod.CREDIT, is_active=False)
        await uow.payments.save_way(way)
    with pytest.raises(CreditSwitchedOff):
        async with shop.writing() as uow:
            await keep_as_credit(uow, refund.id or 0, person_id=ann.id, now=shop.now())


async def test_a_tick_and_a_keep_at_once_give_it_back_once(
    shop: Shop, group: Group, posted: PostedPick, order_id: int, ann: Seen
) -> None:
    refund = await withdrawn(shop, posted, order_id)

    async def keeps() -> None:
        async with shop.writing() as uow:
            await keep_as_credit(uow, refund.id or 0, person_id=ann.id, now=shop.now())

    told = await asyncio.gather(keeps(), ticks_off(shop, refund), return_exceptions=True)
    [refused] = [error for error in told if error is not None]
    assert isinstance(refused, GivenBackAlready | KeptAsCredit)
    assert await balance_of(shop, group.id, ann, AccountKind.REFUNDS) == 0


async def test_good_will_makes_an_order_cheaper_by_what_goes_back(
    shop: Shop, group: Group, posted: PostedPick, order_id: int
) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)
    await gives(shop, order_id, 300)

    [refund] = await refunds_of(shop, order_id)
    assert (refund.amount, refund.reason, refund.note) == (300, RefundReason.GOODWILL, "broken jar")
    assert await balances(shop, group.id) == {
        AccountKind.SALES: -1700,
        AccountKind.TRANSFER: 2000,
        AccountKind.REFUNDS: -300,
    }
    await ticks_off(shop, refund)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID
    assert await balances(shop, group.id) == {AccountKind.SALES: -1700, AccountKind.TRANSFER: 1700}


async def test_parts_never_add_up_to_more_than_was_paid(shop: Shop, order_id: int) -> None:
    await gives(shop, order_id, 1500)
    with pytest.raises(RefundTooLarge) as refused:
        await gives(shop, order_id, 501)
    assert refused.value.most == Money(amount=500, currency="EUR")
    [first] = await refunds_of(shop, order_id)
    await ticks_off(shop, first)
    with pytest.raises(RefundTooLarge):
        await gives(shop, order_id, 501)
    await gives(shop, order_id, 500)
    with pytest.raises(NothingLeftToGiveBack):
        await gives(shop, order_id, 1)


async def test_without_an_amount_everything_goes_back(shop: Shop, order_id: int) -> None:
    await gives(shop, order_id, 200)
    await gives(shop, order_id, None)
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [200, 1800]
    money = await money_of(shop, order_id)
    assert (money.refund_due_amount, money.goodwill_amount) == (2000, 2000)


async def test_parts_at_once_from_two_phones_give_back_no_more_than_there_is(
    shop: Shop, order_id: int
) -> None:
    told = await asyncio.gather(*(gives(shop, order_id, 700) for _ in range(5)), return_exceptions=True)
    assert sum(error is None for error in told) == 2
    assert sum(refund.amount for refund in await refunds_of(shop, order_id)) == 1400


async def test_nothing_paid_nothing_back(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, make_person("Lin"))
    with pytest.raises(NothingWasPaid):
        await gives(shop, order_id, None)
    with pytest.raises(ButtonOutdated):
        await gives(shop, 424242, None)


async def test_an_order_in_review_is_left_to_a_decision(shop: Shop, order_id: int) -> None:
    async with shop.writing() as uow:
        await uow.orders.set_states({order_id: OrderState.NEEDS_REVIEW})
    with pytest.raises(RefundInReview):
        await gives(shop, order_id, 100)


async def test_what_came_as_credit_goes_back_there_at_once(
    shop: Shop, group: Group, posted: PostedPick, ann: Seen
) -> None:
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 1500)
    await pays(shop, order_id, ann, 500, method=PaymentMethod.CREDIT)
    await gives(shop, order_id, 800)

    newest, older = sorted(await refunds_of(shop, order_id), key=lambda refund: refund.amount, reverse=True)
    assert (newest.method, newest.amount, newest.stage) == (PaymentMethod.CREDIT, 500, RefundStage.DONE)
    assert (older.method, older.amount, older.stage) == (PaymentMethod.TRANSFER, 300, RefundStage.DUE)
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == 0


async def test_stars_go_back_whole_by_telegram_and_in_part_by_hand(
    shop: Shop, posted: PostedPick, ann: Seen
) -> None:
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 2000, method=PaymentMethod.STARS, stars=1600)
    await gives(shop, order_id, 500)
    [part] = await refunds_of(shop, order_id)
    assert part.method is PaymentMethod.TRANSFER
    await ticks_off(shop, part)

    ben = make_person("Ben")
    his = await order_of(shop, posted, ben)
    await pays(shop, his, ben, 1000, method=PaymentMethod.STARS, stars=800)
    await gives(shop, his, None)
    [whole] = await refunds_of(shop, his)
    assert whole.method is PaymentMethod.STARS
    assert OutboxKind.STAR_REFUND in {row.kind for row in await rows_of(shop, OutboxEntry)}
    with pytest.raises(GoesBackByItself):
        await ticks_off(shop, whole)
    with pytest.raises(GoesBackByItself):
        async with shop.writing() as uow:
            await keep_as_credit(uow, whole.id or 0, person_id=ben.id, now=shop.now())


async def test_who_paid_for_somebody_else_gets_it_back(
    shop: Shop, group: Group, posted: PostedPick, ann: Seen
) -> None:
    order_id = await order_of(shop, posted, ann)
    ben = make_person("Ben")
    await pays(shop, order_id, ben, 1000)
    await gives(shop, order_id, None)
    [refund] = await refunds_of(shop, order_id)
    assert refund.person_id == ben.id
    assert await balance_of(shop, group.id, ben, AccountKind.REFUNDS) == -1000
    await ticks_off(shop, refund)
    assert await balances(shop, group.id) == {}


async def test_a_curator_hears_once_of_all_that_a_withdrawn_pick_owes(
    shop: Shop, group: Group, posted: PostedPick
) -> None:
    for name in ("Ann", "Ben", "Lin"):
        person = make_person(name)
        order_id = await order_of(shop, posted, person)
        await pays(shop, order_id, person, 1000)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
    await settle_all(shop)

    owed = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.REFUNDS_OWED]
    assert len(owed) == 1
    async with shop.reading() as uow:
        [sums] = await uow.refunds.list_by_pick(group.id or 0)
        assert (sums.refunds, sums.open, sums.open_amount) == (3, 3, 3000)
        assert await uow.refunds.count_owed(group.id or 0) == {"EUR": (3, 3000)}
        assert await uow.refunds.count_owed(group.id or 0, curator_id=BEA.id) == {}
        names = [refund.name for refund in await uow.refunds.list_owed(group.id or 0, curator_id=MEI_ID)]
    assert names == ["Ann", "Ben", "Lin"]
