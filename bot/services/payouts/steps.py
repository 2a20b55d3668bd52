"""Taking a payout one step further."""

from bot.errors import ButtonOutdated
from bot.payout_errors import PayoutSettled
from bot.rules.payments import StepUnknown
from bot.rules.payouts import PayoutEvent, payout_after
from storage.models import Payout
from storage.states import PayoutStage
from storage.unit_of_work import UnitOfWork


async def locked(uow: UnitOfWork, payout_id: int) -> Payout:
    """A payout that nobody else decides of before the commit. Raises ButtonOutdated."""
    try:
        return await uow.payouts.get(payout_id, lock=True)
    except LookupError:
        raise ButtonOutdated from None


async def after(uow: UnitOfWork, payout: Payout, event: PayoutEvent) -> PayoutStage:
    """Where a payout is after this. Raises PayoutSettled."""
    try:
        return payout_after(payout.stage, event)
    except StepUnknown:
        raise await settled(uow, payout) from None


async def settled(uow: UnitOfWork, payout: Payout) -> PayoutSettled:
    """The refusal that somebody was quicker, with her name where it is known."""
    by_id = payout.paid_by_id or payout.decided_by_id
    person = await uow.members.find(by_id) if by_id is not None else None
    return PayoutSettled(person.name if person is not None else "")
