"""Whatever is ordered, cancelled, delivered again, restocked, repriced, extended and closed: it adds up."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.errors import ShopError
from bot.rules.orders import Ask
from bot.rules.pricing import Terms, terms_of
from bot.services.closing import close_pick
from bot.services.edits import PickChange, edit_pick
from bot.services.orders.placing import place_orders
from bot.services.orders.requests import OrderPlaced, OrderRequest
from bot.services.picks import extend_pick
from bot.services.pricing import NewPriceFor, answer_price, change_price, find_question_of
from bot.shop import Shop
from storage.engine import opened
from storage.models import Order, OrderEvent, OrderLine, Pick, PriceConsent, Variant
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PickState
from storage.tables import table
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.databases import postgres_database, sqlite_database
from tests.factories import make_group, make_person, make_pick, make_request, make_twin

T = TypeVar("T")

SCARCE, PLENTY = 0, 1
OFFER_OF = (SCARCE, PLENTY, SCARCE)
MINIMUM, LIMIT = 3, 6
_TERMS = [
    terms_of(price, tiers)
    for price, tiers in [
        (1000, [(4, 900), (8, 700)]),
        (1000, [(5, 880)]),
        (1000, []),
        (1200, [(2, 800)]),
        (1200, []),
        (900, [(3, 600)]),
        (500, []),
        (500, [(2, 490), (6, 300)]),
    ]
]

_STEPS = 20
_PEOPLE = [make_person(name) for name in ("Ann", "Bob", "Cem")]
_MESSAGES = [(person, 100 * n + k) for n, person in enumerate(_PEOPLE, 1) for k in range(2)]

# Of each pick the nth variant, or none named; 7 names one that is not there.
_items = st.tuples(st.sampled_from([None, 0, 1, 7]), st.integers(-3, 4))
_set_items = st.tuples(st.sampled_from([None, 0, 1]), st.integers(0, 4))
_asks = st.one_of(
    st.builds(lambda items: ("change", tuple(items)), st.lists(_items, min_size=1, max_size=2)),
    st.builds(lambda items: ("set", tuple(items)), st.lists(_set_items, min_size=1, max_size=2)),
    st.just(("cancel", ())),
)
_talk = st.just(("nothing", ()))
_taps = st.tuples(st.sampled_from(_PEOPLE), st.none(), st.just(False), _asks)
_writings = st.tuples(st.sampled_from(_MESSAGES), st.just(False), _asks).map(
    lambda drawn: (drawn[0][0], drawn[0][1], drawn[1], drawn[2])
)
_edits = st.tuples(st.sampled_from(_MESSAGES), st.just(True), st.one_of(_asks, _talk)).map(
    lambda drawn: (drawn[0][0], drawn[0][1], drawn[1], drawn[2])
)
# Of a pick so many more of the nth variant, by a tap.
_plain = st.tuples(
    st.sampled_from([0, 0, 1, 2, 2]),
    st.sampled_from(_PEOPLE),
    st.integers(0, 1),
    st.sampled_from([3, 2, 1, -1]),
)
_late = st.tuples(st.just(0), st.sampled_from(_PEOPLE), st.just(0), st.sampled_from([6, 3, 2, -2, -6]))


class Orders(RuleBasedStateMachine):
    """A shop with a scarce and a plentiful pick, and the scarce one in a second group, too."""

    def __init__(self, database: Callable[[], AbstractAsyncContextManager[str]]) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._asked: list[OrderRequest] = []
        self._picks: list[PostedPick] = []
        self._terms = {SCARCE: terms_of(500, [(4, 450), (8, 350)]), PLENTY: terms_of(400)}
        #: What an offer has cost at the closes so far; None before the first.
        self._closed_at: dict[int, int | None] = {SCARCE: None, PLENTY: None}
        #: What each order, by pick and person, costs at most.
        self._promised: dict[tuple[int, int], int] = {}
        self._steps = 0
        self._come_late: Sequence[Any] = ()
        self._kept_before: dict[int, int] = {}
        self._run(self._open(database))

    @initialize(batch=st.lists(_plain, min_size=6, max_size=10), late=st.lists(_late, min_size=2, max_size=4))
    def begin(self, batch: Sequence[Any], late: Sequence[Any]) -> None:
        """A sale is under way, and some will come after the first group has closed."""
        self._take(batch)
        self._come_late = late

    @rule(batch=st.lists(_plain, min_size=1, max_size=3))
    def order(self, batch: Sequence[Any]) -> None:
        """Some people order what there is, or take it back."""
        self._take(batch)

    @rule(
        batch=st.lists(
            st.tuples(st.integers(0, 2), st.one_of(_taps, _writings, _edits)), min_size=1, max_size=4
        )
    )
    def ask(self, batch: Sequence[Any]) -> None:
        """Some people ask for something at once."""
        requests = [self._request(*drawn) for drawn in batch]
        self._asked += requests
        self._check(requests, self._run(self._place(requests)))

    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        """Telegram delivers again what it delivered before."""
        if self._asked:
            again = data.draw(st.lists(st.sampled_from(self._asked), min_size=1, max_size=3))
            self._run(self._place([r for r in again if r.message_id is None]))

    @rule(pick=st.integers(0, 2), variant=st.integers(0, 1), stock=st.one_of(st.none(), st.integers(1, 12)))
    def restock(self, pick: int, variant: int, stock: int | None) -> None:
        """A curator says how many there are."""
        posted = self._picks[pick]
        kind = posted.variants[min(variant, len(posted.variants) - 1)]
        change = PickChange(stocks={kind.id or 0: stock})
        self._try(lambda uow: edit_pick(uow, posted.id, change, by_id=None, now=self._shop.now()))

    @rule(
        pick=st.integers(0, 2),
        new=st.sampled_from(_TERMS),
        applies_to=st.sampled_from(list(NewPriceFor)),
    )
    def change_the_price(self, pick: int, new: Terms, applies_to: NewPriceFor) -> None:
        """A curator changes price and tiers."""
        changed = self._try(
            lambda uow: change_price(
                uow, self._picks[pick].id, new, applies_to=applies_to, by_id=None, now=self._shop.now()
            )
        )
        if changed is not None:
            self._terms[OFFER_OF[pick]] = new

    @rule(pick=st.integers(0, 2), person=st.sampled_from(_PEOPLE), accepts=st.booleans())
    def answer_about_the_price(self, pick: int, person: Seen, accepts: bool) -> None:
        """A buyer agrees to a new price, or keeps hers."""
        posted = self._picks[pick]

        async def answer(uow: UnitOfWork) -> None:
            question = await find_question_of(uow, posted.id, person.id)
            if question is None:
                return
            await answer_price(uow, question.order_id, person.id, accepts=accepts, now=self._shop.now())
            if accepts:
                self._promised[pick, person.id] = self._terms[OFFER_OF[pick]].price_amount

        self._try(answer)

    @rule(pick=st.integers(0, 2), hours=st.integers(1, 30))
    def extend(self, pick: int, hours: int) -> None:
        """A curator gives a pick another deadline."""
        at = self._shop.now() + timedelta(hours=hours)
        self._try(
            lambda uow: extend_pick(uow, self._picks[pick].id, closes_at=at, by_id=None, now=self._shop.now())
        )

    @precondition(lambda self: self._steps > _STEPS // 2)
    @rule(pick=st.integers(0, 2))
    def close(self, pick: int) -> None:
        """A pick ends, once there was time to order and to change one's mind."""
        offer, posted = OFFER_OF[pick], self._picks[pick]
        quantity = self._run(self._sold(posted))
        if self._try(lambda uow: close_pick(uow, posted.id, now=self._shop.now())) is None:
            return
        before = self._closed_at[offer]
        if before is None and offer == SCARCE and quantity < MINIMUM:
            return
        price = self._terms[offer].price_at(quantity)
        self._closed_at[offer] = price if before is None else min(before, price)

    @invariant()
    def what_is_counted_is_there(self) -> None:
        """Stock, counters, lines, limits, prices and history agree."""
        self._steps += 1
        self._run(self._compare())

    def teardown(self) -> None:
        """Every sale ends: close what is open, look once more, and close the database."""
        try:
            self.close(2)
            self._take(self._come_late)
            self._run(self._compare())
            for pick in (0, 1):
                self.close(pick)
                self._run(self._compare())
        finally:
            self._run(self._stack.aclose())
            self._runner.close()

    async def _open(self, database: Callable[[], AbstractAsyncContextManager[str]]) -> None:
        url = await self._stack.enter_async_context(database())
        self._database = await self._stack.enter_async_context(opened(url))
        self._shop = Shop(database=self._database, now=Clock().now)
        group = await make_group(self._shop)
        scarce = await make_pick(
            self._shop,
            group=group,
            stock=10,
            price_amount=500,
            tiers={4: 450, 8: 350},
            minimum_quantity=MINIMUM,
            limit_per_person=LIMIT,
        )
        plenty = await make_pick(self._shop, group=group, price_amount=400, variants={"red": 3, "blue": None})
        self._picks = [scarce, plenty, await make_twin(self._shop, scarce)]

    def _take(self, batch: Sequence[Any]) -> None:
        requests = [
            self._request(pick, (person, None, False, ("change", ((variant if pick == 1 else 0, more),))))
            for pick, person, variant, more in batch
        ]
        self._asked += requests
        self._check(requests, self._run(self._place(requests)))

    def _request(self, pick: int, asked: Any) -> OrderRequest:
        person, message_id, is_edit, (action, items) = asked
        posted = self._picks[pick]
        keys = dict(enumerate(variant.id for variant in posted.variants))
        named = tuple((None if n is None else keys.get(n, 999_999), quantity) for n, quantity in items)
        # A message answers one card, so each pick has messages of its own.
        number = None if message_id is None else message_id * 10 + pick
        return make_request(
            posted, Ask(action=action, items=named), person=person, message_id=number, is_edit=is_edit
        )

    async def _place(self, requests: Sequence[OrderRequest]) -> list[OrderPlaced | Exception]:
        async with self._shop.writing() as uow:
            return await place_orders(uow, requests, now=self._shop.now())

    def _check(self, requests: Sequence[OrderRequest], results: Sequence[OrderPlaced | Exception]) -> None:
        assert len(results) == len(requests)
        assert all(isinstance(result, OrderPlaced | ShopError) for result in results)

    def _try(self, act: Callable[[UnitOfWork], Awaitable[T]]) -> T | None:
        """What came of an act in a transaction of its own; None if it was refused."""

        async def attempt() -> T | None:
            try:
                async with self._shop.writing() as uow:
                    return await act(uow)
            except ShopError:
                return None

        return self._run(attempt())

    async def _sold(self, posted: PostedPick) -> int:
        async with self._shop.reading() as uow:
            return sum(variant.sold for variant in (await uow.picks.get(posted.id)).variants)

    async def _compare(self) -> None:
        stored = await self._stored()
        _check_counts(stored)
        _check_history(stored)
        self._check_limits(stored)
        self._check_kept(stored)
        self._check_prices(stored)

    async def _stored(self) -> "Stored":
        async with self._database.read.connect() as connection:

            async def rows(model: type[SQLModel], *names: str) -> list[Any]:
                columns = [table(model).c[name] for name in names]
                return list((await connection.execute(select(*columns).order_by(*columns[:1]))).all())

            return Stored(
                variants=await rows(Variant, "id", "sold", "stock"),
                picks=await rows(Pick, "id", "order_count", "quantity", "state", "final_amount"),
                orders=await rows(Order, "id", "pick_id", "person_id", "state"),
                lines=await rows(OrderLine, "order_id", "variant_id", "quantity", "unit_amount"),
                events=await rows(OrderEvent, "id", "order_id", "changes", "unit_amount"),
                kept={key: kept for key, kept in await rows(PriceConsent, "order_id", "kept") if kept},
            )

    def _check_limits(self, stored: "Stored") -> None:
        scarce = {self._picks[n].id for n, offer in enumerate(OFFER_OF) if offer == SCARCE}
        held: Counter[int] = Counter()
        for line in stored.lines:
            order = stored.order[line.order_id]
            if order.pick_id in scarce:
                held[order.person_id] += line.quantity
        assert all(quantity <= LIMIT for quantity in held.values())

    def _check_kept(self, stored: "Stored") -> None:
        """Who keeps older terms has ordered, and orders no more on them."""
        held: Counter[int] = Counter()
        for line in stored.lines:
            held[line.order_id] += line.quantity
        failed = {pick.id for pick in stored.picks if pick.state == PickState.FAILED}
        assert all(held[key] or stored.order[key].pick_id in failed for key in stored.kept)
        assert all(held[key] <= self._kept_before.get(key, held[key]) for key in stored.kept)
        self._kept_before = {key: held[key] for key in stored.kept}

    def _check_prices(self, stored: "Stored") -> None:
        numbers = {posted.id: number for number, posted in enumerate(self._picks)}
        states = {pick.id: pick.state for pick in stored.picks}
        stands = {stored.order[line.order_id] for line in stored.lines}
        keys = {(numbers[order.pick_id], order.person_id) for order in stands}
        # Whoever cancels is promised nothing any more.
        self._promised = {key: amount for key, amount in self._promised.items() if key in keys}
        for line in stored.lines:
            order = stored.order[line.order_id]
            number = numbers[order.pick_id]
            offer, kept = OFFER_OF[number], stored.kept.get(order.id)
            # Nobody pays more than was promised her first, or than she agreed to.
            promised = self._promised.setdefault((number, order.person_id), line.unit_amount)
            if states[order.pick_id] == PickState.LIVE:
                first = kept["price"] if kept else self._terms[offer].price_amount
                assert line.unit_amount == first
                self._promised[number, order.person_id] = first
                if not kept:
                    continue
            assert line.unit_amount <= promised
            final = self._closed_at[offer]
            if states[order.pick_id] == PickState.CLOSED:
                assert final is not None
                assert line.unit_amount == final or (kept and line.unit_amount < final)
        for pick in stored.picks:
            if pick.state == PickState.CLOSED:
                assert pick.final_amount == self._closed_at[OFFER_OF[numbers[pick.id]]], "one final price"

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What the database holds."""

    variants: Sequence[Any]
    picks: Sequence[Any]
    orders: Sequence[Any]
    lines: Sequence[Any]
    events: Sequence[Any]
    kept: Mapping[int, Mapping[str, Any]]

    @cached_property
    def order(self) -> Mapping[int, Any]:
        """The orders by key."""
        return {order.id: order for order in self.orders}


def _check_counts(stored: Stored) -> None:
    by_variant: Counter[int] = Counter()
    by_pick: Counter[int] = Counter()
    for line in stored.lines:
        by_variant[line.variant_id] += line.quantity
        by_pick[stored.order[line.order_id].pick_id] += line.quantity
    ordered = {line.order_id for line in stored.lines}
    standing = Counter(stored.order[order_id].pick_id for order_id in ordered)
    assert {v.id: v.sold for v in stored.variants} == {v.id: by_variant[v.id] for v in stored.variants}
    assert all(v.stock is None or v.sold <= v.stock for v in stored.variants)
    assert {pick.id: (pick.order_count, pick.quantity) for pick in stored.picks} == {
        pick.id: (standing[pick.id], by_pick[pick.id]) for pick in stored.picks
    }
    states = {pick.id: pick.state for pick in stored.picks}
    alive = {PickState.LIVE: OrderState.PLACED, PickState.CLOSED: OrderState.CONFIRMED}
    for order in stored.orders:
        stands = alive[states[order.pick_id]] if order.id in ordered else OrderState.CANCELLED
        assert order.state == stands


def _check_history(stored: Stored) -> None:
    history: Counter[tuple[int, int]] = Counter()
    prices: dict[int, int] = {}
    for event in stored.events:
        for variant, change in event.changes.items():
            history[event.order_id, int(variant)] += change
        if event.unit_amount is not None:
            prices[event.order_id] = event.unit_amount
        elif not any(history[event.order_id, int(variant)] for variant in event.changes):
            # Whoever has cancelled and orders again begins at the price of then.
            prices.pop(event.order_id, None) if event.changes else None
    assert {key: sum_ for key, sum_ in history.items() if sum_} == {
        (line.order_id, line.variant_id): line.quantity for line in stored.lines
    }
    assert all(line.unit_amount == prices.get(line.order_id, line.unit_amount) for line in stored.lines)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path, worker_id: str
) -> Callable[[], AbstractAsyncContextManager[str]]:
    """Opens an empty database of either kind, as often as it is asked."""
    if request.param == "postgresql":
        return partial(postgres_database, request.getfixturevalue("postgres"), f"any_{worker_id}")

    def new_file() -> AbstractAsyncContextManager[str]:
        # What stands beside the old file belongs to it.
        for old in tmp_path.glob("any.db*"):
            old.unlink()
        return sqlite_database(tmp_path / "any.db", sqlite_template)

    return new_file


def test_orders_in_any_sequence_add_up(
    request: pytest.FixtureRequest, database: Callable[[], AbstractAsyncContextManager[str]]
) -> None:
    on_sqlite = "sqlite" in request.node.name
    run_state_machine_as_test(
        partial(Orders, database),  # type: ignore[arg-type]
        settings=settings(
            # A new PostgreSQL takes much longer than a new file.
            max_examples=30 if on_sqlite else 8,
            stateful_step_count=_STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            # To shrink what fails takes minutes: add Phase.shrink by hand.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
