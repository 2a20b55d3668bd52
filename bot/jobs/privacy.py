"""Forgets who wants to be forgotten, and whose account is no more."""

from collections.abc import Sequence
from typing import Final

import structlog

from bot.errors import ShopError
from bot.rules.orders import Ask
from bot.rules.privacy import ASKED
from bot.services.orders.requests import OrderRequest
from bot.services.payouts.asking import withdraw_payout
from bot.services.privacy import StillUnderWay, forget, may_be_cancelled
from bot.shop import Shop
from storage.models import Person
from storage.repositories.members import Seen
from storage.repositories.privacy import OpenOrder

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 20
GONE_SECONDS: Final = 3600
"""Everybody is looked at for that, which nobody waits for."""
MOST_GONE: Final = 500


async def forget_asked(shop: Shop) -> int:
    """Forget who asked for it, as soon as no money is on its way to them; returns how many that were.

    Whoever cannot be forgotten now is tried again with the next run.
    """
    now, kept = shop.now(), shop.policy.kept
    async with shop.reading() as uow:
        asked = [
            (person_id, now - asked_at < kept.money_under_way)
            for person_id, asked_at in await uow.privacy.list_asked(ASKED)
        ]
    return await _forget_each(shop, asked[:MOST_AT_ONCE])


async def forget_gone(shop: Shop) -> int:
    """Forget those whose accounts have been no more for long enough; returns how many that were."""
    before = shop.now() - shop.policy.kept.deleted_accounts
    async with shop.reading() as uow:
        gone = await uow.privacy.list_deactivated(before=before, limit=MOST_GONE)
    return await _forget_each(shop, [(person_id, False) for person_id in gone])


async def empty_log(shop: Shop) -> None:
    """Cut SQLite's log off once something was deleted: it keeps what the file holds no more."""
    writer = shop.database.writer
    if shop.is_log_stale and (writer is None or await writer.empty_log()):
        shop.is_log_stale = False


async def _forget_each(shop: Shop, people: Sequence[tuple[int, bool]]) -> int:
    """Forget people, each of whom may wait for her money or may not."""
    forgotten = 0
    for person_id, may_wait in people:
        try:
            forgotten += await _forget(shop, person_id, may_wait=may_wait)
        except Exception as fault:
            # Without its words: they would name whom nobody shall remember.
            log.error("not_forgotten", fault=type(fault).__name__)
    if forgotten:
        shop.is_log_stale = True
    await empty_log(shop)
    return forgotten


async def _forget(shop: Shop, person_id: int, *, may_wait: bool) -> bool:
    async with shop.reading() as uow:
        person = await uow.members.find(person_id)
        if person is None:
            return False
        orders = await uow.privacy.list_open_orders(person_id)
        payouts = await uow.privacy.list_open_payouts(person_id)
    await _cancel(shop, person, [order for order in orders if may_be_cancelled(order)])
    await _withdraw(shop, person_id, payouts)
    async with shop.reading() as uow:
        if may_wait and await uow.privacy.is_money_under_way(person_id, now=shop.now()):
            return False
        audited = await uow.erasure.find_audited(person_id)
    try:
        async with shop.writing() as uow:
            await forget(uow, person_id, audited, now=shop.now(), may_wait=may_wait)
    except StillUnderWay:
        return False
    return True


async def _cancel(shop: Shop, person: Person, orders: Sequence[OpenOrder]) -> None:
    seen = Seen(id=person.id, name=person.name, username=person.username, language=person.language)
    for order in orders:
        request = OrderRequest(
            # Telegram counts its updates from one, so that none of them is meant.
            update_id=-order.order_id,
            person=seen,
            chat_id=order.chat_id,
            pick_id=order.pick_id,
            ask=Ask(action="cancel", items=()),
        )
        try:
            await shop.orders.submit(request)
        except ShopError as refused:
            log.info("order_not_cancelled", order_id=order.order_id, reason=type(refused).__name__)


async def _withdraw(shop: Shop, person_id: int, payouts: Sequence[int]) -> None:
    for payout_id in payouts:
        try:
            async with shop.writing() as uow:
                await withdraw_payout(uow, payout_id, person_id=person_id, now=shop.now())
        except ShopError as refused:
            log.info("payout_not_withdrawn", payout_id=payout_id, reason=type(refused).__name__)
