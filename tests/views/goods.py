"""Boards to look at: orders with their points, and the sums that the database would make of them."""

from collections.abc import Sequence
from datetime import timedelta

from bot.services.boards import BoardFacts
from bot.views.sheets import SheetFacts
from storage.models import Variant
from storage.repositories.boards import BoardEntry, BoardLine, PointSum, VariantSum
from storage.repositories.picks import PostedPick
from storage.states import FulfilmentState, OrderState
from tests.views.strange import NOW


def make_entry(
    posted: PostedPick,
    number: int,
    name: str,
    quantities: Sequence[int],
    *,
    point: tuple[int, str] | None = None,
    fulfilment: FulfilmentState = FulfilmentState.WAITING,
) -> BoardEntry:
    """One order: how many of each variant in turn, and where it is fetched."""
    fetched = fulfilment is FulfilmentState.HANDED_OVER
    return BoardEntry(
        order_id=number,
        number=number,
        name=name,
        username=None,
        state=OrderState.COMPLETED if fetched else OrderState.CONFIRMED,
        fulfilment=fulfilment,
        point_id=point[0] if point else None,
        point=point[1] if point else None,
        handed_over_at=NOW + timedelta(minutes=number) if fetched else None,
        lines=[
            BoardLine(
                variant_id=variant.id or 0,
                variant=variant.name,
                quantity=quantity,
                unit_amount=posted.offer.price_amount,
            )
            for variant, quantity in zip(posted.variants, quantities, strict=False)
            if quantity
        ],
    )


def make_facts(posted: PostedPick, entries: Sequence[BoardEntry]) -> BoardFacts:
    """The sums of these orders."""
    points = sorted({(entry.point_id, entry.point) for entry in entries}, key=lambda p: (p[0] is None, p[0]))
    return BoardFacts(
        posted=posted,
        points=[_sum(key, name, [e for e in entries if e.point_id == key]) for key, name in points],
        variants=[
            VariantSum(
                variant_id=variant.id or 0,
                unit_amount=posted.offer.price_amount,
                point_id=key,
                quantity=quantity,
            )
            for variant in posted.variants
            for key, _ in points
            if (quantity := _held(variant, [e for e in entries if e.point_id == key]))
        ],
    )


def make_sheet(posted: PostedPick, entries: Sequence[BoardEntry]) -> SheetFacts:
    """What the sheets of these orders are drawn from."""
    return SheetFacts(facts=make_facts(posted, entries), entries=entries, now=NOW)


def _sum(key: int | None, name: str | None, entries: Sequence[BoardEntry]) -> PointSum:
    def count(state: FulfilmentState) -> int:
        return sum(entry.fulfilment is state for entry in entries)

    return PointSum(
        point_id=key,
        name=name,
        orders=len(entries),
        quantity=sum(entry.quantity for entry in entries),
        amount=sum(entry.amount for entry in entries),
        waiting=count(FulfilmentState.WAITING),
        ready=count(FulfilmentState.READY),
        handed=count(FulfilmentState.HANDED_OVER),
    )


def _held(variant: Variant, entries: Sequence[BoardEntry]) -> int:
    return sum(line.quantity for entry in entries for line in entry.lines if line.variant_id == variant.id)
