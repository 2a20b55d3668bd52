"""The jobs and how often each runs. What is due stands in the database, so a restart rebuilds nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.jobs.campaigns import send_campaigns
from bot.jobs.carried_orders import reckon_sales
from bot.jobs.carryings import follow_ends
from bot.jobs.cases import escalate_overdue
from bot.jobs.closing import close_due
from bot.jobs.commissions import reckon_stale, release_accrued
from bot.jobs.dead_letters import retry_asked
from bot.jobs.flags import EVERY_SECONDS as FLAG_SECONDS
from bot.jobs.flags import look_for_abuse
from bot.jobs.holds import lapse_due
from bot.jobs.ledger import EVERY_SECONDS as AUDIT_SECONDS
from bot.jobs.ledger import audit_nightly
from bot.jobs.listings import EVERY_SECONDS as MARKET_SECONDS
from bot.jobs.listings import tend_market
from bot.jobs.measuring import (
    MEASURE_SECONDS,
    WATCH_SECONDS,
    measure_posts,
    measure_tellings,
    watch_trust,
)
from bot.jobs.notices import tell_new_picks
from bot.jobs.posting import open_due
from bot.jobs.privacy import GONE_SECONDS, forget_asked, forget_gone
from bot.jobs.promotions import credit_friends, turn_promotions
from bot.jobs.proposals import tell_posted
from bot.jobs.pruning import prune
from bot.jobs.recalls import stop_bad, tell_recalled
from bot.jobs.recommendations import EVERY_SECONDS as RANKING_SECONDS
from bot.jobs.recommendations import rank_anew
from bot.jobs.reconciling import reconcile
from bot.jobs.reminders import remind_due
from bot.jobs.reviews import EVERY_SECONDS as REVIEW_SECONDS
from bot.jobs.reviews import ask_for_reviews
from bot.jobs.settlements import settle_due
from bot.jobs.teams import expire_due
from bot.jobs.trust_votes import close_votes
from bot.jobs.uptime import EVERY_SECONDS as UPTIME_SECONDS
from bot.jobs.uptime import note_uptime
from bot.jobs.wishes import expire_wishes, tell_wishers
from bot.shop import Shop

log = structlog.get_logger(__name__)

Sweep = Callable[[Shop], Awaitable[object]]

OnJob = Callable[[str, str, float], None]
"""Told of each run: the job's name, "done" or "failed", and the seconds it took."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A sweep and the seconds from one to the next."""

    name: str
    seconds: float
    sweep: Sweep


JOBS: Final = (
    Job(name="open_due", seconds=1, sweep=open_due),
    Job(name="close_due", seconds=1, sweep=close_due),
    Job(name="expire_teams", seconds=1, sweep=expire_due),
    Job(name="lapse_due", seconds=1, sweep=lapse_due),
    Job(name="settle_due", seconds=1, sweep=settle_due),
    Job(name="send_campaigns", seconds=1, sweep=send_campaigns),
    Job(name="reckon_commissions", seconds=2, sweep=reckon_stale),
    Job(name="reckon_sales", seconds=2, sweep=reckon_sales),
    Job(name="release_commissions", seconds=60, sweep=release_accrued),
    Job(name="turn_promotions", seconds=1, sweep=turn_promotions),
    Job(name="credit_friends", seconds=60, sweep=credit_friends),
    Job(name="remind_due", seconds=5, sweep=remind_due),
    Job(name="tell_new_picks", seconds=2, sweep=tell_new_picks),
    Job(name="tell_wishers", seconds=2, sweep=tell_wishers),
    Job(name="expire_wishes", seconds=60, sweep=expire_wishes),
    Job(name="close_votes", seconds=5, sweep=close_votes),
    Job(name="tell_posted", seconds=5, sweep=tell_posted),
    Job(name="retry_asked", seconds=2, sweep=retry_asked),
    Job(name="forget_asked", seconds=2, sweep=forget_asked),
    Job(name="forget_gone", seconds=GONE_SECONDS, sweep=forget_gone),
    Job(name="look_for_abuse", seconds=FLAG_SECONDS, sweep=look_for_abuse),
    Job(name="ask_for_reviews", seconds=REVIEW_SECONDS, sweep=ask_for_reviews),
    Job(name="escalate_overdue", seconds=30, sweep=escalate_overdue),
    Job(name="stop_bad", seconds=10, sweep=stop_bad),
    Job(name="tell_recalled", seconds=1, sweep=tell_recalled),
    Job(name="follow_ends", seconds=2, sweep=follow_ends),
    Job(name="tend_market", seconds=MARKET_SECONDS, sweep=tend_market),
    Job(name="reconcile", seconds=3600, sweep=reconcile),
    Job(name="note_uptime", seconds=UPTIME_SECONDS, sweep=note_uptime),
    Job(name="measure_posts", seconds=MEASURE_SECONDS, sweep=measure_posts),
    Job(name="measure_tellings", seconds=MEASURE_SECONDS, sweep=measure_tellings),
    Job(name="watch_trust", seconds=WATCH_SECONDS, sweep=watch_trust),
    Job(name="rank_anew", seconds=RANKING_SECONDS, sweep=rank_anew),
    Job(name="prune", seconds=3600, sweep=prune),
    Job(name="audit_books", seconds=AUDIT_SECONDS, sweep=audit_nightly),
)


