"""Whatever is ordered, paid, claimed, declined, let go and closed, in whatever order: it adds up."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.errors import ShopError
from bot.jobs.closing import close_due
from bot.jobs.holds import lapse_due
from bot.jobs.settlements import settle_due
from bot.jobs.teams import expire_due
from bot.rules.orders import Ask
from bot.rules.settlements import reckon
from bot.services.payments.claims import Proof, claim_paid, confirm_claim, decline_claim, withdraw_claim
from bot.services.payments.ways import pay_pick_when
from bot.services.teams import TeamWish
from bot.shop import Shop
from storage.engine import opened
from storage.models import (
    Hold,
    LedgerEntry,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    Pick,
    Team,
    TeamMember,
    Variant,
)
from storage.repositories.members import Seen
from storage.repositories.payments import OrderMoney
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PaymentMethod, PaymentStage, PaysWhen, PickState, TeamState
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.databases import sqlite_database
from tests.factories import MEI_ID, make_person, make_pick, make_request, next_update
from tests.services.money import make_paid_group, pays
from tests.services.rows import rows_of

T = TypeVar("T")

SOLO, TEAM = 1000, 700
LASTS = timedelta(hours=4)
_PEOPLE = [make_person(name) for name in ("Ann", "Bob", "Cem", "Dora")]
_person = st.sampled_from(_PEOPLE)
_kind = st.sampled_from((0, 0, 1))


class Holds(RuleBasedStateMachine):
    """One pick of two scarce kinds with a team price, paid as it is ordered."""

    def __init__(self, folder: Path, template: Path) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._clock = Clock()
        self._pick: PostedPick
        self._asks_at_once = True
        self._run(self._open(folder / "holds.db", template))

    @rule(person=_person, kind=_kind, change=st.sampled_from((1, 1, 2, -1, -2)))
    def order(self, person: Seen, kind: int, change: int) -> None:
        """Somebody changes what she has ordered."""
        items = ((self._pick.variants[kind].id, change),)
        self._run(self._ask(person, Ask(action="change", items=items)))

    @rule(person=_person)
    def cancel(self, person: Seen) -> None:
        """Somebody cancels."""
        self._run(self._ask(person, Ask(action="cancel")))

    @rule(person=_person, kind=_kind)
    def join(self, person: Seen, kind: int) -> None:
        """Somebody takes a seat in the newest team, or opens one."""
        self._run(self._join(person, kind))

    @rule(person=_person, share=st.sampled_from((1.0, 1.0, 1.0, 0.5, 2.0)))
    def pay(self, person: Seen, share: float) -> None:
        """Money comes, in time or late: what was last owed, or part of it, or too much."""
        self._run(self._pay(person, share))

    @rule(person=_person, waits=st.booleans())
    def pay_late(self, person: Seen, waits: bool) -> None:
        """Money comes for what has just lapsed."""
        if not waits:
            self.order(person, 0, 1)
        self._clock.advance(timedelta(minutes=11))
        self._run(self._sweep())
        self._run(self._pay_for_what_lapsed(person))

    @rule(person=_person, then=st.sampled_from(("confirm", "decline", "take back", "")))
    def claim(self, person: Seen, then: str) -> None:
        """Somebody says that she has paid; the curator decides, or she takes it back, or it waits."""
        now = self._clock.now()
        self._of(person, lambda uow, key: claim_paid(uow, key, Proof(), person_id=person.id, now=now))
        if then == "take back":
            self._of(person, lambda uow, key: withdraw_claim(uow, key, person_id=person.id, now=now))
        elif then:
            self._run(self._decide(is_there=then == "confirm"))

    @rule(minutes=st.sampled_from((1, 4, 11, 61)))
    def wait(self, minutes: int) -> None:
        """Time passes, and every sweep comes."""
        self._clock.advance(timedelta(minutes=minutes))
        self._run(self._sweep())

    @rule(odds=st.integers(0, 9))
    def ask_for_money_later(self, odds: int) -> None:
        """Seldom, the curator has the pick paid after its close, or at once again."""
        if odds == 0:
            self._asks_at_once = not self._asks_at_once
            when = PaysWhen.NOW if self._asks_at_once else PaysWhen.AFTER_CLOSE
            self._act(
                lambda uow: pay_pick_when(uow, self._pick.id, when, by_id=MEI_ID, now=self._clock.now())
            )

    @precondition(lambda self: self._clock.now() < self._pick.pick.closes_at)
    @rule(odds=st.integers(0, 9))
    def come_near_the_close(self, odds: int) -> None:
        """Seldom, three minutes are left."""
        if odds == 0:
            left = self._pick.pick.closes_at - self._clock.now() - timedelta(minutes=3)
            self._clock.advance(max(left, timedelta(0)))
            self._run(self._sweep())

    @invariant()
    def it_adds_up(self) -> None:
        """Stock, counters, history, holds, seats and the ledger."""
        self._run(self._compare())

    def teardown(self) -> None:
        """Everything ends: the close, then the last hold."""
        try:
            for _ in range(3):
                self._clock.advance(LASTS)
                self._run(self._sweep())
            self._run(self._compare())
            self._run(self._look_at_the_end())
        finally:
            self._run(self._stack.aclose())
            self._runner.close()

    async def _open(self, file: Path, template: Path) -> None:
        for old in file.parent.glob(f"{file.name}*"):
            old.unlink()
        url = await self._stack.enter_async_context(sqlite_database(file, template))
        database = await self._stack.enter_async_context(opened(url))
        self._shop = Shop(database=database, now=self._clock.now, bot_id=1000, bot_username="vouch_bot")
        group = await make_paid_group(self._shop, PaymentMethod.TRANSFER)
        self._pick = await make_pick(
            self._shop,
            group=group,
            price_amount=SOLO,
            variants={"red": 4, "blue": 2},
            lasts=LASTS,
            team_price_amount=TEAM,
            team_size=2,
            team_hours=1,
        )
        async with self._shop.writing() as uow:
            await pay_pick_when(uow, self._pick.id, PaysWhen.NOW, by_id=MEI_ID, now=self._clock.now())

    async def _ask(self, person: Seen, ask: Ask) -> None:
        try:
            placed = await self._shop.orders.submit(make_request(self._pick, ask, person=person))
        except ShopError:
            return
        held = {hold.order_id: hold for hold in await rows_of(self._shop, Hold)}
        order_id = await self._order_of(person)
        assert (placed.to_pay is not None) == (self._asks_at_once and order_id in held)

    async def _join(self, person: Seen, kind: int) -> None:
        open_teams = [t.id for t in await rows_of(self._shop, Team) if t.state is TeamState.OPEN]
        wish = TeamWish(
            update_id=next_update(),
            person=person,
            pick_id=self._pick.id,
            team_id=open_teams[-1] if open_teams else None,
            variant_id=self._pick.variants[kind].id,
        )
        try:
            await self._shop.join_team(wish)
        except ShopError:
            return

    async def _pay(self, person: Seen, share: float) -> None:
        order_id = await self._order_of(person)
        if order_id is None:
            return
        owed = reckon(await self._money(order_id)).outstanding_amount or SOLO
        await pays(self._shop, order_id, person, round(owed * share))

    async def _pay_for_what_lapsed(self, person: Seen) -> None:
        order_id = await self._order_of(person)
        if order_id is None:
            return
        async with self._shop.reading() as uow:
            lapse = await uow.holds.find_lapse(order_id)
        if lapse is not None:
            amount = sum(lapse.quantities.values()) * lapse.unit_amount
            await pays(self._shop, order_id, person, amount)

    async def _decide(self, is_there: bool) -> None:
        claimed = [p for p in await rows_of(self._shop, Payment) if p.stage is PaymentStage.CLAIMED]
        if not claimed:
            return
        key, now = claimed[0].id or 0, self._clock.now()
        async with self._shop.writing() as uow:
            if is_there:
                await confirm_claim(uow, key, by_id=MEI_ID, now=now)
            else:
                await decline_claim(uow, key, "not there", by_id=MEI_ID, now=now)

    async def _sweep(self) -> None:
        await expire_due(self._shop)
        await close_due(self._shop)
        await lapse_due(self._shop)
        await settle_due(self._shop)

    async def _order_of(self, person: Seen) -> int | None:
        return next((o.id for o in await rows_of(self._shop, Order) if o.person_id == person.id), None)

    async def _money(self, order_id: int) -> OrderMoney:
        async with self._shop.reading() as uow:
            return (await uow.payments.money([order_id]))[order_id]

    async def _compare(self) -> None:
        orders = {order.id or 0: order for order in await rows_of(self._shop, Order)}
        lines = await rows_of(self._shop, OrderLine)
        holds = await rows_of(self._shop, Hold)
        self._check_counts(
            orders, lines, await rows_of(self._shop, Variant), (await rows_of(self._shop, Pick))[0]
        )
        history: Counter[tuple[int, int]] = Counter()
        for event in await rows_of(self._shop, OrderEvent):
            for variant_id, change in event.changes.items():
                history[event.order_id, int(variant_id)] += change
        assert {key: n for key, n in history.items() if n} == {
            (line.order_id, line.variant_id): line.quantity for line in lines
        }
        for hold in holds:
            mine = {str(line.variant_id): line.quantity for line in lines if line.order_id == hold.order_id}
            if mine:
                assert all(0 < n <= mine.get(key, 0) for key, n in hold.keeps.items())
        seats = {(seat.team_id, seat.person_id) for seat in await rows_of(self._shop, TeamMember)}
        assert all((o.team_id, o.person_id) in seats for o in orders.values() if o.team_id is not None)
        sums: Counter[tuple[int, str]] = Counter()
        for entry in await rows_of(self._shop, LedgerEntry):
            sums[entry.transaction_id, entry.currency] += entry.amount
        assert not any(sums.values())

    def _check_counts(
        self, orders: dict[int, Order], lines: list[OrderLine], variants: list[Variant], pick: Pick
    ) -> None:
        sold: Counter[int] = Counter()
        for line in lines:
            sold[line.variant_id] += line.quantity
        assert {v.id: v.sold for v in variants} == {v.id: sold[v.id or 0] for v in variants}
        assert all(v.stock is None or v.sold <= v.stock for v in variants)
        ordered = {line.order_id for line in lines}
        assert (pick.order_count, pick.quantity) == (len(ordered), sum(sold.values()))
        assert ordered == {key for key, order in orders.items() if order.state is not OrderState.CANCELLED}

    async def _look_at_the_end(self) -> None:
        """Nothing is held any more, and no more money is kept than the goods cost."""
        [pick] = await rows_of(self._shop, Pick)
        assert pick.state is PickState.CLOSED
        assert await rows_of(self._shop, Hold) == []
        for order in await rows_of(self._shop, Order):
            assert order.state in (OrderState.CONFIRMED, OrderState.CANCELLED)
            facts = await self._money(order.id or 0)
            reckoning = reckon(facts)
            assert reckoning.overpaid_amount == 0
            assert facts.payment_state is reckoning.state
            if order.state is OrderState.CANCELLED:
                assert facts.received_amount == facts.refunded_amount + facts.refund_due_amount

    def _of(self, person: Seen, act: Callable[[UnitOfWork, int], Awaitable[Any]]) -> None:
        order_id = self._run(self._order_of(person))
        if order_id is not None:
            self._act(lambda uow: act(uow, order_id))

    def _act(self, act: Callable[[UnitOfWork], Awaitable[Any]]) -> None:
        async def attempt() -> None:
            try:
                async with self._shop.writing() as uow:
                    await act(uow)
            except ShopError:
                return

        self._run(attempt())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)


def test_holds_in_any_sequence_add_up(tmp_path: Path, sqlite_template: Path) -> None:
    run_state_machine_as_test(
        partial(Holds, tmp_path, sqlite_template),  # type: ignore[arg-type]
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            # To shrink what fails takes minutes: add Phase.shrink by hand.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
