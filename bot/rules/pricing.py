"""What one piece costs: price tiers, the price at the close, and whether a change needs consent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from bot.pricing_errors import (
    LimitUnreadable,
    MinimumAboveStock,
    MinimumUnreadable,
    TierAboveStock,
    TierRepeated,
    TierTooDear,
    TierUnreadable,
    TooManyTiers,
)

MOST_TIERS = 6
SMALLEST_TIER = 2
"""A tier from one piece on would be the price itself."""
LARGEST_QUANTITY = 1_000_000


class TierPrice(NamedTuple):
    """From so many on, over all picks of the offer, everybody pays this unit price in minor units."""

    quantity: int
    unit_amount: int


class Step(NamedTuple):
    """The next tier: how many are missing to it, and its unit price in minor units."""

    missing: int
    unit_amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What one piece costs in minor units: the price to begin with, and tiers by rising quantity."""

    price_amount: int
    tiers: tuple[TierPrice, ...] = ()

    def price_at(self, quantity: int) -> int:
        """The unit price once so many are ordered in all."""
        reached = [tier.unit_amount for tier in self.tiers if tier.quantity <= quantity]
        return min(self.price_amount, *reached) if reached else self.price_amount

    def next_after(self, quantity: int) -> Step | None:
        """The nearest tier that is not reached yet."""
        ahead = [tier for tier in self.tiers if tier.quantity > quantity]
        if not ahead:
            return None
        first = min(ahead)
        return Step(missing=first.quantity - quantity, unit_amount=first.unit_amount)

    def never_dearer_than(self, other: Self) -> bool:
        """Whether nobody pays more by these terms, however many are ordered."""
        turns = {1, *(tier.quantity for tier in (*self.tiers, *other.tiers))}
        return all(self.price_at(quantity) <= other.price_at(quantity) for quantity in turns)

    def document(self) -> dict[str, Any]:
        """As a document to be stored."""
        return {"price": self.price_amount, "tiers": [list(tier) for tier in self.tiers]}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Back from the stored document."""
        tiers = tuple(TierPrice(*tier) for tier in document["tiers"])
        return cls(price_amount=document["price"], tiers=tiers)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """How a pick ends: whether it comes about, and the unit price that everybody pays."""

    fails: bool
    unit_amount: int


def terms_of(price_amount: int, tiers: Iterable[tuple[int, int]] = ()) -> Terms:
    """Terms that make sense, in rising order.

    Raises TooManyTiers, TierUnreadable, TierRepeated and TierTooDear.
    """
    ordered = sorted(TierPrice(*tier) for tier in tiers)
    if len(ordered) > MOST_TIERS:
        raise TooManyTiers(len(ordered), MOST_TIERS)
    dearest, before = price_amount, 0
    for tier in ordered:
        if not SMALLEST_TIER <= tier.quantity <= LARGEST_QUANTITY:
            raise TierUnreadable(str(tier.quantity))
        if tier.quantity == before:
            raise TierRepeated(tier.quantity)
        if tier.unit_amount >= dearest:
            raise TierTooDear(tier.quantity, before)
        dearest, before = tier.unit_amount, tier.quantity
    return Terms(price_amount=price_amount, tiers=tuple(ordered))


def check_reachable(
    *, stocks: Sequence[int | None], tiers: Sequence[TierPrice] = (), minimum: int | None = None
) -> None:
    """Nothing is promised that the stock does not allow; the stocks are those of all variants.

    Raises TierAboveStock and MinimumAboveStock.
    """
    counted = [stock for stock in stocks if stock is not None]
    if len(counted) < len(stocks):
        return
    whole = sum(counted)
    if tiers and max(tiers).quantity > whole:
        raise TierAboveStock(max(tiers).quantity, whole)
    if minimum is not None and minimum > whole:
        raise MinimumAboveStock(minimum, whole)


def checked_minimum(quantity: int) -> int:
    """A minimum quantity that means something. Raises MinimumUnreadable."""
    if not SMALLEST_TIER <= quantity <= LARGEST_QUANTITY:
        raise MinimumUnreadable(str(quantity))
    return quantity


def checked_limit(quantity: int) -> int:
    """A limit per person that means something. Raises LimitUnreadable."""
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise LimitUnreadable(str(quantity))
    return quantity


def own_price(terms: Terms, kept: Terms | None, quantity: int) -> int:
    """The unit price of one order at a total: who keeps older terms pays what is less."""
    now = terms.price_at(quantity)
    return min(now, kept.price_at(quantity)) if kept is not None else now


def ending(terms: Terms, *, quantity: int, minimum: int | None = None, earlier: Sequence[int] = ()) -> Ending:
    """How a pick of an offer ends at this total over all its picks.

    Where others of the offer have closed already, at these unit prices, it goes ahead as they did and
    costs no more than they do.
    """
    fails = minimum is not None and quantity < minimum and not earlier
    return Ending(fails=fails, unit_amount=min(terms.price_at(quantity), *earlier, terms.price_amount))
