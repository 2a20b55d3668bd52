"""One's own orders in private, the receipt of each, and being reminded of a close."""

from dataclasses import replace

from telegram import Bot

from bot.callbacks.receipts import MyOrdersButton, PaymentReceiptButton, ReceiptButton, ReminderButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.reviews import is_in_hand, is_reviewable
from bot.services.payments.bills import find_bill
from bot.services.payments.receipts import find_receipt
from bot.services.pricing import prices_now
from bot.services.reminders import forget_reminder, remind_me
from bot.shop import Shop
from bot.views.payment_receipts import OrderPayments, payment_receipt
from bot.views.receipts import ORDERS_A_PAGE, order_receipt, own_orders
from bot.views.reminders import reminder_forgotten, reminder_kept
from bot.views.reviews import own_reviews_button
from bot.views.screens import Screen
from handlers.details import require_member, show_details, shown_pick
from handlers.pickups import buttons_beside_orders
from handlers.speaking import redraw, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.orders import OwnOrder
from storage.states import OrderState
from storage.unit_of_work import UnitOfWork


async def my_orders_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/my`: my orders, in private."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await tell(uow, shop, said, await _page(uow, t, shop, said, page=0), payload="my")


async def my_orders_turned(tap: Tap, shop: Shop) -> None:
    """Another page of them."""
    page = max(0, MyOrdersButton.read(tap.data).page)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _page(uow, t, shop, tap, page=page))
    await tap.answer()


async def receipt_tapped(tap: Tap, shop: Shop) -> None:
    """One of them in full."""
    button = ReceiptButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        screen = await _receipt(uow, t, shop, tap.person.id, button.order_id, page=max(0, button.page))
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def payment_receipt_tapped(tap: Tap, shop: Shop) -> None:
    """The numbered receipt of a payment, as it was issued."""
    button = PaymentReceiptButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        payment = await find_receipt(uow, button.payment_id, person_id=tap.person.id)
        if payment is None:
            raise ButtonOutdated
        await redraw(uow, shop, tap, payment_receipt(t, payment, now=shop.now(), page=max(0, button.page)))
    await tap.answer()


async def reminder_tapped(tap: Tap, shop: Shop) -> None:
    """Remind me an hour before the close, or do not."""
    button = ReminderButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await shown_pick(uow, button.pick_id)
        await require_member(uow, posted, tap.person.id)
        t = await speaker(uow, tap.person)
        if button.wanted:
            due_at = await remind_me(uow, button.pick_id, tap.person.id, now=shop.now())
            words = reminder_kept(t, due_at, time_zone=posted.group.time_zone, now=shop.now())
        else:
            await forget_reminder(uow, button.pick_id, tap.person.id)
            words = reminder_forgotten(t)
        if button.order_id:
            screen = await _receipt(uow, t, shop, tap.person.id, button.order_id, page=0)
            await redraw(uow, shop, tap, screen)
        else:
            await show_details(uow, shop, tap.person.id, button.pick_id, edit=tap.message_id)
    await tap.answer(words)


async def _page(uow: UnitOfWork, t: Translator, shop: Shop, by: Tap | Said, *, page: int) -> Screen:
    start = page * ORDERS_A_PAGE
    orders = await uow.orders.list_own(by.person.id, limit=ORDERS_A_PAGE + 1, offset=start)
    shown = orders[:ORDERS_A_PAGE]
    own = await uow.orders.list_own_lines([order.order_id for order in shown])
    screen = own_orders(
        t,
        shown,
        own,
        prices=await _prices(uow, *shown),
        money=await uow.payments.money([order.order_id for order in shown]),
        page=page,
        has_more=len(orders) > ORDERS_A_PAGE,
        now=shop.now(),
    )
    beside = await buttons_beside_orders(uow, by) if page == 0 else []
    fetched = any(is_in_hand(order.fulfilment_state) for order in shown)
    return replace(screen, buttons=[*screen.buttons, *beside, own_reviews_button(t) if fetched else []])


async def _receipt(
    uow: UnitOfWork, t: Translator, shop: Shop, person_id: int, order_id: int, *, page: int
) -> Screen:
    order = await uow.orders.find_own(person_id, order_id)
    if order is None:
        raise ButtonOutdated
    return order_receipt(
        t,
        order,
        await uow.orders.list_own_lines([order_id]),
        price=(await _prices(uow, order)).get(order_id),
        paid=await _paid(uow, order),
        bill=await find_bill(uow, order_id),
        case_id=(await uow.case_lists.list_open_of([order_id])).get(order_id),
        page=page,
        is_reminded=await uow.reminders.has(order.pick_id, person_id),
        bought=[line for line in await uow.reviews.list_lines([order_id]) if is_reviewable(line)],
        now=shop.now(),
    )


async def _paid(uow: UnitOfWork, order: OwnOrder) -> OrderPayments:
    return OrderPayments(
        money=(await uow.payments.money([order.order_id]))[order.order_id],
        payments=await uow.payments.list_of_order(order.order_id),
        refunds=await uow.refunds.list_of_order(order.order_id),
        time_zone=order.time_zone,
    )


async def _prices(uow: UnitOfWork, *orders: OwnOrder) -> dict[int, int]:
    placed = {order.order_id: order.offer_id for order in orders if order.state is OrderState.PLACED}
    return await prices_now(uow, placed)
