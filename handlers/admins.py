"""What those who run the bot look after, in private: groups, what was done, and how the bot is."""

from telegram import Bot

from bot.callbacks.admins import AdminAuditButton, AdminButton, AdminGroupButton, AdminGroupsButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.typed_text import one_line
from bot.shop import Shop
from bot.views.admin_rights import admins_list
from bot.views.admins import (
    ACTS_A_PAGE,
    GROUPS_A_PAGE,
    admin_audit,
    admin_group,
    admin_groups,
    admin_health,
    admin_home,
)
from bot.views.screens import Screen
from handlers.access import require_admin
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.audit import AuditLine
from storage.unit_of_work import UnitOfWork


async def admin_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/admin`: what there is to look after; with words, the groups that have them in their title."""
    async with shop.handling(said.update_id) as uow:
        await require_admin(uow, shop, said.person.id)
        t = await speaker(uow, said.person)
        words = one_line(said.arguments)
        screen = await _groups(uow, t, page=0, words=words) if words else await _home(uow, t)
        await tell(uow, shop, said, screen, payload="admin_0")


async def admin_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        await require_admin(uow, shop, said.person.id)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _home(uow, t))


async def admin_turned(tap: Tap, shop: Shop) -> None:
    """One of an admin's pages."""
    name = AdminButton.read(tap.data).name
    # It asks the database by itself, and nothing is awaited within a transaction but that transaction.
    report = await shop.report() if name == "health" and shop.report is not None else None
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        t = await speaker(uow, tap.person)
        match name:
            case "home":
                screen = await _home(uow, t)
            case "health":
                screen = admin_health(t, await uow.admins.overview(), report)
            case "admins":
                screen = await _admins(uow, shop, t)
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def admin_groups_turned(tap: Tap, shop: Shop) -> None:
    """A page of all groups."""
    button = AdminGroupsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _groups(uow, t, page=max(0, button.page), words=""))
    await tap.answer()


async def admin_group_tapped(tap: Tap, shop: Shop) -> None:
    """One group with what it comes to."""
    button = AdminGroupButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        seen = await uow.admins.see_group(button.group_id)
        if seen is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, admin_group(t, seen, now=shop.now()))
    await tap.answer()


async def admin_audit_turned(tap: Tap, shop: Shop) -> None:
    """A page of what was done, in a group or everywhere."""
    button = AdminAuditButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        group = await uow.groups.find(button.group_id) if button.group_id else None
        if group is None and button.group_id:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _audit(uow, t, shop, group, page=max(0, button.page)))
    await tap.answer()


async def _home(uow: UnitOfWork, t: Translator) -> Screen:
    return admin_home(t, await uow.admins.overview())


async def _groups(uow: UnitOfWork, t: Translator, *, page: int, words: str) -> Screen:
    found = await uow.admins.list_groups(words, limit=GROUPS_A_PAGE + 1, offset=page * GROUPS_A_PAGE)
    return admin_groups(t, found[:GROUPS_A_PAGE], page=page, has_more=len(found) > GROUPS_A_PAGE, words=words)


async def _admins(uow: UnitOfWork, shop: Shop, t: Translator) -> Screen:
    people = [(person_id, await uow.members.find(person_id)) for person_id in sorted(shop.admin_ids)]
    named = [(person_id, person.name if person else None) for person_id, person in people]
    return admins_list(t, await uow.admins.list_granted(), named, now=shop.now())


async def _audit(uow: UnitOfWork, t: Translator, shop: Shop, group: Group | None, *, page: int) -> Screen:
    limit, offset = ACTS_A_PAGE + 1, page * ACTS_A_PAGE
    acts: list[tuple[str | None, AuditLine]]
    if group is None:
        acts = await uow.audit.list_everywhere(limit=limit, offset=offset)
    else:
        listed = await uow.audit.list_newest(group.id or 0, limit=limit, offset=offset)
        acts = [(group.title, line) for line in listed]
    people = {act.details["person_id"] for _, act in acts if act.details.get("person_id")}
    found = [await uow.members.find(person_id) for person_id in sorted(people)]
    return admin_audit(
        t,
        acts[:ACTS_A_PAGE],
        group=group,
        names={person.id: person.name for person in found if person is not None},
        page=page,
        has_more=len(acts) > ACTS_A_PAGE,
        now=shop.now(),
    )
