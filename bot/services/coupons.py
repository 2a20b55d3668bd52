"""Entering codes, and the codes that somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coupon_errors import (
    CodeOver,
    CodePaused,
    CodeSwitchedOff,
    CodeTooEarly,
    CodeUnreadable,
    CodeUsedByYou,
    CodeUsedUp,
    TooManyGuesses,
)
from bot.quoting import requote
from bot.rules.coupons import canonical
from bot.rules.promotions import Obstacle, why_not_in_force
from bot.rules.rate_limits import COUPON_GUESSES, free_at, longest
from storage.discounts import OrderDiscount
from storage.models import Coupon, Group, Promotion
from storage.repositories.members import Seen
from storage.repositories.promotions import OpenOrder
from storage.states import PromotionKind, PromotionState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class EnteredCode:
    """A code that somebody has, what it opens, and where; no groups: in all of them."""

    coupon: Coupon
    promotion: Promotion
    groups: Sequence[Group]
    #: How often she has used its promotion.
    used_count: int
    #: Why it gives nothing new now, if so.
    obstacle: Obstacle | None


@dataclass(frozen=True, kw_only=True)
class CodeTaken:
    """A code was entered; those open orders that cost less by it at once, and what they have off now."""

    entered: EnteredCode
    is_new: bool
    orders: Sequence[tuple[OpenOrder, Sequence[OrderDiscount]]]


class CodeUnknown:
    """Nobody made such a code; the guess is noted."""


async def enter_code(uow: UnitOfWork, person: Seen, text: str, *, now: datetime) -> CodeTaken | CodeUnknown:
    """Somebody enters a code: it counts for her orders that it fits, and at once for those that stand open.

    Raises CodeUnreadable, TooManyGuesses, CodeSwitchedOff, CodeUsedUp, CodeUsedByYou, CodeOver, CodePaused
    and CodeTooEarly.
    """
    try:
        code = canonical(text)
    except ValueError:
        raise CodeUnreadable from None
    await uow.members.meet([person], now=now)
    guesses = await uow.coupons.guesses(person.id, since=now - longest(COUPON_GUESSES))
    until = free_at(COUPON_GUESSES, guesses, now=now)
    if until is not None:
        raise TooManyGuesses(until)
    coupon = await uow.coupons.find(code)
    if coupon is None or coupon.id is None:
        await uow.coupons.add_guess(person.id, now=now)
        return CodeUnknown()
    entered = await _entered(uow, coupon, person.id, now=now)
    _check(entered, now=now)
    is_new = await uow.coupons.hold(coupon.id, person.id, now=now)
    return CodeTaken(entered=entered, is_new=is_new, orders=await _apply(uow, entered, person.id, now=now))


async def codes_of(uow: UnitOfWork, person_id: int, *, limit: int, now: datetime) -> list[EnteredCode]:
    """The codes that somebody has entered, the last first."""
    held = await uow.coupons.list_held(person_id, limit=limit)
    return [await _entered(uow, coupon, person_id, now=now) for coupon in held]


async def _entered(uow: UnitOfWork, coupon: Coupon, person_id: int, *, now: datetime) -> EnteredCode:
    promotion = await uow.promotion_terms.find(coupon.promotion_id)
    assert promotion is not None
    groups: Sequence[Group] = ()
    if promotion.group_id is not None:
        groups = await uow.promotions.groups([promotion.group_id])
    elif not promotion.in_all_groups:
        scope = (await uow.promotions.scopes([coupon.promotion_id]))[coupon.promotion_id]
        groups = await uow.promotions.groups(scope.groups)
    used = await uow.promotions.used_by([coupon.promotion_id], [person_id])
    obstacle = why_not_in_force(promotion, now=now)
    if obstacle is None and not coupon.is_active:
        obstacle = Obstacle.NO_CODE
    if obstacle is None and coupon.uses_limit is not None and coupon.used_count >= coupon.uses_limit:
        obstacle = Obstacle.USED_UP
    used_count = len(used.get((coupon.promotion_id, person_id), ()))
    has_had_it = promotion.uses_per_person is not None and used_count >= promotion.uses_per_person
    if has_had_it or (used_count and obstacle is Obstacle.USED_UP):
        obstacle = Obstacle.USED_BY_PERSON
    return EnteredCode(
        coupon=coupon, promotion=promotion, groups=groups, used_count=used_count, obstacle=obstacle
    )


def _check(entered: EnteredCode, *, now: datetime) -> None:
    promotion = entered.promotion
    match entered.obstacle:
        case Obstacle.NOT_YET if promotion.state is PromotionState.ACTIVE:
            raise CodeTooEarly(promotion.starts_at)
        case Obstacle.NO_CODE | Obstacle.NOT_YET:
            raise CodeSwitchedOff
        case Obstacle.PAUSED:
            raise CodePaused
        case Obstacle.OVER:
            raise CodeOver
        case Obstacle.USED_BY_PERSON:
            raise CodeUsedByYou
        case Obstacle.USED_UP:
            raise CodeUsedUp


async def _apply(
    uow: UnitOfWork, entered: EnteredCode, person_id: int, *, now: datetime
) -> list[tuple[OpenOrder, Sequence[OrderDiscount]]]:
    """Quote anew what she has ordered and can still change, where the promotion holds."""
    promotion = entered.promotion
    if promotion.kind is PromotionKind.FRIEND:
        return []
    orders = await uow.promotions.open_orders(person_id)
    here = {group.id for group in entered.groups}
    reached = {order.order_id: order for order in orders if not here or order.group_id in here}
    changed = await requote(uow, list(reached), now=now, anew=True)
    await uow.payments.settle_later(changed, now=now)
    off = await uow.promotions.discounts(changed)
    return [
        (reached[key], off[key])
        for key in sorted(changed)
        if any(one.rule.id == promotion.id for one in off.get(key, ()))
    ]
