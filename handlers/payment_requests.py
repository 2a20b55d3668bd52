"""Who owes what, for curators: ticking off cash, and reminding those who have not paid."""

from bot.callbacks.payments import AskToPayButton, CashButton, PaymentsButton, UnpaidButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.payment_errors import AmountChanged, NothingToPay
from bot.role_errors import MayNotHandOver
from bot.services.payments.bills import Bill, find_bill
from bot.services.payments.claims import receive_cash
from bot.services.payments.requests import ask_to_pay, unpaid_for, unpaid_of
from bot.shop import Shop
from bot.views.payment_claims import something_waits
from bot.views.payment_requests import asked_toast, cash_toast, unpaid_orders, unpaid_picks
from bot.views.payments import to_pay
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import may_curate, may_hand_over
from handlers.handover import order_screen
from handlers.manage import managed_by
from handlers.payment_claims import claims_turned
from handlers.speaking import redraw, send, speaker
from handlers.updates import Tap
from storage.models import Payment
from storage.repositories.picks import PostedPick
from storage.unit_of_work import UnitOfWork

_AT_HAND_OVER = -1
"""The page that stands for the screen of an order's hand-over."""

_MOST_NAMED = 20


async def payments_turned(tap: Tap, shop: Shop) -> None:
    """What is claimed to be paid, or who owes something."""
    page = PaymentsButton.read(tap.data).page
    if not tap.is_private or page not in ("claims", "unpaid"):
        raise ButtonOutdated
    if page == "claims":
        await claims_turned(tap, shop)
        return
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        unpaid = await unpaid_for(uow, tap.person.id)
        screen = unpaid_picks(t, unpaid, waiting=await uow.claims.count_for(tap.person.id))
        # A claim with its proof stays where it is.
        await send(uow, shop, tap.person.id, screen)
    await tap.answer()


async def unpaid_turned(tap: Tap, shop: Shop) -> None:
    """Who has not paid a pick."""
    button = UnpaidButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _posted(uow, tap, button.pick_id)
        t = await speaker(uow, tap.person)
        screen = unpaid_orders(t, await unpaid_of(uow, posted), page=button.page)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def ask_to_pay_tapped(tap: Tap, shop: Shop) -> None:
    """Everybody who has not paid a pick is reminded."""
    pick_id = AskToPayButton.read(tap.data).pick_id
    async with shop.handling(tap.update_id) as uow:
        posted = await _posted(uow, tap, pick_id)
        asked = await ask_to_pay(uow, posted, by_id=tap.person.id, now=shop.now())
        if asked.shut:
            names = list(dict.fromkeys(bill.order.name for bill in asked.shut))[:_MOST_NAMED]
            words = something_waits(Translator(posted.group.language), names, link=shop.link("pay"))
            await send(uow, shop, posted.group.chat_id, words, topic_id=posted.pick.topic_id)
        t = await speaker(uow, tap.person)
    await tap.answer(asked_toast(t, asked))


async def cash_tapped(tap: Tap, shop: Shop) -> None:
    """Somebody holds the cash for an order in her hands."""
    button = CashButton.read(tap.data)
    refused: NothingToPay | AmountChanged | None = None
    async with shop.handling(tap.update_id) as uow:
        bill = await _cashed(uow, tap, button)
        t = await speaker(uow, tap.person)
        words = cash_toast(t, bill, to_pay(bill))
        payment = None
        try:
            payment = await receive_cash(
                uow, button.order_id, button.amount, by_id=tap.person.id, now=shop.now()
            )
        except (NothingToPay, AmountChanged) as error:
            # Somebody else was quicker, or the order has changed: it is drawn anew all the same.
            refused, words = error, refusal(t, error)
        await redraw(uow, shop, tap, await _after(uow, t, tap, button, undo=payment))
    await tap.answer(words, alert=refused is not None)


async def _after(
    uow: UnitOfWork, t: Translator, tap: Tap, button: CashButton, *, undo: Payment | None
) -> Screen:
    if button.page == _AT_HAND_OVER:
        return await order_screen(uow, t, await uow.pickups.get(button.order_id), by_id=tap.person.id)
    bill = await find_bill(uow, button.order_id)
    assert bill is not None
    posted = await uow.picks.get(bill.order.pick_id)
    return unpaid_orders(t, await unpaid_of(uow, posted), page=button.page, undo=undo)


async def _cashed(uow: UnitOfWork, tap: Tap, button: CashButton) -> Bill:
    """The order that cash is taken for, by those who hand it over or curate it."""
    order = await uow.pickups.find(button.order_id)
    bill = await find_bill(uow, button.order_id)
    if order is None or bill is None or not tap.is_private:
        raise ButtonOutdated
    posted = await uow.picks.get(order.pick_id)
    if button.page == _AT_HAND_OVER:
        may = await may_hand_over(uow, order.group_id, tap.person.id, point_id=order.point_id)
    else:
        may = await may_curate(uow, order.group_id, tap.person.id, posted.pick)
    if not may:
        raise MayNotHandOver
    return bill


async def _posted(uow: UnitOfWork, tap: Tap, pick_id: int) -> PostedPick:
    tap.require_private()
    return await managed_by(uow, pick_id, tap.person.id)
