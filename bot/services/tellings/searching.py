"""Looks for those who are likely to care, without looking at everybody.

People come in the order of what their reasons may be worth at most; each is looked at closely then. As soon
as there are enough before whom nobody can come any more, nobody else is looked at.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.rules.tellings import (
    FAITHFUL_FROM,
    LIKELY,
    WORTH,
    Care,
    Draw,
    is_settled,
    likely,
    wishes_met,
)
from bot.services.tellings.choosing import Facts, Past, as_wanted
from storage.repositories.telling_people import Traces
from storage.unit_of_work import UnitOfWork

_WISHERS_AT_ONCE: Final = 500


async def find_likely(uow: UnitOfWork, past: Past, draw: Draw, *, now: datetime) -> dict[int, Care]:
    """Who is likely to care and may be told, the likeliest first, as many as are told at most."""
    facts = Facts(uow, past, now=now)
    wishes = as_wanted(await uow.wishes.list_open(past.group_id))
    # In a thread: reading what a large group wishes for takes a while.
    wished = await asyncio.to_thread(wishes_met, past.ware, wishes)
    wishers, found = sorted(wished), dict[int, Care]()
    for start in range(0, len(wishers), _WISHERS_AT_ONCE):
        some = wishers[start : start + _WISHERS_AT_ONCE]
        found = _first(found | await facts.of(some, wished), draw)
    async with uow.telling_people.leads(
        past.group_id, _traces(past), at_least=LIKELY, draw=draw.place
    ) as portions:
        async for leads in portions:
            others = [lead.person_id for lead in leads if lead.person_id not in wished]
            found = _first(found | await facts.of(others, wished), draw)
            if is_settled(found, draw, after=(leads[-1].at_most, leads[-1].drawn)):
                break
    return found


def _traces(past: Past) -> Traces:
    return Traces(
        earlier=past.earlier,
        same_sort=past.same_sort,
        same_hand=past.same_hand,
        category=past.ware.category,
        origin_id=past.ware.origin_id,
        faithful_from=FAITHFUL_FROM,
        worth={reason.value: worth for reason, worth in WORTH.items()},
    )


def _first(people: Mapping[int, Care], draw: Draw) -> dict[int, Care]:
    return {person_id: people[person_id] for person_id in likely(people, draw)}
