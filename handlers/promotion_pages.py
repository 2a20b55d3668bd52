"""The pages of promotions in private, and who may see and change them."""

from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.promotion_errors import NotTheOwner
from bot.services.promotions import what_may_change
from bot.shop import Shop
from bot.views.promotions import (
    PROMOTIONS_A_PAGE,
    PromotionFacts,
    codes_page,
    promotion_page,
    promotions_list,
)
from bot.views.screens import Screen
from handlers.access import is_admin, is_owner
from storage.models import Promotion
from storage.unit_of_work import UnitOfWork

_OFFERS_SHOWN = 20


async def require_promoter(uow: UnitOfWork, shop: Shop, person_id: int, group_id: int | None) -> None:
    """Raise NotTheOwner unless a person may make promotions in a group, or across groups."""
    if not await may_promote(uow, shop, person_id, group_id):
        raise NotTheOwner


async def may_promote(uow: UnitOfWork, shop: Shop, person_id: int, group_id: int | None) -> bool:
    """Whether a person may make promotions in a group (its owner, an admin), or across groups (an admin)."""
    if group_id is not None and await is_owner(uow, group_id, person_id):
        return True
    return await is_admin(uow, shop, person_id)


async def promoted(uow: UnitOfWork, shop: Shop, promotion_id: int, person_id: int) -> Promotion:
    """A promotion, for those who may change it. Raises ButtonOutdated and NotTheOwner."""
    promotion = await find_promotion(uow, promotion_id)
    await require_promoter(uow, shop, person_id, promotion.group_id)
    return promotion


async def promotion_screen(
    uow: UnitOfWork, t: Translator, promotion: Promotion, shop: Shop, *, is_of_others: bool = False
) -> Screen:
    """The page of one promotion."""
    assert promotion.id is not None
    scope = (await uow.promotions.scopes([promotion.id]))[promotion.id]
    group = await uow.groups.find(promotion.group_id) if promotion.group_id is not None else None
    points = await uow.pickups.list_points(promotion.group_id) if promotion.group_id and scope.points else []
    facts = PromotionFacts(
        promotion=promotion,
        time_zone=group.time_zone if group is not None else "UTC",
        group=group,
        group_titles=await uow.promotion_terms.titles_of(scope.groups, limit=_OFFERS_SHOWN),
        offer_titles=(await uow.promotion_terms.offer_titles(sorted(scope.offers)))[:_OFFERS_SHOWN],
        point_names=[point.name for point in points if point.id in scope.points],
        codes=await uow.coupon_batches.count(promotion.id) if promotion.by_coupon else 0,
        may_change=what_may_change(promotion, now=shop.now()),
        is_of_others=is_of_others,
        list_of=promotion.group_id or 0,
    )
    return promotion_page(t, facts, now=shop.now())


async def codes_screen(uow: UnitOfWork, t: Translator, promotion: Promotion) -> Screen:
    """The codes of a promotion."""
    return codes_page(t, promotion, await uow.coupon_batches.list_batches(promotion.id or 0))


async def list_screen(
    uow: UnitOfWork, t: Translator, group_id: int | None, shop: Shop, *, page: int = 0
) -> Screen:
    """A page of the promotions of a group, or of those across groups."""
    skip, limit = page * PROMOTIONS_A_PAGE, PROMOTIONS_A_PAGE + 1
    if group_id is None:
        found = await uow.promotion_terms.list_across(limit=limit, skip=skip)
        group = None
    else:
        group = await uow.groups.find(group_id)
        if group is None:
            raise ButtonOutdated
        found = await uow.promotion_terms.list_of_group(group_id, limit=limit, skip=skip)
    has_more = len(found) > PROMOTIONS_A_PAGE
    shown = found[:PROMOTIONS_A_PAGE]
    return promotions_list(t, group, shown, page=page, has_more=has_more, now=shop.now())


async def find_promotion(uow: UnitOfWork, promotion_id: int) -> Promotion:
    """The promotion with this key. Raises ButtonOutdated."""
    promotion = await uow.promotion_terms.find(promotion_id)
    if promotion is None:
        raise ButtonOutdated
    return promotion


async def holds_where_she_owns(uow: UnitOfWork, promotion: Promotion, person_id: int) -> bool:
    """Whether it is an admin's promotion that holds in a group of hers."""
    if promotion.group_id is not None or promotion.id is None:
        return False
    scope = (await uow.promotions.scopes([promotion.id]))[promotion.id]
    led = [group.id or 0 for group in await uow.groups.list_led_by(person_id)]
    held = [key for key in led if promotion.in_all_groups or key in scope.groups]
    return any([await is_owner(uow, key, person_id) for key in held])
