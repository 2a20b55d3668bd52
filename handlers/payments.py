"""Paying: what I owe, one order with its ways to pay, and choosing one."""

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Bot

from bot.callbacks.payments import PayButton, PayWayButton
from bot.payment_errors import WayClosed
from bot.services.payments.bills import bill_of, owed_by
from bot.shop import Shop
from bot.views.payments import owed_list, ways_to_pay
from handlers.payment_credit import credit_chosen
from handlers.payment_invoices import card_chosen, stars_chosen
from handlers.payment_proofs import PROOF, cash_chosen, transfer_chosen
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.states import PaymentMethod

OnWay = Callable[[Tap, Shop, int], Awaitable[None]]
"""Takes a tap on one way to pay an order; it checks again whether that order can be paid so."""

_WAYS: Final[dict[PaymentMethod, OnWay]] = {
    PaymentMethod.CASH: cash_chosen,
    PaymentMethod.TRANSFER: transfer_chosen,
    PaymentMethod.CARD: card_chosen,
    PaymentMethod.STARS: stars_chosen,
    PaymentMethod.CREDIT: credit_chosen,
}


async def pay_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/pay`: what I have to pay, in private."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        screen = owed_list(t, await owed_by(uow, said.person.id))
        await tell(uow, shop, said, screen, payload="pay")


async def pay_opened(said: Said, shop: Shop, order_id: int) -> None:
    """One order to be paid, by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        bill = await bill_of(uow, order_id, person_id=said.person.id)
        own = await uow.orders.list_own_lines([order_id])
        await send(uow, shop, said.person.id, ways_to_pay(t, bill, own))


async def pay_tapped(tap: Tap, shop: Shop) -> None:
    """One order: what is to be paid, and how it can be."""
    order_id = PayButton.read(tap.data).order_id
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        # Whoever looks at the ways again sends no proof next.
        await uow.pickups.wait_no_more(tap.person.id, PROOF)
        t = await speaker(uow, tap.person)
        bill = await bill_of(uow, order_id, person_id=tap.person.id)
        own = await uow.orders.list_own_lines([order_id])
        await redraw(uow, shop, tap, ways_to_pay(t, bill, own))
    await tap.answer()


async def way_tapped(tap: Tap, shop: Shop) -> None:
    """I want to pay an order in this way."""
    button = PayWayButton.read(tap.data)
    tap.require_private()
    method = next((method for method in PaymentMethod if method == button.method), None)
    chosen = _WAYS.get(method) if method is not None else None
    if chosen is None:
        raise WayClosed
    await chosen(tap, shop, button.order_id)
