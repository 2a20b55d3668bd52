"""Working off a list in portions, none of which waits for what fails in another."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from itertools import islice

import structlog

log = structlog.get_logger(__name__)


async def in_portions(
    order_ids: Iterable[int],
    work: Callable[[Collection[int]], Awaitable[int]],
    *,
    together: int,
    failure: str,
) -> int:
    """Work on so many orders at a time; returns the sum of what was done.

    One order that cannot be worked on keeps none beside it waiting: each is tried alone, and what fails is
    logged as this event.
    """
    waiting = iter(order_ids)
    done = 0
    while some := list(islice(waiting, together)):
        try:
            done += await work(some)
        except Exception:
            done += sum([await _alone(order_id, work, failure=failure) for order_id in some])
    return done


async def _alone(order_id: int, work: Callable[[Collection[int]], Awaitable[int]], *, failure: str) -> int:
    try:
        return await work([order_id])
    except Exception:
        log.exception(failure, order_id=order_id)
    return 0
