"""A group votes on its caps: one poll, counted once, whatever becomes of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import ButtonOutdated
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.trust_votes import close_votes
from bot.services.groups import configure_group
from bot.services.trust_votes import begin_vote, end_vote, note_counts
from bot.shop import Shop
from bot.telegram.parcels import Parcel, Refusal
from bot.trust_errors import VoteRunning
from storage.models import AuditEntry, Group, TrustVote
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person
from tests.services.rows import rows_of

TWO_DAYS = timedelta(days=2)


@pytest.fixture
async def group(shop: Shop) -> Group:
    """A group of five that keeps an allowance."""
    group = await make_group(shop)
    async with shop.writing() as uow:
        stored = await uow.groups.get(group.id or 0)
        people = [make_person() for _ in range(4)]
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())
        return await configure_group(uow, stored, "allowance", "on", now=shop.now())


async def begins(shop: Shop, group: Group) -> None:
    async with shop.writing() as uow:
        stored = await uow.groups.get(group.id or 0)
        await begin_vote(uow, stored, by_id=MEI_ID, lasts=TWO_DAYS, now=shop.now())


async def calls(shop: Shop, outbox: DatabaseOutbox, method: str) -> Sequence[Parcel]:
    parcels = await outbox.take(now=shop.now(), limit=100, not_chats=(), full_chats=())
    return [parcel for parcel in parcels if parcel.method == method]


async def posted(shop: Shop, outbox: DatabaseOutbox) -> None:
    """The poll comes into the group."""
    [parcel] = await calls(shop, outbox, "sendPoll")
    await outbox.delivered(parcel, {"message_id": 77, "poll": {"id": "5005"}})


async def the_vote(shop: Shop) -> TrustVote:
    [vote] = await rows_of(shop, TrustVote)
    return vote


async def caps(shop: Shop) -> tuple[int, int]:
    [group] = await rows_of(shop, Group)
    return group.posts_a_day, group.posts_a_week


def stopped(counts: Sequence[int]) -> dict[str, Any]:
    """What Telegram answers to stopPoll."""
    return {"id": "5005", "options": [{"voter_count": count} for count in counts], "is_closed": True}


async def test_what_most_choose_becomes_the_caps(shop: Shop, clock: Clock, group: Group) -> None:
    outbox = DatabaseOutbox(shop)
    await begins(shop, group)
    with pytest.raises(VoteRunning):
        await begins(shop, group)
    await posted(shop, outbox)
    async with shop.writing() as uow:
        assert await note_counts(uow, "5005", [0, 1, 0, 2, 0, 0], is_closed=False, now=shop.now()) is None
        assert await note_counts(uow, "another", [9], is_closed=True, now=shop.now()) is None
    assert (await the_vote(shop)).counts == [0, 1, 0, 2, 0, 0]
    await close_votes(shop)
    assert await calls(shop, outbox, "stopPoll") == [], "it is not over"

    clock.advance(TWO_DAYS)
    await close_votes(shop)
    await close_votes(shop)
    [parcel] = await calls(shop, outbox, "stopPoll")
    assert parcel.params["message_id"] == 77
    await outbox.delivered(parcel, stopped([0, 1, 0, 3, 0, 0]))
    vote = await the_vote(shop)
    assert (vote.outcome, vote.counts, vote.decided_at) == (3, [0, 1, 0, 3, 0, 0], clock.now())
    assert await caps(shop) == (2, 7)
    [said] = await calls(shop, outbox, "sendMessage")
    assert "4 votes" in str(said.params["text"])
    assert "2 a day, 7 a week" in str(said.params["text"])
    assert [act.action for act in await rows_of(shop, AuditEntry)][-2:] == ["vote_begun", "caps_voted"]
    async with shop.writing() as uow:
        assert await note_counts(uow, "5005", [9] * 6, is_closed=True, now=shop.now()) is None
    assert await caps(shop) == (2, 7), "it is counted once"


@pytest.mark.parametrize(
    ("refusal", "counts", "outcome"),
    [
        ("Bad Request: poll has already been closed", [0, 0, 3, 0, 0, 0], 2),
        ("Bad Request: message with poll to stop not found", [0, 0, 3, 0, 0, 0], None),
        ("Bad Request: poll has already been closed", None, None),
    ],
)
async def test_a_poll_that_cannot_be_stopped_is_counted_as_far_as_it_is_known(
    shop: Shop, clock: Clock, group: Group, refusal: str, counts: list[int] | None, outcome: int | None
) -> None:
    outbox = DatabaseOutbox(shop)
    await begins(shop, group)
    await posted(shop, outbox)
    async with shop.writing() as uow:
        if counts is not None:
            await note_counts(uow, "5005", counts, is_closed=False, now=shop.now())
        await end_vote(uow, group, by_id=MEI_ID, now=shop.now())
    await close_votes(shop)
    [parcel] = await calls(shop, outbox, "stopPoll")
    await outbox.refused(parcel, error=Refusal(code=400, description=refusal))
    vote = await the_vote(shop)
    assert vote.decided_at == clock.now()
    assert vote.outcome == outcome
    assert await caps(shop) == ((1, 7) if outcome is not None else (1, 3))
    async with shop.writing() as uow:
        with pytest.raises(ButtonOutdated):
            await end_vote(uow, group, by_id=MEI_ID, now=shop.now())


async def test_somebody_closes_the_poll_and_one_that_never_came_decides_nothing(
    shop: Shop, clock: Clock, group: Group
) -> None:
    outbox = DatabaseOutbox(shop)
    await begins(shop, group)
    await posted(shop, outbox)
    async with shop.writing() as uow:
        decided = await note_counts(uow, "5005", [2, 0, 0, 0, 0, 0], is_closed=True, now=shop.now())
    assert decided is not None
    assert await caps(shop) == (1, 1)

    await begins(shop, group)
    [parcel] = await calls(shop, outbox, "sendPoll")
    await outbox.refused(parcel, error=Refusal(code=400, description="not enough rights to send polls"))
    votes = await rows_of(shop, TrustVote)
    assert [(vote.outcome, vote.decided_at) for vote in votes] == [(0, clock.now()), (None, clock.now())]
    await begins(shop, group)
    clock.advance(TWO_DAYS)
    await close_votes(shop)
    assert {vote.decided_at is None for vote in await rows_of(shop, TrustVote)} == {False}
    assert await caps(shop) == (1, 1)
