"""Appointing curators and helpers, and reading the audit log; all of it in private."""

from collections.abc import Sequence

from telegram import Bot

from bot.callbacks.roles import AppointButton, AuditButton, CuratorsButton, HelperButton, PersonButton
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.role_errors import NotTheOwner, PersonUnknown
from bot.services.roles import appoint_curator, dismiss_curator, set_helper
from bot.shop import Shop
from bot.views.audit import LINES_A_PAGE, audit_page
from bot.views.roles import appointed, curators_card, found_people, helper_told, person_page
from bot.views.screens import Screen
from handlers.access import group_led, is_leader, is_owner
from handlers.speaking import page_of_led, redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.members import Seen
from storage.unit_of_work import UnitOfWork

_FOUND_SHOWN = 12


async def curators_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/curators`: who leads the group and who helps."""
    await _about_a_group(said, shop, bot, "curators")


async def audit_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/audit`: what those with rights did."""
    await _about_a_group(said, shop, bot, "audit")


async def curators_opened(said: Said, shop: Shop, group_id: int) -> None:
    """Who leads one group, by deep link."""
    await _open(said, shop, group_id, "curators")


async def audit_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The audit log of one group, by deep link."""
    await _open(said, shop, group_id, "audit")


async def appoint_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/appoint Ann`, or `/appoint` in answer to a member's message: give her a role."""
    if not said.is_private and said.reply_to_person is not None:
        await _appoint_author(said, shop, bot, said.reply_to_person)
        return
    if not said.is_private or not said.arguments:
        await curators_asked(said, shop, bot)
        return
    async with shop.handling(said.update_id) as uow:
        groups = await uow.groups.list_led_by(said.person.id)
        owned = [group for group in groups if await is_owner(uow, group.id or 0, said.person.id)]
        if not owned:
            raise NotTheOwner
        t = await speaker(uow, said.person)
        found = 0
        for group in owned:
            people = await uow.roles.search(group.id or 0, said.arguments, limit=_FOUND_SHOWN)
            people = [(person_id, name) for person_id, name in people if person_id != said.person.id]
            if people:
                found += len(people)
                await send(uow, shop, said.person.id, found_people(t, group, people))
        if not found:
            raise PersonUnknown(said.arguments)


async def person_opened(said: Said, shop: Shop, group_id: int, person_id: int) -> None:
    """What one person may do, by deep link."""
    async with shop.handling(said.update_id) as uow:
        group = await _owned(uow, group_id, said.person.id)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _person(uow, t, group, person_id))


async def curators_turned(tap: Tap, shop: Shop) -> None:
    """Back to who leads the group."""
    group_id = CuratorsButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        group = await _led(uow, group_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _curators(uow, t, group, tap.person.id))
    await tap.answer()


async def person_turned(tap: Tap, shop: Shop) -> None:
    """What one person may do."""
    button = PersonButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _owned(uow, button.group_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _person(uow, t, group, button.person_id))
    await tap.answer()


async def role_chosen(tap: Tap, shop: Shop) -> None:
    """Somebody becomes a curator, or no longer is one."""
    button = AppointButton.read(tap.data)
    if button.role not in ("curator", "own", "member"):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        group = await _owned(uow, button.group_id, tap.person.id)
        if button.role == "member":
            changed = await dismiss_curator(
                uow, button.group_id, button.person_id, by_id=tap.person.id, now=shop.now()
            )
        else:
            changed = await appoint_curator(
                uow,
                button.group_id,
                button.person_id,
                own_picks_only=button.role == "own",
                by_id=tap.person.id,
                now=shop.now(),
            )
        if changed:
            await _tell_appointed(uow, shop, group, button.person_id, role=button.role)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _person(uow, t, group, button.person_id))
    await tap.answer(t("Saved."))


async def helper_chosen(tap: Tap, shop: Shop) -> None:
    """Somebody may hand goods over at a point, or no longer."""
    button = HelperButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _owned(uow, button.group_id, tap.person.id)
        points = {point.id: point for point in await uow.pickups.list_points(button.group_id, in_use=True)}
        point = points.get(button.point_id)
        if point is None or button.helps not in (0, 1):
            raise ButtonOutdated
        changed = await set_helper(
            uow,
            button.group_id,
            button.person_id,
            point_id=button.point_id,
            helps=bool(button.helps),
            by_id=tap.person.id,
            now=shop.now(),
        )
        person = await uow.members.get(button.person_id)
        if changed and person.private_is_open:
            words = helper_told(
                Translator(person.language), group, point=point.name, helps=bool(button.helps)
            )
            await send(uow, shop, person.id, Screen(text=words))
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _person(uow, t, group, button.person_id))
    await tap.answer(t("Saved."))


async def audit_turned(tap: Tap, shop: Shop) -> None:
    """Another page of the audit log."""
    button = AuditButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _led(uow, button.group_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _audit(uow, t, shop, group, page=max(0, button.page)))
    await tap.answer()


async def _appoint_author(said: Said, shop: Shop, bot: Bot, person: Seen) -> None:
    group = await group_led(said, shop, bot)
    assert group.id is not None
    async with shop.handling(said.update_id) as uow:
        if not await is_owner(uow, group.id, said.person.id):
            raise NotTheOwner
        await uow.members.meet([person], now=shop.now())
        await uow.members.enter(group.id, [person.id], now=shop.now())
        t = await speaker(uow, said.person)
        screen = await _person(uow, t, group, person.id)
        await tell(uow, shop, said, screen, payload=f"person_{group.id}_{person.id}")


async def _about_a_group(said: Said, shop: Shop, bot: Bot, what: str) -> None:
    if not said.is_private:
        group = await group_led(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            t = await speaker(uow, said.person)
            screen = await _screen(uow, t, shop, group, said.person.id, what)
            await tell(uow, shop, said, screen, payload=f"{what}_{group.id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        page = await page_of_led(
            uow,
            shop,
            said,
            t,
            page=lambda group: _screen(uow, t, shop, group, said.person.id, what),
            payload=what,
        )
        await send(uow, shop, said.person.id, page)


async def _open(said: Said, shop: Shop, group_id: int, what: str) -> None:
    async with shop.handling(said.update_id) as uow:
        group = await _led(uow, group_id, said.person.id)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _screen(uow, t, shop, group, said.person.id, what))


async def _screen(
    uow: UnitOfWork, t: Translator, shop: Shop, group: Group, person_id: int, what: str
) -> Screen:
    if what == "audit":
        return await _audit(uow, t, shop, group, page=0)
    return await _curators(uow, t, group, person_id)


async def _curators(uow: UnitOfWork, t: Translator, group: Group, person_id: int) -> Screen:
    assert group.id is not None
    return curators_card(
        t,
        group,
        await uow.roles.list_leaders(group.id),
        await uow.roles.list_helpers(group.id),
        may_appoint=await is_owner(uow, group.id, person_id),
    )


async def _person(uow: UnitOfWork, t: Translator, group: Group, person_id: int) -> Screen:
    assert group.id is not None
    person = await uow.members.find(person_id)
    if person is None:
        raise ButtonOutdated
    leaders = await uow.roles.list_leaders(group.id)
    return person_page(
        t,
        group,
        person_id=person_id,
        name=person.name,
        leader=next((leader for leader in leaders if leader.person_id == person_id), None),
        points=await uow.pickups.list_points(group.id, in_use=True),
        helps_at=await uow.roles.points_helped(group.id, person_id),
    )


async def _audit(uow: UnitOfWork, t: Translator, shop: Shop, group: Group, *, page: int) -> Screen:
    assert group.id is not None
    acts = await uow.audit.list_newest(group.id, limit=LINES_A_PAGE + 1, offset=page * LINES_A_PAGE)
    people = {act.details["person_id"] for act in acts if "person_id" in act.details}
    return audit_page(
        t,
        group,
        acts[:LINES_A_PAGE],
        names=await _names(uow, sorted(people)),
        page=page,
        has_more=len(acts) > LINES_A_PAGE,
        now=shop.now(),
    )


async def _names(uow: UnitOfWork, person_ids: Sequence[int]) -> dict[int, str]:
    found = [await uow.members.find(person_id) for person_id in person_ids]
    return {person.id: person.name for person in found if person is not None}


async def _tell_appointed(uow: UnitOfWork, shop: Shop, group: Group, person_id: int, *, role: str) -> None:
    person = await uow.members.get(person_id)
    if person.private_is_open:
        await send(uow, shop, person.id, appointed(Translator(person.language), group, role=role))


async def _led(uow: UnitOfWork, group_id: int, person_id: int) -> Group:
    if not await is_leader(uow, group_id, person_id):
        raise NotACurator
    return await uow.groups.get(group_id)


async def _owned(uow: UnitOfWork, group_id: int, person_id: int) -> Group:
    if not await is_owner(uow, group_id, person_id):
        raise NotTheOwner
    return await uow.groups.get(group_id)
