"""Members say that they have paid outside of Telegram, with a proof; or pay when they fetch their goods."""

from bot.callbacks.payments import ClaimButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.payments.bills import Bill, bill_of, find_bill, owed_by
from bot.services.payments.claims import Proof, claim_paid, withdraw_claim
from bot.shop import Shop
from bot.views.payment_claims import claim_standing, claim_withdrawn_toast, how_to_send, pay_in_cash
from bot.views.payments import owed_list, ways_to_pay
from bot.views.screens import Screen
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Payment
from storage.states import PaymentMethod, PaymentStage
from storage.unit_of_work import UnitOfWork

PROOF = "payment_proof"
"""The step under which a member's proof is waited for."""


async def transfer_chosen(tap: Tap, shop: Shop, order_id: int) -> None:
    """A member wants to send money: where to, and that a proof is waited for."""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        bill = await bill_of(uow, order_id, person_id=tap.person.id, method=PaymentMethod.TRANSFER)
        claimed = await _claimed(uow, order_id)
        if claimed is not None:
            screen = claim_standing(t, bill, claimed)
        else:
            screen = await _how_to_send(uow, shop, t, bill)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def cash_chosen(tap: Tap, shop: Shop, order_id: int) -> None:
    """A member pays when she fetches her goods."""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        bill = await bill_of(uow, order_id, person_id=tap.person.id, method=PaymentMethod.CASH)
        way = bill.way(PaymentMethod.CASH)
        assert way is not None
        await redraw(uow, shop, tap, pay_in_cash(t, bill, way))
    await tap.answer()


async def claim_tapped(tap: Tap, shop: Shop) -> None:
    """A member says that she has paid, takes it back, or wants to send another proof."""
    button = ClaimButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        order_id, by_id, words = button.order_id, tap.person.id, ""
        match button.deed:
            case "paid":
                screen = await _claim(uow, shop, t, by_id, order_id, Proof())
            case "again":
                bill = await bill_of(uow, order_id, person_id=by_id, method=PaymentMethod.TRANSFER)
                screen = await _how_to_send(uow, shop, t, bill)
            case "withdraw":
                await withdraw_claim(uow, order_id, person_id=by_id, now=shop.now())
                screen = await _after_withdrawal(uow, t, by_id, order_id)
                words = claim_withdrawn_toast(t)
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer(words)


async def proof_sent(uow: UnitOfWork, shop: Shop, said: Said, order_id: int, proof: Proof) -> None:
    """A member has sent what proves that she paid."""
    t = await speaker(uow, said.person)
    screen = await _claim(uow, shop, t, said.person.id, order_id, proof)
    if said.album_id is not None:
        # The other pictures of her album come as messages of their own, and prove nothing more.
        content = {"order_id": order_id, "album_id": said.album_id}
        await uow.pickups.wait_for(said.person.id, PROOF, content, now=shop.now())
    await send(uow, shop, said.person.id, screen)


async def _claim(
    uow: UnitOfWork, shop: Shop, t: Translator, person_id: int, order_id: int, proof: Proof
) -> Screen:
    payment = await claim_paid(uow, order_id, proof, person_id=person_id, now=shop.now())
    await uow.pickups.wait_no_more(person_id, PROOF)
    bill = await find_bill(uow, order_id)
    assert bill is not None
    return claim_standing(t, bill, payment)


async def _after_withdrawal(uow: UnitOfWork, t: Translator, person_id: int, order_id: int) -> Screen:
    bill = await find_bill(uow, order_id)
    if bill is None or not bill.is_payable or bill.amount <= 0:
        return owed_list(t, await owed_by(uow, person_id))
    return ways_to_pay(t, bill, await uow.orders.list_own_lines([order_id]))


async def _how_to_send(uow: UnitOfWork, shop: Shop, t: Translator, bill: Bill) -> Screen:
    way = bill.way(PaymentMethod.TRANSFER)
    assert way is not None
    order_id = bill.order.order_id
    await uow.pickups.wait_for(bill.order.person_id, PROOF, {"order_id": order_id}, now=shop.now())
    return how_to_send(t, bill, way, await uow.orders.list_own_lines([order_id]))


async def _claimed(uow: UnitOfWork, order_id: int) -> Payment | None:
    payments = await uow.payments.list_of_order(order_id)
    return next((payment for payment in payments if payment.stage is PaymentStage.CLAIMED), None)
