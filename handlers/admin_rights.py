"""`/grant` and `/revoke`: who runs the bot, confirmed in private and told to the other admins."""

from telegram import Bot

from bot.admin_errors import AdminUnknown
from bot.callbacks.admins import AdminRightsButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.admins import grant_admin, revoke_admin
from bot.shop import Shop
from bot.views.admin_rights import (
    GRANT,
    REVOKE,
    SHOW,
    people_found,
    rights_asked,
    rights_changed,
    rights_page,
    rights_told,
)
from bot.views.screens import Screen
from handlers.access import require_admin
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Person
from storage.unit_of_work import UnitOfWork

_FOUND_SHOWN = 10
_LONGEST_NUMBER = 18


async def rights_asked_for(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/grant` or `/revoke`, with a @name or a number, or in answer to a message: what a person may do."""
    async with shop.handling(said.update_id) as uow:
        await require_admin(uow, shop, said.person.id)
        t = await speaker(uow, said.person)
        people = await _meant(uow, shop, said)
        if len(people) > 1:
            screen = people_found(t, people)
        else:
            screen = await _page(uow, shop, t, people[0])
        await tell(uow, shop, said, screen, payload=f"admin_{people[0].id}")


async def rights_opened(said: Said, shop: Shop, person_id: int) -> None:
    """What one person may do, by deep link."""
    async with shop.handling(said.update_id) as uow:
        await require_admin(uow, shop, said.person.id)
        person = await uow.members.find(person_id)
        if person is None:
            raise ButtonOutdated
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _page(uow, shop, t, person))


async def rights_tapped(tap: Tap, shop: Shop) -> None:
    """Show what somebody may do; ask whether it shall change; change it."""
    button = AdminRightsButton.read(tap.data)
    if button.deed not in (SHOW, GRANT, REVOKE):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        person = await uow.members.find(button.person_id)
        if person is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        if button.deed != SHOW and not button.sure:
            await redraw(uow, shop, tap, rights_asked(t, person, button.deed))
        else:
            if button.deed != SHOW:
                await _change(uow, shop, tap, person, granted=button.deed == GRANT)
            await redraw(uow, shop, tap, await _page(uow, shop, t, person))
    await tap.answer(t("Saved.") if button.sure else "")


async def _change(uow: UnitOfWork, shop: Shop, tap: Tap, person: Person, *, granted: bool) -> None:
    by_id, now = tap.person.id, shop.now()
    others = await _admins(uow, shop)
    if granted:
        changed = await grant_admin(uow, person.id, by_id=by_id, now=now)
    else:
        is_in_settings = person.id in shop.admin_ids
        changed = await revoke_admin(uow, person.id, is_in_settings=is_in_settings, by_id=by_id, now=now)
    if changed is None:
        return
    if person.private_is_open:
        t = Translator(person.language)
        await send(uow, shop, person.id, rights_changed(t, granted=granted))
    for other in others:
        if other.id not in (person.id, by_id) and other.private_is_open:
            t = Translator(other.language)
            words = rights_told(t, name=person.name, by=tap.person.name, granted=granted)
            await send(uow, shop, other.id, words)


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, person: Person) -> Screen:
    granted = await uow.admins.list_granted()
    return rights_page(
        t,
        person,
        next((one for one in granted if one.person_id == person.id), None),
        is_in_settings=person.id in shop.admin_ids,
        now=shop.now(),
    )


async def _meant(uow: UnitOfWork, shop: Shop, said: Said) -> list[Person]:
    """Whom an admin means. Raises AdminUnknown."""
    if said.reply_to_person is not None and not said.arguments:
        await uow.members.meet([said.reply_to_person], now=shop.now())
        return [await uow.members.get(said.reply_to_person.id)]
    word = said.arguments.removeprefix("@")
    found: list[Person] = []
    if word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER:
        person = await uow.members.find(int(word))
        found = [person] if person is not None else []
    elif word:
        found = await uow.admins.find_named(word, limit=_FOUND_SHOWN)
    if not found:
        raise AdminUnknown(said.arguments)
    return found


async def _admins(uow: UnitOfWork, shop: Shop) -> list[Person]:
    keys = shop.admin_ids | {one.person_id for one in await uow.admins.list_granted()}
    people = [await uow.members.find(person_id) for person_id in sorted(keys)]
    return [person for person in people if person is not None]
