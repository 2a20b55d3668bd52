"""Launching, changing, pausing and ending promotions, making their codes, and drafts of them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.promotion_errors import (
    FlashPriceTooHigh,
    FriendsNeedCredit,
    PromotionOver,
    TooManyPromotions,
)
from bot.rules.promotion_drafts import (
    MOST_NAMED,
    MOST_PROMOTIONS,
    PromotionContent,
    PromotionStep,
    Used,
    as_document,
    check_bounds,
    check_ready,
    may_change,
    read_content,
    times_of,
)
from storage.models import Draft, Promotion
from storage.states import PaymentMethod, PromotionKind, PromotionState
from storage.unit_of_work import UnitOfWork

STEP: Final = "promotion"
"""The step of the drafts that are promotions in the making."""

_TERMS: Final = (
    *("kind", "title", "currency", "bps", "amount", "unit_amount", "buy_quantity", "pay_quantity"),
    *("by_coupon", "first_order_only", "minimum_amount", "minimum_quantity", "stacks", "pays_no_commission"),
    *("budget_amount", "uses_limit", "uses_per_person", "quantity_limit", "in_all_groups"),
)


async def start_promotion(
    uow: UnitOfWork, person_id: int, content: PromotionContent, *, now: datetime
) -> Draft:
    """Begin a promotion, in the place of whatever she had half made."""
    while (begun := await uow.drafts.find_step(person_id, [STEP])) is not None:
        await uow.drafts.remove(begun)
    draft = Draft(
        person_id=person_id,
        group_id=content.group_id,
        step=STEP,
        content=as_document(content),
        created_at=now,
        updated_at=now,
    )
    return await uow.drafts.save(draft)


async def new_promotion(
    uow: UnitOfWork, person_id: int, group_id: int | None, *, now: datetime
) -> tuple[Draft, bool]:
    """A promotion to be made, and whether it is one that she had begun before."""
    begun = await uow.drafts.find_step(person_id, [STEP])
    if begun is not None and begun.group_id == group_id:
        content = read_content(begun.content)
        if content.promotion_id is None and content.kind is not None:
            return begun, True
    currency = (await uow.groups.get(group_id)).currency if group_id is not None else ""
    content = PromotionContent(group_id=group_id, currency=currency, is_guided=True)
    return await start_promotion(uow, person_id, content, now=now), False


async def own_promotion_draft(uow: UnitOfWork, draft_id: int, person_id: int) -> Draft:
    """A person's own promotion in the making, locked. Raises ButtonOutdated."""
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is None or draft.person_id != person_id or draft.step != STEP:
        raise ButtonOutdated
    return draft


async def keep_draft(
    uow: UnitOfWork, draft: Draft, content: PromotionContent, *, now: datetime, is_asked: bool = False
) -> None:
    """Keep what a promotion in the making holds now, and whether its last question was asked."""
    draft.content = as_document(replace(content, is_asked=is_asked))
    draft.updated_at = now
    await uow.drafts.save(draft)


async def launch(uow: UnitOfWork, draft: Draft, *, by_id: int, now: datetime) -> Promotion:
    """Make a promotion of what is ready: it runs from its start on.

    Raises PromotionIncomplete, PromotionEndsTooEarly, BudgetTooSmall, FlashPriceTooHigh, FriendsNeedCredit
    and TooManyPromotions.
    """
    content = read_content(draft.content)
    await check_launch(uow, content, now=now)
    starts_at, ends_at = times_of(content, now=now)
    promotion = drawn(content, now=now)
    promotion.state = PromotionState.ACTIVE
    promotion.starts_at, promotion.ends_at = starts_at, ends_at
    promotion.created_at, promotion.created_by_id = now, by_id
    await uow.promotion_terms.set_scope(await uow.promotion_terms.save(promotion), **_scope(content))
    await uow.drafts.remove(draft)
    await _note(uow, "promotion_launched", promotion, by_id=by_id, now=now)
    await show_cards(uow, promotion, now=now)
    return promotion


