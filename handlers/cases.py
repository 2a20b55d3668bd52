"""Cases in private: the lists of them, and one as its reader sees it."""

from datetime import timedelta
from typing import Final

from markupsafe import Markup
from telegram import Bot

from bot.callbacks.cases import CaseButton, CasesButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.cases import median_hours
from bot.services.cases.seeing import Decider, bounds_of, decider_of, gives_credit, reach_of, see_case
from bot.services.cases.telling import tell_sides
from bot.shop import Shop
from bot.views.case_lists import CASES_A_PAGE, CaseList, case_list
from bot.views.cases import CaseFacts, case_page
from bot.views.screens import Screen
from handlers.access import is_admin
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.case_lists import SeenCase
from storage.unit_of_work import UnitOfWork

SAYING: Final = "case_say"
"""The step under which either side's words are waited for."""
OFFERING: Final = "case_offer"
"""The step under which an amount or words are waited for that make an offer."""

LOOKED_BACK: Final = timedelta(days=90)


async def cases_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/cases`: what I am to decide, or else my own, in private."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await tell(uow, shop, said, await _first_list(uow, shop, t, said.person.id), payload="cases_0")


async def cases_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _first_list(uow, shop, t, said.person.id))


async def case_opened(said: Said, shop: Shop, case_id: int) -> None:
    """One case by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await page_of(uow, shop, t, case_id, said.person.id))


async def cases_turned(tap: Tap, shop: Shop) -> None:
    """Another page, or another list."""
    button = CasesButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        await wait_no_more(uow, tap.person.id)
        t = await speaker(uow, tap.person)
        screen = await _list(uow, shop, t, tap.person.id, button.name, max(0, button.page))
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def case_tapped(tap: Tap, shop: Shop) -> None:
    """One case, at a page of its history."""
    button = CaseButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        await wait_no_more(uow, tap.person.id)
        t = await speaker(uow, tap.person)
        page = max(0, button.page)
        await redraw(uow, shop, tap, await page_of(uow, shop, t, button.case_id, tap.person.id, page=page))
    await tap.answer()


async def page_of(
    uow: UnitOfWork,
    shop: Shop,
    t: Translator,
    case_id: int,
    person_id: int,
    *,
    page: int = 0,
    said: Markup | None = None,
) -> Screen:
    """One case as this person sees it. Raises ButtonOutdated."""
    seen = await see_case(uow, case_id)
    facts = CaseFacts(
        seen=seen,
        steps=await uow.case_lists.list_steps(case_id),
        page=page,
        reader=await reader_of(uow, shop, seen, person_id),
        bounds=await bounds_of(uow, seen.order_id),
        gives_credit=await gives_credit(uow, seen),
        now=shop.now(),
    )
    return case_page(t, facts, said=said)


async def reader_of(uow: UnitOfWork, shop: Shop, seen: SeenCase, person_id: int) -> Decider:
    """Somebody who may read a case, and what she may decide of it. Raises ButtonOutdated."""
    reader = await decider_of(uow, seen, person_id, is_admin=await is_admin(uow, shop, person_id))
    if person_id != seen.person_id and not reader.levels:
        raise ButtonOutdated
    return reader


async def tell_of(uow: UnitOfWork, shop: Shop, case_id: int, *, but_id: int | None) -> None:
    """Both sides hear of what is new, but for whoever did it."""
    await tell_sides(uow, case_id, but_id=but_id, admin_ids=shop.admin_ids, now=shop.now())


async def wait_no_more(uow: UnitOfWork, person_id: int) -> None:
    """Whoever turns to something else is not about to write what she was asked for."""
    for step in (SAYING, OFFERING):
        await uow.pickups.wait_no_more(person_id, step)


async def _first_list(uow: UnitOfWork, shop: Shop, t: Translator, person_id: int) -> Screen:
    reach = await reach_of(uow, person_id, is_admin=await is_admin(uow, shop, person_id))
    waits = await uow.case_lists.list_to_decide(reach, limit=1)
    own = await uow.case_lists.list_own(person_id, limit=1)
    leads = bool(reach.is_admin or reach.curated or reach.own_picks_in)
    return await _list(uow, shop, t, person_id, "open" if waits or (leads and not own) else "own", 0)


async def _list(uow: UnitOfWork, shop: Shop, t: Translator, person_id: int, name: str, page: int) -> Screen:
    reach = await reach_of(uow, person_id, is_admin=await is_admin(uow, shop, person_id))
    limit, offset = CASES_A_PAGE + 1, page * CASES_A_PAGE
    took = None
    match name:
        case "own":
            found = await uow.case_lists.list_own(person_id, limit=limit, offset=offset)
        case "open":
            found = await uow.case_lists.list_to_decide(reach, limit=limit, offset=offset)
        case "done":
            found = await uow.case_lists.list_settled(reach, limit=limit, offset=offset)
            since = shop.now() - LOOKED_BACK
            took = median_hours(await uow.case_lists.resolutions(person_id, since=since))
        case _:
            raise ButtonOutdated
    return case_list(
        t,
        CaseList(
            name=name,
            cases=found[:CASES_A_PAGE],
            page=page,
            has_more=len(found) > CASES_A_PAGE,
            decides=bool(reach.is_admin or reach.curated or reach.own_picks_in),
            median_hours=took,
            now=shop.now(),
        ),
    )
