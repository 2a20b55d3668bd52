"""Changing what a pick says and how much there is of it, while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.edit_errors import PickOver, StockBelowSold
from bot.errors import ButtonOutdated
from bot.rules.pricing import TierPrice, check_reachable
from bot.supplying import require_own
from storage.repositories.picks import PostedPick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class PickChange:
    """What shall be different; `stocks` maps a variant's key to its stock, None meaning without limit."""

    title: str | None = None
    words: str | None = None
    photo_id: str | None = None
    #: Empty: it shall have none.
    category: str | None = None
    stocks: Mapping[int, int | None] = field(default_factory=dict)


async def edit_pick(
    uow: UnitOfWork, pick_id: int, change: PickChange, *, by_id: int | None, now: datetime
) -> PostedPick:
    """Change a pick that is not over, wherever it is posted.

    Raises PickOver, SupplierDecides, StockBelowSold, and TierAboveStock or MinimumAboveStock for what would
    be out of reach.
    """
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    pick, offer = posted.pick, posted.offer
    require_own(posted)
    if pick.state not in (PickState.LIVE, PickState.SCHEDULED):
        raise PickOver(pick.number, pick.state)
    changed = _write(posted, change)
    if change.stocks:
        await _check_reachable(uow, posted)
    if not changed:
        return posted
    await uow.posts.save(offer, *posted.variants)
    if was := changed.get("category"):
        await uow.notices.carry_over(posted.pick.offer_id, was=str(was), now=now)
    await uow.audit.add(
        "pick_edited", group_id=pick.group_id, person_id=by_id, pick_id=pick_id, details=changed, now=now
    )
    await _show(uow, posted, new_photo="photo" in changed, now=now)
    return posted


def _write(posted: PostedPick, change: PickChange) -> dict[str, object]:
    """Write the change down; returns what was different before."""
    offer = posted.offer
    before: dict[str, object] = {}
    if change.title is not None and change.title != offer.title:
        before["title"], offer.title = offer.title, change.title
    if change.words is not None and change.words != offer.words:
        before["words"], offer.words = offer.words, change.words
    if change.photo_id is not None and change.photo_id != offer.photo_id:
        before["photo"], offer.photo_id = offer.photo_id, change.photo_id
    if change.category is not None and (change.category or None) != offer.category:
        before["category"], offer.category = offer.category, change.category or None
    stocks = _restock(posted, change.stocks)
    return {**before, "stock": stocks} if stocks else before


async def _check_reachable(uow: UnitOfWork, posted: PostedPick) -> None:
    offer = await uow.posts.get_offer(posted.pick.offer_id)
    check_reachable(
        stocks=[variant.stock for variant in posted.variants],
        tiers=[TierPrice(tier.quantity, tier.unit_amount) for tier in offer.tiers],
        minimum=posted.offer.minimum_quantity,
    )


def _restock(posted: PostedPick, stocks: Mapping[int, int | None]) -> dict[str, int | None]:
    variants = {variant.id: variant for variant in posted.variants}
    before: dict[str, int | None] = {}
    for key, stock in stocks.items():
        variant = variants.get(key)
        if variant is None:
            raise ButtonOutdated
        if stock is not None and stock < variant.sold:
            raise StockBelowSold(variant.name, variant.sold)
        if stock != variant.stock:
            before[str(key)], variant.stock = variant.stock, stock
    return before


async def _show(uow: UnitOfWork, posted: PostedPick, *, new_photo: bool, now: datetime) -> None:
    for shown in await uow.posts.list_shown(posted.pick.offer_id):
        if new_photo:
            await uow.outbox.add_photo(shown.pick_id, shown.chat_id, now=now)
        else:
            await uow.outbox.add_cards({shown.pick_id: shown.chat_id}, now=now)
        await uow.outbox.add_overview(shown.group_id, shown.chat_id, now=now)