async def check_launch(uow: UnitOfWork, content: PromotionContent, *, now: datetime) -> None:
    """Whether it could be launched now; raises as `launch` does."""
    check_ready(content, now=now)
    await _check_prices(uow, content)
    if content.promotion_id is not None:
        return
    if await uow.promotion_terms.count_active(content.group_id) >= MOST_PROMOTIONS:
        raise TooManyPromotions(MOST_PROMOTIONS)
    if content.kind is PromotionKind.FRIEND and content.group_id is not None:
        ways = await uow.payments.list_ways(content.group_id)
        if not any(way.method is PaymentMethod.CREDIT for way in ways):
            raise FriendsNeedCredit


async def change_promotion(uow: UnitOfWork, promotion: Promotion, person_id: int, *, now: datetime) -> Draft:
    """Begin to change a promotion that stands. Raises PromotionOver."""
    assert promotion.id is not None
    if not what_may_change(promotion, now=now):
        raise PromotionOver
    scope = (await uow.promotions.scopes([promotion.id]))[promotion.id]
    values: dict[str, Any] = {name: getattr(promotion, name) for name in _TERMS}
    content = PromotionContent(
        **values,
        at=PromotionStep.HOME,
        group_id=promotion.group_id,
        promotion_id=promotion.id,
        starts_at=promotion.starts_at,
        ends_at=promotion.ends_at,
        group_ids=tuple(sorted(scope.groups)),
        offer_ids=tuple(sorted(scope.offers)),
        point_ids=tuple(sorted(scope.points)),
    )
    return await start_promotion(uow, person_id, content, now=now)


async def save_changes(uow: UnitOfWork, draft: Draft, *, by_id: int, now: datetime) -> Promotion:
    """Let what was changed hold from now on.

    Raises ButtonOutdated, PromotionOver, PromotionIncomplete, PromotionEndsTooEarly, BudgetTooSmall,
    BudgetBelowSpent, BoundBelowUsed and FlashPriceTooHigh.
    """
    content = read_content(draft.content)
    promotion = await _locked(uow, content.promotion_id or 0)
    allowed = what_may_change(promotion, now=now)
    if not allowed:
        raise PromotionOver
    await check_launch(uow, content, now=now)
    check_bounds(content, used_of(promotion))
    if allowed == what_may_change(promotion, now=promotion.starts_at):
        content = replace(content, starts_at=promotion.starts_at)
        names: Sequence[str] = (
            "title", "uses_per_person", "uses_limit", "budget_amount", "quantity_limit"
        )  # fmt: skip
    else:
        names = _TERMS
        assert promotion.id is not None
        await uow.promotion_terms.set_scope(promotion.id, **_scope(content))
    for name in names:
        setattr(promotion, name, getattr(content, name))
    promotion.starts_at, promotion.ends_at = times_of(content, now=now)
    await uow.promotion_terms.save(promotion)
    await uow.drafts.remove(draft)
    await _note(uow, "promotion_changed", promotion, by_id=by_id, now=now)
    await show_cards(uow, promotion, now=now)
    return promotion


async def pause(uow: UnitOfWork, promotion_id: int, *, by_id: int, now: datetime) -> Promotion:
    """Let a promotion give nothing new for the time being. Raises ButtonOutdated and PromotionOver."""
    return await _move(uow, promotion_id, PromotionState.PAUSED, "promotion_paused", by_id=by_id, now=now)


async def resume(uow: UnitOfWork, promotion_id: int, *, by_id: int, now: datetime) -> Promotion:
    """Let a paused promotion go on. Raises ButtonOutdated and PromotionOver."""
    return await _move(uow, promotion_id, PromotionState.ACTIVE, "promotion_resumed", by_id=by_id, now=now)


