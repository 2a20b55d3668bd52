"""What a receipt says for good: what was true of an order when a payment for it came in."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from bot.rules.pricing import Terms
from storage.states import PriceBasis


class ReceiptLine(NamedTuple):
    """So many of a kind at a unit price in minor units; the sole kind of an offer has no name."""

    variant: str
    quantity: int
    unit_amount: int


class ReceiptPrice(NamedTuple):
    """How a unit price came about, in minor units.

    `full_amount` is what a piece costs by itself, `from_quantity` that of the tier reached, `may_fall` says
    that the pick was still open, so that it could become less.
    """

    basis: PriceBasis
    unit_amount: int
    full_amount: int
    from_quantity: int | None = None
    may_fall: bool = False

    @property
    def saved_amount(self) -> int:
        """What is saved on each piece."""
        return max(0, self.full_amount - self.unit_amount)


class ReceiptSaving(NamedTuple):
    """What a promotion takes off, in minor units."""

    title: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class ReceiptFacts:
    """What was ordered, how its price came about, and what was paid; amounts in minor units."""

    issued_at: datetime
    group_title: str
    time_zone: str
    pick_number: int
    title: str
    order_number: int
    #: Whether it was paid by who ordered; nobody else reads what is in an order.
    is_own: bool
    is_cancelled: bool
    lines: tuple[ReceiptLine, ...]
    price: ReceiptPrice | None
    goodwill_amount: int
    #: What was paid for it so far, this payment too, and has not gone back.
    paid_amount: int
    outstanding_amount: int
    #: What goes back to whoever paid this.
    back_amount: int
    stars_per_unit: int | None = None
    #: What fetching the order costs.
    fee_amount: int = 0
    #: What promotions take off, by what they are called.
    savings: tuple[ReceiptSaving, ...] = ()

    @property
    def costs_amount(self) -> int:
        """What the order costs in all."""
        less = self.goodwill_amount + sum(saving.amount for saving in self.savings)
        return max(0, self.lines_amount + self.fee_amount - less)

    @property
    def lines_amount(self) -> int:
        """What the lines come to."""
        return sum(line.quantity * line.unit_amount for line in self.lines)

    @property
    def quantity(self) -> int:
        """How many pieces were ordered."""
        return sum(line.quantity for line in self.lines)

    def document(self) -> dict[str, Any]:
        """As a document to be stored."""
        return {**asdict(self), "issued_at": self.issued_at.isoformat()}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Back from the stored document."""
        price = document["price"]
        return cls(
            **{
                **document,
                "issued_at": datetime.fromisoformat(document["issued_at"]),
                "lines": tuple(ReceiptLine(*line) for line in document["lines"]),
                "price": ReceiptPrice(PriceBasis(price[0]), *price[1:]) if price else None,
                "savings": tuple(ReceiptSaving(*saving) for saving in document.get("savings", ())),
            }
        )


def price_of(
    unit_amount: int,
    terms: Terms,
    *,
    final_amount: int | None = None,
    in_team: bool = False,
    keeps_older: bool = False,
    is_open: bool = False,
) -> ReceiptPrice:
    """How the unit price of an order came about.

    `final_amount` is what everybody pays of a pick that has closed; who keeps older terms may pay less.
    """
    full = max(terms.price_amount, unit_amount)
    if in_team:
        return ReceiptPrice(PriceBasis.TEAM, unit_amount, full)
    may_fall = is_open and bool(terms.tiers)
    usual = terms.price_amount if final_amount is None else final_amount
    if keeps_older and unit_amount < usual:
        return ReceiptPrice(PriceBasis.KEPT, unit_amount, usual, may_fall=may_fall)
    tier = next((tier for tier in terms.tiers if tier.unit_amount == unit_amount), None)
    if tier is not None:
        return ReceiptPrice(PriceBasis.TIER, unit_amount, full, tier.quantity, may_fall=may_fall)
    return ReceiptPrice(PriceBasis.PRICE, unit_amount, unit_amount, may_fall=may_fall)


def rate_of(
    amount: int, charged_amount: int, stars_per_unit: int | None, *, minor_per_unit: int
) -> int | None:
    """How many Stars stood for one whole unit of the currency, where that rate explains what was charged."""
    if stars_per_unit is None or -(-amount * stars_per_unit // minor_per_unit) != charged_amount:
        return None
    return stars_per_unit
