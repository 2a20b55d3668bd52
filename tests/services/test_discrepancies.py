"""What does not fit is decided by a person: the money follows, and the order goes where its facts say."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import ButtonOutdated
from bot.payment_errors import DecisionImpossible, DiscrepancyDecided
from bot.rules import ledger
from bot.rules.discrepancies import Decision
from bot.services.closing import close_pick
from bot.services.handover import hand_over
from bot.services.payments.charges import Charge, record_charge
from bot.services.payments.discrepancies import Finding, decide, find_finding
from bot.services.payments.findings import open_discrepancy
from bot.services.payments.invoices import issue_invoice
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import AuditEntry, Discrepancy, OrderEvent, OutboxEntry, Payment, PaymentWay, Refund
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    DiscrepancyKind,
    OrderEventKind,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    RefundReason,
    RefundStage,
    TransactionKind,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_person, make_pick
from tests.services.money import balances, make_paid_group, money_of, order_of, pays, refunds_of, settle_all
from tests.services.rows import rows_of

ANN, BEA = make_person("Ann"), make_person("Bea")
ZOE_ID = 7_000_000_002


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    group = await make_paid_group(shop, PaymentMethod.TRANSFER, PaymentMethod.CARD)
    async with shop.writing() as uow:
        way = PaymentWay(group_id=group.id or 0, method=PaymentMethod.STARS, stars_per_unit=50)
        await uow.payments.save_way(way)
        await uow.members.meet([ANN, BEA, make_person("Zoe", person_id=ZOE_ID)], now=shop.now())
    return await make_pick(shop, group=group, price_amount=1000)


async def closes(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)


async def is_charged(
    shop: Shop, order_id: int, amount: int, currency: str = "EUR", *, payer: Seen = ANN
) -> None:
    """A card is charged for Ann's invoice, whoever pays and however much."""
    async with shop.writing() as uow:
        invoice = await issue_invoice(
            uow, order_id, person_id=ANN.id, method=PaymentMethod.CARD, now=shop.now()
        )
    assert invoice.token is not None
    charge = Charge(
        id=f"charge {amount} {currency}",
        provider_charge_id=None,
        payer=payer,
        token=invoice.token,
        amount=amount,
        currency=currency,
    )
    async with shop.writing() as uow:
        assert await record_charge(uow, charge, now=shop.now()) is not None


async def is_doubted(shop: Shop, order_id: int | None, why: str = "somebody said so") -> int:
    """Somebody has to look at an order for no reason that anybody could compute."""
    async with shop.writing() as uow:
        money = (await uow.payments.money([order_id or 0])).get(order_id or 0)
        await open_discrepancy(
            uow,
            Discrepancy(
                group_id=money.group_id if money else None,
                order_id=order_id,
                kind=DiscrepancyKind.STATES_DISAGREE,
                facts={},
                merge_key=why,
                opened_at=shop.now(),
            ),
        )
    return (await rows_of(shop, Discrepancy))[-1].id or 0


async def decides(
    shop: Shop, key: int, decision: Decision, *, by_id: int = MEI_ID, note: str = ""
) -> Finding:
    async with shop.writing() as uow:
        return await decide(uow, key, decision, by_id=by_id, note=note, now=shop.now())


async def the_finding(shop: Shop) -> Finding:
    [discrepancy] = await rows_of(shop, Discrepancy)
    async with shop.reading() as uow:
        found = await find_finding(uow, discrepancy.id or 0)
    assert found is not None
    return found


async def state_of(shop: Shop, order_id: int) -> tuple[OrderState, PaymentState]:
    facts = await money_of(shop, order_id)
    return facts.order_state, facts.payment_state


