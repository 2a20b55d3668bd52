"""Opening a case, adding words to it, and taking it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.case_errors import CaseWordsMissing, TooManyCases
from bot.errors import ButtonOutdated
from bot.rules.cases import (
    MOST_OF_ORDER,
    OFFER_STANDS,
    back_at_once,
    first_level,
    needs_words,
    promised,
    side_of,
)
from bot.services.cases.seeing import Decider, bounds_of, parties_of, see_case
from bot.services.cases.steps import locked, note, resolve
from storage.models import Case
from storage.repositories.pickups import OrderInHand
from storage.states import CaseAct, CaseKind, CaseLevel, CaseOutcome, CaseSide, CaseStage, FulfilmentState
from storage.unit_of_work import UnitOfWork


class CaseOpened(NamedTuple):
    """The case about an order, and whether it is new: whoever opens it twice gets the same."""

    case: Case
    is_new: bool


async def open_case(
    uow: UnitOfWork,
    order_id: int,
    kind: CaseKind,
    *,
    person_id: int,
    words: str = "",
    photo_ids: Sequence[str] = (),
    now: datetime,
) -> CaseOpened:
    """Something is wrong with a member's own order; what she says of one that is open already, is added.

    Raises ButtonOutdated, CaseWordsMissing and TooManyCases.
    """
    order = await _own_order(uow, order_id, person_id)
    case = await uow.cases.find_open(order_id)
    if case is not None:
        if words or photo_ids:
            await note(
                uow, case, CaseAct.SAID, CaseSide.MEMBER,
                person_id=person_id, words=words, photo_ids=photo_ids, now=now,
            )  # fmt: skip
        return CaseOpened(case, False)
    if needs_words(kind) and not words:
        raise CaseWordsMissing
    if await uow.cases.count_of_order(order_id) >= MOST_OF_ORDER:
        raise TooManyCases
    case = await _open(uow, order, kind, recall_id=None, now=now)
    await note(
        uow, case, CaseAct.OPENED, CaseSide.MEMBER,
        person_id=person_id, words=words, photo_ids=photo_ids, now=now,
    )  # fmt: skip
    return CaseOpened(case, True)


async def open_from_recall(
    uow: UnitOfWork, order_id: int, *, person_id: int, recall_id: int, now: datetime
) -> CaseOpened:
    """A buyer of what is recalled wants her money back: a case in which it is offered already.

    Where nothing can be given back, somebody has to answer. What was offered in a case that is open already
    gives way to it. Raises ButtonOutdated.
    """
    order = await _own_order(uow, order_id, person_id)
    case = await uow.cases.find_open(order_id)
    is_new = case is None
    if case is None:
        case = await _open(uow, order, CaseKind.OTHER, recall_id=recall_id, now=now)
        await note(uow, case, CaseAct.OPENED, CaseSide.MEMBER, person_id=person_id, now=now)
    is_fetched = order.fulfilment is FulfilmentState.HANDED_OVER
    most = back_at_once(await bounds_of(uow, order_id), is_fetched=is_fetched)
    if most:
        case.stage, case.due_at = CaseStage.OFFERED, now + OFFER_STANDS
        case.offered, case.offered_amount = CaseOutcome.REFUND, most
        case.answered_at = case.answered_at or now
        await uow.cases.save(case)
        await note(
            uow, case, CaseAct.OFFERED, CaseSide.BOT,
            outcome=CaseOutcome.REFUND, amount=most, now=now,
        )  # fmt: skip
    return CaseOpened(case, is_new)


async def say(
    uow: UnitOfWork,
    case_id: int,
    *,
    by: Decider,
    words: str,
    photo_ids: Sequence[str] = (),
    now: datetime,
) -> None:
    """Either side adds words or photos; what comes from whoever decides is an answer.

    Raises ButtonOutdated and CaseOver.
    """
    case = await locked(uow, case_id)
    is_member = by.person_id == case.person_id
    if not is_member and not by.levels:
        raise ButtonOutdated
    side = CaseSide.MEMBER if is_member else side_of(case.level, by.levels)
    if not is_member and case.level in by.levels:
        case.answered_at = case.answered_at or now
        if case.stage is CaseStage.OPEN:
            # The promise is kept, and holds anew for what is still to come: meanwhile she may go on.
            group = await uow.groups.get(case.group_id)
            case.due_at = promised(now, group.answer_hours)
        await uow.cases.save(case)
    await note(
        uow, case, CaseAct.SAID, side,
        person_id=by.person_id, words=words, photo_ids=photo_ids, now=now,
    )  # fmt: skip


async def withdraw(uow: UnitOfWork, case_id: int, *, person_id: int, now: datetime) -> None:
    """Its member takes a case back: it counts as no dispute. Raises ButtonOutdated and CaseOver."""
    case = await locked(uow, case_id)
    if case.person_id != person_id:
        raise ButtonOutdated
    case.offered = case.offered_amount = None
    await resolve(uow, case, CaseOutcome.WITHDRAWN, by_id=person_id, now=now)
    await note(uow, case, CaseAct.WITHDRAWN, CaseSide.MEMBER, person_id=person_id, now=now)


async def _own_order(uow: UnitOfWork, order_id: int, person_id: int) -> OrderInHand:
    # The order before its case, as everybody locks.
    await uow.payments.lock([order_id])
    order = await uow.pickups.find(order_id)
    if order is None or order.person_id != person_id:
        raise ButtonOutdated
    return order


async def _open(
    uow: UnitOfWork, order: OrderInHand, kind: CaseKind, *, recall_id: int | None, now: datetime
) -> Case:
    group = await uow.groups.get(order.group_id)
    case = await uow.cases.save(
        Case(
            group_id=order.group_id,
            pick_id=order.pick_id,
            order_id=order.id,
            person_id=order.person_id,
            kind=kind,
            stage=CaseStage.OPEN,
            level=CaseLevel.CURATOR,
            opened_at=now,
            due_at=promised(now, group.answer_hours),
            recall_id=recall_id,
        )
    )
    case.level = first_level(await parties_of(uow, await see_case(uow, case.id or 0)))
    return await uow.cases.save(case)
