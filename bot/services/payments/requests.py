"""Who has not paid yet, and asking them to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.services.payments.bills import Bill, owed_for
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

ASKED_AT_MOST_EVERY = timedelta(days=1)
MOST_OWING = 2000
"""So many of a pick's newest unpaid orders are looked at."""

_MOST_PICKS = 30


@dataclass(frozen=True, kw_only=True)
class Unpaid:
    """A pick for which something is still to be paid."""

    posted: PostedPick
    bills: Sequence[Bill]

    @property
    def amount(self) -> int:
        """What is to be paid in all, in minor units."""
        return sum(bill.amount for bill in self.bills)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who was asked to pay: how many, and those among them whose private chats are shut."""

    orders: int
    shut: Sequence[Bill]


async def unpaid_of(uow: UnitOfWork, posted: PostedPick) -> Unpaid:
    """Who has still to pay a pick, by order number."""
    bills = await owed_for(uow, posted.id, limit=MOST_OWING)
    return Unpaid(posted=posted, bills=sorted(bills, key=lambda bill: bill.order.number))


async def unpaid_for(uow: UnitOfWork, person_id: int) -> list[Unpaid]:
    """The newest picks of a curator for which something is still to be paid."""
    led = [group.id for group in await uow.groups.list_led_by(person_id) if group.id is not None]
    found = await uow.picks.load(await uow.claims.list_picks_for(person_id, led, limit=_MOST_PICKS))
    unpaid = [await unpaid_of(uow, posted) for _, posted in sorted(found.items(), reverse=True)]
    return [each for each in unpaid if each.bills]


async def ask_to_pay(uow: UnitOfWork, posted: PostedPick, *, by_id: int, now: datetime) -> Asked:
    """Remind those who have not paid a pick and do not say so, each at most once a day."""
    # One curator at a time: else two would ask the same people twice.
    await uow.picks.load([posted.id], lock=True)
    bills = [bill for bill in (await unpaid_of(uow, posted)).bills if not bill.money.claimed_amount]
    asked = await uow.claims.asked_since([bill.order.order_id for bill in bills], now - ASKED_AT_MOST_EVERY)
    bills = [bill for bill in bills if bill.order.order_id not in asked]
    readers = await uow.pickups.readers({bill.order.person_id for bill in bills}) if bills else set()
    rows: list[dict[str, Any]] = [
        {
            "kind": OutboxKind.PAYMENT_REQUEST,
            "chat_id": bill.order.person_id,
            "subject_id": bill.order.order_id,
            "payload": None,
            "merge_key": f"{OutboxKind.PAYMENT_REQUEST}:{bill.order.order_id}",
            "priority": int(Priority.BROADCAST),
            "due_at": now,
        }
        for bill in bills
        if bill.order.person_id in readers
    ]
    await uow.outbox.add_all(rows, now=now)
    await uow.claims.note_asked([bill.order.order_id for bill in bills], by_id=by_id, now=now)
    if bills:
        await uow.audit.add(
            "payments_asked_for",
            group_id=posted.pick.group_id,
            person_id=by_id,
            pick_id=posted.id,
            now=now,
            details={"orders": len(bills)},
        )
    return Asked(orders=len(bills), shut=[bill for bill in bills if bill.order.person_id not in readers])