async def test_a_card_in_another_currency_belongs_to_nobody_until_it_goes_back(
    shop: Shop, posted: PostedPick
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await closes(shop, posted)
    await is_charged(shop, order_id, 1200, "USD")
    finding = await the_finding(shop)
    assert finding.discrepancy.kind is DiscrepancyKind.WRONG_AMOUNT
    assert finding.decisions == [Decision.GIVE_BACK, Decision.SETTLED]
    assert await state_of(shop, order_id) == (OrderState.NEEDS_REVIEW, PaymentState.UNPAID)
    [paid] = finding.paid
    assert (paid.payer, paid.payment.amount, paid.payment.currency) == ("Ann", 1200, "USD")

    await decides(shop, finding.discrepancy.id, Decision.GIVE_BACK)
    [refund] = await rows_of(shop, Refund)
    assert (refund.person_id, refund.amount, refund.currency) == (ANN.id, 1200, "USD")
    assert (refund.order_id, refund.stage, refund.method) == (None, RefundStage.DUE, PaymentMethod.CARD)
    assert await state_of(shop, order_id) == (OrderState.CONFIRMED, PaymentState.UNPAID)
    assert (await balances(shop, posted.pick.group_id))[AccountKind.REFUNDS] == -1200


async def lies_unplaced(
    shop: Shop, posted: PostedPick, order_id: int, amount: int, currency: str, method: PaymentMethod
) -> int:
    """Money came in that is for no order, as far as anybody can tell; perhaps for this one."""
    async with shop.writing() as uow:
        payment = await uow.payments.add(
            Payment(
                group_id=posted.pick.group_id,
                person_id=BEA.id,
                method=method,
                stage=PaymentStage.RECEIVED,
                amount=amount,
                currency=currency,
                charged_amount=amount,
                charged_currency=currency,
                created_at=shop.now(),
                decided_at=shop.now(),
            )
        )
        await uow.ledger.post(
            TransactionKind.PAYMENT,
            ledger.unplaced(method, amount, currency),
            group_id=posted.pick.group_id,
            payment_id=payment.id,
            now=shop.now(),
        )
        await open_discrepancy(
            uow,
            Discrepancy(
                group_id=posted.pick.group_id,
                order_id=order_id,
                payment_id=payment.id,
                kind=DiscrepancyKind.UNKNOWN_INVOICE,
                facts={"amount": amount, "currency": currency, "payer": "Bea"},
                opened_at=shop.now(),
            ),
        )
    return payment.id or 0


@pytest.mark.parametrize(
    ("amount", "currency", "method", "worth"),
    [
        (1200, "EUR", PaymentMethod.CARD, 1200),
        (500, "XTR", PaymentMethod.STARS, 1000),
        (499, "XTR", PaymentMethod.STARS, 998),
    ],
)
async def test_what_nobody_could_place_counts_for_the_order_if_the_curator_says_so(
    shop: Shop, posted: PostedPick, amount: int, currency: str, method: PaymentMethod, worth: int
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await closes(shop, posted)
    payment_id = await lies_unplaced(shop, posted, order_id, amount, currency, method)
    finding = await the_finding(shop)
    assert (finding.worth_amount, finding.left_amount) == (worth, amount)
    assert finding.decisions == [Decision.COUNT, Decision.GIVE_BACK, Decision.SETTLED]
    assert (await balances(shop, posted.pick.group_id))[AccountKind.UNCLEAR] == -amount

    await decides(shop, finding.discrepancy.id, Decision.COUNT)
    facts = await money_of(shop, order_id)
    assert (facts.received_amount, facts.refund_due_amount) == (worth, max(0, worth - 1000))
    assert AccountKind.UNCLEAR not in await balances(shop, posted.pick.group_id)
    [payment] = await rows_of(shop, Payment)
    assert (payment.id, payment.order_id, payment.receipt_number) == (payment_id, order_id, 1)
    assert payment.receipt is not None
    assert (await state_of(shop, order_id))[0] is OrderState.CONFIRMED
    assert [refund.person_id for refund in await refunds_of(shop, order_id)] == (
        [BEA.id] if worth > 1000 else []
    )


async def test_stars_that_nobody_could_place_go_back_by_telegram(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await lies_unplaced(shop, posted, order_id, 700, "XTR", PaymentMethod.STARS)
    await decides(shop, (await the_finding(shop)).discrepancy.id, Decision.GIVE_BACK)
    [refund] = await rows_of(shop, Refund)
    assert (refund.person_id, refund.amount, refund.currency) == (BEA.id, 700, "XTR")
    assert OutboxKind.STAR_REFUND in [row.kind for row in await rows_of(shop, OutboxEntry)]
    assert await state_of(shop, order_id) == (OrderState.PLACED, PaymentState.UNPAID)


async def test_a_foreign_payer_may_have_paid_for_a_friend(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await closes(shop, posted)
    await is_charged(shop, order_id, 1000, payer=BEA)
    finding = await the_finding(shop)
    assert finding.discrepancy.kind is DiscrepancyKind.FOREIGN_PAYER
    assert finding.decisions == [Decision.COUNT, Decision.GIVE_BACK, Decision.SETTLED]
    await decides(shop, finding.discrepancy.id, Decision.COUNT)
    assert await state_of(shop, order_id) == (OrderState.CONFIRMED, PaymentState.PAID)
    assert await refunds_of(shop, order_id) == []


async def test_a_foreign_payer_gets_her_money_back_and_the_order_is_owed_anew(
    shop: Shop, posted: PostedPick
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await closes(shop, posted)
    await is_charged(shop, order_id, 1000, payer=BEA)
    await decides(shop, (await the_finding(shop)).discrepancy.id, Decision.GIVE_BACK)
    [refund] = await refunds_of(shop, order_id)
    assert (refund.person_id, refund.amount, refund.reason) == (BEA.id, 1000, RefundReason.UNWANTED)
    assert await state_of(shop, order_id) == (OrderState.CONFIRMED, PaymentState.REFUND_DUE)
    assert (await balances(shop, posted.pick.group_id))[AccountKind.MEMBER] == 1000


async def test_what_went_over_meanwhile_goes_back_as_the_order_comes_out_of_review(
    shop: Shop, posted: PostedPick
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    key = await is_doubted(shop, order_id)
    await pays(shop, order_id, ANN, 2500)
    assert await refunds_of(shop, order_id) == []
    await decides(shop, key, Decision.SETTLED, note="We talked about it.")
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1500]
    assert await state_of(shop, order_id) == (OrderState.PLACED, PaymentState.REFUND_DUE)


async def test_the_order_goes_where_its_facts_say(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await pays(shop, order_id, ANN, 1000)
    await decides(shop, await is_doubted(shop, order_id, "as it is placed"), Decision.SETTLED)
    assert await state_of(shop, order_id) == (OrderState.PLACED, PaymentState.PAID)

    while_closing = await is_doubted(shop, order_id, "while it closes")
    await closes(shop, posted)
    assert AccountKind.SALES not in await balances(shop, posted.pick.group_id)
    await decides(shop, while_closing, Decision.SETTLED)
    assert await state_of(shop, order_id) == (OrderState.CONFIRMED, PaymentState.PAID)
    assert (await balances(shop, posted.pick.group_id))[AccountKind.SALES] == -1000

    async with shop.writing() as uow:
        await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    await decides(shop, await is_doubted(shop, order_id, "as it is handed over"), Decision.SETTLED)
    assert await state_of(shop, order_id) == (OrderState.COMPLETED, PaymentState.PAID)


async def test_what_was_withdrawn_meanwhile_is_cancelled_and_paid_back(
    shop: Shop, posted: PostedPick
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await pays(shop, order_id, ANN, 1000)
    key = await is_doubted(shop, order_id)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=MEI_ID, now=shop.now())
    await settle_all(shop)
    assert (await state_of(shop, order_id))[0] is OrderState.NEEDS_REVIEW
    await decides(shop, key, Decision.SETTLED)
    assert await state_of(shop, order_id) == (OrderState.CANCELLED, PaymentState.REFUND_DUE)
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1000]


async def test_an_order_stays_in_review_until_the_last_finding_is_decided(
    shop: Shop, posted: PostedPick
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    first, second = await is_doubted(shop, order_id, "one"), await is_doubted(shop, order_id, "two")
    await decides(shop, first, Decision.SETTLED)
    assert (await state_of(shop, order_id))[0] is OrderState.NEEDS_REVIEW
    await decides(shop, second, Decision.SETTLED)
    assert (await state_of(shop, order_id))[0] is OrderState.PLACED
    kinds = [event.kind for event in await rows_of(shop, OrderEvent)]
    assert kinds.count(OrderEventKind.REVIEW_SETTLED) == 1


async def test_it_is_written_down_who_decided_what_and_why(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    key = await is_doubted(shop, order_id)
    decided = await decides(shop, key, Decision.SETTLED, note="She paid in honey.")
    assert decided.decisions == []
    assert (decided.discrepancy.outcome, decided.discrepancy.settled_by) == ("settled", "Mei")
    assert decided.discrepancy.facts["note"] == "She paid in honey."
    acts = [act for act in await rows_of(shop, AuditEntry) if act.action == "discrepancy_decided"]
    assert [(act.person_id, act.order_id) for act in acts] == [(MEI_ID, order_id)]
    assert acts[0].details is not None
    assert acts[0].details["note"] == "She paid in honey."


async def test_two_curators_decide_at_once_and_one_is_told_so(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await closes(shop, posted)
    await is_charged(shop, order_id, 1000, payer=BEA)
    key = (await the_finding(shop)).discrepancy.id
    ends = await asyncio.gather(
        decides(shop, key, Decision.GIVE_BACK),
        decides(shop, key, Decision.COUNT, by_id=ZOE_ID),
        return_exceptions=True,
    )
    assert [type(end) for end in ends].count(DiscrepancyDecided) == 1
    [refused] = [end for end in ends if isinstance(end, DiscrepancyDecided)]
    assert refused.name in ("Mei", "Zoe")
    goes_back = isinstance(ends[0], Finding)
    assert len(await refunds_of(shop, order_id)) == int(goes_back)
    assert (await state_of(shop, order_id))[0] is OrderState.CONFIRMED


async def test_what_has_gone_back_meanwhile_is_not_given_back_again(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    payment_id = await pays(shop, order_id, ANN, 1500)
    async with shop.writing() as uow:
        for part in await uow.refunds.list_of_order(order_id):
            assert part.amount == 500
        await open_discrepancy(
            uow,
            Discrepancy(
                group_id=posted.pick.group_id,
                order_id=order_id,
                payment_id=payment_id,
                kind=DiscrepancyKind.PAID_TWICE,
                facts={},
                opened_at=shop.now(),
            ),
        )
    key = (await the_finding(shop)).discrepancy.id
    await decides(shop, key, Decision.GIVE_BACK)
    facts = await money_of(shop, order_id)
    assert facts.refund_due_amount == facts.received_amount == 1500


async def test_only_what_is_possible_can_be_decided(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    key = await is_doubted(shop, order_id)
    for decision in (Decision.COUNT, Decision.GIVE_BACK):
        with pytest.raises(DecisionImpossible):
            await decides(shop, key, decision)
    with pytest.raises(ButtonOutdated):
        await decides(shop, key + 1, Decision.SETTLED)
    assert (await state_of(shop, order_id))[0] is OrderState.NEEDS_REVIEW


async def test_curators_see_what_is_theirs_to_decide(shop: Shop, posted: PostedPick) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await is_doubted(shop, order_id)
    async with shop.reading() as uow:
        group_id = posted.pick.group_id
        assert len(await uow.discrepancies.list_open(group_id, limit=10)) == 1
        assert len(await uow.discrepancies.list_open(group_id, curator_id=MEI_ID, limit=10)) == 1
        assert await uow.discrepancies.list_open(group_id, curator_id=ZOE_ID, limit=10) == []


async def test_a_curator_is_told_of_heaps_once_and_of_what_comes_later_again(
    shop: Shop, posted: PostedPick, clock: Clock
) -> None:
    order_id = await order_of(shop, posted, ANN, 1)
    await is_doubted(shop, order_id, "one")
    await is_doubted(shop, order_id, "two")
    notices = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.DISCREPANCY]
    assert [row.payload for row in notices] == [{"curator_id": MEI_ID}]
    assert notices[0].due_at - clock.now() == timedelta(seconds=30)


async def test_the_owner_is_told_in_the_place_of_a_curator_who_leads_no_more(shop: Shop) -> None:
    group = await make_paid_group(shop)
    async with shop.writing() as uow:
        await uow.members.meet([ANN], now=shop.now())
    posted = await make_pick(shop, group=group, price_amount=1000, curator_id=ANN.id)
    order_id = await order_of(shop, posted, BEA, 1)
    await is_doubted(shop, order_id)
    [notice] = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.DISCREPANCY]
    assert notice.payload == {"curator_id": MEI_ID}
