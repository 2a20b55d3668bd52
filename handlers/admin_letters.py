"""What could not be handled or sent: an admin has it tried again, or gives it up."""

from bot.callbacks.admins import LetterButton, LettersButton, UnsentButton, UnsentListButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.admins import discard_letter, discard_unsent, retry_letter, retry_unsent
from bot.shop import Shop
from bot.views.admin_letters import (
    DISCARD,
    LETTERS_A_PAGE,
    REASONS_SHOWN,
    RETRY,
    SHOW,
    letter_asked,
    letter_page,
    letter_toast,
    letters_list,
    unsent_asked,
    unsent_list,
    unsent_page,
    unsent_toast,
)
from bot.views.screens import Screen
from handlers.access import require_admin
from handlers.speaking import redraw, speaker
from handlers.updates import Tap
from storage.unit_of_work import UnitOfWork


async def letters_turned(tap: Tap, shop: Shop) -> None:
    """A page of the updates that could not be handled."""
    page = max(0, LettersButton.read(tap.data).page)
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _letters(uow, shop, t, page=page))
    await tap.answer()


async def letter_tapped(tap: Tap, shop: Shop) -> None:
    """One of them; or what is to become of it: asked for once more, or done."""
    button = LetterButton.read(tap.data)
    _check(button.deed)
    done = False
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        letter = await uow.updates.find_dead_letter(button.letter_id)
        if letter is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        if button.deed == SHOW:
            screen = letter_page(t, letter, now=shop.now())
        elif not button.sure:
            screen = letter_asked(t, letter, button.deed)
        else:
            done = True
            change = discard_letter if button.deed == DISCARD else retry_letter
            await change(uow, button.letter_id, by_id=tap.person.id, now=shop.now())
            screen = await _letters(uow, shop, t, page=0)
        await redraw(uow, shop, tap, screen)
    await tap.answer(letter_toast(t, button.deed) if done else "")


async def unsent_turned(tap: Tap, shop: Shop) -> None:
    """Why messages could not be sent."""
    UnsentListButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, unsent_list(t, await uow.outbox.list_reasons(limit=REASONS_SHOWN)))
    await tap.answer()


async def unsent_tapped(tap: Tap, shop: Shop) -> None:
    """One reason; or what is to become of all that failed for it: asked for once more, or done."""
    button = UnsentButton.read(tap.data)
    _check(button.deed)
    count = None
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        reason = await uow.outbox.find_reason(button.entry_id)
        if reason is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        if button.deed == SHOW:
            screen = unsent_page(t, reason, now=shop.now())
        elif not button.sure:
            screen = unsent_asked(t, reason, button.deed)
        else:
            change = discard_unsent if button.deed == DISCARD else retry_unsent
            count = await change(uow, button.entry_id, by_id=tap.person.id, now=shop.now())
            screen = unsent_list(t, await uow.outbox.list_reasons(limit=REASONS_SHOWN))
        await redraw(uow, shop, tap, screen)
    await tap.answer(unsent_toast(t, button.deed, count) if count is not None else "")


async def _letters(uow: UnitOfWork, shop: Shop, t: Translator, *, page: int) -> Screen:
    found = await uow.updates.list_dead_letters(limit=LETTERS_A_PAGE + 1, offset=page * LETTERS_A_PAGE)
    return letters_list(
        t, found[:LETTERS_A_PAGE], page=page, has_more=len(found) > LETTERS_A_PAGE, now=shop.now()
    )


def _check(deed: str) -> None:
    if deed not in (SHOW, RETRY, DISCARD):
        raise ButtonOutdated
