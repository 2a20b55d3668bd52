"""Paying at once: what is held for whom, what lapses, and what comes back when money arrives late."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.holds import lapse_due
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.orders.requests import OrderPlaced
from bot.services.payments.claims import Proof, claim_paid, confirm_claim, decline_claim, withdraw_claim
from bot.services.payments.ways import pay_pick_when
from bot.services.recalls import ByHand, stop_by_hand
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import (
    Discrepancy,
    Group,
    Hold,
    Order,
    OrderEvent,
    OrderLine,
    OutboxEntry,
    Payment,
    Pick,
    Variant,
)
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    DiscrepancyKind,
    OrderEventKind,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PaysWhen,
    RefundStage,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_carrying, make_person, make_pick, make_request
from tests.services.money import balances, make_paid_group, money_of, pays, refunds_of, settle_all
from tests.services.rows import rows_of

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
async def group(shop: Shop) -> Group:
    """A group in which everything is paid as it is ordered."""
    group = await make_paid_group(shop, PaymentMethod.TRANSFER)
    async with shop.writing() as uow:
        group.pays_when = PaysWhen.NOW
        await uow.groups.save(group)
    return group


@pytest.fixture
async def posted(shop: Shop, group: Group) -> PostedPick:
    return await make_pick(shop, group=group, price_amount=1000, stock=5)


@pytest.fixture
async def ann(shop: Shop) -> Seen:
    return await opened_private(shop, make_person("Ann"))


async def opened_private(shop: Shop, person: Seen) -> Seen:
    async with shop.writing() as uow:
        await uow.members.meet([person], now=shop.now())
        await uow.members.open_private(person.id, is_open=True)
    return person


async def asks(
    shop: Shop, posted: PostedPick, person: Seen, change: int, *, of: int = 0, **request: Any
) -> OrderPlaced:
    ask = Ask(action="change", items=((posted.variants[of].id, change),))
    return await shop.orders.submit(make_request(posted, ask, person=person, **request))


async def order_id_of(shop: Shop, posted: PostedPick, person: Seen) -> int:
    async with shop.reading() as uow:
        return (await uow.orders.load([(posted.id, person.id)]))[posted.id, person.id].id


async def lines_of(shop: Shop, order_id: int) -> Mapping[int, int]:
    return {ln.variant_id: ln.quantity for ln in await rows_of(shop, OrderLine) if ln.order_id == order_id}


async def state_of(shop: Shop, order_id: int) -> OrderState:
    return next(order.state for order in await rows_of(shop, Order) if order.id == order_id)


async def sold(shop: Shop) -> int:
    return sum(variant.sold for variant in await rows_of(shop, Variant))


async def counts(shop: Shop) -> tuple[int, int]:
    [pick] = await rows_of(shop, Pick)
    return pick.order_count, pick.quantity


async def waiting(shop: Shop, kind: OutboxKind) -> list[OutboxEntry]:
    return [entry for entry in await rows_of(shop, OutboxEntry) if entry.kind is kind]


async def claims(shop: Shop, order_id: int, person: Seen) -> int:
    async with shop.writing() as uow:
        claim = await claim_paid(uow, order_id, Proof(note="sent"), person_id=person.id, now=shop.now())
    return claim.id or 0


async def time_is_over(shop: Shop, clock: Clock, after: timedelta = TEN_MINUTES) -> int:
    clock.advance(after)
    return await lapse_due(shop)


# Placing


async def test_whoever_orders_is_asked_to_pay_at_once(shop: Shop, posted: PostedPick, ann: Seen) -> None:
    placed = await asks(shop, posted, ann, 2)

    assert placed.to_pay is not None
    assert (placed.to_pay.amount.amount, placed.to_pay.minutes) == (2000, 10)
    assert placed.to_pay.private_is_open
    [hold] = await rows_of(shop, Hold)
    assert (hold.keeps, hold.expires_at) == ({}, shop.now() + TEN_MINUTES)
    [request] = await waiting(shop, OutboxKind.PAYMENT_REQUEST)
    assert (request.chat_id, request.subject_id) == (ann.id, hold.order_id)


async def test_whoever_reads_nothing_in_private_is_asked_in_the_group_if_she_wrote(
    shop: Shop, posted: PostedPick
) -> None:
    bob, cem = make_person("Bob"), make_person("Cem")
    tapped = await asks(shop, posted, bob, 1)
    assert await waiting(shop, OutboxKind.PAYMENT_REQUEST) == [], "her tap leads her there"
    await asks(shop, posted, cem, 1, message_id=77)

    assert tapped.to_pay is not None
    assert not tapped.to_pay.private_is_open
    [request] = await waiting(shop, OutboxKind.PAYMENT_REQUEST)
    assert request.chat_id == posted.group.chat_id


async def test_a_pick_that_is_paid_after_its_close_holds_nothing(shop: Shop, group: Group, ann: Seen) -> None:
    later = await make_pick(shop, group=group, tiers={3: 900})
    placed = await asks(shop, later, ann, 1)
    assert placed.to_pay is None
    assert await rows_of(shop, Hold) == []


async def test_a_second_delivery_says_the_same_again(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    first = await asks(shop, posted, ann, 1, update_id=9001)
    clock.advance(timedelta(minutes=3))
    again = await asks(shop, posted, ann, 1, update_id=9001)
    assert first.to_pay is not None
    assert again.to_pay == first.to_pay._replace(minutes=7)
    assert not again.changed
    assert len(await waiting(shop, OutboxKind.PAYMENT_REQUEST)) == 1


async def test_more_prolongs_nothing(shop: Shop, clock: Clock, posted: PostedPick, ann: Seen) -> None:
    await asks(shop, posted, ann, 1)
    clock.advance(timedelta(minutes=4))
    more = await asks(shop, posted, ann, 2)
    assert more.to_pay is not None
    assert (more.to_pay.amount.amount, more.to_pay.minutes) == (3000, 6)


async def test_whoever_cancels_holds_nothing(shop: Shop, posted: PostedPick, ann: Seen) -> None:
    await asks(shop, posted, ann, 2)
    fewer = await asks(shop, posted, ann, -1)
    assert fewer.to_pay is not None
    assert fewer.to_pay.amount.amount == 1000
    gone = await asks(shop, posted, ann, -1)
    assert gone.to_pay is None
    assert await rows_of(shop, Hold) == []


# The money comes


async def test_what_is_paid_for_stays(shop: Shop, clock: Clock, posted: PostedPick, ann: Seen) -> None:
    await asks(shop, posted, ann, 2)
    order_id = await order_id_of(shop, posted, ann)
    await pays(shop, order_id, ann, 2000)
    assert await rows_of(shop, Hold) == []
    assert await time_is_over(shop, clock) == 0
    assert await sold(shop) == 2

    more = await asks(shop, posted, ann, 1)
    assert more.to_pay is not None
    assert more.to_pay.amount.amount == 1000
    assert await time_is_over(shop, clock) == 1
    assert list((await lines_of(shop, order_id)).values()) == [2]
    assert await counts(shop) == (1, 2)
    await settle_all(shop)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID


async def test_a_claim_keeps_it_until_the_curator_has_spoken(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    claim_id = await claims(shop, order_id, ann)
    assert await time_is_over(shop, clock, timedelta(hours=3)) == 0
    async with shop.writing() as uow:
        await decline_claim(uow, claim_id, "nothing came", by_id=MEI_ID, now=shop.now())
    [hold] = await rows_of(shop, Hold)
    assert hold.expires_at == shop.now() + timedelta(hours=1), "she may not be at her telephone"
    assert await time_is_over(shop, clock, timedelta(hours=1)) == 1
    assert await state_of(shop, order_id) is OrderState.CANCELLED
    assert await sold(shop) == 0


async def test_a_claim_that_is_withdrawn_begins_the_time_anew(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await claims(shop, order_id, ann)
    async with shop.writing() as uow:
        await withdraw_claim(uow, order_id, person_id=ann.id, now=shop.now())
    assert await time_is_over(shop, clock) == 1


async def test_a_claim_for_more_holds_what_came_before_it(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 2)
    order_id = await order_id_of(shop, posted, ann)
    await claims(shop, order_id, ann)
    more = await asks(shop, posted, ann, 1)
    assert more.to_pay is not None
    assert more.to_pay.amount.amount == 1000, "the rest waits for the curator's word"
    assert await time_is_over(shop, clock) == 1
    assert list((await lines_of(shop, order_id)).values()) == [2]


async def test_what_was_claimed_and_declined_is_held_with_the_rest(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await pays(shop, order_id, ann, 1000)
    await asks(shop, posted, ann, 2)
    claim_id = await claims(shop, order_id, ann)
    await asks(shop, posted, ann, 1)
    async with shop.writing() as uow:
        await decline_claim(uow, claim_id, "nothing came", by_id=MEI_ID, now=shop.now())
    [hold] = await rows_of(shop, Hold)
    assert (list(hold.keeps.values()), hold.expires_at) == ([1], shop.now() + timedelta(hours=1))
    assert await time_is_over(shop, clock, timedelta(hours=1)) == 1
    assert list((await lines_of(shop, order_id)).values()) == [1]


async def test_a_claim_is_declined_where_money_has_time_by_now(
    shop: Shop, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    claim_id = await claims(shop, await order_id_of(shop, posted, ann), ann)
    async with shop.writing() as uow:
        await pay_pick_when(uow, posted.id, PaysWhen.AFTER_CLOSE, by_id=MEI_ID, now=shop.now())
        await decline_claim(uow, claim_id, "nothing came", by_id=MEI_ID, now=shop.now())
    assert await rows_of(shop, Hold) == []


async def test_an_order_in_review_does_not_lapse(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    async with shop.writing() as uow:
        await uow.payments.open_discrepancy(
            Discrepancy(
                group_id=posted.pick.group_id,
                order_id=order_id,
                kind=DiscrepancyKind.WRONG_AMOUNT,
                facts={},
                merge_key="odd",
                opened_at=shop.now(),
            )
        )
        await uow.payments.settle_later([order_id], now=shop.now())
    await settle_all(shop)
    assert await rows_of(shop, Hold) == []
    assert await time_is_over(shop, clock) == 0
    assert await state_of(shop, order_id) is OrderState.NEEDS_REVIEW
    assert await sold(shop) == 1


async def test_fewer_of_what_is_paid_for_come_back_as_money(
    shop: Shop, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 3)
    order_id = await order_id_of(shop, posted, ann)
    await pays(shop, order_id, ann, 3000)
    await asks(shop, posted, ann, -1)
    await settle_all(shop)
    assert [(r.amount, r.stage) for r in await refunds_of(shop, order_id)] == [(1000, RefundStage.DUE)]


# Lapsing


async def test_an_order_that_is_not_paid_is_cancelled(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 2)
    order_id = await order_id_of(shop, posted, ann)
    assert await time_is_over(shop, clock, TEN_MINUTES - timedelta(seconds=1)) == 0
    assert await time_is_over(shop, clock, timedelta(seconds=1)) == 1
    assert await lapse_due(shop) == 0

    assert await state_of(shop, order_id) is OrderState.CANCELLED
    assert await sold(shop) == 0
    assert await counts(shop) == (0, 0)
    last = (await rows_of(shop, OrderEvent))[-1]
    assert (last.kind, last.unit_amount) == (OrderEventKind.LAPSED, 1000)
    [told] = await waiting(shop, OutboxKind.HOLD_LAPSED)
    assert (told.chat_id, told.subject_id) == (ann.id, order_id)
    again = await asks(shop, posted, ann, 1)
    assert again.to_pay is not None
    assert again.to_pay.minutes == 10


async def test_an_order_in_several_kinds_falls_back_to_what_is_paid(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    socks = await make_pick(shop, group=group, price_amount=1000, variants={"red": 3, "blue": 3})
    red, blue = (variant.id or 0 for variant in socks.variants)
    await asks(shop, socks, ann, 2, of=0)
    order_id = await order_id_of(shop, socks, ann)
    await pays(shop, order_id, ann, 2000)
    await asks(shop, socks, ann, 2, of=1)
    await asks(shop, socks, ann, -1, of=0)
    assert await time_is_over(shop, clock) == 1
    assert await lines_of(shop, order_id) == {red: 1, blue: 1}
    await settle_all(shop)
    assert await refunds_of(shop, order_id) == []


async def test_nothing_lapses_while_somebody_pays(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    clock.advance(timedelta(minutes=9))
    async with shop.writing() as uow:
        await uow.payments.add(
            Payment(
                group_id=posted.pick.group_id,
                order_id=order_id,
                person_id=ann.id,
                method=PaymentMethod.CARD,
                stage=PaymentStage.PAYING,
                amount=1000,
                currency="EUR",
                created_at=shop.now(),
                expires_at=shop.now() + TEN_MINUTES,
            )
        )
    assert await time_is_over(shop, clock, timedelta(minutes=5)) == 0
    assert await time_is_over(shop, clock, timedelta(minutes=5)) == 1


async def test_what_need_not_be_paid_at_once_any_more_stands(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    async with shop.writing() as uow:
        await pay_pick_when(uow, posted.id, PaysWhen.AFTER_CLOSE, by_id=MEI_ID, now=shop.now())
    assert await time_is_over(shop, clock) == 0
    assert await rows_of(shop, Hold) == []
    assert await sold(shop) == 1


async def test_what_is_withdrawn_meanwhile_is_only_forgotten(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
    assert await time_is_over(shop, clock) == 0
    assert await rows_of(shop, Hold) == []
    assert await waiting(shop, OutboxKind.HOLD_LAPSED) == []


# Money that comes late


async def test_late_money_brings_the_order_back(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 2)
    order_id = await order_id_of(shop, posted, ann)
    await time_is_over(shop, clock)
    await pays(shop, order_id, ann, 2000)

    assert await state_of(shop, order_id) is OrderState.PLACED
    assert await sold(shop) == 2
    assert await counts(shop) == (1, 2)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID
    assert await refunds_of(shop, order_id) == []
    assert [told.payload for told in await waiting(shop, OutboxKind.HOLD_LAPSED)][-1] == {"news": "restored"}
    assert await rows_of(shop, Hold) == []


async def test_late_money_for_more_brings_more_back(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await pays(shop, order_id, ann, 1000)
    await asks(shop, posted, ann, 3)
    await time_is_over(shop, clock)
    await pays(shop, order_id, ann, 2000)
    assert list((await lines_of(shop, order_id)).values()) == [3], "so many as were paid for"
    assert await refunds_of(shop, order_id) == []


async def test_money_that_comes_too_late_goes_back(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 2)
    order_id = await order_id_of(shop, posted, ann)
    await time_is_over(shop, clock)
    bob = make_person("Bob")
    await asks(shop, posted, bob, 4)
    await pays(shop, order_id, ann, 2000)

    assert await state_of(shop, order_id) is OrderState.CANCELLED
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2000]
    assert await sold(shop) == 4
    assert [told.payload for told in await waiting(shop, OutboxKind.HOLD_LAPSED)][-1] == {"news": "too_late"}


async def test_late_money_brings_nothing_back_that_is_stopped(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 2)
    order_id = await order_id_of(shop, posted, ann)
    await time_is_over(shop, clock)
    async with shop.writing() as uow:
        why = ByHand(words="it leaks", offers_refunds=True, by_id=None)
        await stop_by_hand(uow, posted.id, why, now=shop.now())
    await pays(shop, order_id, ann, 2000)
    assert await state_of(shop, order_id) is OrderState.CANCELLED
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2000]


async def test_money_for_what_the_member_took_back_herself_goes_back(
    shop: Shop, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await asks(shop, posted, ann, -1)
    await pays(shop, order_id, ann, 1000)
    assert await state_of(shop, order_id) is OrderState.CANCELLED
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1000]


async def test_late_money_pays_for_what_was_ordered_anew(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await time_is_over(shop, clock)
    await asks(shop, posted, ann, 1)
    await pays(shop, order_id, ann, 1000)
    assert await rows_of(shop, Hold) == []
    assert await sold(shop) == 1
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID


# The close


async def closes(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)


async def test_an_order_can_still_be_paid_after_the_close(
    shop: Shop, posted: PostedPick, group: Group, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await closes(shop, posted)
    assert await state_of(shop, order_id) is OrderState.PLACED
    assert await waiting(shop, OutboxKind.RECEIPT) == []

    await pays(shop, order_id, ann, 1000)
    [order] = await rows_of(shop, Order)
    assert (order.state, order.payment_state) == (OrderState.CONFIRMED, PaymentState.PAID)
    assert order.code is not None
    [told] = await waiting(shop, OutboxKind.RECEIPT)
    assert (told.chat_id, told.subject_id) == (ann.id, order_id)
    await settle_all(shop)
    assert sum((await balances(shop, group.id)).values()) == 0


async def test_a_claim_confirms_an_order_after_the_close(shop: Shop, posted: PostedPick, ann: Seen) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await closes(shop, posted)
    claim_id = await claims(shop, order_id, ann)
    assert await state_of(shop, order_id) is OrderState.CONFIRMED
    async with shop.writing() as uow:
        await confirm_claim(uow, claim_id, by_id=MEI_ID, now=shop.now())
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID


async def test_an_order_that_is_never_paid_is_cancelled_after_the_close(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    bob = await opened_private(shop, make_person("Bob"))
    await asks(shop, posted, ann, 1)
    await asks(shop, posted, bob, 1)
    order_id = await order_id_of(shop, posted, ann)
    await pays(shop, order_id, ann, 1000)
    await asks(shop, posted, ann, 1)
    await closes(shop, posted)
    assert len(await waiting(shop, OutboxKind.ROLL_UP)) == 1

    assert await time_is_over(shop, clock) == 2
    await settle_all(shop)
    assert await state_of(shop, order_id) is OrderState.CONFIRMED
    assert list((await lines_of(shop, order_id)).values()) == [1], "what she paid for"
    assert await state_of(shop, await order_id_of(shop, posted, bob)) is OrderState.CANCELLED
    assert await counts(shop) == (1, 1)
    lists = await waiting(shop, OutboxKind.ROLL_UP)
    assert len(lists) == 2, "the curator gets her list once more"
    assert lists[-1].due_at > shop.now()


async def test_a_lapse_of_what_is_carried_changes_the_suppliers_list_too(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    supplied = await make_pick(shop, price_amount=1000)
    carried = await make_carrying(shop, supplied, group=group)
    await asks(shop, carried, ann, 1)
    for pick in (carried, supplied):
        await closes(shop, pick)
    await time_is_over(shop, clock)
    lists = await waiting(shop, OutboxKind.ROLL_UP)
    assert [each.subject_id for each in lists] == [carried.id, supplied.id] * 2


async def test_money_that_comes_after_the_close_and_the_lapse_goes_back(
    shop: Shop, clock: Clock, posted: PostedPick, ann: Seen
) -> None:
    await asks(shop, posted, ann, 1)
    order_id = await order_id_of(shop, posted, ann)
    await closes(shop, posted)
    await time_is_over(shop, clock)
    await pays(shop, order_id, ann, 1000)
    assert await state_of(shop, order_id) is OrderState.CANCELLED
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1000]


async def test_a_lapse_that_loses_a_tier_brings_the_list_of_picks_up_to_date(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    posted = await make_pick(shop, group=group, stock=5, tiers={2: 1190})
    async with shop.writing() as uow:
        await pay_pick_when(uow, posted.id, PaysWhen.NOW, by_id=MEI_ID, now=shop.now())
    await asks(shop, posted, ann, 2)
    [listed] = await waiting(shop, OutboxKind.OVERVIEW)
    async with shop.writing() as uow:
        await uow.outbox.remove(listed.id or 0)

    assert await time_is_over(shop, clock) == 1
    assert await sold(shop) == 0
    assert len(await waiting(shop, OutboxKind.OVERVIEW)) == 1
