"""Paying out what was earned: never more than is due, whoever asks at once, and nothing that came back."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.bookkeeping import audit_books
from bot.errors import ButtonOutdated
from bot.jobs.commissions import reckon_stale, release_accrued
from bot.money import Money
from bot.payment_errors import CreditSwitchedOff
from bot.payout_errors import (
    BelowMinimum,
    EarningsWithheld,
    NothingToPayOut,
    OwnPayout,
    PayoutDetailsMissing,
    PayoutRefused,
    PayoutSettled,
    PayoutUncovered,
    PayoutUnderWay,
)
from bot.services.handover import take_back
from bot.services.payouts.asking import CURATOR_TOLD_AFTER, ask_payout, withdraw_payout
from bot.services.payouts.batches import Batch, approve_all, pay_all
from bot.services.payouts.deciding import approve_payout, decline_payout, pay_payout, undo_payout
from bot.services.payouts.earnings import Earned, earned_in
from bot.shop import Shop
from storage.models import AuditEntry, Flag, Group, OutboxEntry, PaymentWay, Payout
from storage.repositories.members import Seen
from storage.states import (
    AccountKind,
    FlagKind,
    FlagOutcome,
    OutboxKind,
    PaymentMethod,
    PayoutMethod,
    PayoutStage,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person, make_pick
from tests.services.money import balance_of, balances, order_of
from tests.services.rewards import WEEK, gets, joins, make_plan, opens
from tests.services.rows import rows_of
from tests.storage.stored import unguarded

CREDIT, OWN = PayoutMethod.CREDIT, PayoutMethod.OWN_MEANS


@dataclass(frozen=True, kw_only=True)
class Earner:
    """Ann, who has earned €6.00 by what Cem ordered and kept, and €3.00 by Dan's."""

    shop: Shop
    clock: Clock
    group: Group
    ann: Seen
    orders: list[int]

    @property
    def group_id(self) -> int:
        assert self.group.id is not None
        return self.group.id

    async def asks(self, method: PayoutMethod = OWN, details: str = "in cash, please") -> int:
        async with self.shop.writing() as uow:
            payout = await ask_payout(
                uow, self.group_id, self.ann.id, "EUR", method, details=details, now=self.shop.now()
            )
        return payout.id or 0

    async def approves(self, payout_id: int, *, by_id: int = MEI_ID) -> None:
        async with self.shop.writing() as uow:
            await approve_payout(uow, payout_id, by_id=by_id, now=self.shop.now())

    async def pays(self, payout_id: int, method: PaymentMethod = PaymentMethod.TRANSFER) -> None:
        async with self.shop.writing() as uow:
            await pay_payout(uow, payout_id, method, by_id=MEI_ID, now=self.shop.now())

    async def gives_back(self, at: int) -> None:
        """What one order brought comes back."""
        async with self.shop.writing() as uow:
            await take_back(uow, self.orders[at], by_id=MEI_ID, now=self.shop.now())
        await reckon_stale(self.shop)

    async def earned(self) -> Earned:
        async with self.shop.reading() as uow:
            assert (await audit_books(uow, now=self.shop.now())).says == []
            (found,) = await earned_in(uow, self.group, self.ann.id)
        return found

    async def stages(self) -> list[PayoutStage]:
        return [payout.stage for payout in await rows_of(self.shop, Payout)]


@pytest.fixture
async def earner(shop: Shop, clock: Clock) -> Earner:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    orders = []
    pick = await make_pick(shop, group=group, price_amount=3_000)
    for name, quantity in (("Cem", 2), ("Dan", 1)):
        buyer = await joins(shop, group, make_person(name))
        await opens(shop, pick, buyer, of=ann)
        orders.append(await order_of(shop, pick, buyer, quantity))
    await gets(shop, pick, *orders)
    clock.advance(WEEK)
    await release_accrued(shop)
    async with shop.writing() as uow:
        await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=PaymentMethod.CREDIT))
        # What was sold before was paid for without us.
        group.payments_since = shop.now()
        await uow.groups.save(group)
    return Earner(shop=shop, clock=clock, group=group, ann=ann, orders=orders)


