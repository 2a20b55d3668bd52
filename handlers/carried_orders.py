"""What groups owe one another, in private: the whole, one pick's carriers, one of them, what has come."""

from typing import Final

from telegram import Bot

from bot.callbacks.carried_orders import (
    CarrierButton,
    OwedButton,
    PartnersButton,
    ReceivedButton,
    ReceivedUndoButton,
    SalesButton,
    SalesSheetButton,
)
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.payment_errors import AccountsHidden
from bot.services.carried_orders import mark_received, undo_received
from bot.shop import Shop
from bot.views.carried_order_accounts import (
    PAYMENTS_SHOWN,
    CarrierPage,
    ask_received,
    carrier_page,
    owed_page,
    received_notice,
    received_words,
    undone_notice,
    undone_words,
)
from bot.views.carried_orders import (
    CARRIERS_A_PAGE,
    PARTNERS_A_PAGE,
    Partners,
    SalesPage,
    partners,
    sales_page,
    sheet_comes,
    which_partners,
)
from bot.views.groups import leads_none
from bot.views.screens import Screen
from handlers.access import group_led, may_configure, may_curate, require_books, require_curator
from handlers.speaking import redraw, send, show_door, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.carried_orders import CarrierSales
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

ASKED: Final = "received_amount"
"""The step under which it is waited for how much has come from another group."""


