"""What can be wrong with the books, and what was found to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class LedgerCheck(StrEnum):
    """What can be wrong with the books."""

    WHOLE_OFF = "whole_off"
    TRANSACTION_OFF = "transaction_off"
    TRANSACTION_EMPTY = "transaction_empty"
    ENTRY_CURRENCY = "entry_currency"
    ENTRY_GROUP = "entry_group"
    CREDIT_OVERSPENT = "credit_overspent"
    REFUNDS_OVERDONE = "refunds_overdone"
    PAYMENT_POSTED = "payment_posted"
    REFUND_OWED = "refund_owed"
    REFUND_DONE = "refund_done"
    NOTHING_BEHIND = "nothing_behind"
    ORDER_CHARGED = "order_charged"
    PROMOTION_SPENT = "promotion_spent"
    PROMOTION_USED = "promotion_used"
    PROMOTION_PIECES = "promotion_pieces"
    COUPON_USED = "coupon_used"
    FRIEND_POSTED = "friend_posted"
    FRIENDS_COUNTED = "friends_counted"
    COMMISSION_POSTED = "commission_posted"
    PAYOUT_POSTED = "payout_posted"
    RECEIPTS_NUMBERED = "receipts_numbered"
    SETTLEMENT_LATE = "settlement_late"
    COMMISSION_LATE = "commission_late"
    SUPPLY_POSTED = "supply_posted"
    SUPPLY_MIRRORED = "supply_mirrored"
    SUPPLY_ELSEWHERE = "supply_elsewhere"
    SUPPLY_PAID_POSTED = "supply_paid_posted"
    SUPPLY_PAID_MIRRORED = "supply_paid_mirrored"
    SUPPLY_LATE = "supply_late"


class LedgerFault(NamedTuple):
    """One row that a check found: its key, and what was found in the place of what, in minor units."""

    subject_id: int | None
    #: Without one, the figures count something.
    currency: str | None
    found: int | None
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class LedgerFaults:
    """What one check found: how many rows, and the first of them."""

    check: LedgerCheck
    count: int
    examples: Sequence[LedgerFault]
