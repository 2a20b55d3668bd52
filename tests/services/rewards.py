"""What tests of rewards have in common: a plan, people who bring and tell each other, what is earned."""

from datetime import timedelta
from typing import Any

from bot.bookkeeping import audit_books
from bot.jobs.commissions import reckon_stale
from bot.services.closing import close_pick
from bot.services.handover import hand_over
from bot.services.members import join_group
from bot.shop import Shop
from storage.models import Commission, Group, Plan
from storage.repositories.ledger import AccountKey
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import AccountKind, TouchSource
from tests.factories import MEI_ID
from tests.services.money import settle_all
from tests.services.rows import rows_of

WEEK = timedelta(days=8)


async def make_plan(shop: Shop, group: Group, **terms: Any) -> None:
    """A group pays 10 % to whoever recommended, and nothing to anybody else, but for what is named."""
    fields = {"group_id": group.id or 0, "changed_at": shop.now(), "first_bps": 1_000, **terms}
    async with shop.writing() as uow:
        await uow.plans.save(Plan(**fields))


async def joins(shop: Shop, group: Group, person: Seen, *, by: Seen | None = None) -> Seen:
    """Somebody comes into a group, brought by another or not."""
    async with shop.writing() as uow:
        await join_group(uow, group.id or 0, person, link_url=None, added_by=by, now=shop.now())
    return person


async def opens(shop: Shop, pick: PostedPick, person: Seen, *, of: Seen) -> None:
    """Somebody opens another's card of a pick."""
    async with shop.writing() as uow:
        await uow.members.meet([person, of], now=shop.now())
        await uow.shares.touch(pick.id, person.id, of.id, source=TouchSource.OPENED, now=shop.now())


async def gets(shop: Shop, pick: PostedPick, *order_ids: int) -> None:
    """The pick is over, and its goods are handed over."""
    async with shop.writing() as uow:
        if (await uow.picks.get(pick.id)).pick.closed_at is None:
            await close_pick(uow, pick.id, now=shop.now())
        for order_id in order_ids:
            await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    await settle_all(shop)
    await reckon_stale(shop)


async def earned(shop: Shop, order_id: int | None = None) -> dict[tuple[int, int], Commission]:
    """What is earned, by order and level; the ledger says the same, and all books are in order."""
    found = {(c.order_id, c.level): c for c in await rows_of(shop, Commission)}
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
        balances = await uow.ledger.balances()
    owed: dict[AccountKey, int] = {}
    for one in found.values():
        key = AccountKey(one.group_id, one.earner_id, AccountKind.EARNINGS, one.currency)
        owed[key] = owed.get(key, 0) - one.accrued_amount
    assert {k: v for k, v in balances.items() if k.kind is AccountKind.EARNINGS} == {
        k: v for k, v in owed.items() if v
    }
    return {key: one for key, one in found.items() if order_id is None or key[0] == order_id}
