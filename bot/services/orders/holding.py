"""Keeping stock for those who have to pay at once."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from bot.money import Money
from bot.rules.holds import Held, hold_after, still_to_come, whole_minutes
from bot.services.orders.batch import Batch
from bot.services.orders.requests import OrderPlaced, ToPay
from storage.repositories.holds import NewHold
from storage.repositories.orders import OrderKey
from storage.repositories.outbox import Priority
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def hold(uow: UnitOfWork, batch: Batch, keys: Mapping[OrderKey, int]) -> dict[OrderKey, ToPay]:
    """Keep stock for those who have to pay at once, and ask them to; what each of them has to pay."""
    waiting = {key: entry.id for key, entry in batch.entries.items() if entry.keeps is not None}
    changed = {key: keys[key] for key in batch.lines}
    orders = {key: order_id for key, order_id in {**waiting, **changed}.items() if key[0] in batch.paid_now}
    await uow.payments.lock(orders.values())
    facts = await uow.payments.money(orders.values())
    amounts = {key: still_to_come(facts[order_id]) for key, order_id in orders.items()}
    held = {key: _held_after(batch, key, amount) for key, amount in amounts.items()}
    await uow.holds.save(
        [
            NewHold(orders[key], kept.keeps, kept.expires_at)
            for key, kept in held.items()
            if kept and key in changed
        ]
    )
    await uow.holds.remove([waiting[key] for key, kept in held.items() if kept is None and key in waiting])
    to_pay = {
        key: ToPay(
            order_id=orders[key],
            amount=Money(amount=amounts[key], currency=batch.picks[key[0]].currency),
            minutes=whole_minutes(kept.expires_at, now=batch.now),
            private_is_open=batch.reads(key),
        )
        for key, kept in held.items()
        if kept is not None
    }
    await _ask_to_pay(uow, batch, [(key, asked) for key, asked in to_pay.items() if key in changed])
    return to_pay


def _held_after(batch: Batch, key: OrderKey, amount: int) -> Held | None:
    entry, posted = batch.entries.get(key), batch.picks[key[0]]
    earlier = None
    if entry is not None and entry.keeps is not None and entry.held_until is not None:
        earlier = Held(entry.keeps, entry.held_until)
    return hold_after(
        before=entry.lines if entry else {},
        lines=batch.lines_of(key),
        earlier=earlier,
        to_come_amount=amount,
        until=batch.now + timedelta(minutes=posted.hold_minutes),
    )


async def _ask_to_pay(uow: UnitOfWork, batch: Batch, asked: Iterable[tuple[OrderKey, ToPay]]) -> None:
    """In private; whoever has not opened that is led there, from where she has written if not by her tap."""
    written = {request.key for _, request, _ in batch.events if request.message_id is not None}
    rows = [
        {
            "kind": OutboxKind.PAYMENT_REQUEST,
            "chat_id": person_id if to_pay.private_is_open else batch.picks[pick_id].chat_id,
            "subject_id": to_pay.order_id,
            "payload": None,
            "merge_key": f"{OutboxKind.PAYMENT_REQUEST}:{to_pay.order_id}",
            "priority": int(Priority.ANSWER),
            "due_at": batch.now,
        }
        for (pick_id, person_id), to_pay in asked
        if to_pay.private_is_open or (pick_id, person_id) in written
    ]
    await uow.outbox.add_all(rows, now=batch.now)


def asking(result: OrderPlaced | Exception, to_pay: ToPay | None) -> OrderPlaced | Exception:
    """The same answer, with what is to be paid for the order."""
    return result if to_pay is None or isinstance(result, Exception) else result._replace(to_pay=to_pay)
