"""Charges as Telegram tells of them: each is recorded once, whatever has become of its order."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from bot.errors import ShopError
from bot.payment_errors import PaidAlready, PaymentUnderWay, WayClosed
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.groups import configure_group
from bot.services.payments.charges import Charge, Recorded, record_charge
from bot.services.payments.invoices import Checkout, issue_invoice, lapse_invoice, open_checkout
from bot.services.payments.settlements import settle_orders
from bot.services.payments.star_refunds import note_given_back, stars_gone_back, stars_not_given_back
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Discrepancy, OutboxEntry, Payment, PaymentWay, Refund
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    DiscrepancyKind,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    RefundStage,
)
from storage.unit_of_work import Session
from tests.factories import make_group, make_person, make_pick, make_request

CARD, STARS = PaymentMethod.CARD, PaymentMethod.STARS
ANN = make_person("Ann")
BEN = make_person("Ben")


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    """A closed pick on which Ann owes 20.00, by card or with 1,000 Stars."""
    group = await make_group(shop)
    async with shop.writing() as uow:
        for method, rate in ((CARD, None), (STARS, 50)):
            way = PaymentWay(group_id=group.id or 0, method=method, stars_per_unit=rate)
            await uow.payments.save_way(way)
    posted = await make_pick(shop, group=group, price_amount=1000)
    ask = Ask(action="change", items=((None, 2),))
    await shop.orders.submit(make_request(posted, ask, person=ANN))
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        await settle_orders(uow, await uow.payments.list_to_settle(limit=9), now=shop.now())
    return posted


async def order_id(shop: Shop, posted: PostedPick) -> int:
    async with shop.reading() as uow:
        [entry] = (await uow.orders.load({(posted.id, ANN.id)})).values()
    return entry.id


async def invoice(shop: Shop, posted: PostedPick, method: PaymentMethod) -> Payment:
    key = await order_id(shop, posted)
    async with shop.writing() as uow:
        return await issue_invoice(uow, key, person_id=ANN.id, method=method, now=shop.now())


def charge(invoice: Payment, number: int = 1, *, payer: Seen = ANN) -> Charge:
    """The charge that fits an invoice."""
    return Charge(
        id=f"charge{number}",
        provider_charge_id=f"bank{number}",
        payer=payer,
        token=invoice.token or "",
        amount=invoice.charged_amount or 0,
        currency=invoice.charged_currency or "",
    )


async def told(shop: Shop, charge: Charge) -> Recorded | None:
    async with shop.writing() as uow:
        return await record_charge(uow, charge, now=shop.now())


async def asked(shop: Shop, invoice: Payment, person: Seen = ANN) -> None:
    checkout = Checkout(
        token=invoice.token or "",
        person_id=person.id,
        amount=invoice.charged_amount or 0,
        currency=invoice.charged_currency or "",
    )
    async with shop.writing() as uow:
        await open_checkout(uow, checkout, is_told_again=False, now=shop.now())


async def balances(shop: Shop, posted: PostedPick) -> dict[tuple[AccountKind, str], int]:
    async with shop.reading() as uow:
        found = await uow.ledger.balances(group_id=posted.pick.group_id)
    for currency in {key.currency for key in found}:
        assert sum(amount for key, amount in found.items() if key.currency == currency) == 0
    return {(key.kind, key.currency): amount for key, amount in found.items()}


async def rows(shop: Shop, model: type[Payment] | type[Refund] | type[Discrepancy]) -> list[object]:
    async with Session(shop.database.read) as session:
        return list((await session.exec(select(model).order_by(col(model.id)))).all())


async def refunds(shop: Shop) -> list[Refund]:
    return [row for row in await rows(shop, Refund) if isinstance(row, Refund)]


async def payments(shop: Shop) -> list[Payment]:
    return [row for row in await rows(shop, Payment) if isinstance(row, Payment)]


async def findings(shop: Shop) -> list[Discrepancy]:
    return [row for row in await rows(shop, Discrepancy) if isinstance(row, Discrepancy)]


async def states(shop: Shop, posted: PostedPick) -> tuple[OrderState, PaymentState]:
    key = await order_id(shop, posted)
    async with shop.reading() as uow:
        money = (await uow.payments.money([key]))[key]
    return money.order_state, money.payment_state


async def sent(shop: Shop, kind: OutboxKind) -> list[int]:
    async with Session(shop.database.read) as session:
        found = await session.exec(select(OutboxEntry).where(col(OutboxEntry.kind) == kind))
        return [entry.chat_id for entry in found]


@pytest.mark.parametrize("method", [CARD, STARS])
async def test_a_charge_is_recorded_once(shop: Shop, posted: PostedPick, method: PaymentMethod) -> None:
    paid = charge(await invoice(shop, posted, method))
    assert await told(shop, replace(paid, provider_charge_id=None)) is not None
    assert await told(shop, paid) is None
    [payment] = await payments(shop)
    assert (payment.stage, payment.amount, payment.provider_charge_id) == (
        PaymentStage.RECEIVED,
        2000,
        "bank1",
    )
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.PAID)
    assert await sent(shop, OutboxKind.PAYMENT_RECEIPT) == [ANN.id]
    way = (
        {(AccountKind.CARD, "EUR"): 2000}
        if method is CARD
        else {
            (AccountKind.STARS, "XTR"): 1000,
            (AccountKind.EXCHANGE, "XTR"): -1000,
            (AccountKind.EXCHANGE, "EUR"): 2000,
        }
    )
    assert await balances(shop, posted) == {(AccountKind.SALES, "EUR"): -2000, **way}


async def test_told_by_many_at_once_it_is_recorded_once(shop: Shop, posted: PostedPick) -> None:
    paid = charge(await invoice(shop, posted, STARS))
    recorded = await asyncio.gather(*(told(shop, paid) for _ in range(8)))
    assert sum(one is not None for one in recorded) == 1
    assert len(await payments(shop)) == 1


async def test_an_unknown_charge_told_by_many_at_once_is_recorded_once(
    shop: Shop, posted: PostedPick
) -> None:
    paid = replace(charge(await invoice(shop, posted, STARS)), token="vouch-unknown")
    recorded = await asyncio.gather(*(told(shop, paid) for _ in range(8)), return_exceptions=True)
    # Who comes too late is told again, and finds it known.
    assert all(one is None or isinstance(one, Recorded | IntegrityError) for one in recorded)
    assert await told(shop, paid) is None
    [_, payment] = await payments(shop)
    assert (payment.group_id, payment.order_id, payment.amount, payment.currency) == (None, None, 1000, "XTR")
    [refund] = await refunds(shop)
    assert (refund.stage, refund.amount, refund.currency) == (RefundStage.DUE, 1000, "XTR")
    assert await sent(shop, OutboxKind.STAR_REFUND) == [ANN.id]
    async with shop.writing() as uow:
        await stars_gone_back(uow, refund.id or 0, now=shop.now())
        await stars_gone_back(uow, refund.id or 0, now=shop.now())
    [refund] = await refunds(shop)
    assert refund.stage is RefundStage.DONE
    assert [finding.kind for finding in await findings(shop)] == [DiscrepancyKind.UNKNOWN_INVOICE]
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.UNPAID)


@pytest.mark.parametrize("method", [CARD, STARS])
async def test_a_second_charge_is_owed_back(shop: Shop, posted: PostedPick, method: PaymentMethod) -> None:
    issued = await invoice(shop, posted, method)
    await told(shop, charge(issued, 1))
    await told(shop, charge(issued, 2))
    await told(shop, charge(issued, 2))
    first, second = await payments(shop)
    assert (first.charge_id, second.charge_id) == ("charge1", "charge2")
    [refund] = await refunds(shop)
    assert (refund.payment_id, refund.amount, refund.method) == (second.id, 2000, method)
    assert await sent(shop, OutboxKind.STAR_REFUND) == ([ANN.id] if method is STARS else [])


@pytest.mark.parametrize("method", [CARD, STARS])
async def test_a_charge_for_what_was_withdrawn_is_owed_back(
    shop: Shop, posted: PostedPick, method: PaymentMethod
) -> None:
    issued = await invoice(shop, posted, method)
    await asked(shop, issued)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad", by_id=None, now=shop.now())
    recorded = await told(shop, charge(issued))
    assert recorded is not None
    assert recorded.is_placed
    [refund] = await refunds(shop)
    assert (refund.amount, refund.method, refund.stage) == (2000, method, RefundStage.DUE)
    assert await states(shop, posted) == (OrderState.CANCELLED, PaymentState.REFUND_DUE)
    if method is STARS:
        async with shop.writing() as uow:
            await stars_gone_back(uow, refund.id or 0, now=shop.now())
        assert await states(shop, posted) == (OrderState.CANCELLED, PaymentState.REFUNDED)
        assert await balances(shop, posted) == {}


async def test_a_lapsed_invoice_that_is_paid_all_the_same_counts(shop: Shop, posted: PostedPick) -> None:
    issued = await invoice(shop, posted, CARD)
    async with shop.writing() as uow:
        assert await lapse_invoice(uow, issued.id or 0) is not None
        assert await lapse_invoice(uow, issued.id or 0) is None
    await told(shop, charge(issued))
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.PAID)


async def test_a_card_charged_with_another_amount_waits_for_a_person(shop: Shop, posted: PostedPick) -> None:
    issued = await invoice(shop, posted, CARD)
    recorded = await told(shop, replace(charge(issued), amount=2500))
    assert recorded is not None
    assert recorded.is_placed
    assert (recorded.payment.amount, recorded.payment.stage) == (2500, PaymentStage.RECEIVED)
    [finding] = await findings(shop)
    assert (finding.kind, finding.order_id) == (DiscrepancyKind.WRONG_AMOUNT, await order_id(shop, posted))
    assert (await states(shop, posted))[0] is OrderState.NEEDS_REVIEW
    assert await refunds(shop) == [], "nothing goes back before a person has looked"
    assert (await balances(shop, posted))[AccountKind.CARD, "EUR"] == 2500


async def test_a_card_of_somebody_else_waits_for_a_person(shop: Shop, posted: PostedPick) -> None:
    issued = await invoice(shop, posted, CARD)
    await told(shop, charge(issued, payer=BEN))
    opened, paid = await payments(shop)
    assert (opened.stage, paid.stage, paid.person_id) == (PaymentStage.LAPSED, PaymentStage.RECEIVED, BEN.id)
    [finding] = await findings(shop)
    assert finding.kind is DiscrepancyKind.FOREIGN_PAYER
    assert (finding.facts["payer"], finding.facts["payer_id"]) == ("Ben", BEN.id)
    assert (await states(shop, posted))[0] is OrderState.NEEDS_REVIEW


async def test_a_card_charged_in_another_currency_is_kept_apart(shop: Shop, posted: PostedPick) -> None:
    issued = await invoice(shop, posted, CARD)
    recorded = await told(shop, replace(charge(issued), currency="USD"))
    assert recorded is not None
    assert not recorded.is_placed
    found = await balances(shop, posted)
    assert (found[AccountKind.CARD, "USD"], found[AccountKind.UNCLEAR, "USD"]) == (2000, -2000)
    assert (await states(shop, posted))[0] is OrderState.NEEDS_REVIEW
    assert await refunds(shop) == []


@pytest.mark.parametrize("how", ["foreign", "less"])
async def test_stars_that_do_not_fit_go_back(shop: Shop, posted: PostedPick, how: str) -> None:
    fits = charge(await invoice(shop, posted, STARS))
    wrong = replace(fits, payer=BEN) if how == "foreign" else replace(fits, amount=999)
    recorded = await told(shop, wrong)
    assert recorded is not None
    assert not recorded.is_placed
    # They go back by themselves, so the order need not wait.
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.UNPAID)
    [refund] = await refunds(shop)
    assert (refund.person_id, refund.order_id) == (wrong.payer.id, None)
    assert (await balances(shop, posted))[AccountKind.REFUNDS, "XTR"] == -wrong.amount
    async with shop.writing() as uow:
        await stars_gone_back(uow, refund.id or 0, now=shop.now())
    assert {kind for kind, currency in await balances(shop, posted) if currency == "XTR"} == set()


async def test_what_telegram_refuses_to_give_back_is_the_curators(shop: Shop, posted: PostedPick) -> None:
    issued = await invoice(shop, posted, STARS)
    await told(shop, charge(issued, 1))
    await told(shop, charge(issued, 2))
    [refund] = await refunds(shop)
    for _ in range(2):
        async with shop.writing() as uow:
            await stars_not_given_back(uow, refund.id or 0, "Balance_too_low", now=shop.now())
    [refund] = await refunds(shop)
    assert (refund.method, refund.stage) == (PaymentMethod.TRANSFER, RefundStage.DUE)
    [finding] = await findings(shop)
    assert finding.kind is DiscrepancyKind.REFUND_REFUSED
    assert finding.facts["reason"] == "Balance_too_low"
    assert await sent(shop, OutboxKind.REFUND_DUE) == [ANN.id]
    # Telegram had given it back all the same, and says so later.
    async with shop.writing() as uow:
        assert await note_given_back(uow, "charge2", now=shop.now())
        assert not await note_given_back(uow, "charge2", now=shop.now())
    [refund] = await refunds(shop)
    assert (refund.method, refund.stage) == (STARS, RefundStage.DONE)
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.PAID)


async def test_stars_given_back_by_other_hands_are_noted_once(shop: Shop, posted: PostedPick) -> None:
    await told(shop, charge(await invoice(shop, posted, STARS)))
    for _ in range(2):
        async with shop.writing() as uow:
            await note_given_back(uow, "charge1", now=shop.now())
    [refund] = await refunds(shop)
    assert (refund.stage, refund.amount) == (RefundStage.DONE, 2000)
    [finding] = await findings(shop)
    assert finding.kind is DiscrepancyKind.STATES_DISAGREE
    assert (await states(shop, posted))[0] is OrderState.NEEDS_REVIEW
    found = await balances(shop, posted)
    assert found[AccountKind.MEMBER, "EUR"] == 2000, "she owes it again"
    assert (AccountKind.STARS, "XTR") not in found
    with pytest.raises(LookupError):
        async with shop.writing() as uow:
            await note_given_back(uow, "nobody knows it", now=shop.now())


async def test_only_one_of_many_checkouts_at_once_passes(shop: Shop, posted: PostedPick) -> None:
    card, stars = await invoice(shop, posted, CARD), await invoice(shop, posted, STARS)
    tried = await asyncio.gather(*(asked(shop, each) for each in (card, stars)), return_exceptions=True)
    refused = [one for one in tried if isinstance(one, ShopError)]
    assert len(refused) == 1
    assert isinstance(refused[0], PaymentUnderWay)
    assert refused[0].minutes == 10
    assert sorted(p.stage for p in await payments(shop)) == [PaymentStage.OPEN, PaymentStage.PAYING]


async def test_time_frees_what_nobody_paid(shop: Shop, posted: PostedPick) -> None:
    card, stars = await invoice(shop, posted, CARD), await invoice(shop, posted, STARS)
    await asked(shop, card)
    later = shop.now() + timedelta(minutes=10)
    shop.now = lambda: later
    await asked(shop, stars)
    # The first one comes through after all: both are written down, and one is owed back.
    await told(shop, charge(stars, 1))
    with pytest.raises(PaidAlready):
        await asked(shop, card)
    await told(shop, charge(card, 2))
    [refund] = await refunds(shop)
    assert refund.amount == 2000
    assert await states(shop, posted) == (OrderState.CONFIRMED, PaymentState.REFUND_DUE)


async def test_stars_pay_for_nothing_in_another_currency_than_the_groups(
    shop: Shop, posted: PostedPick
) -> None:
    async with shop.writing() as uow:
        group = await uow.groups.get(posted.pick.group_id)
        await configure_group(uow, group, "currency", "JPY", now=shop.now())
    async with shop.writing() as uow:
        [card] = await uow.payments.list_ways(posted.pick.group_id)
        assert card.method is CARD
        # The owner says anew what Stars stand for, in yen: an order in euros they do not pay.
        group_id = posted.pick.group_id
        await uow.payments.save_way(PaymentWay(group_id=group_id, method=STARS, stars_per_unit=1))
    with pytest.raises(WayClosed):
        await invoice(shop, posted, STARS)
    assert (await invoice(shop, posted, CARD)).charged_currency == "EUR"