async def end(uow: UnitOfWork, promotion_id: int, *, by_id: int | None, now: datetime) -> Promotion:
    """End a promotion for good; who has ordered with it keeps what she got. Raises PromotionOver."""
    return await _move(uow, promotion_id, PromotionState.ENDED, "promotion_ended", by_id=by_id, now=now)


async def end_if_over(uow: UnitOfWork, promotion_id: int, *, now: datetime) -> bool:
    """End a promotion whose time is over, unless it has been given more meanwhile."""
    promotion = await _locked(uow, promotion_id)
    if promotion.state is PromotionState.ENDED or promotion.ends_at is None or promotion.ends_at > now:
        return False
    promotion.state = PromotionState.ENDED
    await uow.promotion_terms.save(promotion)
    await show_cards(uow, promotion, now=now)
    return True


async def show_cards(uow: UnitOfWork, promotion: Promotion, *, now: datetime) -> None:
    """Bring the cards up to date that tell of a promotion, or told of it."""
    await uow.outbox.add_cards(await uow.promotion_terms.live_cards(promotion), now=now)


def drawn(content: PromotionContent, *, now: datetime) -> Promotion:
    """A promotion as it would be by what is set so far; it is kept nowhere."""
    values: dict[str, Any] = {name: getattr(content, name) for name in _TERMS if name != "kind"}
    return Promotion(
        **values,
        kind=content.kind or PromotionKind.PERCENT,
        group_id=content.group_id,
        state=PromotionState.DRAFT,
        starts_at=content.starts_at or now,
        ends_at=content.ends_at,
        created_at=now,
    )


def what_may_change(promotion: Promotion, *, now: datetime) -> tuple[PromotionStep, ...]:
    """The steps at which a promotion may still be changed."""
    return may_change(promotion.state, starts_at=promotion.starts_at, used=used_of(promotion), now=now)


def used_of(promotion: Promotion) -> Used:
    """What of a promotion has been used."""
    return Used(count=promotion.used_count, quantity=promotion.used_quantity, amount=promotion.spent_amount)


async def _check_prices(uow: UnitOfWork, content: PromotionContent) -> None:
    if content.kind is not PromotionKind.FLASH_PRICE or content.unit_amount is None:
        return
    for offer_id in content.offer_ids:
        offer = (await uow.posts.get_offer(offer_id)).offer
        if offer.price_amount <= content.unit_amount:
            raise FlashPriceTooHigh(offer.title, Money(amount=offer.price_amount, currency=offer.currency))


async def _move(
    uow: UnitOfWork,
    promotion_id: int,
    state: PromotionState,
    action: str,
    *,
    by_id: int | None,
    now: datetime,
) -> Promotion:
    promotion = await _locked(uow, promotion_id)
    if promotion.state is PromotionState.ENDED:
        raise PromotionOver
    if promotion.state is not state:
        promotion.state = state
        if state is PromotionState.ENDED:
            promotion.ends_at = now if promotion.ends_at is None else min(now, promotion.ends_at)
        await uow.promotion_terms.save(promotion)
        await _note(uow, action, promotion, by_id=by_id, now=now)
        await show_cards(uow, promotion, now=now)
    return promotion


async def _locked(uow: UnitOfWork, promotion_id: int) -> Promotion:
    promotion = await uow.promotion_terms.find(promotion_id, lock=True)
    if promotion is None:
        raise ButtonOutdated
    return promotion


def _scope(content: PromotionContent) -> dict[str, Collection[int]]:
    is_one_groups_own = content.group_id is not None
    return {
        "groups": () if content.in_all_groups or is_one_groups_own else content.group_ids[:MOST_NAMED],
        "offers": content.offer_ids[:MOST_NAMED],
        "points": content.point_ids,
    }


async def _note(
    uow: UnitOfWork, action: str, promotion: Promotion, *, by_id: int | None, now: datetime
) -> None:
    details = {"promotion_id": promotion.id, "title": promotion.title, "budget": promotion.budget_amount}
    await uow.audit.add(action, group_id=promotion.group_id, person_id=by_id, now=now, details=details)
