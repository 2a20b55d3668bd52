"""How the orders went that somebody answers for, in one group."""

from datetime import datetime

from bot.rules.scores import REACH, Outcome, Score, score
from storage.unit_of_work import UnitOfWork


async def score_of_recommender(
    uow: UnitOfWork, group_id: int, person_id: int, *, now: datetime
) -> Score | None:
    """How what a member recommended to others went; None while that is too little."""
    found = await uow.scores.of_recommender(group_id, person_id)
    return score((Outcome(one.at, one.is_disputed) for one in found), now=now)


async def score_of_curator(uow: UnitOfWork, group_id: int, person_id: int, *, now: datetime) -> Score | None:
    """How the orders of a curator's own picks went, and how long her cases took; None of too few orders."""
    found = await uow.scores.of_curator(group_id, person_id)
    took = await uow.case_lists.resolutions(person_id, since=now - REACH, group_id=group_id)
    return score((Outcome(one.at, one.is_disputed) for one in found), now=now, resolved_after=took)
