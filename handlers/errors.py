"""A refusal becomes words; a crash becomes a log line and, at last, a polite sentence."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot.callbacks.buttons import ButtonUnreadable
from bot.errors import AlreadyDone, ButtonOutdated, ShopError
from bot.i18n import Translator
from bot.services.members import open_private
from bot.shop import Shop
from bot.views.members import gave_up
from handlers.speaking import reply, speaker
from handlers.updates import Said, Tap, seen
from storage.repositories.members import Seen

log = structlog.get_logger(__name__)


async def answer_tap(shop: Shop, tap: Tap, handle: Callable[[Tap, Shop], Awaitable[None]]) -> None:
    """Handle a tap; a refusal is shown to whoever tapped."""
    try:
        await handle(tap, shop)
    except AlreadyDone:
        await tap.answer()
    except ButtonUnreadable:
        await _refuse_tap(shop, tap, ButtonOutdated())
    except ShopError as error:
        await _refuse_tap(shop, tap, error)


async def answer_said(shop: Shop, said: Said, handle: Callable[[], Awaitable[None]]) -> None:
    """Handle a message; a refusal is answered where it was said, once."""
    with suppress(AlreadyDone):
        if said.is_private:
            await _note_open_door(shop, said.person)
        try:
            await handle()
        except ShopError as error:
            async with shop.handling(said.update_id) as uow:
                t = await speaker(uow, said.person)
                await reply(uow, shop, said, _words_for(t, error))


async def answer_quietly(handle: Callable[[], Awaitable[None]]) -> None:
    """Handle what nobody waits for an answer to; a refusal is only logged."""
    try:
        await handle()
    except AlreadyDone:
        return
    except ShopError as error:
        log.warning("passed_over", reason=type(error).__name__)


async def gave_up_on(update: object, context: Any) -> None:
    """Say politely that an update could not be handled, whatever was tried."""
    log.error("gave_up", update_id=getattr(update, "update_id", None), exc_info=context.error)
    if not isinstance(update, Update):
        return
    checkout, query = update.pre_checkout_query, update.callback_query
    if checkout is not None:
        with suppress(TelegramError):
            words = gave_up(Translator(seen(checkout.from_user).language))
            await checkout.answer(ok=False, error_message=words)
    if query is not None:
        with suppress(TelegramError):
            await query.answer(gave_up(Translator(seen(query.from_user).language)), show_alert=True)


async def _note_open_door(shop: Shop, person: Seen) -> None:
    """Whoever writes in private can be written to, with or without /start; noting it twice does no harm."""
    async with shop.reading() as uow:
        known = await uow.members.find(person.id)
    if known is None or not known.private_is_open:
        async with shop.writing() as uow:
            await open_private(uow, person, now=shop.now())


async def _refuse_tap(shop: Shop, tap: Tap, error: ShopError) -> None:
    if error.language is None:
        async with shop.reading() as uow:
            t = await speaker(uow, tap.person)
    else:
        t = Translator(error.language)
    await tap.answer(_words_for(t, error), alert=True)


def _words_for(t: Translator, error: ShopError) -> str:
    # The words for every refusal there is are loaded when somebody is refused.
    from bot.views.refusals import refusal

    return refusal(t, error)
