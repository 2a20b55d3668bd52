"""What promotions take off orders as they are placed."""

from collections.abc import Mapping, Sequence

from bot.money import Money
from bot.quoting import QuotedOrder, quote_orders
from bot.rules.promotions import Quote
from bot.services.orders.batch import Batch
from bot.services.orders.requests import OrderPlaced, OrderRequest, Saving
from storage.repositories.orders import OrderKey
from storage.states import OrderState, PromotionKind
from storage.unit_of_work import UnitOfWork


def may_be_cheaper(batch: Batch) -> bool:
    """Whether any order of the batch may have a promotion."""
    return any(posted.has_promotions for posted in batch.picks.values())


async def discount(
    uow: UnitOfWork, batch: Batch, keys: Mapping[OrderKey, int], requests: Sequence[OrderRequest]
) -> dict[OrderKey, QuotedOrder]:
    """Quote the orders that were asked about, in the order of asking, as far as promotions reach.

    What has not changed keeps what it has.
    """
    known = {**{key: entry.id for key, entry in batch.entries.items()}, **keys}
    orders = {
        known[request.key]: request.key in batch.lines
        for request in requests
        if request.key in known and batch.picks[request.pick_id].has_promotions
    }
    if not orders:
        return {}
    # Whoever had ordered before does not order for the first time, in whatever turn she asks about both.
    standing = {entry.id for entry in batch.entries.values() if entry.state is not OrderState.CANCELLED}
    orders = {key: orders[key] for key in sorted(orders, key=lambda key: key not in standing)}
    # Orders are locked before promotions; those that are new nobody else knows.
    await uow.payments.lock([entry.id for entry in batch.entries.values()])
    quoted = await quote_orders(uow, orders, now=batch.now)
    return {(one.facts.pick_id, one.facts.person_id): one for one in quoted.values()}


def cheaper(
    batch: Batch, request: OrderRequest, result: OrderPlaced | Exception, quoted: QuotedOrder | None
) -> OrderPlaced | Exception:
    """The same answer, with what is taken off and what is left to pay."""
    if isinstance(result, Exception) or quoted is None:
        return result
    # Of several asks in one batch, only the last tells how the order stands.
    if not result.lines or result.quantity != quoted.basket.quantity:
        return result
    posted = batch.picks[request.pick_id]
    most, now = quoted.quote, quoted.quote
    if result.at_most is not None:
        now = quoted.at(batch.price(posted, batch.kept.get(request.key)))
    currency = posted.currency
    differs = now.total_amount != most.total_amount
    return result._replace(
        total=Money(amount=now.total_amount, currency=currency),
        at_most=Money(amount=most.total_amount, currency=currency) if differs else None,
        savings=_savings(now, quoted, currency),
        fee=None if any(one.kind is PromotionKind.FREE_PICKUP for one in now.discounts) else result.fee,
    )


def _savings(quote: Quote, quoted: QuotedOrder, currency: str) -> tuple[Saving, ...]:
    return tuple(
        Saving(quoted.titles[one.promotion_id], Money(amount=one.amount, currency=currency))
        for one in quote.discounts
    )
