"""Proves that the books balance; what does not, it says in plain words for whoever runs the bot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.money import minor_digits
from storage.repositories.ledger_checks.faults import LedgerCheck, LedgerFault, LedgerFaults
from storage.unit_of_work import UnitOfWork

MOST_EXAMPLES: Final = 20
RECKONED_WITHIN: Final = timedelta(hours=1)
"""An order that waits longer than that to be reckoned anew cannot be."""


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What was looked at, and all that is wrong with it."""

    transactions: int
    faults: Sequence[LedgerFaults]

    @property
    def count(self) -> int:
        """How much is wrong."""
        return sum(faults.count for faults in self.faults)

    @property
    def says(self) -> list[str]:
        """Each fault in a sentence; of many of a kind the first, and how many more there are."""
        return [line for faults in self.faults for line in _sentences(faults)]


async def audit_books(uow: UnitOfWork, *, now: datetime, most: int = MOST_EXAMPLES) -> Audit:
    """Look at all the books; it reads every entry, and changes nothing."""
    faults = await uow.ledger_checks.find_faults(late_before=now - RECKONED_WITHIN, limit=most)
    return Audit(transactions=await uow.ledger_checks.count_transactions(), faults=faults)


def _sentences(faults: LedgerFaults) -> list[str]:
    said = [_sentence(faults.check, fault) for fault in faults.examples]
    more = faults.count - len(faults.examples)
    return [*said, f"and {more} more like this ({faults.check})"] if more else said


def _sentence(check: LedgerCheck, fault: LedgerFault) -> str:
    return _WORDS[check].format(
        id=fault.subject_id,
        currency=fault.currency,
        found=_figure(fault.found, fault.currency),
        expected=_figure(fault.expected, fault.currency),
    )


def _figure(figure: int | None, currency: str | None) -> str:
    if figure is None or currency is None:
        return str(figure)
    digits = minor_digits(currency)
    major = f"{abs(figure) // 10**digits}" + (f".{abs(figure) % 10**digits:0{digits}}" if digits else "")
    return f"{'-' if figure < 0 else ''}{major} {currency}"


_WORDS: Mapping[LedgerCheck, str] = {
    LedgerCheck.WHOLE_OFF: "all entries in {currency} together come to {found} instead of nothing",
    LedgerCheck.TRANSACTION_OFF: "transaction {id} comes to {found} instead of nothing",
    LedgerCheck.TRANSACTION_EMPTY: "transaction {id} has no entries",
    LedgerCheck.ENTRY_CURRENCY: "entry {id} is in {currency}, and its account is not",
    LedgerCheck.ENTRY_GROUP: "entry {id} is on an account of another group than its transaction",
    LedgerCheck.CREDIT_OVERSPENT: "account {id}: more store credit was spent than there was; {found} is left",
    LedgerCheck.REFUNDS_OVERDONE: "account {id}: more was given back than was owed; {found} is owed now",
    LedgerCheck.PAYMENT_POSTED: "payment {id} came to {expected}, and the ledger has {found} of it",
    LedgerCheck.REFUND_OWED: "refund {id} is of {expected}, and the ledger owes {found} for it",
    LedgerCheck.REFUND_DONE: "of refund {id}, {expected} went back, and the ledger has {found}",
    LedgerCheck.NOTHING_BEHIND: "transaction {id} is of a payment, refund or payout that is not there",
    LedgerCheck.ORDER_CHARGED: "order {id} was charged {found} instead of {expected}",
    LedgerCheck.PROMOTION_SPENT: "promotion {id} counts {found} as given, and orders have {expected} off",
    LedgerCheck.PROMOTION_USED: "promotion {id} counts {found} orders, and {expected} have it",
    LedgerCheck.PROMOTION_PIECES: "promotion {id} counts {found} pieces, and orders have {expected}",
    LedgerCheck.COUPON_USED: "coupon {id} counts {found} uses, and {expected} orders have it",
    LedgerCheck.FRIEND_POSTED: "for order {id}, friends got up to {expected}, and the ledger has {found}",
    LedgerCheck.FRIENDS_COUNTED: "promotion {id} counts {found}, and up to {expected} is for friends",
    LedgerCheck.PAYOUT_POSTED: "payout {id} came to {expected}, and the ledger has {found} of it",
    LedgerCheck.COMMISSION_POSTED: "of order {id}, somebody earns {expected}, and the ledger has {found}",
    LedgerCheck.RECEIPTS_NUMBERED: "group {id} has {found} receipts instead of {expected}, or gaps in them",
    LedgerCheck.SETTLEMENT_LATE: "order {id} still waits to be reckoned anew: look for order_not_settled",
    LedgerCheck.COMMISSION_LATE: (
        "what order {id} earns still waits to be reckoned: look for commission_not_reckoned"
    ),
    LedgerCheck.SUPPLY_POSTED: (
        "for carried order {id}, the supplier gets {expected}, and the ledger has {found}, or another share"
    ),
    LedgerCheck.SUPPLY_MIRRORED: "of carried order {id}, the books of two groups differ by {found}",
    LedgerCheck.SUPPLY_ELSEWHERE: (
        "transaction {id} is in the book of a group that neither sold nor supplies what it is about"
    ),
    LedgerCheck.SUPPLY_PAID_POSTED: (
        "payment {id} between groups came to {expected}, and the ledger has {found} of it"
    ),
    LedgerCheck.SUPPLY_PAID_MIRRORED: (
        "of payment {id} between groups, the books of the two differ by {found}"
    ),
    LedgerCheck.SUPPLY_LATE: (
        "what carried order {id} comes to still waits to be reckoned: look for carried_order_not_reckoned"
    ),
}
