"""Whatever happens to teams, in whatever order: seats, leaders, prices and sums agree."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
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
from sqlalchemy import text

from bot.errors import ShopError
from bot.jobs.teams import expire_due
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.picks import extend_pick
from bot.services.teams import TeamWish, choose_fallback, settle_teams
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop, TeamJoined
from storage.engine import opened
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PickState, TeamFallback, TeamState
from tests.clock import Clock
from tests.databases import sqlite_database
from tests.factories import make_person, make_pick, make_request, next_update

T = TypeVar("T")

SOLO, TEAM, SIZE, STOCK = 1290, 990, 2, 12
_PEOPLE = [make_person(name) for name in ("Ann", "Bob", "Cem", "Dora", "Eva", "Finn")]
_person = st.sampled_from(_PEOPLE)
_some = st.lists(_person, min_size=1, max_size=4)
_kind = st.sampled_from((0, 0, 0, 1))


class Teams(RuleBasedStateMachine):
    """One pick of two kinds with a team price, little stock, and six people."""

    def __init__(self, folder: Path, template: Path) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._clock = Clock()
        self._pick: PostedPick
        self._run(self._open(folder / "teams.db", template))

    @rule(people=_some, kind=_kind)
    def open(self, people: Sequence[Any], kind: int) -> None:
        """Some people open teams at once."""
        self._run(self._join(people, None, kind))

    @rule(people=_some, nth=st.integers(0, 5), kind=_kind)
    def join(self, people: Sequence[Any], nth: int, kind: int) -> None:
        """Some people want seats in one team at once."""
        self._run(self._join(people, self._nth(nth), kind))

    @rule(person=_person, nth=st.integers(0, 5), kind=_kind)
    def join_alone(self, person: Any, nth: int, kind: int) -> None:
        """Somebody wants a seat."""
        self._run(self._join([person], self._nth(nth), kind))

    @rule(people=_some, kind=_kind, change=st.integers(-2, 2).filter(bool))
    def order(self, people: Sequence[Any], kind: int, change: int) -> None:
        """Some people change what they have ordered, in a team or not."""
        asked = ((self._pick.variants[kind].id, change),)
        self._run(self._ask(people, Ask(action="change", items=asked)))

    @rule(people=_some)
    def leave(self, people: Sequence[Any]) -> None:
        """Some people cancel at once."""
        self._run(self._ask(people, Ask(action="cancel")))

    @rule(person=_person, nth=st.integers(0, 5), fallback=st.sampled_from(TeamFallback))
    def choose(self, person: Any, nth: int, fallback: TeamFallback) -> None:
        """Somebody says what shall follow if her team does not fill up."""
        self._run(self._choose(person, self._nth(nth), fallback))

    @rule(hours=st.integers(1, 5))
    def wait(self, hours: int) -> None:
        """Time passes, and the sweep comes."""
        self._clock.advance(timedelta(hours=hours))
        self._run(expire_due(self._shop))

    @rule(hours=st.integers(9, 90))
    def extend(self, hours: int) -> None:
        """The pick gets another deadline."""
        self._run(self._extend(hours))

    @precondition(lambda self: self._state is PickState.LIVE)
    @rule(odds=st.integers(0, 19))
    def end(self, odds: int) -> None:
        """Seldom, the pick closes or is withdrawn."""
        if odds in (0, 1):
            self._run(self._end(withdrawn=odds == 1))

    @invariant()
    def all_agrees(self) -> None:
        """Seats, leaders, prices, counters and history."""
        self._run(self._compare())

    def teardown(self) -> None:
        """Close the database."""
        self._run(self._stack.aclose())
        self._runner.close()

    async def _open(self, file: Path, template: Path) -> None:
        for old in (file, file.with_name("teams.db-wal"), file.with_name("teams.db-shm")):
            old.unlink(missing_ok=True)
        url = await self._stack.enter_async_context(sqlite_database(file, template))
        self._database = await self._stack.enter_async_context(opened(url))
        self._shop = Shop(database=self._database, now=self._clock.now)
        self._state, self._count = PickState.LIVE, 0
        self._pick = await make_pick(
            self._shop,
            variants={"red": STOCK, "blue": 2},
            lasts=timedelta(hours=90),
            team_price_amount=TEAM,
            team_size=SIZE,
            team_hours=12,
        )

    def _nth(self, nth: int) -> int:
        """The key of one of the newest teams."""
        return max(1, self._count - nth)

    async def _join(self, people: Sequence[Any], team: int | None, kind: int) -> None:
        variant_id = self._pick.variants[kind].id
        wishes = [
            TeamWish(
                update_id=next_update(),
                person=who,
                pick_id=self._pick.id,
                team_id=team,
                variant_id=variant_id,
            )
            for who in people
        ]
        results = await asyncio.gather(
            *(self._shop.join_team(wish) for wish in wishes), return_exceptions=True
        )
        self._count = max([self._count, *(r.team.id for r in results if isinstance(r, TeamJoined))])
        _check(results)

    async def _ask(self, people: Sequence[Any], ask: Ask) -> None:
        results = await asyncio.gather(
            *(self._shop.orders.submit(make_request(self._pick, ask, person=who)) for who in people),
            return_exceptions=True,
        )
        _check(results)

    async def _choose(self, person: Any, team: int, fallback: TeamFallback) -> None:
        try:
            async with self._shop.writing() as uow:
                await choose_fallback(uow, team, person.id, fallback, now=self._shop.now())
        except ShopError:
            return

    async def _extend(self, hours: int) -> None:
        try:
            async with self._shop.writing() as uow:
                closes_at = self._shop.now() + timedelta(hours=hours)
                await extend_pick(uow, self._pick.id, closes_at=closes_at, now=self._shop.now())
        except ShopError:
            return

    async def _end(self, *, withdrawn: bool) -> None:
        async with self._shop.writing() as uow:
            if withdrawn:
                await withdraw_pick(uow, self._pick.id, reason="so", by_id=None, now=self._shop.now())
                self._state = PickState.WITHDRAWN
            else:
                await settle_teams(uow, self._pick.id, now=self._shop.now())
                await close_pick(uow, self._pick.id, now=self._shop.now())
                self._state = PickState.CLOSED

    async def _compare(self) -> None:
        async with self._database.read.connect() as connection:

            async def rows(query: str) -> Sequence[Any]:
                return (await connection.execute(text(query))).all()

            teams = await rows("SELECT id, leader_id, size, state FROM team")
            members = await rows("SELECT team_id, person_id FROM team_member")
            orders = await rows("SELECT id, person_id, state, team_id FROM orders")
            lines = await rows("SELECT order_id, variant_id, quantity, unit_amount FROM order_line")
            changes = await rows(
                "SELECT order_id, CAST(key AS INTEGER), value FROM order_event, json_each(changes)"
            )
            variants = await rows("SELECT id, sold, stock FROM variant")
            [(count, quantity, state)] = await rows("SELECT order_count, quantity, state FROM pick")
        state_of = {team: TeamState(state) for team, _, _, state in teams}
        present = {team: {who for of, who in members if of == team} for team in state_of}
        standing = {TeamState.OPEN, TeamState.COMPLETE}

        for team, leader, size, _ in teams:
            assert len(present[team]) <= size
            if state_of[team] in standing:
                assert leader in present[team], "exactly one of those present leads"
            if state_of[team] is TeamState.OPEN:
                assert len(present[team]) < size
        seats = [(team, who) for team, who in members if state_of[team] in standing]
        assert len({who for _, who in seats}) == len(seats), "one team a person"
        if state == PickState.LIVE:
            assert sorted(seats) == sorted((t, who) for _, who, _, t in orders if t is not None)
        else:
            assert TeamState.OPEN not in state_of.values()

        in_team = {order: team is not None and state_of[team] in standing for order, _, _, team in orders}
        assert all(amount == (TEAM if in_team[order] else SOLO) for order, _, _, amount in lines)
        placed = {order for order, _, stands, _ in orders if stands != OrderState.CANCELLED}
        assert placed == {order for order, _, _, _ in lines}
        assert (count, quantity) == (len(placed), sum(pieces for _, _, pieces, _ in lines))
        sold: Counter[int] = Counter()
        for _, variant, pieces, _ in lines:
            sold[variant] += pieces
        assert {v: n for v, n, _ in variants} == {v: sold[v] for v, _, _ in variants}
        assert all(n <= stock for _, n, stock in variants)
        history: Counter[tuple[int, int]] = Counter()
        for order, variant, change in changes:
            history[order, variant] += change
        assert {key: total for key, total in history.items() if total} == {
            (order, variant): pieces for order, variant, pieces, _ in lines
        }

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)


def _check(results: Sequence[object]) -> None:
    faults = [r for r in results if isinstance(r, BaseException) and not isinstance(r, ShopError)]
    assert faults == []


def test_teams_in_any_sequence_agree(tmp_path: Path, sqlite_template: Path) -> None:
    run_state_machine_as_test(
        partial(Teams, tmp_path, sqlite_template),  # type: ignore[arg-type]
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            # To shrink what fails takes minutes: add Phase.shrink by hand.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
