"""Members' own invite links."""

from datetime import datetime, timedelta

from bot.flag_errors import TooManyLinks
from bot.rules.rate_limits import LINKS_OF_A_GROUP, LINKS_OF_A_PERSON, free_at, longest
from storage.unit_of_work import UnitOfWork


async def keep_link(uow: UnitOfWork, *, group_id: int, person_id: int, url: str, now: datetime) -> str:
    """Keep a member's new invite link; returns the one that stands."""
    await uow.referrals.add_link(url=url, group_id=group_id, person_id=person_id, now=now)
    link = await uow.referrals.find_link(group_id, person_id)
    assert link is not None
    return link.url


async def check_rate(uow: UnitOfWork, *, group_id: int, person_id: int, now: datetime) -> None:
    """Raise TooManyLinks where so many links were made that this one has to wait."""
    of_person = await uow.referrals.links_made(
        person_id=person_id, since=now - longest(LINKS_OF_A_PERSON), limit=LINKS_OF_A_PERSON[0].most
    )
    of_group = await uow.referrals.links_made(
        group_id=group_id, since=now - longest(LINKS_OF_A_GROUP), limit=LINKS_OF_A_GROUP[0].most
    )
    waits = [
        free_at(LINKS_OF_A_PERSON, of_person, now=now),
        free_at(LINKS_OF_A_GROUP, of_group, now=now),
    ]
    free = max((at for at in waits if at is not None), default=None)
    if free is not None:
        raise TooManyLinks(max(1, -((now - free) // timedelta(minutes=1))))
