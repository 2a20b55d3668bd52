"""What was ordered on a pick, gathered for its board, its sheets and its hand-over."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.money import Money
from bot.rules.pricing import Terms, TierPrice, own_price
from bot.rules.promotions import kept_at
from bot.rules.settlements import reckon
from storage.models import Telling
from storage.repositories.boards import BoardEntry, PointSum, VariantSum
from storage.repositories.carried_orders import GroupPieces
from storage.repositories.orders import OwnLine
from storage.repositories.picks import PostedPick
from storage.states import NO_POINT, PickState
from storage.unit_of_work import UnitOfWork

MEMBERS_A_PAGE = 20
_ORDERS_AT_ONCE = 5_000
"""Many groups may have more unpaid orders between them than a statement takes parameters."""


@dataclass(frozen=True, kw_only=True)
class BoardFacts:
    """A pick and the sums of its standing orders."""

    posted: PostedPick
    points: Sequence[PointSum]
    variants: Sequence[VariantSum]
    #: What all of it costs as things stand now, in minor units, while it is open and may become cheaper.
    now_amount: int | None = None
    #: How many of the orders of a closed pick are cancelled yet unless they are paid in time.
    held: int = 0
    #: How it was told personally, if it was.
    telling: Telling | None = None
    #: What other groups have sold of it, where it supplies them.
    elsewhere: Sequence[GroupPieces] = ()
    #: How many orders of each of these groups, by key, are still to be paid; known once it has closed, and
    #: where a group keeps its money here.
    unpaid_elsewhere: Mapping[int, int] = field(default_factory=dict)

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
    def carriers(self) -> dict[int, str]:
        """The titles of the groups that have sold some of it, by key."""
        return {pieces.group_id: pieces.group_title for pieces in self.elsewhere}

    def sold_by(self, group_id: int, variant_id: int | None = None) -> int:
        """How many pieces, all or those of one variant, another group has sold."""
        return sum(
            pieces.quantity
            for pieces in self.elsewhere
            if pieces.group_id == group_id and variant_id in (None, pieces.variant_id)
        )

    def unpaid_by(self, group_id: int) -> int:
        """How many orders of another group are still to be paid there."""
        return self.unpaid_elsewhere.get(group_id, 0)

    @property
    def has_points(self) -> bool:
        """Whether any of it is fetched at a pick-up point."""
        return any(point.point_id is not None for point in self.points)


async def sums_of(uow: UnitOfWork, posted: PostedPick) -> BoardFacts:
    """The sums of a pick's standing orders."""
    facts = BoardFacts(
        posted=posted,
        points=await uow.boards.sum_points(posted.id),
        variants=await uow.boards.sum_variants(posted.id),
        telling=await uow.tellings.find(posted.id),
    )
    facts = replace(facts, elsewhere=await _elsewhere(uow, facts))
    if posted.pick.state is PickState.CLOSED:
        unpaid = await _unpaid_elsewhere(uow, posted) if facts.elsewhere else {}
        return replace(facts, held=await uow.holds.count_of_pick(posted.id), unpaid_elsewhere=unpaid)
    is_open = posted.pick.state is PickState.LIVE
    tiers = await uow.pricing.tiers([posted.pick.offer_id]) if is_open else {}
    if not any(tiers.values()):
        return facts
    terms = Terms(
        price_amount=posted.offer.price_amount,
        tiers=tuple(TierPrice(*tier) for tier in tiers[posted.pick.offer_id]),
    )
    return replace(facts, now_amount=await _now_amount(uow, facts, terms))


async def _elsewhere(uow: UnitOfWork, facts: BoardFacts) -> Sequence[GroupPieces]:
    """What others have sold of it; asked only where more of the offer is sold than stands here."""
    sold = sum(variant.sold for variant in facts.posted.variants)
    if facts.posted.pick.is_carried or sold <= facts.quantity:
        return ()
    return await uow.carried_orders.list_pieces(facts.posted.id)


async def _unpaid_elsewhere(uow: UnitOfWork, posted: PostedPick) -> Mapping[int, int]:
    """How many orders each group that sold some of it has still to get money for."""
    orders = await uow.bills.list_unpaid_elsewhere(posted.id)
    unpaid: Counter[int] = Counter()
    for start in range(0, len(orders), _ORDERS_AT_ONCE):
        some = orders[start : start + _ORDERS_AT_ONCE]
        money = await uow.payments.money([order.order_id for order in some])
        unpaid.update(
            order.group_id for order in some if reckon(money[order.order_id]).outstanding_amount > 0
        )
    return unpaid


async def _now_amount(uow: UnitOfWork, facts: BoardFacts, terms: Terms) -> int:
    """What all orders come to at the prices that are reached by now."""
    sold = sum(variant.sold for variant in facts.posted.variants)
    kept = await uow.pricing.kept([facts.posted.id])
    own = await uow.orders.list_own_lines(list(kept)) if kept else []
    now = terms.price_at(sold)
    own_prices = {key: own_price(terms, Terms.read(document), sold) for key, document in kept.items()}
    less = sum(line.quantity * (now - own_prices[line.order_id]) for line in own)
    return now * facts.quantity - less - await _saved(uow, facts, now, own_prices)


async def _saved(uow: UnitOfWork, facts: BoardFacts, unit_amount: int, own_prices: Mapping[int, int]) -> int:
    """What promotions take off all orders if a piece costs so much; less than nothing where fees are more.

    `own_prices`: what it costs those who keep older terms.
    """
    keys = await uow.promotions.list_in([facts.posted.id])
    orders: dict[int, list[OwnLine]] = {}
    for line in await uow.orders.list_own_lines(keys) if keys else ():
        orders.setdefault(line.order_id, []).append(line)
    return sum(
        sum(
            kept_at(
                own[0].discounts,
                [
                    (line.quantity, min(line.unit_amount, own_prices.get(order_id, unit_amount)))
                    for line in own
                ],
                full_amount=own[0].price_amount,
                fee_amount=own[0].fee_amount,
            )
        )
        for order_id, own in orders.items()
    ) - await uow.boards.sum_fees(facts.posted.id)


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
