"""What groups owe one another for carried orders: reckoned in both books, and paid from hand to hand."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from bot.carried_order_errors import ReceivedMeanwhile, ReceivedUndone
from bot.errors import ButtonOutdated
from bot.rules import ledger
from bot.rules.carried_orders import Parts, parts_of
from storage.models import CarriedPayment
from storage.repositories.carried_orders import CarriedShare, CarrierSales
from storage.states import TransactionKind
from storage.unit_of_work import UnitOfWork


async def reckon_carried(uow: UnitOfWork, order_ids: Collection[int], *, now: datetime) -> int:
    """Reckon anew what these locked orders come to, as far as nobody else does; returns how many are.

    Doing so twice changes nothing. The books of both groups follow.
    """
    found = await uow.carried_orders.lock(order_ids)
    money = await uow.payments.money([one.order_id for one in found])
    reckoned: dict[CarriedShare, Parts] = {}
    for one in found:
        parts = parts_of(money[one.order_id], share_bps=one.share_bps)
        reckoned[one] = Parts(one.goods_amount, one.share_amount) if parts is None else parts
    await _post(uow, reckoned, now=now)
    for one, parts in reckoned.items():
        await uow.carried_orders.save(one.order_id, **parts._asdict())
    return len(found)


async def mark_received(
    uow: UnitOfWork, pick_id: int, amount: int, *, by_id: int, now: datetime, due_amount: int | None = None
) -> CarrierSales:
    """The supplier has got money for what a carried pick sold, in minor units of its currency.

    `due_amount`: what was due on the screen where somebody tapped. Raises ButtonOutdated, ReceivedMeanwhile.
    """
    sales = await _locked(uow, pick_id)
    if due_amount is not None and due_amount != sales.due_amount:
        raise ReceivedMeanwhile
    payment = await uow.carried_orders.add_payment(
        CarriedPayment(
            pick_id=pick_id, amount=amount, currency=sales.currency, received_by_id=by_id, received_at=now
        )
    )
    await _move(uow, sales, payment, amount, by_id=by_id, now=now)
    await _note(uow, "carried_payment_received", sales, payment, by_id=by_id, now=now)
    return await _locked(uow, pick_id)


async def undo_received(
    uow: UnitOfWork, pick_id: int, payment_id: int, *, by_id: int, now: datetime
) -> CarrierSales:
    """That this money came for a carried pick was a mistake. Raises ButtonOutdated and ReceivedUndone."""
    sales = await _locked(uow, pick_id)
    payment = await uow.carried_orders.find_payment(payment_id)
    if payment is None or payment.pick_id != pick_id:
        raise ButtonOutdated
    if payment.undone_at is not None:
        raise ReceivedUndone
    payment.undone_at, payment.undone_by_id = now, by_id
    await uow.carried_orders.save_payment(payment)
    await _move(uow, sales, payment, -payment.amount, by_id=by_id, now=now)
    await _note(uow, "carried_payment_undone", sales, payment, by_id=by_id, now=now)
    return await _locked(uow, pick_id)


async def _locked(uow: UnitOfWork, pick_id: int) -> CarrierSales:
    sales = await uow.carried_orders.find_sales(pick_id, lock=True)
    if sales is None:
        raise ButtonOutdated
    return sales


async def _post(uow: UnitOfWork, reckoned: Mapping[CarriedShare, Parts], *, now: datetime) -> None:
    """What has changed goes into the book of the group that sold, and mirrored into its supplier's."""
    books: dict[int, dict[int, list[ledger.Posting]]] = defaultdict(dict)
    for one, parts in reckoned.items():
        goods, share = parts.goods_amount - one.goods_amount, parts.share_amount - one.share_amount
        postings = ledger.supply(goods, share, one.currency)
        if postings:
            books[one.group_id][one.order_id] = postings
            books[one.supplier_id][one.order_id] = ledger.mirrored(postings)
    # In sorted order, as whoever else opens accounts of two groups.
    for group_id, facts in sorted(books.items()):
        await uow.ledger.post_all(TransactionKind.SUPPLY, facts, group_id=group_id, now=now)


async def _move(
    uow: UnitOfWork, sales: CarrierSales, payment: CarriedPayment, amount: int, *, by_id: int, now: datetime
) -> None:
    """Money goes from the group that sold to its supplier, or back, in both books."""
    postings = ledger.supply_paid(amount, sales.currency)
    books = {sales.group_id: postings, sales.supplier_id: ledger.mirrored(postings)}
    for group_id, of_book in sorted(books.items()):
        await uow.ledger.post(
            TransactionKind.SUPPLY_PAID,
            of_book,
            group_id=group_id,
            carried_payment_id=payment.id,
            by_id=by_id,
            now=now,
        )


async def _note(
    uow: UnitOfWork, act: str, sales: CarrierSales, payment: CarriedPayment, *, by_id: int, now: datetime
) -> None:
    """Both groups can read in their histories who said so."""
    for group_id in (sales.supplier_id, sales.group_id):
        await uow.audit.add(
            act,
            group_id=group_id,
            person_id=by_id,
            pick_id=sales.pick_id,
            now=now,
            details={"amount": payment.amount, "currency": payment.currency, "group": sales.group_title},
        )
