"""Asking who told of what was ordered, where that earns somebody something and nobody is known."""

from collections.abc import Collection, Mapping

from bot.rules.shares import ASKED_AFTER
from bot.services.orders.batch import Batch
from storage.repositories.orders import OrderKey
from storage.repositories.outbox import Priority
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def ask_who_told(
    uow: UnitOfWork, batch: Batch, placed: Mapping[OrderKey, int], *, told: Collection[OrderKey]
) -> None:
    """Ask for new orders on picks that pay, once each and a little later; who cancels by then is not asked.

    Of several orders that somebody places in that time, one is asked about.
    """
    rows = [
        {
            "kind": OutboxKind.WHO_TOLD,
            "chat_id": key[1],
            "subject_id": order_id,
            "payload": None,
            "merge_key": f"who_told:{key[1]}",
            "priority": int(Priority.BROADCAST),
            "due_at": batch.now + ASKED_AFTER,
        }
        for key, order_id in sorted(placed.items())
        if key in batch.new and key not in told and batch.picks[key[0]].pays_commission and batch.reads(key)
    ]
    await uow.outbox.add_all(rows, now=batch.now)
