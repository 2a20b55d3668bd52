"""What tests of promotions have in common: promotions, codes, and what orders get by them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from bot.rules.coupons import canonical
from bot.shop import Shop
from storage.models import Coupon, Group, Promotion
from storage.repositories.coupon_batches import NewCode
from storage.repositories.promotions import RedeemedOrder
from storage.states import PromotionKind, PromotionState
from tests.factories import make_person
from tests.services.rows import rows_of

TENTH = {"kind": PromotionKind.PERCENT, "bps": 1000}


async def make_promotion(
    shop: Shop,
    group: Group | None,
    *,
    offers: Collection[int] = (),
    groups: Collection[int] = (),
    **terms: Any,
) -> int:
    """A promotion of a group, or of admins across groups, that runs since yesterday; returns its key."""
    given: dict[str, Any] = {
        "title": "Harvest",
        "state": PromotionState.ACTIVE,
        "currency": "EUR",
        "starts_at": shop.now() - timedelta(days=1),
        "created_at": shop.now(),
        "group_id": group.id if group else None,
        **(terms if "kind" in terms else {**TENTH, **terms}),
    }
    async with shop.writing() as uow:
        promotion_id = await uow.promotion_terms.save(Promotion(**given))
        await uow.promotion_terms.set_scope(promotion_id, groups=groups, offers=offers)
    return promotion_id


async def make_coupons(
    shop: Shop, promotion_id: int, *codes: str, uses_limit: int | None = None
) -> list[int]:
    """Codes of a promotion; returns their keys."""
    async with shop.writing() as uow:
        news = [NewCode(canonical(code), code) for code in codes]
        await uow.coupon_batches.add(promotion_id, news, uses_limit=uses_limit, now=shop.now())
    return [coupon.id or 0 for coupon in await rows_of(shop, Coupon) if coupon.shown in codes]


async def enter(shop: Shop, coupon_id: int, *person_ids: int) -> None:
    """People enter a code."""
    async with shop.writing() as uow:
        await uow.members.meet([make_person(person_id=key) for key in person_ids], now=shop.now())
        for person_id in person_ids:
            await uow.coupons.hold(coupon_id, person_id, now=shop.now())


async def change(shop: Shop, promotion_id: int, **terms: Any) -> None:
    """Change a promotion, as its maker does: with it locked."""
    async with shop.writing() as uow:
        promotion = await uow.promotion_terms.find(promotion_id, lock=True)
        assert promotion is not None
        for name, value in terms.items():
            setattr(promotion, name, value)
        await uow.promotion_terms.save(promotion)


async def got(shop: Shop, order_id: int) -> dict[int, RedeemedOrder]:
    """What an order has of promotions."""
    async with shop.reading() as uow:
        return (await uow.promotions.redeemed([order_id])).get(order_id, {})


async def saved(shop: Shop, order_id: int) -> int:
    """What an order gets off in all."""
    return sum(one.amount for one in (await got(shop, order_id)).values())


async def stands(shop: Shop, promotion_id: int) -> tuple[int, int, int]:
    """What is counted of a promotion: uses, pieces and money."""
    [found] = [one for one in await rows_of(shop, Promotion) if one.id == promotion_id]
    return found.used_count, found.used_quantity, found.spent_amount


async def books_agree(shop: Shop) -> None:
    """What promotions and codes count is what orders have of them."""
    async with shop.reading() as uow:
        faults = await uow.ledger_checks.find_faults(late_before=shop.now() - timedelta(days=1), limit=5)
    assert faults == []