class Schedule:
    """Runs each job at its interval until stopped, never twice at once."""

    def __init__(self, shop: Shop, *, jobs: Sequence[Job] = JOBS, on_job: OnJob | None = None) -> None:
        self._shop = shop
        self._jobs = jobs
        self._on_job = on_job
        self._running: set[asyncio.Task[None]] = set()
        self._turns = {job.name: asyncio.Lock() for job in jobs}
        self._hurried: set[str] = set()
        self._stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # A run that was missed while the loop was busy is made up for, once.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for job in jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=job.seconds,
                args=[job],
                id=job.name,
                # At once: a bot that restarts every half hour would never come to an hourly job.
                next_run_time=datetime.now(UTC),
            )

    def start(self) -> None:
        """Begin, each job with a first run now."""
        self._scheduler.start()

    @property
    def busy(self) -> int:
        """How many runs are under way or wait for their turn."""
        return len(self._running)

    def hurry(self) -> None:
        """Run every job now, each after the run under way: for whoever has moved the shop's clock."""
        for job in self._jobs:
            # One that waits for its turn will see all that is due by then.
            if not self._stopping and job.name not in self._hurried:
                self._hurried.add(job.name)
                self._begin(job)

    async def stop(self, *, within: float) -> None:
        """Begin no more runs and let those under way finish (seconds); later ones are cut off."""
        self._stopping = True
        if self._running:
            await asyncio.wait(self._running, timeout=within)
        for run in self._running:
            run.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    async def _run(self, job: Job) -> None:
        if self._stopping:
            return
        await self._begin(job)

    def _begin(self, job: Job) -> "asyncio.Task[None]":
        # A task of its own, so that stopping can wait for it: the scheduler's shutdown would cut it off.
        run = asyncio.create_task(self._in_turn(job))
        self._running.add(run)
        run.add_done_callback(self._running.discard)
        return run

    async def _in_turn(self, job: Job) -> None:
        async with self._turns[job.name]:
            self._hurried.discard(job.name)
            if not self._stopping:
                await self._timed(job)

    async def _timed(self, job: Job) -> None:
        began = time.perf_counter()
        outcome = "done"
        try:
            await job.sweep(self._shop)
        except Exception:
            outcome = "failed"
            log.exception("job_failed", job=job.name)
        if self._on_job is not None:
            self._on_job(job.name, outcome, time.perf_counter() - began)


def start_jobs(shop: Shop, *, jobs: Sequence[Job] = JOBS, on_job: OnJob | None = None) -> Schedule:
    """Start the jobs of a shop; the caller stops what is returned."""
    schedule = Schedule(shop, jobs=jobs, on_job=on_job)
    schedule.start()
    return schedule