async def test_what_is_due_is_paid_by_the_curators_own_means(earner: Earner) -> None:
    shop = earner.shop
    payout_id = await earner.asks(details="IBAN DE00")
    [told] = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.PAYOUTS_ASKED]
    assert told.due_at == shop.now() + CURATOR_TOLD_AFTER
    assert (await earner.earned()).payable_amount == 0
    await earner.approves(payout_id)
    assert (await earner.earned()).paid_amount == 0
    await earner.pays(payout_id)
    found = await earner.earned()
    assert (found.due_amount, found.paid_amount, found.payable_amount) == (900, 900, 0)
    assert await balances(shop, earner.group_id) == {AccountKind.COMMISSIONS: 900, AccountKind.TRANSFER: -900}
    acts = [entry for entry in await rows_of(shop, AuditEntry) if entry.action.startswith("payout")]
    assert [act.action for act in acts] == ["payout_approved", "payout_paid"]
    assert all((act.details or {})["amount"] == 900 for act in acts)

    async with shop.writing() as uow:
        await undo_payout(uow, payout_id, by_id=MEI_ID, now=shop.now())
    assert await balances(shop, earner.group_id) == {AccountKind.COMMISSIONS: 900, AccountKind.EARNINGS: -900}
    assert await earner.stages() == [PayoutStage.APPROVED]
    assert (await earner.earned()).payable_amount == 0
    await earner.pays(payout_id, PaymentMethod.CASH)
    assert await balances(shop, earner.group_id) == {AccountKind.COMMISSIONS: 900, AccountKind.CASH: -900}


async def test_store_credit_is_given_once_it_is_approved_and_stays(earner: Earner) -> None:
    shop = earner.shop
    payout_id = await earner.asks(CREDIT)
    await earner.approves(payout_id)
    assert await earner.stages() == [PayoutStage.PAID]
    assert await balance_of(shop, earner.group_id, earner.ann, AccountKind.CREDIT) == -900
    for deed in (undo_payout, approve_payout):
        with pytest.raises(PayoutSettled) as refused:
            async with shop.writing() as uow:
                await deed(uow, payout_id, by_id=MEI_ID, now=shop.now())
        assert refused.value.name == "Mei"
    assert (await earner.earned()).payable_amount == 0


async def test_one_payout_at_a_time_can_be_taken_back_or_declined(earner: Earner) -> None:
    shop = earner.shop
    first = await earner.asks()
    with pytest.raises(PayoutUnderWay):
        await earner.asks(CREDIT)
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await withdraw_payout(uow, first, person_id=MEI_ID, now=shop.now())
    async with shop.writing() as uow:
        await withdraw_payout(uow, first, person_id=earner.ann.id, now=shop.now())
    second = await earner.asks()
    await earner.approves(second)
    async with shop.writing() as uow:
        await decline_payout(uow, second, reason="please come by", by_id=MEI_ID, now=shop.now())
    assert await earner.stages() == [PayoutStage.WITHDRAWN, PayoutStage.DECLINED]
    with pytest.raises(PayoutSettled):
        await earner.pays(second)
    assert (await earner.earned()).payable_amount == 900


async def test_what_cannot_be_asked_for_is_refused_with_the_reason(earner: Earner) -> None:
    shop = earner.shop
    with pytest.raises(PayoutDetailsMissing):
        await earner.asks(details=" ")
    async with shop.writing() as uow:
        await uow.payments.save_way(
            PaymentWay(group_id=earner.group_id, method=PaymentMethod.CREDIT, is_active=False)
        )
    with pytest.raises(CreditSwitchedOff):
        await earner.asks(CREDIT)
    async with shop.writing() as uow:
        plan = await uow.plans.find(earner.group_id)
        assert plan is not None
        plan.minimum_payout_amount = 901
        await uow.plans.save(plan)
    with pytest.raises(BelowMinimum) as below:
        await earner.asks()
    assert below.value.minimum == Money(amount=901, currency="EUR")
    assert not (await earner.earned()).may_be_asked_for
    with pytest.raises(NothingToPayOut):
        async with shop.writing() as uow:
            await ask_payout(uow, earner.group_id, MEI_ID, "EUR", OWN, details="x", now=shop.now())
    with pytest.raises(NothingToPayOut):
        async with shop.writing() as uow:
            await ask_payout(uow, earner.group_id, earner.ann.id, "USD", OWN, details="x", now=shop.now())


async def test_goods_that_come_back_are_set_off_against_what_comes_next(earner: Earner) -> None:
    asked = await earner.asks()
    await earner.gives_back(1)
    with pytest.raises(PayoutUncovered) as uncovered:
        await earner.approves(asked)
    assert uncovered.value.left == Money(amount=600, currency="EUR")
    assert await earner.stages() == [PayoutStage.ASKED], "a refusal changes nothing"
    async with earner.shop.writing() as uow:
        await decline_payout(uow, asked, reason="Dan's came back", by_id=MEI_ID, now=earner.shop.now())

    paid = await earner.asks()
    await earner.approves(paid)
    await earner.pays(paid)
    await earner.gives_back(0)
    found = await earner.earned()
    assert (found.due_amount, found.paid_amount, found.payable_amount) == (0, 600, -600)
    assert await balance_of(earner.shop, earner.group_id, earner.ann, AccountKind.EARNINGS) == 600
    with pytest.raises(NothingToPayOut):
        await earner.asks()


