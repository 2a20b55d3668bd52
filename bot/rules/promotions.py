"""What promotions take off an order, and why others do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.money import share
from storage.states import PromotionKind, PromotionState


class Rule(Protocol):
    """A promotion as it stands; amounts in minor units of its currency."""

    @property
    def kind(self) -> PromotionKind: ...
    @property
    def state(self) -> PromotionState: ...
    @property
    def currency(self) -> str: ...
    @property
    def bps(self) -> int | None: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def unit_amount(self) -> int | None: ...
    @property
    def buy_quantity(self) -> int | None: ...
    @property
    def pay_quantity(self) -> int | None: ...
    @property
    def by_coupon(self) -> bool: ...
    @property
    def first_order_only(self) -> bool: ...
    @property
    def minimum_amount(self) -> int | None: ...
    @property
    def minimum_quantity(self) -> int | None: ...
    @property
    def stacks(self) -> bool: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def budget_amount(self) -> int | None: ...
    @property
    def uses_limit(self) -> int | None: ...
    @property
    def uses_per_person(self) -> int | None: ...
    @property
    def quantity_limit(self) -> int | None: ...
    @property
    def used_count(self) -> int: ...
    @property
    def used_quantity(self) -> int: ...
    @property
    def spent_amount(self) -> int: ...


class Obstacle(StrEnum):
    """Why a promotion does nothing for an order."""

    ELSEWHERE = "elsewhere"
    OTHER_CURRENCY = "other_currency"
    NOT_YET = "not_yet"
    OVER = "over"
    PAUSED = "paused"
    USED_UP = "used_up"
    NO_CODE = "no_code"
    USED_BY_PERSON = "used_by_person"
    NOT_FIRST = "not_first"
    TOO_FEW = "too_few"
    TOO_LITTLE = "too_little"
    NOTHING_OFF = "nothing_off"
    BETTER_ONE = "better_one"


class BasketLine(NamedTuple):
    """So many pieces at a unit price in minor units."""

    quantity: int
    unit_amount: int


@dataclass(frozen=True, kw_only=True)
class Basket:
    """An order to be quoted; amounts in minor units of its currency."""

    currency: str
    offer_id: int
    lines: tuple[BasketLine, ...]
    #: What a piece costs by itself: minimum amounts count at it, so that no falling price undoes a discount.
    full_amount: int = 0
    #: What fetching it costs, and where; none: it is not known yet.
    fee_amount: int = 0
    point_id: int | None = None
    #: Nothing else that she ordered in the group stands.
    is_first: bool = False

    @property
    def quantity(self) -> int:
        """How many pieces it holds."""
        return sum(line.quantity for line in self.lines)

    @property
    def lines_amount(self) -> int:
        """What its lines come to."""
        return sum(line.quantity * line.unit_amount for line in self.lines)

    @property
    def usual_amount(self) -> int:
        """What its pieces come to where none of them costs less than by itself."""
        return sum(line.quantity * max(line.unit_amount, self.full_amount) for line in self.lines)


class Held(NamedTuple):
    """What an order has of a promotion already."""

    amount: int
    quantity: int
    coupon_id: int | None


@dataclass(frozen=True, kw_only=True)
class Chance:
    """A promotion as one order meets it.

    An order keeps what it has of one, and no more, where that is not in force any more, or where nothing
    new is decided about the order (`takes_new` is not set): when its price falls at the close, say.
    """

    promotion_id: int
    rule: Rule
    #: Where it holds; none named: everywhere.
    offers: frozenset[int] = field(default_factory=frozenset)
    points: frozenset[int] = field(default_factory=frozenset)
    held: Held | None = None
    #: The code that opens it for her, and may still be used.
    coupon_id: int | None = None
    #: How many other orders of hers have it.
    used_by_person: int = 0
    takes_new: bool = True


class Discount(NamedTuple):
    """What one promotion takes off an order; `quantity` is how many pieces have its flash price."""

    promotion_id: int
    kind: PromotionKind
    amount: int
    quantity: int
    coupon_id: int | None


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What an order costs, with its reasons; amounts in minor units."""

    lines_amount: int
    fee_amount: int
    discounts: tuple[Discount, ...]
    #: Why each other promotion does nothing for it, by key.
    obstacles: dict[int, Obstacle]

    @property
    def discount_amount(self) -> int:
        """What is taken off in all."""
        return sum(discount.amount for discount in self.discounts)

    @property
    def total_amount(self) -> int:
        """What it costs."""
        return self.lines_amount + self.fee_amount - self.discount_amount


