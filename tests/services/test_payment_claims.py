"""Claims and cash against the database: slips, changes of mind, and two people at the same moment."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import timedelta

import pytest

from bot.errors import ButtonOutdated, ShopError
from bot.payment_errors import (
    ClaimConfirmed,
    ClaimDeclined,
    ClaimOutdated,
    NothingToPay,
    NotToBePaidYet,
    OrderOfSomebodyElse,
    PaymentInReview,
    PaymentNotUndoable,
    WayClosed,
)
from bot.services.closing import close_pick
from bot.services.payments.bills import bill_of, owed_by, owed_of
from bot.services.payments.claims import (
    Proof,
    claim_paid,
    confirm_claim,
    decline_claim,
    receive_cash,
    undo_payment,
    withdraw_claim,
)
from bot.services.payments.requests import Asked, ask_to_pay, unpaid_for
from bot.services.payments.settlements import settle_orders
from bot.services.payments.ways import describe_way, pay_when, switch_way
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Payment
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PaysWhen,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person, make_pick
from tests.services.money import balances, make_paid_group, money_of, order_of, pays, refunds_of, settle_all

ANN = make_person("Ann")


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    group = await make_paid_group(shop, PaymentMethod.CASH, PaymentMethod.TRANSFER)
    return await make_pick(shop, group=group, price_amount=1000)


@pytest.fixture
async def order_id(shop: Shop, posted: PostedPick) -> int:
    """Ann owes 20.00 for two."""
    key = await order_of(shop, posted, ANN, 2)
    await closes(shop, posted)
    return key


async def closes(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)


async def claims(shop: Shop, order_id: int, *, note: str = "") -> int:
    async with shop.writing() as uow:
        proof = Proof(note=note)
        payment = await claim_paid(uow, order_id, proof, person_id=ANN.id, now=shop.now())
    return payment.id or 0


async def confirms(shop: Shop, payment_id: int, *, amount: int | None = None) -> Payment:
    async with shop.writing() as uow:
        return await confirm_claim(uow, payment_id, amount=amount, by_id=MEI_ID, now=shop.now())


async def takes_cash(shop: Shop, order_id: int, amount: int) -> Payment:
    async with shop.writing() as uow:
        return await receive_cash(uow, order_id, amount, by_id=MEI_ID, now=shop.now())


async def undoes(shop: Shop, payment_id: int) -> None:
    async with shop.writing() as uow:
        await undo_payment(uow, payment_id, by_id=MEI_ID, now=shop.now())


async def stages(shop: Shop, order_id: int) -> list[PaymentStage]:
    async with shop.reading() as uow:
        return [payment.stage for payment in await uow.payments.list_of_order(order_id)]


async def outcomes(*deeds: Awaitable[object]) -> Sequence[object]:
    """All at once; a refusal is an outcome, anything else fails."""
    found = await asyncio.gather(*deeds, return_exceptions=True)
    for outcome in found:
        if isinstance(outcome, BaseException) and not isinstance(outcome, ShopError):
            raise outcome
    return found


async def test_a_claim_is_no_money_yet(shop: Shop, posted: PostedPick, order_id: int) -> None:
    before = await balances(shop, posted.pick.group_id)
    await claims(shop, order_id)
    await settle_all(shop)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.CLAIMED
    assert await balances(shop, posted.pick.group_id) == before


async def test_a_confirmed_claim_is_paid(shop: Shop, posted: PostedPick, order_id: int) -> None:
    await confirms(shop, await claims(shop, order_id))
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID
    assert await balances(shop, posted.pick.group_id) == {
        AccountKind.SALES: -2000,
        AccountKind.TRANSFER: 2000,
    }


async def test_two_curators_confirm_one_payment_at_the_same_moment(shop: Shop, order_id: int) -> None:
    payment_id = await claims(shop, order_id)
    found = await outcomes(*(confirms(shop, payment_id) for _ in range(6)))
    assert sum(isinstance(outcome, Payment) for outcome in found) == 1
    assert sum(isinstance(outcome, ClaimConfirmed) for outcome in found) == 5
    assert (await money_of(shop, order_id)).received_amount == 2000


async def test_cash_is_taken_once_whoever_ticks_it_off(shop: Shop, order_id: int) -> None:
    found = await outcomes(*(takes_cash(shop, order_id, 2000) for _ in range(6)))
    assert sum(isinstance(outcome, Payment) for outcome in found) == 1
    assert sum(isinstance(outcome, NothingToPay) for outcome in found) == 5


async def test_a_member_claims_many_times_at_once_and_one_claim_stands(shop: Shop, order_id: int) -> None:
    await outcomes(*(claims(shop, order_id) for _ in range(5)))
    assert sorted(await stages(shop, order_id)) == [PaymentStage.CLAIMED] + [PaymentStage.LAPSED] * 4


async def test_she_takes_it_back_while_it_is_confirmed(shop: Shop, order_id: int) -> None:
    payment_id = await claims(shop, order_id)

    async def takes_back() -> None:
        async with shop.writing() as uow:
            await withdraw_claim(uow, order_id, person_id=ANN.id, now=shop.now())

    found = await outcomes(takes_back(), confirms(shop, payment_id))
    assert sum(isinstance(outcome, ClaimOutdated) for outcome in found) == 1
    [stage] = await stages(shop, order_id)
    assert stage in (PaymentStage.LAPSED, PaymentStage.RECEIVED)


async def test_what_was_decided_is_not_decided_again(shop: Shop, order_id: int) -> None:
    payment_id = await claims(shop, order_id)
    async with shop.writing() as uow:
        await decline_claim(uow, payment_id, "absent", by_id=MEI_ID, now=shop.now())
    with pytest.raises(ClaimDeclined) as declined:
        await confirms(shop, payment_id)
    assert declined.value.name == "Mei"
    assert (await money_of(shop, order_id)).payment_state is PaymentState.UNPAID


async def test_money_for_a_withdrawn_pick_goes_back_though_it_was_confirmed_late(
    shop: Shop, posted: PostedPick, order_id: int
) -> None:
    payment_id = await claims(shop, order_id)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=MEI_ID, now=shop.now())
    await settle_all(shop)
    await confirms(shop, payment_id)
    [refund] = await refunds_of(shop, order_id)
    assert refund.amount == 2000


async def test_what_came_too_much_goes_back_and_what_came_too_little_stays_owed(
    shop: Shop, order_id: int
) -> None:
    await confirms(shop, await claims(shop, order_id), amount=1500)
    async with shop.reading() as uow:
        assert {key: due.amount for key, due in (await owed_of(uow, [order_id])).items()} == {order_id: 500}
    await confirms(shop, await claims(shop, order_id), amount=900)
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [400]


async def test_a_slip_is_corrected_by_a_further_transaction(
    shop: Shop, posted: PostedPick, order_id: int
) -> None:
    before = await balances(shop, posted.pick.group_id)
    await undoes(shop, (await takes_cash(shop, order_id, 2000)).id or 0)
    assert {kind: due for kind, due in (await balances(shop, posted.pick.group_id)).items() if due} == before
    assert await stages(shop, order_id) == [PaymentStage.DECLINED]
    payment_id = await claims(shop, order_id)
    await confirms(shop, payment_id)
    await undoes(shop, payment_id)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.CLAIMED
    with pytest.raises(PaymentNotUndoable):
        await undoes(shop, payment_id)
    async with shop.reading() as uow:
        receipts = [payment.receipt_number for payment in await uow.payments.list_of_order(order_id)]
    assert receipts == [1, 2, None], "a void receipt keeps its number"


async def test_what_has_gone_back_or_came_by_itself_is_not_undone(shop: Shop, order_id: int) -> None:
    first = await pays(shop, order_id, ANN, 2000, method=PaymentMethod.CARD)
    with pytest.raises(PaymentNotUndoable):
        await undoes(shop, first)
    second = await pays(shop, order_id, ANN, 500)
    assert [refund.payment_id for refund in await refunds_of(shop, order_id)] == [second]
    with pytest.raises(PaymentNotUndoable):
        await undoes(shop, second)
    with pytest.raises(ButtonOutdated):
        await undoes(shop, 10**9)


async def test_who_may_pay_what_and_when(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 2)

    async def bill(person: Seen = ANN, method: PaymentMethod = PaymentMethod.TRANSFER) -> int:
        async with shop.reading() as uow:
            return (await bill_of(uow, order_id, person_id=person.id, method=method)).amount

    with pytest.raises(NotToBePaidYet):
        await bill()
    async with shop.writing() as uow:
        await pay_when(uow, posted.pick.group_id, PaysWhen.NOW, by_id=MEI_ID, now=shop.now())
    assert await bill() == 2000
    with pytest.raises(WayClosed):
        await bill(method=PaymentMethod.CASH)
    with pytest.raises(WayClosed):
        await bill(method=PaymentMethod.STARS)
    with pytest.raises(OrderOfSomebodyElse):
        await bill(make_person("Ben"))
    await closes(shop, posted)
    await pays(shop, order_id, ANN, 2000)
    with pytest.raises(NothingToPay):
        await bill()
    async with shop.writing() as uow:
        await uow.orders.set_states({order_id: OrderState.NEEDS_REVIEW})
    with pytest.raises(PaymentInReview):
        await bill()


async def test_everybody_is_asked_once_a_day_though_two_ask(
    shop: Shop, posted: PostedPick, order_id: int, clock: Clock
) -> None:
    async def asks() -> Asked:
        async with shop.writing() as uow:
            return await ask_to_pay(uow, posted, by_id=MEI_ID, now=shop.now())

    asked = await asyncio.gather(asks(), asks(), asks())
    assert sorted(each.orders for each in asked) == [0, 0, 1]
    await claims(shop, order_id)
    clock.advance(timedelta(days=2))
    assert (await asks()).orders == 0, "who says that she has paid is not asked"


async def test_what_closed_before_money_was_kept_is_nobody_s_debt(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    group_id = group.id or 0
    before, after = [await make_pick(shop, group=group, price_amount=1000) for _ in range(2)]
    for posted in (before, after):
        await order_of(shop, posted, ANN, 1)
    await closes(shop, before)
    clock.advance(timedelta(seconds=1))
    async with shop.writing() as uow:
        await describe_way(
            uow, group_id, PaymentMethod.TRANSFER, "IBAN", switch_on=True, by_id=MEI_ID, now=shop.now()
        )
    await closes(shop, after)
    async with shop.reading() as uow:
        assert [bill.order.pick_id for bill in await owed_by(uow, ANN.id)] == [after.id]
        assert [each.posted.id for each in await unpaid_for(uow, MEI_ID)] == [after.id]
    async with shop.writing() as uow:
        keys = [order.order_id for order in await uow.orders.list_own(ANN.id, limit=5, offset=0)]
        await settle_orders(uow, keys, now=shop.now())
    assert (await balances(shop, group_id))[AccountKind.SALES] == -1000
    async with shop.writing() as uow:
        for on in (False, True):
            await switch_way(
                uow,
                group_id,
                PaymentMethod.TRANSFER,
                on=on,
                has_provider=False,
                by_id=MEI_ID,
                now=shop.now(),
            )
    async with shop.reading() as uow:
        assert len(await owed_by(uow, ANN.id)) == 1, "switching off and on forgets no debt"
