"""Our name typed in any chat: what can be sent there, what was chosen, and who looks at it."""

from contextlib import suppress
from typing import Any

import structlog
from telegram.error import BadRequest, TelegramError

from bot.callbacks.shares import LookButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.shares import share_payload
from bot.services.shares import CardToShare, count_sent, look_at, make_cards, read_cards, search_picks
from bot.shop import Shop
from bot.views.screens import Screen
from bot.views.shares import look_words, nothing_found, own_cards, share_summary, shared_card
from handlers.speaking import speaker
from handlers.updates import Chosen, Tap, Typed

log = structlog.get_logger(__name__)

Json = dict[str, Any]

_KEPT_SECONDS = 5
_TOO_OLD = "too old"


async def pick_typed(typed: Typed, shop: Shop, bot: Any) -> None:
    """`@bot honey` in any chat: the open picks of the groups that one is in, each with one's own link."""
    now = shop.now()
    async with shop.reading() as uow:
        pick_ids = await search_picks(uow, typed.person.id, typed.text, now=now)
        cards = await uow.shares.list_of(typed.person.id, pick_ids)
    if len(cards) < len(pick_ids):
        async with shop.writing() as uow:
            cards = dict(await make_cards(uow, typed.person, pick_ids, now=now))
    async with shop.reading() as uow:
        t = await speaker(uow, typed.person)
        found = await read_cards(uow, [cards[key] for key in pick_ids], sharer=typed.person.name)
    answer: Json = {
        "inline_query_id": typed.query_id,
        "is_personal": True,
        "cache_time": _KEPT_SECONDS,
        "button": {"text": own_cards(t) if found else nothing_found(t), "start_parameter": "shares"},
    }
    # One picture that Telegram does not know any more would take all results with it.
    for with_photos in (True, False):
        results = [_result(t, shop, one, with_photo=with_photos) for one in found]
        if await _is_answered(bot, {**answer, "results": results}):
            return


async def _is_answered(bot: Any, answer: Json) -> bool:
    """Show results; False if Telegram refuses them. Nobody waits for an answer that is late."""
    try:
        await bot.call("answerInlineQuery", answer)
    except BadRequest as error:
        if _TOO_OLD in error.message:
            return True
        log.warning("results_refused", reason=error.message)
        return False
    except TelegramError as error:
        log.warning("results_not_shown", reason=error.message)
    return True


async def card_chosen(chosen: Chosen, shop: Shop) -> None:
    """A card was sent into a chat."""
    async with shop.handling(chosen.update_id) as uow:
        await count_sent(uow, chosen.result_id, person_id=chosen.person.id)


async def look_tapped(tap: Tap, shop: Shop) -> None:
    """How does it stand? The answer is for whoever asks; a card whose pick is over says so from then on."""
    button = LookButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        card = await uow.shares.find_by_token(button.token)
        if card is None:
            raise ButtonOutdated
        await look_at(uow, card, tap.person, now=shop.now())
        t = await speaker(uow, tap.person)
        [shared] = await read_cards(uow, [card])
        sharer = await uow.members.get(card.person_id)
    await tap.answer(look_words(t, shared.posted, shared.tiers, now=shop.now()), alert=True)
    if not shared.posted.takes_orders:
        await _end(tap, shop, shared, Translator(sharer.language))


async def _end(tap: Tap, shop: Shop, shared: CardToShare, t: Translator) -> None:
    screen = _screen(t, shop, shared)
    text = {"text" if shared.posted.offer.photo_id is None else "caption": str(screen.text)}
    where = {"inline_message_id": tap.query.inline_message_id, "parse_mode": "HTML"}
    method = "editMessageText" if "text" in text else "editMessageCaption"
    bot: Any = tap.query.get_bot()
    # Somebody has asked before, or it was deleted.
    with suppress(TelegramError):
        await bot.call(method, {**where, **text, "reply_markup": screen.keyboard()})


def _screen(t: Translator, shop: Shop, shared: CardToShare) -> Screen:
    return shared_card(t, shared, link=shop.link(share_payload(shared.card.token)), now=shop.now())


def _result(t: Translator, shop: Shop, shared: CardToShare, *, with_photo: bool = True) -> Json:
    offer = shared.posted.offer
    screen = _screen(t, shop, shared)
    result: Json = {
        # Telegram tells by it what was chosen.
        "id": shared.card.token,
        "title": t("#{number} {title}", number=shared.posted.pick.number, title=offer.title),
        "description": share_summary(t, shared, now=shop.now()),
        "reply_markup": screen.keyboard(),
    }
    if offer.photo_id is not None and with_photo:
        caption = {"caption": str(screen.text), "parse_mode": "HTML"}
        return {"type": "photo", "photo_file_id": offer.photo_id, **caption, **result}
    words = {
        "message_text": str(screen.text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return {"type": "article", "input_message_content": words, **result}
