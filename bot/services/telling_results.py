"""Counting what came of tellings: how many ordered of those who were told, and of those who were left out."""

from datetime import datetime, timedelta
from typing import Final

from storage.models import Telling
from storage.unit_of_work import UnitOfWork

COUNTED_AFTER: Final = timedelta(days=7)
"""Who has not ordered by then hardly will because of it; a pick that closes sooner is counted sooner."""


async def count_outcome(uow: UnitOfWork, telling: Telling, *, now: datetime) -> bool:
    """Keep what came of a telling that is due; says whether nobody had done so before."""
    until = min(telling.begun_at + COUNTED_AFTER, now)
    buyers = await uow.tellings.count_buyers(telling.pick_id, until=until)
    return await uow.tellings.note_measured(telling.pick_id, buyers, now=now)