class Given(Protocol):
    """What an order has of a promotion, with its rule."""

    @property
    def rule(self) -> Rule: ...
    @property
    def amount(self) -> int: ...
    @property
    def quantity(self) -> int: ...
    @property
    def coupon_id(self) -> int | None: ...


def kept_at(
    given: Sequence[Given], lines: Iterable[tuple[int, int]], *, full_amount: int, fee_amount: int
) -> tuple[int, ...]:
    """What each of these would still take off an order if its (quantity, unit price) were so."""
    if not given:
        return ()
    basket = Basket(
        currency=given[0].rule.currency,
        offer_id=0,
        lines=tuple(BasketLine(*line) for line in lines),
        full_amount=full_amount,
        fee_amount=fee_amount,
    )
    chances = [
        Chance(
            promotion_id=at,
            rule=one.rule,
            held=Held(one.amount, one.quantity, one.coupon_id),
            takes_new=False,
        )
        for at, one in enumerate(given)
    ]
    # An order keeps what it has whatever the time is.
    quoted = quote(basket, chances, now=given[0].rule.starts_at)
    kept = {one.promotion_id: one.amount for one in quoted.discounts}
    return tuple(kept.get(at, 0) for at in range(len(given)))


class Left(NamedTuple):
    """What is left of a promotion; none: without bounds."""

    amount: int | None
    uses: int | None
    pieces: int | None

    @property
    def is_used_up(self) -> bool:
        """Whether nobody new can have it."""
        return 0 in self


def left_of(rule: Rule) -> Left:
    """What is left of a promotion for whoever does not have it yet."""
    return Left(
        None if rule.budget_amount is None else max(0, rule.budget_amount - rule.spent_amount),
        None if rule.uses_limit is None else max(0, rule.uses_limit - rule.used_count),
        None if rule.quantity_limit is None else max(0, rule.quantity_limit - rule.used_quantity),
    )


def why_not_in_force(rule: Rule, *, now: datetime) -> Obstacle | None:
    """Why a promotion gives nobody anything new now, or None: it does."""
    if rule.state is PromotionState.PAUSED:
        return Obstacle.PAUSED
    if rule.state is PromotionState.DRAFT or (rule.state is PromotionState.ACTIVE and now < rule.starts_at):
        return Obstacle.NOT_YET
    if rule.state is PromotionState.ENDED or (rule.ends_at is not None and now >= rule.ends_at):
        return Obstacle.OVER
    return Obstacle.USED_UP if left_of(rule).is_used_up else None


def quote(basket: Basket, chances: Iterable[Chance], *, now: datetime) -> Quote:
    """The price of an order: the single best promotion counts; those that allow it join, if that is more.

    Of two that give the same, it is the one without a code, then the one that the order has already.
    """
    obstacles: dict[int, Obstacle] = {}
    fitting: list[tuple[Chance, Left]] = []
    for chance in sorted(chances, key=_turn):
        found = _room(basket, chance, now=now)
        if isinstance(found, Obstacle):
            obstacles[chance.promotion_id] = found
        else:
            fitting.append((chance, found))
    options = [_taken(basket, [one]) for one in fitting]
    obstacles.update(
        {
            chance.promotion_id: Obstacle.NOTHING_OFF
            for (chance, _), option in zip(fitting, options, strict=True)
            if not option
        }
    )
    together = [one for one in fitting if one[0].rule.stacks]
    if len(together) > 1:
        options.append(_taken(basket, together))
    held = {chance.promotion_id for chance, _ in fitting if chance.held is not None}
    best = min(filter(None, options), key=lambda option: _rank(option, held), default=())
    chosen = {discount.promotion_id for discount in best}
    for chance, _ in fitting:
        if chance.promotion_id not in chosen:
            obstacles.setdefault(chance.promotion_id, Obstacle.BETTER_ONE)
    return Quote(
        lines_amount=basket.lines_amount,
        fee_amount=basket.fee_amount,
        discounts=best,
        obstacles=obstacles,
    )


