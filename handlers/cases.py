"""Cases in private: opening one, reading it, answering it, going on with it, and the lists."""

from datetime import timedelta
from typing import Any, Final

from markupsafe import Markup
from telegram import Bot

from bot.callbacks.cases import CaseButton, CaseDeedButton, CaseOpenButton, CasesButton, CaseSendButton
from bot.case_errors import CaseMovedOn, CaseNeedsCredit, CaseOver, CaseWithOthers, NothingToRefund
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.cases import MOST_PHOTOS, Offer, median_hours
from bot.services.cases.answering import go_on, make_offer
from bot.services.cases.opening import open_case, withdraw
from bot.services.cases.seeing import Decider, bounds_of, decider_of, gives_credit, reach_of, see_case
from bot.services.cases.settling import mark_given
from bot.services.cases.telling import tell_sides
from bot.shop import Shop
from bot.views.case_lists import CASES_A_PAGE, CaseList, case_list
from bot.views.case_steps import (
    offer_asked,
    opened_words,
    sure_to_withdraw,
    tell_more,
    what_is_wrong,
    words_asked,
)
from bot.views.cases import CaseFacts, case_page
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import is_admin
from handlers.case_settling import accept_and_pay, decide_and_pay
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.case_lists import SeenCase
from storage.repositories.pickups import OrderInHand
from storage.states import CaseKind, CaseLevel, CaseOutcome, OutboxKind
from storage.unit_of_work import UnitOfWork

OPENING: Final = "case_open"
"""The step under which a member's words and photos are gathered before her case is opened."""
SAYING: Final = "case_say"
"""The step under which either side's words are waited for."""
OFFERING: Final = "case_offer"
"""The step under which an amount or words are waited for that make an offer."""
STEPS: Final = (OPENING, SAYING, OFFERING)

LOOKED_BACK: Final = timedelta(days=90)

_OFFERS: Final = {
    "replacement": CaseOutcome.REPLACEMENT,
    "refund": CaseOutcome.REFUND,
    "credit": CaseOutcome.CREDIT,
    "nothing": CaseOutcome.NOTHING,
}
STALE: Final = (CaseMovedOn, CaseOver, CaseWithOthers)
"""After these, what she sees is old: she is shown the case anew."""


# Lists


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


# One case


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


async def case_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Something is done in a case, or asked for first."""
    button = CaseDeedButton.read(tap.data)
    tap.require_private()
    try:
        async with shop.handling(tap.update_id) as uow:
            await wait_no_more(uow, tap.person.id)
            t = await speaker(uow, tap.person)
            seen = await see_case(uow, button.case_id)
            by = await reader_of(uow, shop, seen, tap.person.id)
            if button.deed == "photos":
                await _send_photos(uow, shop, seen.id, tap.person.id)
            else:
                await redraw(uow, shop, tap, await _acted(uow, shop, t, seen, by, button))
    except STALE as error:
        await _show_anew(tap, shop, button.case_id, refusal(t, error))
        return
    await tap.answer()


# Opening


async def case_open_tapped(tap: Tap, shop: Shop) -> None:
    """Something is wrong: what is it, and what more is there to say?"""
    button = CaseOpenButton.read(tap.data)
    if button.name not in ("ask", "new", *CaseKind):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        t = await speaker(uow, tap.person)
        order = await own_order(uow, button.order_id, tap.person.id)
        known = await uow.cases.find_open(order.id)
        if known is not None:
            screen = await page_of(uow, shop, t, known.id or 0, tap.person.id)
        elif button.name in ("ask", "new"):
            await _pause(uow, shop, order)
            screen = what_is_wrong(t, order)
        else:
            screen = await _gather(uow, shop, t, order, CaseKind(button.name))
        if button.name == "new":
            await send(uow, shop, tap.person.id, screen)
        else:
            await redraw(uow, shop, tap, screen)
    await tap.answer()


async def case_send_tapped(tap: Tap, shop: Shop) -> None:
    """The case is opened with what was gathered."""
    button = CaseSendButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        t = await speaker(uow, tap.person)
        draft = await uow.pickups.find_waiting(tap.person.id, OPENING)
        if draft is None or draft.content["order_id"] != button.order_id:
            raise ButtonOutdated
        content: dict[str, Any] = draft.content
        opened = await open_case(
            uow,
            button.order_id,
            CaseKind(content["kind"]),
            person_id=tap.person.id,
            words="\n".join(content["words"]),
            photo_ids=content["photos"],
            now=shop.now(),
        )
        await uow.pickups.wait_no_more(tap.person.id, OPENING)
        case_id = opened.case.id or 0
        await tell_of(uow, shop, case_id, but_id=tap.person.id)
        said = opened_words(t, is_new=opened.is_new)
        await redraw(uow, shop, tap, await page_of(uow, shop, t, case_id, tap.person.id, said=said))
    await tap.answer()


async def own_order(uow: UnitOfWork, order_id: int, person_id: int) -> OrderInHand:
    """A member's own order. Raises ButtonOutdated."""
    order = await uow.pickups.find(order_id)
    if order is None or order.person_id != person_id:
        raise ButtonOutdated
    return order


