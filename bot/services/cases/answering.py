"""What is offered in a case, and going on with it to whoever decides next."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.case_errors import CaseNeedsCredit, CaseTooEarly
from bot.errors import ButtonOutdated
from bot.rules.cases import OFFER_STANDS, Offer, check_offer, may_go_on, next_level, promised
from bot.services.cases.seeing import Decider, bounds_of, gives_credit, parties_of, see_case
from bot.services.cases.steps import deciding_side, locked, note
from storage.models import Case
from storage.repositories.case_lists import SeenCase
from storage.states import CaseAct, CaseLevel, CaseOutcome, CaseSide, CaseStage
from storage.unit_of_work import UnitOfWork


async def make_offer(
    uow: UnitOfWork, case_id: int, offer: Offer, *, by: Decider, seen_id: int | None, now: datetime
) -> None:
    """Whoever decides offers how the case would end; its member answers. What was offered before gives way.

    Raises ButtonOutdated, CaseOver, CaseMovedOn, CaseWithOthers, CaseAboutYourself, NothingToRefund,
    CaseAmountTooLarge and CaseNeedsCredit.
    """
    case = await locked(uow, case_id, seen_id=seen_id)
    side = deciding_side(case, by)
    seen = await see_case(uow, case_id)
    await check_possible(uow, seen, offer, by=by)
    case.stage, case.due_at = CaseStage.OFFERED, now + OFFER_STANDS
    case.offered, case.offered_amount = offer.outcome, offer.amount
    case.answered_at = case.answered_at or now
    await uow.cases.save(case)
    await note(
        uow, case, CaseAct.OFFERED, side,
        person_id=by.person_id, words=offer.words, outcome=offer.outcome, amount=offer.amount, now=now,
    )  # fmt: skip
    await audit(uow, "case_offer_made", seen, offer, by_id=by.person_id, now=now)


async def go_on(
    uow: UnitOfWork, case_id: int, *, person_id: int, seen_id: int | None, now: datetime
) -> CaseLevel:
    """A member is not content with the answer, or with none: whoever is next decides.

    Raises ButtonOutdated, CaseOver, CaseMovedOn and CaseTooEarly.
    """
    case = await locked(uow, case_id, seen_id=seen_id)
    if case.person_id != person_id or case.level is CaseLevel.ADMIN:
        raise ButtonOutdated
    may = may_go_on(
        stage=case.stage, level=case.level, answered_at=case.answered_at, due_at=case.due_at, now=now
    )
    if not may:
        group = await uow.groups.get(case.group_id)
        raise CaseTooEarly((case.due_at or now).astimezone(ZoneInfo(group.time_zone)))
    act = CaseAct.REFUSED if case.stage is CaseStage.OFFERED else CaseAct.ESCALATED
    return await rise(uow, case, act, CaseSide.MEMBER, person_id=person_id, now=now)


async def rise(
    uow: UnitOfWork, case: Case, act: CaseAct, side: CaseSide, *, person_id: int | None, now: datetime
) -> CaseLevel:
    """A locked case goes on to whoever decides next; at the end of the way it stays, with a new promise."""
    seen = await see_case(uow, case.id or 0)
    await note(uow, case, act, side, person_id=person_id, now=now)
    above = next_level(case.level, await parties_of(uow, seen))
    if above is not None:
        case.level, case.answered_at = above, None
    case.stage, case.due_at = CaseStage.OPEN, promised(now, seen.answer_hours)
    case.offered = case.offered_amount = None
    await uow.cases.save(case)
    return case.level


async def check_possible(uow: UnitOfWork, seen: SeenCase, offer: Offer, *, by: Decider) -> None:
    """Raise NothingToRefund, CaseAmountTooLarge or CaseNeedsCredit unless she can give this."""
    if offer.outcome is CaseOutcome.CREDIT and not (by.may_give_credit and await gives_credit(uow, seen)):
        raise CaseNeedsCredit
    check_offer(offer, await bounds_of(uow, seen.order_id), currency=seen.currency)


async def audit(
    uow: UnitOfWork, action: str, seen: SeenCase, offer: Offer, *, by_id: int | None, now: datetime
) -> None:
    """Note in the audit log what somebody with rights did in a case."""
    await uow.audit.add(
        action,
        group_id=seen.group_id,
        person_id=by_id,
        pick_id=seen.pick_id,
        order_id=seen.order_id,
        now=now,
        details={
            "case_id": seen.id,
            "person_id": seen.person_id,
            "outcome": offer.outcome,
            "amount": offer.amount,
            "currency": seen.currency,
        },
    )
