"""People join, leave, say hello, ask for help and choose their language."""

from collections.abc import Awaitable

from telegram import Bot, ChatMember

from bot.callbacks.members import LanguageButton
from bot.errors import ButtonOutdated
from bot.i18n import LANGUAGES, Translator
from bot.rules.groups import role_of
from bot.services.members import join_group, leave_group, set_role
from bot.shop import Shop
from bot.views.members import (
    choose_language,
    greeting,
    help_in_group,
    help_in_private,
    language_chosen,
)
from handlers.access import group_of, is_admin, is_leader
from handlers.speaking import redraw, reply, send, speaker
from handlers.updates import Moved, Said, Tap
from storage.repositories.members import Seen
from storage.states import Role
from storage.unit_of_work import UnitOfWork


async def member_moved(event: Moved, shop: Shop) -> None:
    """Somebody joined, left, or got another role; other bots are nobody's members."""
    if event.person_is_bot:
        return
    async with shop.handling(event.update_id) as uow:
        group = await uow.groups.find_by_chat(event.chat.id)
        if group is None or group.id is None:
            return
        if not event.is_in:
            is_banned = event.status == ChatMember.BANNED
            left_at = min(event.moved_at, shop.now())
            await leave_group(
                uow, group.id, event.person, now=left_at, was_in=event.was_in, is_banned=is_banned
            )
            return
        if not event.was_in:
            await join_group(
                uow,
                group.id,
                event.person,
                link_url=event.link_url,
                added_by=event.added_by,
                now=shop.now(),
            )
            await _lead_on(uow, shop, group.id, event.person)
        role = role_of(event.status)
        await set_role(uow, group.id, event.person, role, now=shop.now())
        if role is Role.OWNER and group.owner_id != event.person.id:
            group.owner_id = event.person.id
            await uow.groups.save(group)


async def members_arrived(said: Said, shop: Shop, arrivals: list[Seen]) -> None:
    """Telegram's line that people joined, all that a bot without rights hears of it."""
    async with shop.handling(said.update_id) as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
        if group is None or group.id is None or group.bot_is_admin:
            return
        for person in arrivals:
            added_by = said.person if said.has_face and said.person.id != person.id else None
            await join_group(uow, group.id, person, link_url=None, added_by=added_by, now=shop.now())
            await _lead_on(uow, shop, group.id, person)


async def member_left(said: Said, shop: Shop, person: Seen) -> None:
    """Telegram's line that somebody left, all that a bot without rights hears of it."""
    async with shop.handling(said.update_id) as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
        if group is not None and group.id is not None and not group.bot_is_admin:
            await leave_group(uow, group.id, person, now=min(said.said_at, shop.now()))


async def start_said(said: Said, shop: Shop, bot: Bot) -> None:
    """`/start`, perhaps with the payload of a deep link."""
    if not said.is_private:
        await help_asked(said, shop, bot)
        return
    opening = _opened_by(said, shop, bot) if said.arguments else None
    await (opening if opening is not None else _greet(said, shop))


def _opened_by(said: Said, shop: Shop, bot: Bot) -> Awaitable[None] | None:
    # Links lead to every page there is, and pages are loaded when they are wanted.
    from handlers.links import opened_by

    return opened_by(said.arguments, said, shop, bot)


async def help_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/help`: what can be done here."""
    if said.is_private:
        async with shop.handling(said.update_id) as uow:
            t = await speaker(uow, said.person)
            runs_us = await is_admin(uow, shop, said.person.id)
            await send(uow, shop, said.person.id, help_in_private(t, is_admin=runs_us))
        return
    group = await group_of(said, shop, bot)
    assert group.id is not None
    async with shop.handling(said.update_id) as uow:
        curates = said.speaks_for_group or await is_leader(uow, group.id, said.person.id)
        t = await speaker(uow, said.person)
        await reply(uow, shop, said, help_in_group(t, is_curator=curates))


async def language_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/language`: which language shall I speak with you?"""
    async with shop.handling(said.update_id) as uow:
        await reply(uow, shop, said, choose_language(await speaker(uow, said.person)))


async def language_tapped(tap: Tap, shop: Shop) -> None:
    """A language was chosen."""
    language = LanguageButton.read(tap.data).language
    if language not in LANGUAGES:
        raise ButtonOutdated
    t = Translator(language)
    async with shop.handling(tap.update_id) as uow:
        await uow.members.meet([tap.person], now=shop.now())
        await uow.members.choose_language(tap.person.id, language)
        if tap.is_private:
            await redraw(uow, shop, tap, choose_language(t))
    await tap.answer(language_chosen(t))


async def _greet(said: Said, shop: Shop) -> None:
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        add_link = f"https://t.me/{shop.bot_username}?startgroup=hello&admin=invite_users"
        await send(uow, shop, said.person.id, greeting(t, name=said.person.name, add_link=add_link))


async def _lead_on(uow: UnitOfWork, shop: Shop, group_id: int, person: Seen) -> None:
    # Whoever says /start needs no cards.
    from handlers.shares import arrived_by_card

    await arrived_by_card(uow, shop, group_id, person)
