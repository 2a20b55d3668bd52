"""What is kept about a person, all of it as files, and being forgotten: in private alone."""

from telegram import Bot

from bot.callbacks.members import PrivacyButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.privacy import ask_to_be_forgotten, losses_of
from bot.shop import Shop
from bot.views.privacy import data_comes, forget_page, forget_question, forgetting, privacy_page
from bot.views.screens import Screen
from handlers.speaking import redraw, send, show_door, speaker
from handlers.updates import Said, Tap
from storage.repositories.outbox import Priority
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def privacy_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/privacy`: what is kept of me, why and for how long."""
    async with shop.handling(said.update_id) as uow:
        if not said.is_private:
            await show_door(uow, shop, said, payload="privacy")
            return
        t = await speaker(uow, said.person)
        await send(
            uow, shop, said.person.id, privacy_page(t, shop.policy.kept, failures=shop.policy.failures_kept)
        )


async def my_data_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/mydata`: everything that is held about me, as two files."""
    async with shop.handling(said.update_id) as uow:
        if not said.is_private:
            await show_door(uow, shop, said, payload="mydata")
            return
        await uow.members.meet([said.person], now=shop.now())
        await _send_data(uow, shop, said.person.id)


async def forget_me_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/forgetme`: what would be lost; nothing happens yet."""
    async with shop.handling(said.update_id) as uow:
        if not said.is_private:
            await show_door(uow, shop, said, payload="forgetme")
            return
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, forget_page(t, await losses_of(uow, said.person.id)))


async def privacy_turned(tap: Tap, shop: Shop) -> None:
    """Another page of it; the last one does it."""
    page = PrivacyButton.read(tap.data).page
    tap.require_private()
    toast = ""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await uow.members.meet([tap.person], now=shop.now())
        if page == "data":
            await _send_data(uow, shop, tap.person.id)
            toast = data_comes(t)
        else:
            await redraw(uow, shop, tap, await _page(uow, shop, t, tap.person.id, page))
    await tap.answer(toast)


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, person_id: int, page: str) -> Screen:
    match page:
        case "home":
            return privacy_page(t, shop.policy.kept, failures=shop.policy.failures_kept)
        case "forget":
            return forget_page(t, await losses_of(uow, person_id))
        case "sure":
            return forget_question(t, await losses_of(uow, person_id))
        case "forgotten":
            if await ask_to_be_forgotten(uow, person_id, now=shop.now()):
                return forgetting(t)
            return forget_page(t, await losses_of(uow, person_id))
    raise ButtonOutdated


async def _send_data(uow: UnitOfWork, shop: Shop, person_id: int) -> None:
    for form in ("html", "json"):
        await uow.outbox.add(
            OutboxKind.MY_DATA,
            chat_id=person_id,
            payload={"form": form},
            # Who taps twice, impatiently, gets them once.
            merge_key=f"{OutboxKind.MY_DATA}:{person_id}:{form}",
            priority=Priority.RECEIPT,
            now=shop.now(),
        )
