"""What every step of a case begins and ends with: the lock, its place in the history, the end."""

from collections.abc import Sequence
from datetime import datetime

from bot.case_errors import CaseAboutYourself, CaseMovedOn, CaseOver, CaseWithOthers
from bot.errors import ButtonOutdated
from bot.reckoning import reckon_later
from bot.rules.cases import side_of
from bot.services.cases.seeing import Decider
from storage.models import Case, CaseEvent
from storage.states import CaseAct, CaseOutcome, CaseSide, CaseStage
from storage.unit_of_work import UnitOfWork


async def locked(uow: UnitOfWork, case_id: int, *, seen_id: int | None = None) -> Case:
    """An open case, and its order before it, which nobody else changes before the commit.

    Raises ButtonOutdated, CaseOver, and CaseMovedOn where more than words came behind the step `seen_id`.
    """
    try:
        order_id = (await uow.cases.get(case_id)).order_id
    except LookupError:
        raise ButtonOutdated from None
    await uow.payments.lock([order_id])
    case = await uow.cases.get(case_id, lock=True)
    if case.stage is CaseStage.RESOLVED:
        raise CaseOver
    if seen_id is not None and await uow.cases.has_moved_on(case_id, since_id=seen_id):
        raise CaseMovedOn
    return case


async def note(
    uow: UnitOfWork,
    case: Case,
    act: CaseAct,
    side: CaseSide,
    *,
    now: datetime,
    person_id: int | None = None,
    words: str = "",
    photo_ids: Sequence[str] = (),
    outcome: CaseOutcome | None = None,
    amount: int | None = None,
) -> None:
    """Write a step into the history of a case."""
    await uow.cases.note(
        CaseEvent(
            case_id=case.id or 0,
            act=act,
            side=side,
            person_id=person_id,
            words=words,
            photo_ids=list(photo_ids) or None,
            outcome=outcome,
            amount=amount,
            happened_at=now,
        )
    )


def deciding_side(case: Case, by: Decider) -> CaseSide:
    """In which role somebody decides a case now. Raises CaseAboutYourself and CaseWithOthers."""
    if by.person_id == case.person_id:
        raise CaseAboutYourself
    if case.level not in by.levels:
        raise CaseWithOthers
    return side_of(case.level, by.levels)


async def resolve(
    uow: UnitOfWork, case: Case, outcome: CaseOutcome, *, by_id: int | None, now: datetime
) -> None:
    """A locked case is over; what waited for it waits no more."""
    case.stage, case.outcome = CaseStage.RESOLVED, outcome
    case.resolved_at, case.resolved_by_id = now, by_id
    case.due_at = None
    await uow.cases.save(case)
    await reckon_later(uow, [case.order_id], now=now)
