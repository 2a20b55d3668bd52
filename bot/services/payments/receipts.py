"""Issuing a receipt: what it says is gathered once, so that it stays true whatever becomes of the order."""

from collections.abc import Sequence

from bot.money import minor_digits
from bot.rules.pricing import Terms, TierPrice
from bot.rules.receipts import ReceiptFacts, ReceiptLine, ReceiptPrice, ReceiptSaving, price_of, rate_of
from bot.rules.settlements import reckon
from storage.models import Payment
from storage.repositories.orders import OwnLine, OwnOrder
from storage.repositories.payments import OrderMoney
from storage.states import OrderState, PaymentMethod, PickState, RefundStage
from storage.unit_of_work import UnitOfWork


async def issue_receipt(uow: UnitOfWork, payment: Payment) -> None:
    """Keep with a payment that was just reckoned what its receipt says. Raises LookupError for no order."""
    if payment.order_id is None or payment.decided_at is None:
        raise LookupError(f"payment {payment.id} is for no order, or has not come in")
    money = (await uow.payments.money([payment.order_id]))[payment.order_id]
    order = await uow.orders.find_own(money.person_id, payment.order_id)
    assert order is not None
    own = await uow.orders.list_own_lines([payment.order_id])
    facts = ReceiptFacts(
        issued_at=payment.decided_at,
        group_title=order.group_title,
        time_zone=order.time_zone,
        pick_number=order.pick_number,
        title=order.title,
        order_number=order.number,
        is_own=payment.person_id == money.person_id,
        is_cancelled=order.state is OrderState.CANCELLED,
        lines=tuple(ReceiptLine(line.variant, line.quantity, line.unit_amount) for line in own),
        price=await _price(uow, order, own),
        goodwill_amount=money.goodwill_amount,
        paid_amount=_paid(money),
        outstanding_amount=reckon(money).outstanding_amount,
        back_amount=await _owed_back(uow, payment),
        stars_per_unit=await _rate(uow, payment),
        fee_amount=own[0].fee_amount if own else 0,
        savings=tuple(ReceiptSaving(one.rule.title, one.amount) for one in own[0].discounts) if own else (),
    )
    payment.receipt = facts.document()
    await uow.payments.save(payment)


async def find_receipt(uow: UnitOfWork, payment_id: int, *, person_id: int) -> Payment | None:
    """A payment with its receipt, if it is this person's: she paid it, or it was paid for her order."""
    try:
        payment = await uow.payments.get(payment_id)
    except LookupError:
        return None
    if payment.receipt is None or payment.order_id is None:
        return None
    if payment.person_id == person_id:
        return payment
    money = await uow.payments.money([payment.order_id])
    return payment if money[payment.order_id].person_id == person_id else None


def _paid(money: OrderMoney) -> int:
    return money.received_amount - money.refunded_amount


async def _owed_back(uow: UnitOfWork, payment: Payment) -> int:
    """What goes back to whoever made this payment; others may have paid for the order, too."""
    refunds = await uow.refunds.list_of_order(payment.order_id or 0)
    return sum(
        refund.amount
        for refund in refunds
        if refund.person_id == payment.person_id and refund.stage is not RefundStage.DONE
    )


async def _price(uow: UnitOfWork, order: OwnOrder, own: Sequence[OwnLine]) -> ReceiptPrice | None:
    if not own:
        return None
    offer = (await uow.pricing.list_offers([order.offer_id]))[order.offer_id]
    posted = await uow.picks.get(order.pick_id)
    return price_of(
        own[0].unit_amount,
        Terms(price_amount=offer.price_amount, tiers=tuple(TierPrice(*tier) for tier in offer.tiers)),
        final_amount=posted.pick.final_amount,
        in_team=order.order_id in await uow.teams.prices([order.order_id]),
        keeps_older=order.order_id in await uow.pricing.kept_by([order.order_id]),
        is_open=order.pick_state is PickState.LIVE,
    )


async def _rate(uow: UnitOfWork, payment: Payment) -> int | None:
    if payment.method is not PaymentMethod.STARS or payment.group_id is None:
        return None
    ways = await uow.payments.list_ways(payment.group_id, active_only=False)
    rate = next((way.stars_per_unit for way in ways if way.method is PaymentMethod.STARS), None)
    return rate_of(
        payment.amount,
        payment.charged_amount or payment.amount,
        rate,
        minor_per_unit=10 ** minor_digits(payment.currency),
    )