async def reader_of(uow: UnitOfWork, shop: Shop, seen: SeenCase, person_id: int) -> Decider:
    """Somebody who may read a case, and what she may decide of it. Raises ButtonOutdated."""
    reader = await decider_of(uow, seen, person_id, is_admin=await is_admin(uow, shop, person_id))
    if person_id != seen.person_id and not reader.levels:
        raise ButtonOutdated
    return reader


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


async def offer_made(
    uow: UnitOfWork, shop: Shop, seen: SeenCase, offer: Offer, *, by: Decider, seen_id: int
) -> None:
    """Whoever decides has said how it ends: an offer, or an admin's last word."""
    if seen.level is CaseLevel.ADMIN:
        await decide_and_pay(uow, shop, seen, offer, by=by, seen_id=seen_id)
    else:
        await make_offer(uow, seen.id, offer, by=by, seen_id=seen_id, now=shop.now())
    await tell_of(uow, shop, seen.id, but_id=by.person_id)


async def tell_of(uow: UnitOfWork, shop: Shop, case_id: int, *, but_id: int | None) -> None:
    """Both sides hear of what is new, but for whoever did it."""
    await tell_sides(uow, case_id, but_id=but_id, admin_ids=shop.admin_ids, now=shop.now())


async def wait_no_more(uow: UnitOfWork, person_id: int) -> None:
    """Whoever turns to something else is not about to write what she was asked for."""
    for step in (SAYING, OFFERING):
        await uow.pickups.wait_no_more(person_id, step)


async def _acted(
    uow: UnitOfWork, shop: Shop, t: Translator, seen: SeenCase, by: Decider, button: CaseDeedButton
) -> Screen:
    """What she is asked first; or the case as it is once the deed is done."""
    screen = await _asked(uow, shop, t, seen, by, button)
    if screen is not None:
        return screen
    await _done(uow, shop, seen, by, button)
    return await page_of(uow, shop, t, seen.id, by.person_id)


async def _asked(
    uow: UnitOfWork, shop: Shop, t: Translator, seen: SeenCase, by: Decider, button: CaseDeedButton
) -> Screen | None:
    """What is asked before a deed is done; None where nothing is to be asked."""
    is_member = by.person_id == seen.person_id
    match button.deed:
        case "say":
            await uow.pickups.wait_for(by.person_id, SAYING, {"case_id": seen.id}, now=shop.now())
            return words_asked(t, seen, is_member=is_member)
        case "withdraw" if is_member:
            return sure_to_withdraw(t, seen, seen_id=button.seen_id)
        case "replacement" | "refund" | "credit" | "nothing":
            return await _offer_asked(uow, shop, t, seen, by, button)
    return None


