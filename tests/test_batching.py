"""Group commit: many requests, one transaction, and no request pays for another."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar

import pytest

from bot.batching import Decided, DecidedOtherwise, GroupCommit

speaking = ContextVar("speaking", default="nobody")


class Ledger:
    """Decides numbers and commits them; while the gate is shut a commit takes its time."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.committed: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.began = asyncio.Event()
        self.word = "number"
        self.said_by: list[str] = []

    @asynccontextmanager
    async def deciding(self, numbers: Sequence[int]) -> AsyncIterator[Sequence[str | Exception]]:
        """Odd numbers are refused, 13 can't be decided, 666 not committed, the rest is answered in words."""
        self.batches.append(list(numbers))
        self.said_by.append(speaking.get())
        if 13 in numbers:
            raise RuntimeError("thirteen")
        yield [ValueError(n) if n % 2 else f"{self.word} {n}" for n in numbers]
        self.began.set()
        await self.gate.wait()
        if 666 in numbers:
            raise RuntimeError("the disk is full")
        self.committed += numbers


@pytest.fixture
async def ledger() -> Ledger:
    return Ledger()


async def test_a_lone_request_is_answered_at_once(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    async with asyncio.timeout(1):
        assert await group.submit(2) == "number 2"
    assert ledger.batches == [[2]]


async def test_what_arrives_together_is_committed_together_in_order(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    answers = await asyncio.gather(*(group.submit(n) for n in range(0, 20, 2)))
    assert answers == [f"number {n}" for n in range(0, 20, 2)]
    assert ledger.batches == [[*range(0, 20, 2)]]


async def test_what_arrives_during_a_commit_makes_the_next_batch(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    ledger.gate.clear()
    first = asyncio.create_task(group.submit(0))
    await ledger.began.wait()
    rest = [asyncio.create_task(group.submit(n)) for n in (2, 4, 6)]
    await asyncio.sleep(0)
    ledger.gate.set()
    assert await asyncio.gather(first, *rest) == ["number 0", "number 2", "number 4", "number 6"]
    assert ledger.batches == [[0], [2, 4, 6]]


async def test_a_refusal_is_told_to_its_requester_alone(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    answers = await asyncio.gather(*(group.submit(n) for n in (0, 1, 2)), return_exceptions=True)
    assert answers[0::2] == ["number 0", "number 2"]
    assert isinstance(answers[1], ValueError)
    assert len(ledger.batches) == 1


async def test_one_request_that_breaks_the_commit_harms_no_other(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    answers = await asyncio.gather(*(group.submit(n) for n in (0, 13, 2)), return_exceptions=True)
    assert answers[0::2] == ["number 0", "number 2"]
    assert isinstance(answers[1], RuntimeError)
    assert ledger.batches == [[0, 13, 2], [0], [13], [2]]
    assert await group.submit(4) == "number 4"


async def test_a_batch_has_no_more_than_it_may(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding, most=3)
    await asyncio.gather(*(group.submit(n) for n in range(0, 14, 2)))
    assert ledger.batches == [[0, 2, 4], [6, 8, 10], [12]]


async def test_who_no_longer_waits_is_served_all_the_same(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    ledger.gate.clear()
    impatient = asyncio.create_task(group.submit(2))
    patient = asyncio.create_task(group.submit(4))
    await ledger.began.wait()
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    assert impatient.cancelled()
    ledger.gate.set()
    assert await patient == "number 4"
    assert ledger.committed == [2, 4]


async def test_draining_waits_for_what_was_taken_and_for_what_came_after(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    ledger.gate.clear()
    first = asyncio.create_task(group.submit(0))
    await ledger.began.wait()
    second = asyncio.create_task(group.submit(2))
    draining = asyncio.create_task(group.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    ledger.gate.set()
    await draining
    assert ledger.committed == [0, 2]
    await asyncio.gather(first, second)


async def test_with_nothing_to_commit_draining_is_immediate(ledger: Ledger) -> None:
    async with asyncio.timeout(1):
        await GroupCommit(ledger.deciding).drain()


async def test_batches_are_told_with_their_sizes(ledger: Ledger) -> None:
    told: list[tuple[int, float]] = []
    group: GroupCommit[int, str] = GroupCommit(
        ledger.deciding, on_batch=lambda size, seconds: told.append((size, seconds))
    )
    await asyncio.gather(*(group.submit(n) for n in (0, 2, 4)))
    await group.submit(6)
    assert [size for size, _ in told] == [3, 1]
    assert all(seconds >= 0 for _, seconds in told)


async def decided(group: GroupCommit[int, str], *numbers: int) -> list[Decided[str]]:
    return await asyncio.gather(*(group.decide(n) for n in numbers))


async def test_a_result_is_known_before_it_is_stored(ledger: Ledger) -> None:
    ledger.gate.clear()
    [two] = await decided(GroupCommit(ledger.deciding), 2)
    assert two.result == "number 2"
    assert not two.stored.done()
    ledger.gate.set()
    await two.stored
    assert ledger.committed == [2]


async def test_a_refusal_waits_for_what_was_taken_before_it(ledger: Ledger) -> None:
    group = GroupCommit(ledger.deciding)
    ledger.gate.clear()
    taken, refused = asyncio.create_task(group.decide(2)), asyncio.create_task(group.decide(3))
    await taken
    await ledger.began.wait()
    assert not refused.done()
    ledger.gate.set()
    with pytest.raises(ValueError, match="3"):
        await refused


async def test_what_was_told_is_stored_after_all_where_another_kept_it_from_that(ledger: Ledger) -> None:
    two, bad, four = await decided(GroupCommit(ledger.deciding), 2, 666, 4)
    await two.stored
    await four.stored
    with pytest.raises(RuntimeError, match="disk"):
        await bad.stored
    assert ledger.committed == [2, 4]


async def test_what_would_now_be_decided_otherwise_than_was_told_is_not_stored(ledger: Ledger) -> None:
    ledger.gate.clear()
    two, bad = await decided(GroupCommit(ledger.deciding), 2, 666)
    ledger.word = "figure"
    ledger.gate.set()
    with pytest.raises(DecidedOtherwise):
        await two.stored
    with pytest.raises(RuntimeError):
        await bad.stored
    assert ledger.committed == []


async def test_who_no_longer_waits_for_the_commit_harms_nobody(ledger: Ledger) -> None:
    ledger.gate.clear()
    two, four = await decided(GroupCommit(ledger.deciding), 2, 4)
    two.stored.cancel()
    ledger.gate.set()
    await four.stored
    assert ledger.committed == [2, 4]


async def test_a_failed_commit_that_nobody_waits_for_is_no_noise(ledger: Ledger) -> None:
    noise: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: noise.append(context))
    group = GroupCommit(ledger.deciding)
    await group.decide(666)
    await group.drain()
    # What the worker has ended with is forgotten with its next turn.
    await asyncio.sleep(0)
    gc.collect()
    assert noise == []


async def test_a_batch_speaks_for_nobody_who_is_in_it(ledger: Ledger) -> None:
    speaking.set("Ann")
    await GroupCommit(ledger.deciding).submit(2)
    assert ledger.said_by == ["nobody"]
