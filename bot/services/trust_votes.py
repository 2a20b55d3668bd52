"""The group votes on its caps: a poll is posted, stopped at its end, and what was chosen becomes the cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.allowance import pull_forward
from bot.errors import ButtonOutdated
from bot.rules.trust_votes import Choice, Outcome, Stays, choice_of, choices, kept, outcome
from bot.trust_errors import VoteRunning
from storage.models import Group, TrustVote
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What came of a vote; `choice` is what holds from now on."""

    vote: TrustVote
    group: Group
    outcome: Outcome
    votes: int
    members: int
    choice: Choice


def current_choice(group: Group) -> Choice:
    """A group's caps as a vote would offer them."""
    return Choice(group.posts_a_day, group.posts_a_week)


async def begin_vote(
    uow: UnitOfWork, group: Group, *, by_id: int, lasts: timedelta, now: datetime
) -> TrustVote:
    """Let a group vote on its caps; the poll follows through the outbox. Raises VoteRunning."""
    key = group.id or 0
    # The owner may tap twice.
    await uow.groups.lock(key)
    if await uow.trust.find_vote(key) is not None:
        raise VoteRunning
    vote = await uow.trust.save_vote(
        TrustVote(
            group_id=key,
            started_by_id=by_id,
            started_at=now,
            closes_at=now + lasts,
            options=[kept(choice) for choice in choices(current_choice(group))],
        )
    )
    await uow.outbox.add(OutboxKind.TRUST_VOTE, chat_id=group.chat_id, subject_id=vote.id, now=now)
    await uow.audit.add("vote_begun", group_id=key, person_id=by_id, now=now)
    return vote


async def end_vote(uow: UnitOfWork, group: Group, *, by_id: int, now: datetime) -> None:
    """Count a running vote now. Raises ButtonOutdated where none runs."""
    key = group.id or 0
    await uow.groups.lock(key)
    vote = await uow.trust.find_vote(key)
    if vote is None:
        raise ButtonOutdated
    vote.closes_at = min(vote.closes_at, now)
    await uow.trust.save_vote(vote)
    await uow.audit.add("vote_ended", group_id=key, person_id=by_id, now=now)


async def note_poll(uow: UnitOfWork, vote_id: int, *, poll_id: str, message_id: int) -> None:
    """A vote's poll is posted."""
    vote = await uow.trust.get_vote(vote_id)
    vote.poll_id, vote.message_id = poll_id, message_id
    await uow.trust.save_vote(vote)


async def note_counts(
    uow: UnitOfWork, poll_id: str, counts: Sequence[int], *, is_closed: bool, now: datetime
) -> Decided | None:
    """Somebody voted, or the poll was closed, which decides; a poll of nobody's vote is nothing to us."""
    vote = await uow.trust.find_vote_by_poll(poll_id)
    if vote is None or vote.decided_at is not None:
        return None
    if is_closed:
        return await decide(uow, vote.id or 0, counts, now=now)
    vote.counts = list(counts)
    await uow.trust.save_vote(vote)
    return None


async def decide(
    uow: UnitOfWork, vote_id: int, counts: Sequence[int] | None, *, now: datetime
) -> Decided | None:
    """Count a vote and set the caps that were chosen; without counts the poll was lost. Once only."""
    group = await uow.groups.get((await uow.trust.get_vote(vote_id)).group_id)
    await uow.groups.lock(group.id or 0)
    vote = await uow.trust.get_vote(vote_id, lock=True)
    if vote.decided_at is not None:
        return None
    members = await uow.trust.count_members(vote.group_id)
    options = [choice_of(option) for option in vote.options]
    was = current_choice(group)
    found = (
        Outcome(stays=Stays.LOST)
        if counts is None or len(counts) != len(options)
        else outcome(counts, members=members, current=options.index(was) if was in options else None)
    )
    vote.decided_at, vote.outcome = now, found.taken
    vote.counts = list(counts) if counts is not None else vote.counts
    await uow.trust.save_vote(vote)
    choice = options[found.taken] if found.taken is not None else was
    if choice != was:
        group.posts_a_day, group.posts_a_week = choice
        await uow.groups.save(group)
        await uow.audit.add("caps_voted", group_id=group.id, person_id=None, details=kept(choice), now=now)
        await pull_forward(uow, group, now=now)
    return Decided(
        vote=vote, group=group, outcome=found, votes=sum(counts or ()), members=members, choice=choice
    )
