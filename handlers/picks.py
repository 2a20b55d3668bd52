"""Posting and listing picks; the roll-up; reactions to cards."""

import asyncio

from telegram import Bot

from bot.callbacks import BoardButton
from bot.errors import ButtonOutdated, NotACurator, PickUnknown
from bot.rules.pick_text import read_pick
from bot.services.picks import (
    NewPick,
    NewVariant,
    post_pick,
)
from bot.services.reactions import ReactionRequest, record_anonymous_reactions
from bot.shop import Shop
from bot.views.groups import which_group
from bot.views.orders import board
from bot.views.overview import overview
from bot.views.picks import pick_help
from bot.views.screens import Button, Screen
from handlers.access import group_led, group_of, is_leader, number_named, pick_named
from handlers.draft_places import new_payload
from handlers.speaking import redraw, reply, send, speaker, tell
from handlers.updates import Counted, Reacted, Said, Tap


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
        curator_id=said.person.id if said.has_face else None,
        photo_id=said.photo_id,
        topic_id=said.topic_id,
    )
    async with shop.handling(said.update_id) as uow:
        if said.has_face:
            await uow.members.meet([said.person], now=shop.now())
        await post_pick(uow, group, new, now=shop.now())


async def picks_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/picks`: what is on offer now."""
    group = await group_of(said, shop, bot)
    assert group.id is not None
    async with shop.handling(said.update_id) as uow:
        live = await uow.picks.list_live(group.id)
        t = await speaker(uow, said.person)
        curates = said.speaks_for_group or await is_leader(uow, group.id, said.person.id)
        link = shop.link(new_payload(group.id, said.topic_id)) if curates else None
        await reply(uow, shop, said, overview(t, live, now=shop.now(), new_link=link))


async def board_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/board 1`: who ordered what, in private, for those who lead the group."""
    if said.is_private:
        await _board_asked_in_private(said, shop)
        return
    group = await group_led(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        posted, _ = await pick_named(uow, group, said.arguments)
        t = await speaker(uow, said.person)
        screen = board(t, posted, await uow.orders.list_lines(posted.id))
        await tell(uow, shop, said, screen, payload=f"board_{posted.id}")


async def board_opened(said: Said, shop: Shop, pick_id: int) -> None:
    """The roll-up of one pick, by deep link."""
    async with shop.handling(said.update_id) as uow:
        posted = (await uow.picks.load([pick_id])).get(pick_id)
        if posted is None or not await is_leader(uow, posted.pick.group_id, said.person.id):
            raise NotACurator
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, board(t, posted, await uow.orders.list_lines(pick_id)))


async def board_turned(tap: Tap, shop: Shop) -> None:
    """Another page of the roll-up."""
    button = BoardButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = (await uow.picks.load([button.pick_id])).get(button.pick_id)
        if posted is None:
            raise ButtonOutdated
        if not await is_leader(uow, posted.pick.group_id, tap.person.id):
            raise NotACurator
        t = await speaker(uow, tap.person)
        ordered = await uow.orders.list_lines(button.pick_id)
        await redraw(uow, shop, tap, board(t, posted, ordered, page=button.page))
    await tap.answer()


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


async def _board_asked_in_private(said: Said, shop: Shop) -> None:
    number, _ = number_named(said.arguments)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.groups.list_led_by(said.person.id)
        found = [await uow.picks.find_by_number(group.id or 0, number) for group in groups]
        picks = [posted for posted in found if posted is not None]
        if not picks:
            raise PickUnknown(number)
        if len(picks) == 1:
            screen = board(t, picks[0], await uow.orders.list_lines(picks[0].id))
        else:
            choices = [
                [Button(text=posted.group.title, url=shop.link(f"board_{posted.id}"))] for posted in picks
            ]
            screen = Screen(text=which_group(t), buttons=choices)
        await send(uow, shop, said.person.id, screen)
