"""Deciding of many payouts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.payment_errors import CreditSwitchedOff
from bot.payout_errors import EarningsWithheld, OwnPayout, PayoutSettled, PayoutUncovered
from bot.services.payouts.deciding import approve_payout, pay_payout
from storage.states import PaymentMethod, PayoutStage
from storage.unit_of_work import UnitOfWork

MOST_AT_ONCE: Final = 200
"""So many payouts are decided in one go; more than that in the next."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What came of deciding many payouts at once: how many were done, and how many were not."""

    done: int
    left: int


async def approve_all(uow: UnitOfWork, group_id: int, *, until_id: int, by_id: int, now: datetime) -> Batch:
    """Approve all that wait up to this one; what cannot be approved waits on."""
    done = 0
    waiting = await _waiting(uow, group_id, PayoutStage.ASKED, until_id)
    for payout_id in waiting:
        try:
            await approve_payout(uow, payout_id, by_id=by_id, now=now)
        except _SKIPPED:
            continue
        done += 1
    return Batch(done=done, left=len(waiting) - done)


async def pay_all(
    uow: UnitOfWork, group_id: int, method: PaymentMethod, *, until_id: int, by_id: int, now: datetime
) -> Batch:
    """All that were approved up to this one were paid; what cannot be, waits on. Raises ButtonOutdated."""
    done = 0
    waiting = await _waiting(uow, group_id, PayoutStage.APPROVED, until_id)
    for payout_id in waiting:
        try:
            await pay_payout(uow, payout_id, method, by_id=by_id, now=now)
        except _SKIPPED:
            continue
        done += 1
    return Batch(done=done, left=len(waiting) - done)


_SKIPPED: Final = (OwnPayout, PayoutSettled, PayoutUncovered, EarningsWithheld, CreditSwitchedOff)
"""Each is refused before anything of its payout is written."""


async def _waiting(uow: UnitOfWork, group_id: int, stage: PayoutStage, until_id: int) -> Sequence[int]:
    listed = await uow.payouts.list_in(group_id, [stage], limit=MOST_AT_ONCE)
    # By person, in which order everybody locks accounts.
    listed.sort(key=lambda payout: (payout.person_id, payout.currency, payout.id))
    return [payout.id for payout in listed if payout.id <= until_id]
