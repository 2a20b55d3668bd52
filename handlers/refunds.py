"""Giving back in private: what is owed, one refund, ticking off, undoing; a member keeps it as credit."""

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Bot

from bot.callbacks.refunds import KeepCreditButton, RefundButton, RefundDeedButton, RefundsButton
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.payment_errors import GivenBackAlready, KeptAsCredit
from bot.services.payments.credit import credit_of
from bot.services.payments.refunds import keep_as_credit, tick_off, undo
from bot.shop import Shop
from bot.views.refund_notices import refund_done_notice
from bot.views.refunds import (
    REFUNDS_A_PAGE,
    Owing,
    ask_note,
    refund_page,
    refunds_done,
    refunds_owed,
    ticked_off_toast,
    undone_toast,
)
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import group_led, is_leader, may_configure, require_curator
from handlers.speaking import page_of_led, redraw, send, show_door, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.refunds import OwedRefund
from storage.unit_of_work import UnitOfWork

ASKED: Final = "refund_note"
"""The step under which a note about a refund is waited for."""


async def refunds_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/refunds`: what is still owed back, in private, for those who may see it."""
    if not said.is_private:
        group = await group_led(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            payload = f"refunds_{group.id}"
            if said.speaks_for_group:
                # Which of those who lead it speaks, only the private chat knows.
                await show_door(uow, shop, said, payload=payload)
                return
            t = await speaker(uow, said.person)
            screen = await owed_screen(uow, shop, t, group, said.person.id)
            await tell(uow, shop, said, screen, payload=payload)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        page = await page_of_led(
            uow,
            shop,
            said,
            t,
            page=lambda group: owed_screen(uow, shop, t, group, said.person.id),
            payload="refunds",
        )
        await send(uow, shop, said.person.id, page)


async def refunds_opened(said: Said, shop: Shop, group_id: int) -> None:
    """What one group still owes back, by deep link."""
    async with shop.handling(said.update_id) as uow:
        group = await uow.groups.find(group_id)
        if group is None:
            raise NotACurator
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await owed_screen(uow, shop, t, group, said.person.id))


async def refunds_turned(tap: Tap, shop: Shop) -> None:
    """A page of what is owed, or of what has gone back."""
    button = RefundsButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        group = await uow.groups.find(button.group_id)
        if group is None:
            raise ButtonOutdated
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        screen = await owed_screen(
            uow, shop, t, group, tap.person.id, page=button.page, done=bool(button.done)
        )
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def refund_tapped(tap: Tap, shop: Shop) -> None:
    """One refund."""
    refund_id = RefundButton.read(tap.data).refund_id
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        owed = await refund_of(uow, refund_id, tap.person.id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, refund_page(t, owed, now=shop.now()))
    await tap.answer()


async def refund_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Tick it off, ask for a note about it, or undo that."""
    button = RefundDeedButton.read(tap.data)
    tap.require_private()
    deed = _DEEDS.get(button.deed)
    if deed is None:
        raise ButtonOutdated
    await deed(tap, shop, button.refund_id)


async def keep_tapped(tap: Tap, shop: Shop) -> None:
    """A member keeps as credit what is owed to her."""
    refund_id = KeepCreditButton.read(tap.data).refund_id
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        refund = await keep_as_credit(uow, refund_id, person_id=tap.person.id, now=shop.now())
        owed = await uow.refunds.find_owed(refund_id)
        assert owed is not None
        credit = await credit_of(uow, owed.group_id, tap.person.id, refund.currency)
        screen = refund_done_notice(await speaker(uow, tap.person), owed, credit_amount=credit)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def owed_screen(
    uow: UnitOfWork,
    shop: Shop,
    t: Translator,
    group: Group,
    person_id: int,
    *,
    page: int = 0,
    done: bool = False,
    last: OwedRefund | None = None,
) -> Screen:
    """What a group owes back, or has given back, as far as this person may see it. Raises NotACurator."""
    group_id = group.id or 0
    if not await is_leader(uow, group_id, person_id):
        raise NotACurator
    # Who is limited to her own picks, sees theirs alone.
    curator_id = None if await may_configure(uow, group_id, person_id) else person_id
    sums = await uow.refunds.count_owed(group_id, done=done, curator_id=curator_id)
    count = sum(number for number, _ in sums.values())
    page = min(max(page, 0), max(count - 1, 0) // REFUNDS_A_PAGE)
    owing = Owing(
        group=group,
        sums=sums,
        picks=[] if done else await uow.refunds.list_by_pick(group_id, curator_id=curator_id),
        refunds=await uow.refunds.list_owed(
            group_id, done=done, curator_id=curator_id, offset=page * REFUNDS_A_PAGE, limit=REFUNDS_A_PAGE
        ),
        page=page,
        last=last,
    )
    show = refunds_done if done else refunds_owed
    return show(t, owing, now=shop.now())


async def refund_of(uow: UnitOfWork, refund_id: int, person_id: int) -> OwedRefund:
    """A refund, for those who may see to it. Raises ButtonOutdated, NotACurator and NotYourPick."""
    owed = await uow.refunds.find_owed(refund_id)
    if owed is None:
        raise ButtonOutdated
    if owed.pick_id is not None:
        await require_curator(uow, person_id, await uow.picks.get(owed.pick_id))
    elif not await may_configure(uow, owed.group_id, person_id):
        raise NotACurator
    return owed


async def list_after(
    uow: UnitOfWork, shop: Shop, t: Translator, person_id: int, refund_id: int
) -> tuple[Screen, OwedRefund]:
    """What is still owed after something was done with a refund, and that refund."""
    owed = await refund_of(uow, refund_id, person_id)
    group = await uow.groups.get(owed.group_id)
    return await owed_screen(uow, shop, t, group, person_id, last=owed), owed


async def _done(tap: Tap, shop: Shop, refund_id: int) -> None:
    refused: GivenBackAlready | KeptAsCredit | None = None
    async with shop.handling(tap.update_id) as uow:
        await refund_of(uow, refund_id, tap.person.id)
        t = await speaker(uow, tap.person)
        try:
            await tick_off(uow, refund_id, by_id=tap.person.id, note="", now=shop.now())
        except (GivenBackAlready, KeptAsCredit) as error:
            # Somebody else was quicker: the list is drawn anew all the same.
            refused = error
        screen, owed = await list_after(uow, shop, t, tap.person.id, refund_id)
        await redraw(uow, shop, tap, screen)
    if refused is not None:
        await tap.answer(refusal(t, refused), alert=True)
    else:
        await tap.answer(ticked_off_toast(t, owed))


async def _asks_note(tap: Tap, shop: Shop, refund_id: int) -> None:
    async with shop.handling(tap.update_id) as uow:
        owed = await refund_of(uow, refund_id, tap.person.id)
        await uow.pickups.wait_for(tap.person.id, ASKED, {"refund_id": refund_id}, now=shop.now())
        await redraw(uow, shop, tap, ask_note(await speaker(uow, tap.person), owed))
    await tap.answer()


async def _undone(tap: Tap, shop: Shop, refund_id: int) -> None:
    async with shop.handling(tap.update_id) as uow:
        await refund_of(uow, refund_id, tap.person.id)
        await undo(uow, refund_id, by_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
        screen, owed = await list_after(uow, shop, t, tap.person.id, refund_id)
        await redraw(uow, shop, tap, screen)
    await tap.answer(undone_toast(t, owed))


_DEEDS: Final[dict[str, Callable[[Tap, Shop, int], Awaitable[None]]]] = {
    "done": _done,
    "note": _asks_note,
    "undo": _undone,
}
