"""Promotions in private: whose they are, the list, one of them, pausing, ending, results and codes."""

from telegram import Bot

from bot.callbacks.promotions import (
    CouponBatchButton,
    NewCouponsButton,
    PromotionButton,
    PromotionDeedButton,
    PromotionsButton,
)
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.promotion_errors import NotTheOwner
from bot.services.coupon_batches import MOST_AT_ONCE, make_codes, switch_batch
from bot.services.promotions import end, pause, resume
from bot.shop import Shop
from bot.views.groups import leads_none
from bot.views.promotions import (
    ask_code_count,
    ask_code_word,
    codes_come,
    end_question,
    promotion_results,
    whose_promotions,
)
from bot.views.screens import Screen
from handlers.access import group_led, is_admin, is_owner
from handlers.promotion_drafts import change_begun
from handlers.promotion_pages import (
    codes_screen,
    find_promotion,
    holds_where_she_owns,
    list_screen,
    may_promote,
    promoted,
    promotion_screen,
    require_promoter,
)
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Promotion
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

COUNT_ASKED = "coupon_count"
WORD_ASKED = "coupon_word"
"""The steps under which a number of codes, or a common code, are waited for."""


async def promotions_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/promotions`: those of one's group, or of whichever is meant; in a group, the way to them."""
    if not said.is_private:
        group = await group_led(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            if not said.speaks_for_group:
                await require_promoter(uow, shop, said.person.id, group.id)
            screen = await list_screen(uow, await speaker(uow, said.person), group.id, shop)
            await tell(uow, shop, said, screen, payload=f"promotions_{group.id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        led = await uow.groups.list_led_by(said.person.id)
        owned = [group for group in led if await is_owner(uow, group.id or 0, said.person.id)]
        runs_bot = await is_admin(uow, shop, said.person.id)
        if runs_bot or len(owned) > 1:
            screen = whose_promotions(t, owned, is_admin=runs_bot)
        elif owned:
            screen = await list_screen(uow, t, owned[0].id, shop)
        elif led:
            raise NotTheOwner
        else:
            await send(uow, shop, said.person.id, leads_none(t))
            return
        await send(uow, shop, said.person.id, screen)


async def promotions_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The promotions of one group, or (0) those across groups, by deep link."""
    async with shop.handling(said.update_id) as uow:
        await require_promoter(uow, shop, said.person.id, group_id or None)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await list_screen(uow, t, group_id or None, shop))


async def promotions_turned(tap: Tap, shop: Shop) -> None:
    """A page of the promotions."""
    button = PromotionsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_promoter(uow, shop, tap.person.id, button.group_id or None)
        t = await speaker(uow, tap.person)
        await redraw(
            uow, shop, tap, await list_screen(uow, t, button.group_id or None, shop, page=button.page)
        )
    await tap.answer()


async def promotion_tapped(tap: Tap, shop: Shop) -> None:
    """One promotion."""
    promotion_id = PromotionButton.read(tap.data).promotion_id
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        promotion = await find_promotion(uow, promotion_id)
        is_theirs = await may_promote(uow, shop, tap.person.id, promotion.group_id)
        if not is_theirs and not await holds_where_she_owns(uow, promotion, tap.person.id):
            raise NotTheOwner
        await redraw(
            uow, shop, tap, await promotion_screen(uow, t, promotion, shop, is_of_others=not is_theirs)
        )
    await tap.answer()


async def promotion_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Something is done with a promotion, or it is asked whether it shall be."""
    button = PromotionDeedButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        promotion = await promoted(uow, shop, button.promotion_id, tap.person.id)
        t = await speaker(uow, tap.person)
        if button.deed == "edit":
            screen = await change_begun(uow, shop, t, promotion, tap.person.id)
        else:
            screen = await _after(uow, shop, t, promotion, tap, button.deed)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def new_coupons_tapped(tap: Tap, shop: Shop) -> None:
    """Codes are made, or it is asked how many, or which."""
    button = NewCouponsButton.read(tap.data)
    now = shop.now()
    async with shop.handling(tap.update_id) as uow:
        promotion = await promoted(uow, shop, button.promotion_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await stop_asking(uow, tap.person.id)
        content = {"promotion_id": button.promotion_id}
        if button.form == "ask":
            await uow.pickups.wait_for(tap.person.id, COUNT_ASKED, content, now=now)
            await send(uow, shop, tap.person.id, ask_code_count(t, promotion, most=MOST_AT_ONCE))
        elif button.form == "word":
            await uow.pickups.wait_for(tap.person.id, WORD_ASKED, content, now=now)
            await send(uow, shop, tap.person.id, ask_code_word(t, promotion))
        else:
            if not button.form.isdecimal() or len(button.form) > 6:
                raise ButtonOutdated
            await make_codes(uow, button.promotion_id, int(button.form), by_id=tap.person.id, now=now)
            await redraw(uow, shop, tap, await codes_screen(uow, t, promotion))
    await tap.answer()


async def coupon_batch_tapped(tap: Tap, shop: Shop) -> None:
    """A batch of codes is sent as a file, or switched off or on."""
    button = CouponBatchButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        promotion = await promoted(uow, shop, button.promotion_id, tap.person.id)
        t = await speaker(uow, tap.person)
        match button.deed:
            case "file":
                await _send_codes(uow, shop, promotion, button.batch, tap.person.id)
            case "on" | "off":
                is_on = button.deed == "on"
                await switch_batch(
                    uow, button.promotion_id, button.batch, on=is_on, by_id=tap.person.id, now=shop.now()
                )
                await redraw(uow, shop, tap, await codes_screen(uow, t, promotion))
            case _:
                raise ButtonOutdated
    await tap.answer(codes_come(t) if button.deed == "file" else "")


async def stop_asking(uow: UnitOfWork, person_id: int) -> None:
    """Neither a number of codes nor a common one is waited for any more."""
    for step in (COUNT_ASKED, WORD_ASKED):
        await uow.pickups.wait_no_more(person_id, step)


async def _after(
    uow: UnitOfWork, shop: Shop, t: Translator, promotion: Promotion, tap: Tap, deed: str
) -> Screen:
    """What is shown after a deed."""
    key, by_id, now = promotion.id or 0, tap.person.id, shop.now()
    match deed:
        case "pause":
            return await promotion_screen(uow, t, await pause(uow, key, by_id=by_id, now=now), shop)
        case "resume":
            return await promotion_screen(uow, t, await resume(uow, key, by_id=by_id, now=now), shop)
        case "end":
            return end_question(t, promotion)
        case "over":
            return await promotion_screen(uow, t, await end(uow, key, by_id=by_id, now=now), shop)
        case "results":
            results = await uow.promotion_terms.results(key)
            friends = await uow.promotion_terms.count_friends(key)
            return promotion_results(t, promotion, results, friends=friends)
        case "codes":
            return await codes_screen(uow, t, promotion)
    raise ButtonOutdated


async def _send_codes(uow: UnitOfWork, shop: Shop, promotion: Promotion, batch: int, person_id: int) -> None:
    await uow.outbox.add(
        OutboxKind.COUPONS,
        chat_id=person_id,
        subject_id=promotion.id,
        payload={"batch": batch},
        merge_key=f"coupons:{promotion.id}:{batch}:{person_id}",
        now=shop.now(),
    )
    await uow.audit.add(
        "coupons_taken",
        group_id=promotion.group_id,
        person_id=person_id,
        now=shop.now(),
        details={"promotion_id": promotion.id, "title": promotion.title, "batch": batch},
    )
