"""The bot comes, goes and is promoted; groups move; their settings."""

from telegram import Bot

from bot.callbacks.groups import SettingButton, SettingsButton
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.role_errors import MayNotConfigure
from bot.services.groups import configure_group, follow_group, leave_group
from bot.services.overview import show_group
from bot.shop import Shop
from bot.views.groups import arrived, choose_group, leads_none, settings_card, settings_page, which_group
from bot.views.screens import Screen
from bot.views.trust_caps import caps_page
from handlers.access import group_led, is_leader, learn_leaders, may_configure, meet_group
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Moved, Said, Tap
from storage.models import Group
from storage.unit_of_work import UnitOfWork

_SETTING_NAMES = {
    "currency",
    "zone",
    "language",
    "plain",
    "list",
    "quiet",
    "campaigns",
    "answer",
    "allowance",
}


async def bot_moved(event: Moved, shop: Shop, bot: Bot) -> None:
    """The bot's own standing in a chat changed."""
    if event.is_private:
        async with shop.handling(event.update_id) as uow:
            if event.is_in:
                # Whoever shuts the door is not met by that: she may just have been forgotten.
                await uow.members.meet([event.by], now=shop.now())
            await uow.members.open_private(event.by.id, is_open=event.is_in)
        return
    if not event.is_in:
        async with shop.handling(event.update_id) as uow:
            await leave_group(uow, event.chat.id, now=shop.now())
        return
    group = await meet_group(event.chat, shop, bot, language=event.by.language)
    if not event.was_in:
        await _say_hello(event, shop, group)
    async with shop.writing() as uow:
        # Twins merge: a second delivery draws the same once more.
        await show_group(uow, group, now=shop.now())


async def group_migrated(*, update_id: int, old_chat_id: int, new_chat_id: int, shop: Shop) -> None:
    """A group became a supergroup."""
    async with shop.handling(update_id) as uow:
        await follow_group(uow, old_chat_id=old_chat_id, new_chat_id=new_chat_id, now=shop.now())


async def settings_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/settings`, or at once `/settings currency CHF`."""
    if said.is_private:
        await _settings_asked_in_private(said, shop)
        return
    group = await group_led(said, shop, bot)
    await learn_leaders(group, shop, bot)
    name, _, value = said.arguments.partition(" ")
    async with shop.handling(said.update_id) as uow:
        assert group.id is not None
        stored = await uow.groups.get(group.id)
        if name:
            if not said.speaks_for_group and not await may_configure(uow, group.id, said.person.id):
                raise MayNotConfigure
            await _configure(uow, shop, stored, name.lower(), value.strip(), by=said)
        t = await speaker(uow, said.person)
        await tell(
            uow,
            shop,
            said,
            settings_card(t, stored, now=shop.now(), saved=bool(name)),
            payload=f"settings_{group.id}",
        )


async def settings_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The settings of one group, by deep link."""
    async with shop.handling(said.update_id) as uow:
        if not await is_leader(uow, group_id, said.person.id):
            raise NotACurator
        t = await speaker(uow, said.person)
        await send(
            uow, shop, said.person.id, settings_card(t, await uow.groups.get(group_id), now=shop.now())
        )


async def settings_turned(tap: Tap, shop: Shop) -> None:
    """Another page of the settings."""
    button = SettingsButton.read(tap.data)
    if button.page not in {"home", "language", "currency", "zone", "quiet", "answer", "allowance"}:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        await _require_leader(uow, tap, button.group_id)
        group = await uow.groups.get(button.group_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, _page(t, shop, group, button.page))
    await tap.answer()


async def setting_chosen(tap: Tap, shop: Shop) -> None:
    """One setting was chosen."""
    button = SettingButton.read(tap.data)
    if button.name not in _SETTING_NAMES:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        await _require_configurer(uow, button.group_id, tap.person.id)
        group = await uow.groups.get(button.group_id)
        await _configure(uow, shop, group, button.name, button.value, by=tap)
        t = await speaker(uow, tap.person)
        # The caps are set one after the other.
        page = button.name if button.name == "allowance" else "home"
        await redraw(uow, shop, tap, _page(t, shop, group, page, saved=True))
    await tap.answer(t("Saved."))


def _page(t: Translator, shop: Shop, group: Group, page: str, *, saved: bool = False) -> Screen:
    if page == "home":
        return settings_card(t, group, now=shop.now(), saved=saved)
    if page == "allowance":
        return caps_page(t, group, saved=saved)
    return settings_page(t, group, page)


async def _say_hello(event: Moved, shop: Shop, group: Group) -> None:
    async with shop.handling(event.update_id) as uow:
        owner = await uow.members.find(group.owner_id) if group.owner_id else None
        if owner is not None and owner.private_is_open:
            await send(uow, shop, owner.id, settings_card(Translator(owner.language), group, now=shop.now()))
        hello = arrived(
            Translator(group.language),
            owner=owner.name if owner is not None and not owner.private_is_open else None,
            link=shop.link(f"settings_{group.id}"),
        )
        await send(uow, shop, group.chat_id, hello)


async def _settings_asked_in_private(said: Said, shop: Shop) -> None:
    name, _, value = said.arguments.partition(" ")
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.groups.list_led_by(said.person.id)
        if not groups:
            await send(uow, shop, said.person.id, leads_none(t))
        elif len(groups) == 1:
            if name:
                await _require_configurer(uow, groups[0].id or 0, said.person.id)
                await _configure(uow, shop, groups[0], name.lower(), value.strip(), by=said)
            card = settings_card(t, groups[0], now=shop.now(), saved=bool(name))
            await send(uow, shop, said.person.id, card)
        else:
            links = [shop.link(f"settings_{group.id}") for group in groups]
            await send(uow, shop, said.person.id, choose_group(t, groups, which_group(t), links=links))


async def _require_leader(uow: UnitOfWork, tap: Tap, group_id: int) -> None:
    if not await is_leader(uow, group_id, tap.person.id):
        raise NotACurator


async def _require_configurer(uow: UnitOfWork, group_id: int, person_id: int) -> None:
    if not await is_leader(uow, group_id, person_id):
        raise NotACurator
    if not await may_configure(uow, group_id, person_id):
        raise MayNotConfigure


async def _configure(
    uow: UnitOfWork, shop: Shop, group: Group, name: str, value: str, *, by: Said | Tap
) -> None:
    await configure_group(uow, group, name, value, now=shop.now())
    as_group = isinstance(by, Said) and by.speaks_for_group
    await uow.audit.add(
        "group_configured",
        group_id=group.id or 0,
        person_id=None if as_group else by.person.id,
        now=shop.now(),
        details={"setting": name},
    )
