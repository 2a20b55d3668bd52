"""Posting and listing picks; the roll-up; reactions to cards."""

import asyncio

from telegram import Bot

from bot.rules.pick_text import read_pick
from bot.services.picks import (
    NewPick,
    NewVariant,
    post_pick,
)
from bot.services.reactions import ReactionRequest, record_anonymous_reactions
from bot.shop import Shop
from bot.views.overview import overview
from bot.views.picks import pick_help
from handlers.access import group_led, group_of, is_leader
from handlers.draft_places import new_payload
from handlers.speaking import reply, speaker
from handlers.teams import tell_chance
from handlers.trust_slots import show_held
from handlers.updates import Counted, Reacted, Said


async def pick_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/pick 12.90 Wool scarf | red 10, blue 5 | till 20:00`, with a photo, in answer to one, or without."""
    group = await group_led(said, shop, bot)
    if not said.arguments:
        async with shop.handling(said.update_id) as uow:
            link = shop.link(new_payload(group.id or 0, said.topic_id))
            await reply(uow, shop, said, pick_help(await speaker(uow, said.person), link=link))
        return
    # In a thread: the first deadline to be read loads a large library.
    text = await asyncio.to_thread(
        read_pick,
        said.arguments,
        currency=group.currency,
        now=shop.now(),
        time_zone=group.time_zone,
        language=group.language,
    )
    new = NewPick(
        title=text.title,
        words=text.words,
        price_amount=text.price.amount,
        currency=text.price.currency,
        unit=text.unit,
        variants=[NewVariant(name=variant.name, stock=variant.stock) for variant in text.variants],
        closes_at=text.closes_at,
        tiers=dict(text.tiers),
        minimum_quantity=text.minimum_quantity,
        limit_per_person=text.limit_per_person,
        team_price_amount=text.team.price_amount if text.team else None,
        team_size=text.team.size if text.team else None,
        team_hours=text.team.hours if text.team else None,
        curator_id=said.person.id if said.has_face else None,
        photo_id=said.photo_id,
        topic_id=said.topic_id,
        category=text.category,
    )
    async with shop.handling(said.update_id) as uow:
        if said.has_face:
            await uow.members.meet([said.person], now=shop.now())
        pick = await post_pick(uow, group, new, now=shop.now())
        await show_held(uow, shop, said, pick)
        if text.team is not None:
            await tell_chance(uow, shop, said, group)


async def picks_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/picks`: what is on offer now."""
    group = await group_of(said, shop, bot)
    assert group.id is not None
    async with shop.handling(said.update_id) as uow:
        live = await uow.picks.list_live(group.id)
        t = await speaker(uow, said.person)
        curates = said.speaks_for_group or await is_leader(uow, group.id, said.person.id)
        link = shop.link(new_payload(group.id, said.topic_id)) if curates else None
        details = {posted.id: shop.link(f"d_{posted.id}") for posted in live}
        tiers = await uow.pricing.tiers({posted.pick.offer_id for posted in live})
        listed = overview(t, live, now=shop.now(), new_link=link, details=details, tiers=tiers)
        await reply(uow, shop, said, listed)


async def reacted(event: Reacted, shop: Shop) -> None:
    """Somebody's reactions changed; only those to cards count."""
    await shop.reactions.submit(
        ReactionRequest(
            update_id=event.update_id,
            person=event.person,
            chat_id=event.chat_id,
            message_id=event.message_id,
            emojis=event.emojis,
        )
    )


async def reactions_counted(event: Counted, shop: Shop) -> None:
    """The unnamed reactions to a message changed."""
    async with shop.handling(event.update_id) as uow:
        await record_anonymous_reactions(
            uow, chat_id=event.chat_id, message_id=event.message_id, counts=event.counts, now=shop.now()
        )