def _rank(option: Sequence[Discount], held: set[int]) -> tuple[int, int, int, int, list[int]]:
    return (
        -sum(discount.amount for discount in option),
        sum(discount.coupon_id is not None for discount in option),
        -sum(discount.promotion_id in held for discount in option),
        len(option),
        [discount.promotion_id for discount in option],
    )


def _room(basket: Basket, chance: Chance, *, now: datetime) -> Left | Obstacle:
    """How much of a promotion an order may have, or why none of it."""
    rule = chance.rule
    if rule.kind is PromotionKind.FRIEND:
        return Obstacle.NOTHING_OFF
    if rule.currency != basket.currency:
        return Obstacle.OTHER_CURRENCY
    if not _holds_for(basket, chance):
        return Obstacle.ELSEWHERE
    if basket.quantity < (rule.minimum_quantity or 0):
        return Obstacle.TOO_FEW
    if basket.usual_amount < (rule.minimum_amount or 0):
        return Obstacle.TOO_LITTLE
    held = chance.held
    obstacle = _why_not_new(basket, chance, now=now)
    if obstacle is None:
        left = _left_for(rule, held)
        return Obstacle.USED_UP if left.is_used_up else left
    return obstacle if held is None else Left(held.amount, 1, held.quantity)


def _holds_for(basket: Basket, chance: Chance) -> bool:
    # What an order has it keeps, even where its promotion no longer names its offer.
    if chance.held is None and chance.offers and basket.offer_id not in chance.offers:
        return False
    if chance.rule.kind is not PromotionKind.FREE_PICKUP or not chance.points:
        return True
    return basket.point_id in chance.points


def _why_not_new(basket: Basket, chance: Chance, *, now: datetime) -> Obstacle | None:
    """Why an order may have no more of a promotion than it has."""
    rule, held = chance.rule, chance.held
    obstacle = why_not_in_force(rule, now=now)
    if obstacle is not None and not (obstacle is Obstacle.USED_UP and held is not None):
        return obstacle
    if chance.offers and basket.offer_id not in chance.offers:
        return Obstacle.ELSEWHERE
    if rule.by_coupon and chance.coupon_id is None:
        return Obstacle.NO_CODE
    if rule.uses_per_person is not None and chance.used_by_person >= rule.uses_per_person:
        return Obstacle.USED_BY_PERSON
    if rule.first_order_only and held is None and not basket.is_first:
        return Obstacle.NOT_FIRST
    # Whatever holds it has a part in what is used of it; without that, there is nothing to compare with.
    return None if chance.takes_new else Obstacle.OVER


def _left_for(rule: Rule, held: Held | None) -> Left:
    """What is left for an order, with what it has already."""
    amount, uses, pieces = left_of(rule)
    if held is None:
        return Left(amount, uses, pieces)
    return Left(
        None if amount is None else amount + held.amount,
        None if uses is None else uses + 1,
        None if pieces is None else pieces + held.quantity,
    )


_TURNS = (
    PromotionKind.FLASH_PRICE,
    PromotionKind.BUY_N_PAY_M,
    PromotionKind.PERCENT,
    PromotionKind.AMOUNT,
    PromotionKind.FREE_PICKUP,
    PromotionKind.FRIEND,
)
"""Together they count in this order: pieces first, then what is left of their sum, then the way to them."""


