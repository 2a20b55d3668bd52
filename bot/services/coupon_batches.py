"""Making the codes of a promotion, and taking them out of use."""

from datetime import datetime
from typing import Final

from bot.errors import ButtonOutdated
from bot.promotion_errors import CodeTaken, CodeUnfit, NeedsNoCodes, PromotionOver, TooManyCodes
from bot.rules.coupons import LONGEST, SHORTEST, canonical, new_code, shown_code
from bot.rules.typed_text import one_line
from storage.models import Promotion
from storage.repositories.coupon_batches import NewCode
from storage.states import PromotionState
from storage.unit_of_work import UnitOfWork

MOST_AT_ONCE: Final = 5_000
MOST_CODES: Final = 20_000
"""So many codes may a promotion have in all."""


async def make_codes(uow: UnitOfWork, promotion_id: int, count: int, *, by_id: int, now: datetime) -> int:
    """Make so many codes for one use each, as one batch, and return its number.

    Raises ButtonOutdated, PromotionOver, NeedsNoCodes and TooManyCodes.
    """
    promotion = await _open(uow, promotion_id)
    made = await uow.coupon_batches.count(promotion_id)
    if not 0 < count <= MOST_AT_ONCE or made + count > MOST_CODES:
        raise TooManyCodes(min(MOST_AT_ONCE, MOST_CODES - made))
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {new_code() for _ in range(count - len(codes))}
        codes -= await uow.coupon_batches.taken(codes)
    coupons = [NewCode(code=canonical(code), shown=shown_code(code)) for code in sorted(codes)]
    batch = await uow.coupon_batches.add(promotion_id, coupons, uses_limit=1, now=now)
    await _note(uow, "coupons_made", promotion, batch, by_id=by_id, now=now, codes=count)
    return batch


async def make_word(uow: UnitOfWork, promotion_id: int, text: str, *, by_id: int, now: datetime) -> int:
    """Make one code that everybody shares, as often as the promotion allows, and return its batch.

    Raises ButtonOutdated, PromotionOver, NeedsNoCodes, CodeUnfit and CodeTaken.
    """
    promotion = await _open(uow, promotion_id)
    shown = one_line(text)
    try:
        code = canonical(shown)
    except ValueError:
        raise CodeUnfit(shown, SHORTEST, LONGEST) from None
    if len(shown) > LONGEST:
        raise CodeUnfit(shown, SHORTEST, LONGEST)
    if await uow.coupon_batches.taken([code]):
        raise CodeTaken(shown)
    batch = await uow.coupon_batches.add(
        promotion_id, [NewCode(code=code, shown=shown)], uses_limit=None, now=now
    )
    await _note(uow, "coupons_made", promotion, batch, by_id=by_id, now=now, codes=1)
    return batch


async def switch_batch(
    uow: UnitOfWork, promotion_id: int, batch: int, *, on: bool, by_id: int, now: datetime
) -> None:
    """Take the codes of a batch out of use, or put them back; what they have given stays."""
    promotion = await _open(uow, promotion_id)
    await uow.coupon_batches.switch(promotion_id, batch, on=on)
    action = "coupons_switched_on" if on else "coupons_switched_off"
    await _note(uow, action, promotion, batch, by_id=by_id, now=now)


async def _open(uow: UnitOfWork, promotion_id: int) -> Promotion:
    promotion = await uow.promotion_terms.find(promotion_id, lock=True)
    if promotion is None:
        raise ButtonOutdated
    if promotion.state is PromotionState.ENDED:
        raise PromotionOver
    if not promotion.by_coupon:
        raise NeedsNoCodes
    return promotion


async def _note(
    uow: UnitOfWork,
    action: str,
    promotion: Promotion,
    batch: int,
    *,
    by_id: int,
    now: datetime,
    codes: int | None = None,
) -> None:
    details = {"promotion_id": promotion.id, "title": promotion.title, "batch": batch, "codes": codes}
    await uow.audit.add(action, group_id=promotion.group_id, person_id=by_id, now=now, details=details)
