"""What a curator writes where a screen of /manage asked her to."""

from datetime import timedelta

from markupsafe import Markup
from telegram import Bot

from bot.carrying_errors import CarryingOver
from bot.errors import NotAllowed, PickClosed
from bot.i18n import Translator
from bot.rules.carryings import read_word
from bot.rules.picks import Edit, as_field, read_reason
from bot.services.carryings import give_word
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.views.manage import edited_notice
from bot.views.withdrawals import pick_withdrawn_notice
from handlers.conversation import Part, Waiting, not_understood
from handlers.edits import By, apply_change, read_change, read_moment
from handlers.manage import WORD, managed_by, pick_screen
from handlers.speaking import send, speaker
from handlers.trust_slots import OPENS, moved_to
from handlers.updates import Said
from storage.repositories.picks import PostedPick
from storage.repositories.posts import Asked
from storage.unit_of_work import UnitOfWork

_ANSWERED_WITHIN = timedelta(hours=2)
"""What is written later than that is probably meant for something else."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.posts.find_asked(said.person.id)
    return None if asked is None else Waiting(since=asked.asked_at, key=asked.id)


async def _answered(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    """What was written about a pick that she was asked about."""
    async with shop.reading() as uow:
        asked = await uow.posts.find_asked(said.person.id)
    if asked is None or asked.asked_at + _ANSWERED_WITHIN < shop.now():
        await _stop_asking(said, shop)
        await not_understood(said, shop, bot)
        return
    try:
        await _take(said, shop, asked)
    except (NotAllowed, PickClosed, CarryingOver):
        # Nothing that she could write instead would help.
        await _stop_asking(said, shop)
        raise


async def _take(said: Said, shop: Shop, asked: Asked) -> None:
    async with shop.reading() as uow:
        posted = await managed_by(uow, asked.pick_id, said.person.id)
    if asked.field == "withdraw":
        await _withdraw(said, shop, posted)
        return
    if asked.field == WORD:
        await _vouch(said, shop, posted)
        return
    if asked.field == OPENS:
        await _move(said, shop, posted)
        return
    change = await read_change(Edit(field=as_field(asked.field), text=said.text), posted, said, shop)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        by = By(person_id=said.person.id)
        words = await apply_change(uow, posted, change, t, by=by, now=shop.now())
        await _show(uow, shop, said, t, posted.id, note=words)


PART = Part(finds=_finds, handles=_answered)
"""Takes what is written where a screen asked for it."""


async def _stop_asking(said: Said, shop: Shop) -> None:
    async with shop.writing() as uow:
        await uow.posts.stop_asking(said.person.id)


async def _withdraw(said: Said, shop: Shop, posted: PostedPick) -> None:
    reason = read_reason(said.text, number=posted.pick.number)
    async with shop.handling(said.update_id) as uow:
        await withdraw_pick(uow, posted.id, reason=reason, by_id=said.person.id, now=shop.now())
        t = await speaker(uow, said.person)
        await _show(uow, shop, said, t, posted.id, note=pick_withdrawn_notice(t, number=posted.pick.number))


async def _vouch(said: Said, shop: Shop, posted: PostedPick) -> None:
    words = read_word(said.text)
    async with shop.handling(said.update_id) as uow:
        await give_word(uow, posted.id, words, by_id=said.person.id, now=shop.now())
        t = await speaker(uow, said.person)
        note = edited_notice(t, number=posted.pick.number)
        await _show(uow, shop, said, t, posted.id, note=note)


async def _move(said: Said, shop: Shop, posted: PostedPick) -> None:
    to = await read_moment(said.text, posted, shop)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        screen = await moved_to(uow, shop, t, posted, to, said.person.id)
        await send(uow, shop, said.person.id, screen)


async def _show(
    uow: UnitOfWork, shop: Shop, said: Said, t: Translator, pick_id: int, *, note: str | Markup
) -> None:
    await uow.posts.stop_asking(said.person.id)
    await send(uow, shop, said.person.id, await pick_screen(uow, shop, t, pick_id, note=note))
