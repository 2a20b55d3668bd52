"""What is done in a case by a button: answered, offered, taken, withdrawn, gone on with."""

from typing import Final

from bot.callbacks.cases import CaseDeedButton
from bot.case_errors import CaseMovedOn, CaseNeedsCredit, CaseOver, CaseWithOthers, NothingToRefund
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.cases import MOST_PHOTOS, Offer
from bot.services.cases.answering import go_on, make_offer
from bot.services.cases.opening import withdraw
from bot.services.cases.seeing import Decider, bounds_of, gives_credit, see_case
from bot.services.cases.settling import mark_given
from bot.shop import Shop
from bot.views.case_steps import offer_asked, sure_to_withdraw, words_asked
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.case_settling import accept_and_pay, decide_and_pay
from handlers.cases import OFFERING, SAYING, page_of, reader_of, tell_of, wait_no_more
from handlers.speaking import redraw, speaker
from handlers.updates import Tap
from storage.repositories.case_lists import SeenCase
from storage.states import CaseLevel, CaseOutcome, OutboxKind
from storage.unit_of_work import UnitOfWork

STALE: Final = (CaseMovedOn, CaseOver, CaseWithOthers)
"""After these, what she sees is old: she is shown the case anew."""

_OFFERS: Final = {
    "replacement": CaseOutcome.REPLACEMENT,
    "refund": CaseOutcome.REFUND,
    "credit": CaseOutcome.CREDIT,
    "nothing": CaseOutcome.NOTHING,
}


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


async def offer_made(
    uow: UnitOfWork, shop: Shop, seen: SeenCase, offer: Offer, *, by: Decider, seen_id: int
) -> None:
    """Whoever decides has said how it ends: an offer, or an admin's last word."""
    if seen.level is CaseLevel.ADMIN:
        await decide_and_pay(uow, shop, seen, offer, by=by, seen_id=seen_id)
    else:
        await make_offer(uow, seen.id, offer, by=by, seen_id=seen_id, now=shop.now())
    await tell_of(uow, shop, seen.id, but_id=by.person_id)


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


async def _show_anew(tap: Tap, shop: Shop, case_id: int, words: str) -> None:
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await page_of(uow, shop, t, case_id, tap.person.id))
    await tap.answer(words, alert=True)
