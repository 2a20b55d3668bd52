"""How cases end: an offer is accepted, an admin decides, time is over. Whoever calls moves the money."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.case_errors import CaseMovedOn
from bot.errors import ButtonOutdated
from bot.rules.cases import Offer, bounds
from bot.services.cases.answering import audit, check_possible, rise
from bot.services.cases.seeing import Decider, see_case
from bot.services.cases.steps import deciding_side, locked, note, resolve
from storage.models import Case
from storage.repositories.case_lists import SeenCase
from storage.repositories.payments import OrderMoney
from storage.states import CaseAct, CaseLevel, CaseOutcome, CaseSide, CaseStage, OrderState
from storage.unit_of_work import UnitOfWork

_LATER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class CaseSettled:
    """What is still to be moved for a case, in minor units: given back of the order's money, or as credit."""

    seen: SeenCase
    refund_amount: int = 0
    credit_amount: int = 0
    #: Who offered or decided it; None: a recall did.
    by_id: int | None = None
    words: str = ""


async def accept_offer(
    uow: UnitOfWork, case_id: int, facts: OrderMoney, *, person_id: int, seen_id: int | None, now: datetime
) -> CaseSettled:
    """A member takes what is offered; `facts` are her locked order's, reckoned just now.

    What went back meanwhile for another reason, goes back no second time. Raises ButtonOutdated, CaseOver and
    CaseMovedOn.
    """
    case = await locked(uow, case_id, seen_id=seen_id)
    if case.person_id != person_id:
        raise ButtonOutdated
    if case.stage is not CaseStage.OFFERED or case.offered is None:
        raise CaseMovedOn
    offered = await uow.cases.last_offer(case_id)
    await note(
        uow, case, CaseAct.ACCEPTED, CaseSide.MEMBER,
        person_id=person_id, outcome=case.offered, amount=case.offered_amount, now=now,
    )  # fmt: skip
    return await _settle(
        uow,
        case,
        Offer(case.offered, case.offered_amount, offered.words if offered else ""),
        facts,
        by_id=offered.person_id if offered else None,
        resolved_by_id=person_id,
        now=now,
    )


async def decide_finally(
    uow: UnitOfWork,
    case_id: int,
    offer: Offer,
    facts: OrderMoney,
    *,
    by: Decider,
    seen_id: int | None,
    now: datetime,
) -> CaseSettled:
    """An admin has the last word; `facts` are the locked order's, reckoned just now.

    Raises ButtonOutdated, CaseOver, CaseMovedOn, CaseWithOthers, CaseAboutYourself, NothingToRefund,
    CaseAmountTooLarge and CaseNeedsCredit.
    """
    case = await locked(uow, case_id, seen_id=seen_id)
    side = deciding_side(case, by)
    if case.level is not CaseLevel.ADMIN:
        raise ButtonOutdated
    seen = await see_case(uow, case_id)
    await check_possible(uow, seen, offer, by=by)
    case.offered, case.offered_amount = offer.outcome, offer.amount
    await note(
        uow, case, CaseAct.SETTLED, side,
        person_id=by.person_id, words=offer.words, outcome=offer.outcome, amount=offer.amount, now=now,
    )  # fmt: skip
    await audit(uow, "case_decided", seen, offer, by_id=by.person_id, now=now)
    return await _settle(uow, case, offer, facts, by_id=by.person_id, resolved_by_id=by.person_id, now=now)


async def mark_given(uow: UnitOfWork, case_id: int, *, by: Decider, now: datetime) -> None:
    """Whoever decided a case says that she gave what no books of ours keep. Raises ButtonOutdated."""
    seen = await see_case(uow, case_id)
    await uow.payments.lock([seen.order_id])
    case = await uow.cases.get(case_id, lock=True)
    if not case.is_by_word or case.given_at is not None or not by.levels or by.person_id == case.person_id:
        raise ButtonOutdated
    case.given_at = now
    await uow.cases.save(case)
    side = CaseSide.OWNER if CaseLevel.OWNER in by.levels else CaseSide.CURATOR
    if by.levels == {CaseLevel.ADMIN}:
        side = CaseSide.ADMIN
    offer = Offer(case.outcome or CaseOutcome.NOTHING, case.offered_amount)
    await note(
        uow, case, CaseAct.SETTLED, side,
        person_id=by.person_id, outcome=offer.outcome, amount=offer.amount, now=now,
    )  # fmt: skip
    await audit(uow, "case_given", seen, offer, by_id=by.person_id, now=now)


async def time_is_over(uow: UnitOfWork, case_id: int, *, now: datetime) -> SeenCase | None:
    """A case whose time is over goes on by itself; returns it if anything happened.

    Where nobody answered it goes on to whoever is next; an offer that was not answered is closed, and so is
    the case of somebody who wanted to be forgotten.
    """
    seen = await see_case(uow, case_id)
    await uow.payments.lock([seen.order_id])
    case = await uow.cases.get(case_id, lock=True)
    is_due = case.due_at is not None and case.due_at <= now
    if case.stage is CaseStage.RESOLVED or not (is_due or seen.erased_at):
        return None
    if seen.erased_at is None and case.stage is CaseStage.OPEN:
        await rise(uow, case, CaseAct.OVERDUE, CaseSide.BOT, person_id=None, now=now)
    elif seen.erased_at is None and await _is_in_review(uow, case):
        # She could not have accepted it.
        case.due_at = now + _LATER
        await uow.cases.save(case)
        return None
    else:
        case.offered = case.offered_amount = None
        await resolve(uow, case, CaseOutcome.NOTHING, by_id=None, now=now)
        await note(uow, case, CaseAct.SETTLED, CaseSide.BOT, outcome=CaseOutcome.NOTHING, now=now)
    return await see_case(uow, case_id)


async def _is_in_review(uow: UnitOfWork, case: Case) -> bool:
    facts = (await uow.payments.money([case.order_id]))[case.order_id]
    return facts.order_state is OrderState.NEEDS_REVIEW


async def _settle(
    uow: UnitOfWork,
    case: Case,
    offer: Offer,
    facts: OrderMoney,
    *,
    by_id: int | None,
    resolved_by_id: int,
    now: datetime,
) -> CaseSettled:
    amount = offer.amount or 0
    case.is_by_word = offer.outcome is CaseOutcome.REPLACEMENT
    refund_amount = 0
    if offer.outcome is CaseOutcome.REFUND:
        most = bounds(facts, is_tracked=facts.is_tracked)
        amount = min(amount, most.refund)
        case.offered_amount, case.is_by_word = amount, most.is_by_word and amount > 0
        refund_amount = 0 if most.is_by_word else amount
        # It costs so much less from here on, whoever keeps the money.
        await uow.payments.settle_later([case.order_id], now=now)
    await resolve(uow, case, offer.outcome, by_id=resolved_by_id, now=now)
    return CaseSettled(
        seen=await see_case(uow, case.id or 0),
        refund_amount=refund_amount,
        credit_amount=amount if offer.outcome is CaseOutcome.CREDIT else 0,
        by_id=by_id,
        words=offer.words,
    )
