"""The promotions that a pick's card tells of."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.promotions import why_not_in_force
from storage.discounts import PromotionRule
from storage.repositories.picks import PostedPick
from storage.repositories.promotions import PromotionScope
from storage.states import PromotionKind
from storage.unit_of_work import UnitOfWork


async def offers_on(
    uow: UnitOfWork, posted: PostedPick, unit_amount: int, *, now: datetime
) -> Sequence[PromotionRule]:
    """What makes orders of a pick cheaper now, without a code, where a piece costs so much."""
    rules = await uow.promotions.list_holding([posted.pick.group_id])
    open_ = {
        key: rule
        for key, rule in rules.items()
        if not rule.by_coupon
        and rule.currency == posted.offer.currency
        and why_not_in_force(rule, now=now) is None
        and _gives(rule, unit_amount)
    }
    if not open_:
        return ()
    scopes = await uow.promotions.scopes(open_)
    fees = {}
    if any(rule.kind is PromotionKind.FREE_PICKUP for rule in open_.values()):
        fees = {point.id or 0: point.fee_amount for point in await uow.pickups.list_choices(posted.id)}
    return [rule for key, rule in open_.items() if _fits(rule, scopes[key], posted.pick.offer_id, fees)]


def _gives(rule: PromotionRule, unit_amount: int) -> bool:
    return rule.kind is not PromotionKind.FLASH_PRICE or (rule.unit_amount or 0) < unit_amount


def _fits(rule: PromotionRule, scope: PromotionScope, offer_id: int, fees: dict[int, int]) -> bool:
    if scope.offers and offer_id not in scope.offers:
        return False
    if rule.kind is not PromotionKind.FREE_PICKUP:
        return True
    return any(fee and (not scope.points or key in scope.points) for key, fee in fees.items())