async def partners_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/partners`: what a group and others owe each other, in private for those who may know."""
    if not said.is_private:
        group = await group_led(said, shop, bot)
        payload = f"partners_{group.id}"
        async with shop.handling(said.update_id) as uow:
            if said.speaks_for_group:
                # Which of those who lead it speaks, only the private chat knows.
                await show_door(uow, shop, said, payload=payload)
                return
            await require_books(uow, group.id or 0, said.person.id)
            t = await speaker(uow, said.person)
            await tell(uow, shop, said, await _partners(uow, t, group, page=0), payload=payload)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        led = await uow.groups.list_led_by(said.person.id)
        groups = [group for group in led if await may_configure(uow, group.id or 0, said.person.id)]
        if led and not groups:
            raise AccountsHidden
        if len(groups) == 1:
            await send(uow, shop, said.person.id, await _partners(uow, t, groups[0], page=0))
        else:
            await send(uow, shop, said.person.id, which_partners(t, groups) if groups else leads_none(t))


async def partners_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The same of one group, by deep link."""
    async with shop.handling(said.update_id) as uow:
        await require_books(uow, group_id, said.person.id)
        t = await speaker(uow, said.person)
        group = await uow.groups.get(group_id)
        await send(uow, shop, said.person.id, await _partners(uow, t, group, page=0))


async def partners_turned(tap: Tap, shop: Shop) -> None:
    """Another page of it, or one of several groups."""
    button = PartnersButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        await require_books(uow, button.group_id, tap.person.id)
        t = await speaker(uow, tap.person)
        group = await uow.groups.get(button.group_id)
        await redraw(uow, shop, tap, await _partners(uow, t, group, page=button.page))
    await tap.answer()


async def sales_turned(tap: Tap, shop: Shop) -> None:
    """What others have sold of what a pick supplies, and a page of them."""
    button = SalesButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _own_pick(uow, tap, button.pick_id)
        t = await speaker(uow, tap.person)
        begins = button.page * CARRIERS_A_PAGE
        found = await uow.carried_orders.list_sales(posted.id, limit=CARRIERS_A_PAGE + 1, offset=begins)
        sales = found[:CARRIERS_A_PAGE]
        facts = SalesPage(
            supplied=posted,
            sales=sales,
            pieces=await uow.carried_orders.variants_sold([one.pick_id for one in sales]),
            page=button.page,
            has_more=len(found) > CARRIERS_A_PAGE,
        )
        await redraw(uow, shop, tap, sales_page(t, facts))
    await tap.answer()


async def sales_sheet_asked(tap: Tap, shop: Shop) -> None:
    """The same as a file; it is drawn when it is sent."""
    pick_id = SalesSheetButton.read(tap.data).pick_id
    async with shop.handling(tap.update_id) as uow:
        posted = await _own_pick(uow, tap, pick_id)
        await uow.outbox.add(
            OutboxKind.SALES_SHEET,
            chat_id=tap.person.id,
            subject_id=pick_id,
            # Who taps twice, impatiently, gets one file.
            merge_key=f"{OutboxKind.SALES_SHEET}:{pick_id}:{tap.person.id}",
            now=shop.now(),
        )
        await uow.audit.add(
            "sales_taken",
            group_id=posted.pick.group_id,
            person_id=tap.person.id,
            pick_id=pick_id,
            now=shop.now(),
        )
        t = await speaker(uow, tap.person)
    await tap.answer(sheet_comes(t))


async def carrier_tapped(tap: Tap, shop: Shop) -> None:
    """What one group has sold, for its supplier."""
    pick_id = CarrierButton.read(tap.data).pick_id
    async with shop.handling(tap.update_id) as uow:
        sales = await _supplied_sales(uow, tap, pick_id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await carrier_screen(uow, shop, t, sales))
    await tap.answer()


async def owed_tapped(tap: Tap, shop: Shop) -> None:
    """What my group owes its supplier for a pick."""
    pick_id = OwedButton.read(tap.data).pick_id
    async with shop.handling(tap.update_id) as uow:
        posted = await _own_pick(uow, tap, pick_id)
        sales = await uow.carried_orders.find_sales(pick_id)
        if sales is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        facts = await _page(uow, sales, time_zone=posted.group.time_zone)
        await redraw(uow, shop, tap, owed_page(t, facts, now=shop.now()))
    await tap.answer()


async def received_tapped(tap: Tap, shop: Shop) -> None:
    """All that was due has come, or how much has is to be written."""
    button = ReceivedButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        sales = await _supplied_sales(uow, tap, button.pick_id)
        t = await speaker(uow, tap.person)
        if button.amount == 0:
            content = {"pick_id": button.pick_id}
            await uow.pickups.wait_for(tap.person.id, ASKED, content, now=shop.now())
            await redraw(uow, shop, tap, ask_received(t, sales))
        elif button.amount < 0:
            raise ButtonOutdated
        else:
            screen = await note_received(
                uow, shop, t, sales.pick_id, button.amount, by_id=tap.person.id, due_amount=button.amount
            )
            await redraw(uow, shop, tap, screen)
    await tap.answer()


async def received_undo_tapped(tap: Tap, shop: Shop) -> None:
    """That it came was a mistake."""
    payment_id = ReceivedUndoButton.read(tap.data).payment_id
    async with shop.handling(tap.update_id) as uow:
        payment = await uow.carried_orders.find_payment(payment_id)
        if payment is None:
            raise ButtonOutdated
        await _supplied_sales(uow, tap, payment.pick_id)
        t = await speaker(uow, tap.person)
        sales = await undo_received(uow, payment.pick_id, payment_id, by_id=tap.person.id, now=shop.now())
        reader = await _reader(uow, sales)
        if reader is not None:
            person_id, theirs = reader
            await send(uow, shop, person_id, undone_notice(theirs, sales, payment.amount))
        note = undone_words(t, sales, payment.amount)
        await redraw(uow, shop, tap, await carrier_screen(uow, shop, t, sales, note=note))
    await tap.answer()


async def note_received(
    uow: UnitOfWork,
    shop: Shop,
    t: Translator,
    pick_id: int,
    amount: int,
    *,
    by_id: int,
    due_amount: int | None = None,
) -> Screen:
    """Write down what has come, and tell the curator of the group that paid; gives the screen of now.

    Raises ButtonOutdated and ReceivedMeanwhile.
    """
    sales = await mark_received(uow, pick_id, amount, by_id=by_id, due_amount=due_amount, now=shop.now())
    reader = await _reader(uow, sales)
    if reader is not None:
        person_id, theirs = reader
        await send(uow, shop, person_id, received_notice(theirs, sales, amount))
    return await carrier_screen(uow, shop, t, sales, note=received_words(t, sales, amount))


async def carrier_screen(
    uow: UnitOfWork, shop: Shop, t: Translator, sales: CarrierSales, *, note: str | None = None
) -> Screen:
    """What one group has sold, as it stands now, for its supplier."""
    supplier = await uow.groups.get(sales.supplier_id)
    facts = await _page(uow, sales, time_zone=supplier.time_zone)
    return carrier_page(t, facts, now=shop.now(), note=note)


async def require_supplier(uow: UnitOfWork, person_id: int, pick_id: int) -> CarrierSales:
    """What a carried pick has sold, for a curator of what it supplies.

    Raises ButtonOutdated, NotACurator and NotYourPick.
    """
    sales = await uow.carried_orders.find_sales(pick_id)
    if sales is None:
        raise ButtonOutdated
    await require_curator(uow, person_id, await uow.picks.get(sales.supplied_id))
    return sales


async def _supplied_sales(uow: UnitOfWork, tap: Tap, pick_id: int) -> CarrierSales:
    tap.require_private()
    return await require_supplier(uow, tap.person.id, pick_id)


async def _own_pick(uow: UnitOfWork, tap: Tap, pick_id: int) -> PostedPick:
    tap.require_private()
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    await require_curator(uow, tap.person.id, posted)
    return posted


async def _page(uow: UnitOfWork, sales: CarrierSales, *, time_zone: str) -> CarrierPage:
    return CarrierPage(
        sales=sales,
        pieces=await uow.carried_orders.variants_sold([sales.pick_id]),
        payments=await uow.carried_orders.list_payments(sales.pick_id, limit=PAYMENTS_SHOWN),
        time_zone=time_zone,
    )


async def _partners(uow: UnitOfWork, t: Translator, group: Group, *, page: int) -> Screen:
    group_id, begins = group.id or 0, page * PARTNERS_A_PAGE
    supplied = await uow.carried_orders.list_supplied_by(group_id, limit=PARTNERS_A_PAGE + 1, offset=begins)
    carried = await uow.carried_orders.list_carried_by(group_id, limit=PARTNERS_A_PAGE + 1, offset=begins)
    facts = Partners(
        group=group,
        supplied=supplied[:PARTNERS_A_PAGE],
        carried=carried[:PARTNERS_A_PAGE],
        page=page,
        has_more=max(len(supplied), len(carried)) > PARTNERS_A_PAGE,
    )
    return partners(t, facts)


async def _reader(uow: UnitOfWork, sales: CarrierSales) -> tuple[int, Translator] | None:
    """The curator of the pick that sold, or her group's owner, and her language.

    Only who still may know what money it is about, and reads private messages.
    """
    posted = await uow.picks.get(sales.pick_id)
    for person_id in (posted.pick.curator_id, posted.group.owner_id):
        if person_id is None or not await may_curate(uow, sales.group_id, person_id, posted.pick):
            continue
        person = await uow.members.get(person_id)
        if person.private_is_open:
            return person.id, Translator(person.language)
    return None
