"""Placing, amending and cancelling orders, many in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.orders.batch import Batch, read_batch
from bot.services.orders.befriending import expect_friends
from bot.services.orders.deciding import answer
from bot.services.orders.discounting import cheaper, discount, may_be_cheaper
from bot.services.orders.fetching import costs_to_fetch, fetched
from bot.services.orders.holding import asking, hold
from bot.services.orders.recommending import may_recommend, recommend
from bot.services.orders.requests import ACKNOWLEDGED, OrderPlaced, OrderRequest
from bot.services.orders.writing import show, write
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def place_orders(
    uow: UnitOfWork, requests: Sequence[OrderRequest], *, now: datetime
) -> list[OrderPlaced | Exception]:
    """Decide and write many asks at once; each gets the order as it stands, or its refusal.

    An update that was seen before changes nothing and gets the order as it stands.
    """
    batch = await read_batch(uow, requests, now=now)
    results = [answer(batch, request) for request in requests]
    keys = await write(uow, batch) if batch.events else {}
    if costs_to_fetch(batch):
        pairs = zip(requests, results, strict=True)
        results = [fetched(batch, asked, result) for asked, result in pairs]
    if may_be_cheaper(batch):
        quoted = await discount(uow, batch, keys, requests)
        pairs = zip(requests, results, strict=True)
        results = [cheaper(batch, asked, result, quoted.get(asked.key)) for asked, result in pairs]
    if batch.events and any(posted.has_promotions for posted in batch.picks.values()):
        await expect_friends(uow, batch, keys)
    if batch.events and may_recommend(batch):
        await recommend(uow, batch, keys)
    if batch.paid_now:
        to_pay = await hold(uow, batch, keys)
        results = [asking(result, to_pay.get(r.key)) for r, result in zip(requests, results, strict=True)]
    if batch.events:
        await show(uow, batch)
    await _acknowledge(uow, batch, requests, results)
    return results


async def _acknowledge(
    uow: UnitOfWork,
    batch: Batch,
    requests: Sequence[OrderRequest],
    results: Sequence[OrderPlaced | Exception],
) -> None:
    """Answer written orders by a reaction; a refusal in words is still to be written by whoever asked."""
    refused = []
    written = {r.update_id for r in requests if r.message_id is not None} & batch.fresh
    for request, result in zip(requests, results, strict=True):
        if request.update_id not in written:
            continue
        written.remove(request.update_id)
        if isinstance(result, Exception):
            refused.append(request.update_id)
        elif result.changed or request.ask.action != "nothing":
            await uow.outbox.add(
                OutboxKind.REACTION,
                chat_id=request.chat_id,
                now=batch.now,
                payload=_reaction(request),
            )
    await uow.updates.forget(refused)


def _reaction(request: OrderRequest) -> dict[str, object]:
    emoji = None if request.ask.action == "nothing" else ACKNOWLEDGED
    return {"message_id": request.message_id, "emoji": emoji}
