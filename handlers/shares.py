"""Sharing a pick: my own link and poster, what opens it, and how far my cards went."""

import base64
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.callbacks.shares import GuestButton, PickSharesButton, PosterButton, SharePickButton, SharesButton
from bot.errors import NotInGroup
from bot.i18n import Translator
from bot.rules.shares import TOUCH_LASTS, share_payload
from bot.services.shares import card_of, find_card, open_card
from bot.shop import Shop
from bot.views.screens import Screen
from bot.views.share_funnels import FUNNELS_A_PAGE, own_funnels, pick_funnels
from bot.views.shares import not_inside_yet, poster_promised, share_page
from handlers.access import require_curator
from handlers.details import admit, require_member, show_details, shown_pick
from handlers.referrals import way_in
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.repositories.shares import SharedCard
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_LARGEST_PHOTO = 3_000_000


async def shares_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/shares`: how far my cards went, in private."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await tell(uow, shop, said, await _own(uow, t, said.person.id, page=0), payload="shares")


async def shares_turned(tap: Tap, shop: Shop) -> None:
    """Another page of them."""
    page = max(0, SharesButton.read(tap.data).page)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _own(uow, t, tap.person.id, page=page))
    await tap.answer()


async def pick_shares_turned(tap: Tap, shop: Shop) -> None:
    """How far everybody's cards of a pick went, for who may touch it."""
    button = PickSharesButton.read(tap.data)
    page = max(0, button.page)
    async with shop.handling(tap.update_id) as uow:
        posted = await shown_pick(uow, button.pick_id)
        await require_curator(uow, tap.person.id, posted)
        funnels = await uow.shares.funnels_on(posted.id, limit=FUNNELS_A_PAGE + 1, skip=page * FUNNELS_A_PAGE)
        screen = pick_funnels(
            await speaker(uow, tap.person),
            posted,
            funnels[:FUNNELS_A_PAGE],
            await uow.shares.total_on(posted.id),
            page=page,
            has_more=len(funnels) > FUNNELS_A_PAGE,
        )
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def share_opened(said: Said, shop: Shop, bot: Bot, pick_id: int) -> None:
    """Let me share a pick, by the button on its card."""
    async with shop.reading() as uow:
        posted = await shown_pick(uow, pick_id)
    await admit(said.person, shop, bot, posted)
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, await _share_page(uow, shop, said.person, pick_id))


async def share_tapped(tap: Tap, shop: Shop) -> None:
    """The same, in the place of what was tapped."""
    button = SharePickButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_member(uow, await shown_pick(uow, button.pick_id), tap.person.id)
        await redraw(uow, shop, tap, await _share_page(uow, shop, tap.person, button.pick_id))
    await tap.answer()


async def poster_tapped(tap: Tap, shop: Shop) -> None:
    """A poster with my link as a code."""
    button = PosterButton.read(tap.data)
    async with shop.reading() as uow:
        posted = await shown_pick(uow, button.pick_id)
        await require_member(uow, posted, tap.person.id)
    photo = await _photo(tap.query.get_bot(), posted)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        shared = await card_of(uow, tap.person, button.pick_id, now=shop.now())
        await uow.outbox.add(
            OutboxKind.POSTER,
            chat_id=tap.person.id,
            subject_id=shared.card.id,
            payload={"photo": base64.b64encode(photo).decode() if photo else None},
            # Impatient taps need one drawing.
            merge_key=f"poster:{shared.card.id}",
            now=shop.now(),
        )
    await tap.answer(poster_promised(t))


async def card_opened(said: Said, shop: Shop, bot: Bot, token: str) -> None:
    """A shared card's link: all about the pick for members, the way in for everybody else."""
    async with shop.reading() as uow:
        card = await find_card(uow, token)
        posted = await shown_pick(uow, card.pick_id)
    is_inside = await _is_inside(said.person, shop, bot, posted)
    url = None if is_inside else await _way_in(card, posted, shop, bot)
    async with shop.handling(said.update_id) as uow:
        await open_card(uow, posted, card, said.person, is_inside=is_inside, now=shop.now())
        if is_inside:
            await uow.outbox.add(
                OutboxKind.ALBUM, chat_id=said.person.id, subject_id=posted.id, now=shop.now()
            )
            await show_details(uow, shop, said.person.id, posted.id)
        else:
            await uow.outbox.add(
                OutboxKind.SHARED_CARD,
                chat_id=said.person.id,
                subject_id=card.id,
                payload={"url": url},
                now=shop.now(),
            )


async def guest_tapped(tap: Tap, shop: Shop) -> None:
    """I have joined: the pick with its buttons, for those who really have."""
    button = GuestButton.read(tap.data)
    async with shop.reading() as uow:
        card = await uow.shares.find_by_token(button.token)
        t = await speaker(uow, tap.person)
        posted = await shown_pick(uow, card.pick_id if card is not None else 0)
    if not await _is_inside(tap.person, shop, tap.query.get_bot(), posted):
        await tap.answer(not_inside_yet(t, group=posted.group.title), alert=True)
        return
    async with shop.handling(tap.update_id) as uow:
        await show_details(uow, shop, tap.person.id, posted.id)
    await tap.answer()


async def arrived_by_card(uow: UnitOfWork, shop: Shop, group_id: int, person: Seen) -> None:
    """Somebody came into a group: if a card led her there, she finds its pick in private, ready to order."""
    pick_id = await uow.shares.join(group_id, person.id, now=shop.now(), lasts=TOUCH_LASTS)
    known = await uow.members.find(person.id)
    if pick_id is None or known is None or not known.private_is_open:
        return
    posted = (await uow.picks.load([pick_id]))[pick_id]
    if posted.pick.state is PickState.LIVE and posted.pick.closes_at > shop.now():
        await show_details(uow, shop, person.id, pick_id)


async def _share_page(uow: UnitOfWork, shop: Shop, person: Seen, pick_id: int) -> Screen:
    shared = await card_of(uow, person, pick_id, now=shop.now())
    return share_page(
        await speaker(uow, person),
        shared,
        link=shop.link(share_payload(shared.card.token)),
        bot_username=shop.bot_username if shop.has_inline_mode else None,
    )


async def _own(uow: UnitOfWork, t: Translator, person_id: int, *, page: int) -> Screen:
    funnels = await uow.shares.funnels_of(person_id, limit=FUNNELS_A_PAGE + 1, skip=page * FUNNELS_A_PAGE)
    shown = funnels[:FUNNELS_A_PAGE]
    picks = await uow.picks.load({funnel.pick_id for funnel in shown})
    cards = [(picks[funnel.pick_id], funnel) for funnel in shown]
    return own_funnels(t, cards, page=page, has_more=len(funnels) > FUNNELS_A_PAGE)


async def _is_inside(person: Seen, shop: Shop, bot: Bot, posted: PostedPick) -> bool:
    try:
        await admit(person, shop, bot, posted)
    except NotInGroup:
        return False
    return True


async def _way_in(card: SharedCard, posted: PostedPick, shop: Shop, bot: Bot) -> str | None:
    async with shop.reading() as uow:
        sharer = await uow.members.get(card.person_id)
    named = Seen(id=sharer.id, name=sharer.name, username=sharer.username, language=sharer.language)
    return await way_in(named, posted.group, shop, bot)


async def _photo(bot: Any, posted: PostedPick) -> bytes | None:
    """The picture on the pick's card; a poster does without what Telegram does not hand out."""
    if posted.offer.photo_id is None:
        return None
    try:
        file = await bot.get_file(posted.offer.photo_id)
        if (file.file_size or 0) > _LARGEST_PHOTO:
            return None
        return bytes(await file.download_as_bytearray())
    except TelegramError:
        return None
