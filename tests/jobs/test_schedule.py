"""Jobs run at their interval, one at a time, whatever a run does."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.jobs.schedule import JOBS, Job, start_jobs
from bot.shop import Shop
from storage.engine import open_database

SOON = 0.02


@dataclass(kw_only=True)
class Runs:
    """Counts runs, and lets a test wait for them."""

    begun: int = 0
    ended: int = 0
    at_once: int = 0
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def sweep(self, _shop: Shop) -> None:
        self.begun += 1
        self.at_once = max(self.at_once, self.begun - self.ended)
        async with self.changed:
            self.changed.notify_all()
        try:
            await self.gate.wait()
        finally:
            self.ended += 1

    async def fails(self, _shop: Shop) -> None:
        self.begun += 1
        async with self.changed:
            self.changed.notify_all()
        raise ValueError("this time it went wrong")

    async def reach(self, begun: int) -> None:
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(lambda: self.begun >= begun)

    def note(self, name: str, outcome: str, _seconds: float) -> None:
        self.outcomes.append((name, outcome))


@pytest.fixture
def idle_shop(tmp_path: Path) -> Shop:
    """A shop whose database nobody touches."""
    return Shop(database=open_database(f"sqlite:///{tmp_path}/idle.db"))


async def test_a_job_runs_at_once_and_again_at_its_interval(idle_shop: Shop) -> None:
    runs = Runs()
    runs.gate.set()
    schedule = start_jobs(
        idle_shop, jobs=[Job(name="sweep", seconds=SOON, sweep=runs.sweep)], on_job=runs.note
    )
    await runs.reach(3)
    await schedule.stop(within=1)
    assert runs.outcomes[:2] == [("sweep", "done")] * 2
    begun = runs.begun
    assert runs.ended == begun


async def test_a_run_that_takes_longer_than_its_interval_is_not_overtaken(idle_shop: Shop) -> None:
    slow, quick = Runs(), Runs()
    quick.gate.set()
    jobs = [
        Job(name="slow", seconds=SOON, sweep=slow.sweep),
        Job(name="quick", seconds=SOON, sweep=quick.sweep),
    ]
    schedule = start_jobs(idle_shop, jobs=jobs)
    await quick.reach(5)
    assert slow.begun == 1
    slow.gate.set()
    await slow.reach(2)
    await schedule.stop(within=1)
    assert slow.at_once == 1


async def test_whoever_moves_the_clock_need_not_wait_for_the_interval(idle_shop: Shop) -> None:
    runs = Runs()
    schedule = start_jobs(idle_shop, jobs=[Job(name="sweep", seconds=3600, sweep=runs.sweep)])
    await runs.reach(1)
    for _ in range(3):
        schedule.hurry()
    assert schedule.busy == 2
    runs.gate.set()
    await runs.reach(2)
    await schedule.stop(within=1)
    assert (runs.begun, runs.at_once, schedule.busy) == (2, 1, 0)


async def test_a_run_that_fails_is_told_and_the_next_one_comes(idle_shop: Shop) -> None:
    runs = Runs()
    schedule = start_jobs(
        idle_shop, jobs=[Job(name="sweep", seconds=SOON, sweep=runs.fails)], on_job=runs.note
    )
    await runs.reach(2)
    await schedule.stop(within=1)
    assert runs.outcomes[0] == ("sweep", "failed")


async def test_stopping_lets_a_run_finish(idle_shop: Shop) -> None:
    runs = Runs()
    schedule = start_jobs(
        idle_shop, jobs=[Job(name="sweep", seconds=3600, sweep=runs.sweep)], on_job=runs.note
    )
    await runs.reach(1)
    stopping = asyncio.create_task(schedule.stop(within=10))
    await asyncio.sleep(0)
    assert not stopping.done()
    runs.gate.set()
    await stopping
    assert runs.outcomes == [("sweep", "done")]


async def test_a_run_that_does_not_end_is_cut_off(idle_shop: Shop) -> None:
    runs = Runs()
    schedule = start_jobs(
        idle_shop, jobs=[Job(name="sweep", seconds=3600, sweep=runs.sweep)], on_job=runs.note
    )
    await runs.reach(1)
    await schedule.stop(within=0.01)
    assert (runs.begun, runs.ended) == (1, 1)
    assert runs.outcomes == []


def test_every_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in JOBS]
    assert sorted(names) == sorted(set(names))
    assert {"close_due", "prune"} <= set(names)
