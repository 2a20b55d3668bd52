"""Paying out what was earned: what is left of it, the life of a payout, and what is typed about it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.payout_errors import PayoutDetailsMissing, PayoutReasonMissing, PayoutWordsTooLong
from bot.rules.payments import StepUnknown
from bot.rules.typed_text import one_line, says_something
from storage.states import PaymentMethod, PayoutStage

LONGEST_DETAILS: Final = 300
LONGEST_REASON: Final = 200

OPEN: Final = (PayoutStage.ASKED, PayoutStage.APPROVED)
"""Payouts that somebody still has to do something about."""

BY_HAND: Final = (PaymentMethod.TRANSFER, PaymentMethod.CASH)
"""What a curator pays earnings with; store credit needs nobody's hands."""


class PayoutEvent(StrEnum):
    """What happens to a payout."""

    APPROVED = "approved"
    DECLINED = "declined"
    #: By whoever asked for it.
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    #: It was marked as paid by mistake.
    UNDONE = "undone"


_STEPS: Final[Mapping[PayoutEvent, Mapping[PayoutStage, PayoutStage]]] = {
    PayoutEvent.APPROVED: {PayoutStage.ASKED: PayoutStage.APPROVED},
    PayoutEvent.DECLINED: dict.fromkeys(OPEN, PayoutStage.DECLINED),
    PayoutEvent.WITHDRAWN: dict.fromkeys(OPEN, PayoutStage.WITHDRAWN),
    PayoutEvent.PAID: {PayoutStage.APPROVED: PayoutStage.PAID},
    PayoutEvent.UNDONE: {PayoutStage.PAID: PayoutStage.APPROVED},
}


def payout_after(stage: PayoutStage, event: PayoutEvent) -> PayoutStage:
    """Where a payout is after this. Raises StepUnknown."""
    after = _STEPS[event].get(stage)
    if after is None:
        raise StepUnknown(f"a payout that is {stage} was {event}")
    return after


def payable(*, due: int, taken: int) -> int:
    """What can be paid out of what is due, in minor units.

    `taken` is what all payouts that were not declined come to. Less than nothing is set off against what is
    earned next.
    """
    return due - taken


def read_details(text: str) -> str:
    """Where to send it, line by line. Raises PayoutDetailsMissing and PayoutWordsTooLong."""
    words = "\n".join(line for line in map(one_line, text.splitlines()) if line)
    if not says_something(words):
        raise PayoutDetailsMissing
    if len(words) > LONGEST_DETAILS:
        raise PayoutWordsTooLong(LONGEST_DETAILS)
    return words


def read_reason(text: str) -> str:
    """Why a payout is declined, on one line. Raises PayoutReasonMissing and PayoutWordsTooLong."""
    reason = one_line(text)
    if not says_something(reason):
        raise PayoutReasonMissing
    if len(reason) > LONGEST_REASON:
        raise PayoutWordsTooLong(LONGEST_REASON)
    return reason
