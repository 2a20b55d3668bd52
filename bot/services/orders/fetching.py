"""What fetching an order costs, as part of what it costs."""

from bot.money import Money
from bot.services.orders.batch import Batch
from bot.services.orders.requests import OrderPlaced, OrderRequest


def costs_to_fetch(batch: Batch) -> bool:
    """Whether fetching any order of the batch costs anything."""
    return bool(batch.fees) or any(entry.fee_amount for entry in batch.entries.values())


def fetched(batch: Batch, request: OrderRequest, result: OrderPlaced | Exception) -> OrderPlaced | Exception:
    """The same answer, with what fetching the order costs."""
    if isinstance(result, Exception) or not result.lines:
        return result
    fee = Money(amount=batch.fee(request.key), currency=result.total.currency)
    if not fee.amount:
        return result
    at_most = result.at_most
    return result._replace(
        total=_plus(result.total, fee), at_most=_plus(at_most, fee) if at_most else None, fee=fee
    )


def _plus(money: Money, more: Money) -> Money:
    return Money(amount=money.amount + more.amount, currency=money.currency)
