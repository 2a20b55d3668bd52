"""What each business fact writes into the ledger: entries that sum to zero in each currency.

Positive is debit, negative is credit, both in minor units. A member's account is what she owes (debit) or has
paid ahead (credit); the group's sales are credit; what came in by a way to pay is debit of that way.
"""

from collections.abc import Sequence
from typing import NamedTuple

from storage.states import AccountKind, PaymentMethod

STARS_CURRENCY = "XTR"

_WAYS = {
    PaymentMethod.CASH: AccountKind.CASH,
    PaymentMethod.TRANSFER: AccountKind.TRANSFER,
    PaymentMethod.CARD: AccountKind.CARD,
    PaymentMethod.STARS: AccountKind.STARS,
}


class Posting(NamedTuple):
    """An amount on one account: its kind, whose it is (None: the group's own), its currency."""

    kind: AccountKind
    person_id: int | None
    currency: str
    amount: int


class Received(NamedTuple):
    """What came in by a way to pay: what it is worth to the order, and what the payer was charged.

    The two differ for Stars alone.
    """

    method: PaymentMethod
    amount: int
    currency: str
    charged_amount: int
    charged_currency: str


def charge(person_id: int, amount: int, currency: str) -> list[Posting]:
    """An order is owed; a negative amount takes some of that back."""
    return [
        Posting(AccountKind.MEMBER, person_id, currency, amount),
        Posting(AccountKind.SALES, None, currency, -amount),
    ]


def payment(person_id: int, received: Received) -> list[Posting]:
    """A member's debt is paid, from outside or out of her credit."""
    paid = Posting(AccountKind.MEMBER, person_id, received.currency, -received.amount)
    return [*_moved(person_id, received), paid]


def cleared(person_id: int, received: Received) -> list[Posting]:
    """What nobody could place pays a member's debt after all; abroad it passes through the exchange."""
    abroad = received.charged_currency, received.charged_amount
    paid = Posting(AccountKind.MEMBER, person_id, received.currency, -received.amount)
    if received.charged_currency == received.currency:
        return [Posting(AccountKind.UNCLEAR, None, *abroad), paid]
    return [
        Posting(AccountKind.UNCLEAR, None, *abroad),
        Posting(AccountKind.EXCHANGE, None, received.charged_currency, -received.charged_amount),
        Posting(AccountKind.EXCHANGE, None, received.currency, received.amount),
        paid,
    ]


def refund_due(person_id: int, amount: int, currency: str, *, owed_to_id: int | None = None) -> list[Posting]:
    """What was paid too much for a member's order is owed to her, or to whoever paid in her place."""
    return [
        Posting(AccountKind.MEMBER, person_id, currency, amount),
        Posting(AccountKind.REFUNDS, person_id if owed_to_id is None else owed_to_id, currency, -amount),
    ]


def refund(person_id: int, given: Received) -> list[Posting]:
    """What was owed to a member goes back to her, or becomes her credit."""
    back = Posting(AccountKind.REFUNDS, person_id, given.currency, given.amount)
    return [back, *mirrored(_moved(person_id, given))]


def credit_given(person_id: int, amount: int, currency: str) -> list[Posting]:
    """A member is given credit that nothing was paid for."""
    return [
        Posting(AccountKind.GOODWILL, None, currency, amount),
        Posting(AccountKind.CREDIT, person_id, currency, -amount),
    ]


def payout(person_id: int, amount: int, currency: str, method: PaymentMethod) -> list[Posting]:
    """What a person has earned is paid to her, or becomes her credit. Raises ValueError for Stars."""
    if method is PaymentMethod.CREDIT:
        to = Posting(AccountKind.CREDIT, person_id, currency, -amount)
    elif method is PaymentMethod.STARS:
        raise ValueError("nobody is paid in Stars")
    else:
        to = Posting(_WAYS[method], None, currency, -amount)
    return [Posting(AccountKind.EARNINGS, person_id, currency, amount), to]


def commissions(earned: Sequence[tuple[int, int]], currency: str) -> list[Posting]:
    """People earn by an order, (person, amount) each; a negative amount takes some of that back."""
    whole = sum(amount for _, amount in earned)
    postings = [
        Posting(AccountKind.COMMISSIONS, None, currency, whole),
        *(Posting(AccountKind.EARNINGS, person_id, currency, -amount) for person_id, amount in earned),
    ]
    return [posting for posting in postings if posting.amount]


def friend_credit(person_ids: Sequence[int], amount: int, currency: str) -> list[Posting]:
    """A friend was brought and has ordered: each of these people gets so much credit for it."""
    return [
        Posting(AccountKind.PROMOTIONS, None, currency, amount * len(person_ids)),
        *(Posting(AccountKind.CREDIT, person_id, currency, -amount) for person_id in person_ids),
    ]


def supply(goods_amount: int, share_amount: int, currency: str) -> list[Posting]:
    """Another group's goods were sold: what they cost is owed to it, less the share that is kept.

    Of the carrying group's book; negative amounts take some of that back.
    """
    postings = [
        Posting(AccountKind.SUPPLIES, None, currency, goods_amount),
        Posting(AccountKind.SHARES, None, currency, -share_amount),
        Posting(AccountKind.PARTNERS, None, currency, share_amount - goods_amount),
    ]
    return [posting for posting in postings if posting.amount]


def supply_paid(amount: int, currency: str) -> list[Posting]:
    """Another group was given what is owed to it; of the carrying group's book."""
    return [
        Posting(AccountKind.PARTNERS, None, currency, amount),
        Posting(AccountKind.CASH, None, currency, -amount),
    ]


def mirrored(postings: Sequence[Posting]) -> list[Posting]:
    """The same fact in the other group's book, or the same taken back."""
    return [posting._replace(amount=-posting.amount) for posting in postings]


def unplaced(method: PaymentMethod, amount: int, currency: str) -> list[Posting]:
    """Something was paid by a way that nobody can tell the order of; in the currency that was charged."""
    return [
        Posting(_WAYS[method], None, currency, amount),
        Posting(AccountKind.UNCLEAR, None, currency, -amount),
    ]


def unplaced_refund_due(person_id: int, amount: int, currency: str) -> list[Posting]:
    """What nobody can tell the order of is owed to whoever paid it."""
    return [
        Posting(AccountKind.UNCLEAR, None, currency, amount),
        Posting(AccountKind.REFUNDS, person_id, currency, -amount),
    ]


def _moved(person_id: int, received: Received) -> list[Posting]:
    """Where the money of a payment comes in; abroad it passes through the exchange."""
    if received.method is PaymentMethod.CREDIT:
        return [Posting(AccountKind.CREDIT, person_id, received.currency, received.amount)]
    way = _WAYS[received.method]
    if received.charged_currency == received.currency:
        return [Posting(way, None, received.currency, received.amount)]
    return [
        Posting(way, None, received.charged_currency, received.charged_amount),
        Posting(AccountKind.EXCHANGE, None, received.charged_currency, -received.charged_amount),
        Posting(AccountKind.EXCHANGE, None, received.currency, received.amount),
    ]