def _turn(chance: Chance) -> tuple[int, int]:
    return _TURNS.index(chance.rule.kind), chance.promotion_id


class _Rest(NamedTuple):
    """What is left to pay after the discounts so far: pieces, the dearest first, their sum, and the fee."""

    pieces: tuple[BasketLine, ...]
    goods_amount: int
    fee_amount: int


def _taken(basket: Basket, chances: Iterable[tuple[Chance, Left]]) -> tuple[Discount, ...]:
    """What these promotions take off an order, one after the other."""
    lines = tuple(sorted(basket.lines, key=lambda line: -line.unit_amount))
    rest = _Rest(lines, basket.lines_amount, basket.fee_amount)
    discounts = []
    for chance, room in chances:
        discount, rest = _take(rest, chance, room)
        if discount.amount:
            discounts.append(discount)
    return tuple(discounts)


def _take(rest: _Rest, chance: Chance, room: Left) -> tuple[Discount, _Rest]:
    rule, pieces, quantity = chance.rule, rest.pieces, 0
    if rule.kind is PromotionKind.FLASH_PRICE:
        pieces, quantity, wanted = _lowered(pieces, rule.unit_amount or 0, room)
    elif rule.kind is PromotionKind.BUY_N_PAY_M:
        pieces, wanted = _given_away(pieces, rule.buy_quantity or 1, rule.pay_quantity or 1)
    elif rule.kind is PromotionKind.PERCENT:
        wanted = share(rest.goods_amount, rule.bps or 0)
    else:
        wanted = rest.fee_amount if rule.kind is PromotionKind.FREE_PICKUP else rule.amount or 0
    of_fee = rule.kind is PromotionKind.FREE_PICKUP
    amount = min(wanted, rest.fee_amount if of_fee else rest.goods_amount)
    if room.amount is not None:
        amount = min(amount, room.amount)
    coupon_id = chance.coupon_id
    if chance.held is not None and (coupon_id is None or chance.held.coupon_id is not None):
        coupon_id = chance.held.coupon_id
    discount = Discount(chance.promotion_id, rule.kind, amount, quantity if amount else 0, coupon_id)
    goods_off, fee_off = (0, amount) if of_fee else (amount, 0)
    return discount, _Rest(pieces, rest.goods_amount - goods_off, rest.fee_amount - fee_off)


def _lowered(pieces: Sequence[BasketLine], price: int, room: Left) -> tuple[tuple[BasketLine, ...], int, int]:
    """The dearest pieces at a flash price, as far as there are some: all of them, how many, what it saves."""
    open_ = sum(line.quantity for line in pieces) if room.pieces is None else room.pieces
    lowered: list[BasketLine] = []
    quantity = saved = 0
    for line in pieces:
        taken = min(open_ - quantity, line.quantity) if line.unit_amount > price else 0
        quantity += taken
        saved += taken * (line.unit_amount - price)
        lowered += [BasketLine(taken, price), BasketLine(line.quantity - taken, line.unit_amount)]
    return _dearest_first(lowered), quantity, saved


def _given_away(pieces: Sequence[BasketLine], buy: int, pay: int) -> tuple[tuple[BasketLine, ...], int]:
    """Of each so many pieces some are free, the cheapest: what is left, and what they come to."""
    free = sum(line.quantity for line in pieces) // buy * max(0, buy - pay)
    kept: list[BasketLine] = []
    saved = 0
    for line in reversed(pieces):
        taken = min(free, line.quantity)
        free -= taken
        saved += taken * line.unit_amount
        kept += [BasketLine(taken, 0), BasketLine(line.quantity - taken, line.unit_amount)]
    return _dearest_first(kept), saved


def _dearest_first(lines: Iterable[BasketLine]) -> tuple[BasketLine, ...]:
    return tuple(sorted((line for line in lines if line.quantity), key=lambda line: -line.unit_amount))