async def test_who_is_looked_into_is_paid_nothing(earner: Earner) -> None:
    asked = await earner.asks()
    async with earner.shop.writing() as uow:
        await uow.flags.raise_flag(
            FlagKind.CLOSED_PAIR,
            group_id=earner.group_id,
            person_id=earner.ann.id,
            other_id=None,
            order_id=None,
            evidence={},
            merge_key="ann",
            now=earner.shop.now(),
        )
    [flag] = await rows_of(earner.shop, Flag)
    async with earner.shop.writing() as uow:
        found = await uow.flags.get(flag.id or 0)
        found.outcome, found.settled_at = FlagOutcome.WITHHOLD, earner.shop.now()
        await uow.flags.save(found)
    with pytest.raises(EarningsWithheld):
        await earner.approves(asked)
    async with earner.shop.writing() as uow:
        await withdraw_payout(uow, asked, person_id=earner.ann.id, now=earner.shop.now())
    with pytest.raises(EarningsWithheld):
        await earner.asks()


async def test_nobody_but_the_owner_decides_of_her_own_payout(earner: Earner) -> None:
    asked = await earner.asks()
    with pytest.raises(OwnPayout):
        await earner.approves(asked, by_id=earner.ann.id)
    async with earner.shop.writing() as uow:
        group = await uow.groups.get(earner.group_id)
        group.owner_id = earner.ann.id
        await uow.groups.save(group)
    await earner.approves(asked, by_id=earner.ann.id)


async def test_all_that_were_on_the_screen_are_decided_at_once(earner: Earner) -> None:
    shop = earner.shop
    first = await earner.asks()
    async with shop.writing() as uow:
        later = await uow.payouts.add(
            Payout(
                group_id=earner.group_id,
                person_id=MEI_ID,
                amount=100,
                currency="EUR",
                method=OWN,
                stage=PayoutStage.ASKED,
                details="?",
                created_at=shop.now(),
            )
        )
    async with shop.writing() as uow:
        batch = await approve_all(uow, earner.group_id, until_id=later.id or 0, by_id=MEI_ID, now=shop.now())
    assert batch == Batch(done=1, left=1), "Mei has earned nothing, so hers is looked at by itself"
    assert await earner.stages() == [PayoutStage.APPROVED, PayoutStage.ASKED]
    for until_id, expected in ((first - 1, Batch(done=0, left=0)), (first, Batch(done=1, left=0))):
        async with shop.writing() as uow:
            batch = await pay_all(
                uow,
                earner.group_id,
                PaymentMethod.CASH,
                until_id=until_id,
                by_id=MEI_ID,
                now=shop.now() + timedelta(minutes=1),
            )
        assert batch == expected
    assert (await earner.earned()).paid_amount == 900


async def test_many_who_ask_and_decide_at_once_pay_no_more_than_is_due(earner: Earner) -> None:
    async def tried(deed: object) -> bool:
        try:
            await deed  # type: ignore[misc]
        except PayoutRefused:
            return False
        return True

    asked = await asyncio.gather(*(tried(earner.asks(OWN if n % 2 else CREDIT)) for n in range(8)))
    assert asked.count(True) == 1
    [payout] = await rows_of(earner.shop, Payout)
    key = payout.id or 0
    approved = await asyncio.gather(*(tried(earner.approves(key)) for _ in range(6)))
    assert approved.count(True) == 1
    paid = await asyncio.gather(*(tried(earner.pays(key)) for _ in range(6)))
    assert paid.count(True) == (payout.method is OWN)
    found = await earner.earned()
    assert (found.paid_amount, found.payable_amount) == (900, 0)


async def test_books_that_disagree_with_a_payout_are_found(earner: Earner) -> None:
    payout_id = await earner.asks()
    await earner.approves(payout_id)
    await earner.pays(payout_id)
    for statement, words in (
        ("UPDATE payout SET amount = 901", "payout 1 came to 9.01 EUR, and the ledger has 9.00 EUR of it"),
        (
            "UPDATE payout SET amount = 900, stage = 'approved'",
            "payout 1 came to 0.00 EUR, and the ledger has 9.00 EUR of it",
        ),
        (
            "UPDATE ledger_transaction SET payout_id = NULL",
            "is of a payment, refund or payout that is not there",
        ),
    ):
        async with unguarded(earner.shop.database) as connection:
            await connection.execute(text(statement))
        async with earner.shop.reading() as uow:
            told = (await audit_books(uow, now=earner.shop.now())).says
        assert any(words in line for line in told), told
