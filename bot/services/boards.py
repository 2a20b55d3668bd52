"""What was ordered on a pick, gathered for its board, its sheets and its hand-over."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.money import Money
from storage.repositories.boards import BoardEntry, PointSum, VariantSum
from storage.repositories.picks import PostedPick
from storage.states import NO_POINT, PickState
from storage.unit_of_work import UnitOfWork

MEMBERS_A_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class BoardFacts:
    """A pick and the sums of its standing orders."""

    posted: PostedPick
    points: Sequence[PointSum]
    variants: Sequence[VariantSum]
    #: It is open, and all of it may still become cheaper.
    may_fall: bool = False

    @property
    def orders(self) -> int:
        """How many orders stand."""
        return sum(point.orders for point in self.points)

    @property
    def quantity(self) -> int:
        """How many pieces are ordered."""
        return sum(point.quantity for point in self.points)

    @property
    def total(self) -> Money:
        """What all of it costs."""
        amount = sum(point.amount for point in self.points)
        return Money(amount=amount, currency=self.posted.offer.currency)

    @property
    def has_points(self) -> bool:
        """Whether any of it is fetched at a pick-up point."""
        return any(point.point_id is not None for point in self.points)


async def sums_of(uow: UnitOfWork, posted: PostedPick) -> BoardFacts:
    """The sums of a pick's standing orders."""
    is_open = posted.pick.state is PickState.LIVE
    tiers = await uow.pricing.tiers([posted.pick.offer_id]) if is_open else {}
    return BoardFacts(
        posted=posted,
        points=await uow.boards.sum_points(posted.id),
        variants=await uow.boards.sum_variants(posted.id),
        may_fall=any(tiers.values()),
    )


async def page_of(
    uow: UnitOfWork, facts: BoardFacts, page: int, *, point_id: int | None = None
) -> tuple[list[BoardEntry], int]:
    """A page of orders, all or those of one point, and its number, which is that of the last at most."""
    count = sum(point.orders for point in facts.points if point_id is None or point.key == point_id)
    page = min(max(page, 0), max(count - 1, 0) // MEMBERS_A_PAGE)
    entries = await uow.boards.list_entries(
        facts.posted.id, point_id=point_id, offset=page * MEMBERS_A_PAGE, limit=MEMBERS_A_PAGE
    )
    return entries, page


async def point_sum(uow: UnitOfWork, pick_id: int, point_id: int) -> PointSum:
    """The sums of one point of a pick; nothing where nobody fetches anything there."""
    for point in await uow.boards.sum_points(pick_id):
        if point.key == point_id:
            return point
    found = await uow.pickups.find_point(point_id) if point_id != NO_POINT else None
    return PointSum(
        point_id=found.id if found else None,
        name=found.name if found else None,
        orders=0,
        quantity=0,
        amount=0,
        waiting=0,
        ready=0,
        handed=0,
    )
