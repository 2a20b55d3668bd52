"""Ends promotions whose time is over, shows those that have begun, and gives friends their credit."""

from datetime import timedelta
from typing import Final

import structlog

from bot.services.promotion_friends import look_at
from bot.services.promotions import end_if_over, show_cards
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100
TRIED_AGAIN_AFTER: Final = timedelta(hours=1)
SHOWN_AFTER_A_STOP: Final = timedelta(days=1)
"""What began within that time before a start of the bot may not have been shown yet."""


async def turn_promotions(shop: Shop) -> int:
    """End what is over and bring the cards up to date of what has begun; returns how many."""
    now = shop.now()
    since = shop.promotions_shown_until or now - SHOWN_AFTER_A_STOP
    async with shop.reading() as uow:
        over = await uow.promotion_terms.list_over(now=now, limit=MOST_AT_ONCE)
        # A clock that was moved back finds nothing here, and shows nothing twice.
        begun = await uow.promotion_terms.list_begun(after=since, until=now)
    turned = 0
    for promotion_id in over:
        async with shop.writing() as uow:
            turned += await end_if_over(uow, promotion_id, now=now)
    for promotion_id in begun:
        async with shop.writing() as uow:
            promotion = await uow.promotion_terms.find(promotion_id)
            if promotion is not None:
                await show_cards(uow, promotion, now=now)
        turned += 1
    shop.promotions_shown_until = max(since, now)
    return turned


async def credit_friends(shop: Shop) -> int:
    """Look at the friends' credits that are due, each in its own transaction; returns how many."""
    async with shop.reading() as uow:
        keys = await uow.promotion_friends.list_due(now=shop.now(), limit=MOST_AT_ONCE)
    looked = 0
    for key in keys:
        try:
            async with shop.writing() as uow:
                await look_at(uow, key, now=shop.now())
        except Exception:
            # One credit that cannot be given must not keep the others waiting.
            log.exception("friend_credit_not_given", group_id=key[0], friend_id=key[1])
            async with shop.writing() as uow:
                # To the end of the list.
                await uow.promotion_friends.postpone(key, until=shop.now() + TRIED_AGAIN_AFTER)
        else:
            looked += 1
    return looked