async def _send_photos(uow: UnitOfWork, shop: Shop, case_id: int, person_id: int) -> None:
    """All photos of a case, as many albums as they need."""
    steps = await uow.case_lists.list_steps(case_id)
    count = sum(len(step.photo_ids or ()) for step in steps)
    for start in range(0, count, MOST_PHOTOS):
        await uow.outbox.add(
            OutboxKind.CASE_PHOTOS,
            chat_id=person_id,
            subject_id=case_id,
            payload={"start": start},
            now=shop.now(),
        )


async def _offer_asked(
    uow: UnitOfWork, shop: Shop, t: Translator, seen: SeenCase, by: Decider, button: CaseDeedButton
) -> Screen:
    if seen.level not in by.levels:
        raise CaseWithOthers
    outcome, bounds = _OFFERS[button.deed], await bounds_of(uow, seen.order_id)
    if bounds.of(outcome) == 0:
        raise NothingToRefund
    if outcome is CaseOutcome.CREDIT and not (by.may_give_credit and await gives_credit(uow, seen)):
        raise CaseNeedsCredit
    content = {"case_id": seen.id, "outcome": outcome.value, "seen_id": button.seen_id}
    await uow.pickups.wait_for(by.person_id, OFFERING, content, now=shop.now())
    return offer_asked(t, seen, outcome, bounds, seen_id=button.seen_id)


async def _done(uow: UnitOfWork, shop: Shop, seen: SeenCase, by: Decider, button: CaseDeedButton) -> None:
    seen_id, now = button.seen_id, shop.now()
    match button.deed:
        case "accept":
            await accept_and_pay(uow, shop, seen, seen_id=seen_id, person_id=by.person_id)
        case "go_on":
            await go_on(uow, seen.id, person_id=by.person_id, seen_id=seen_id, now=now)
        case "withdrawn":
            await withdraw(uow, seen.id, person_id=by.person_id, now=now)
        case "given":
            await mark_given(uow, seen.id, by=by, now=now)
        case "all":
            most = (await bounds_of(uow, seen.order_id)).refund
            offer = Offer(CaseOutcome.REFUND, most)
            await offer_made(uow, shop, seen, offer, by=by, seen_id=seen_id)
            return
        case "plain":
            offer = Offer(CaseOutcome.REPLACEMENT)
            await offer_made(uow, shop, seen, offer, by=by, seen_id=seen_id)
            return
        case _:
            raise ButtonOutdated
    await tell_of(uow, shop, seen.id, but_id=by.person_id)


async def _gather(uow: UnitOfWork, shop: Shop, t: Translator, order: OrderInHand, kind: CaseKind) -> Screen:
    """What she wrote already of this order stays, if she has only chosen another kind."""
    draft = await uow.pickups.find_waiting(order.person_id, OPENING)
    content: dict[str, Any] = {"order_id": order.id, "words": [], "photos": [], "album": None}
    if draft is not None and draft.content["order_id"] == order.id:
        content = dict(draft.content)
    content |= {"kind": kind.value, "is_paused": False}
    await uow.pickups.wait_for(order.person_id, OPENING, content, now=shop.now())
    return tell_more(t, order, kind, words=content["words"], photos=len(content["photos"]))


async def _pause(uow: UnitOfWork, shop: Shop, order: OrderInHand) -> None:
    """What she writes while no kind is chosen belongs to something else; what she wrote of it stays."""
    draft = await uow.pickups.find_waiting(order.person_id, OPENING)
    if draft is not None:
        content = {**draft.content, "is_paused": True}
        await uow.pickups.wait_for(order.person_id, OPENING, content, now=shop.now())


async def _show_anew(tap: Tap, shop: Shop, case_id: int, words: str) -> None:
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await page_of(uow, shop, t, case_id, tap.person.id))
    await tap.answer(words, alert=True)


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
