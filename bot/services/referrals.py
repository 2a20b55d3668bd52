"""Members' own invite links."""

from datetime import datetime

from storage.unit_of_work import UnitOfWork


async def keep_link(uow: UnitOfWork, *, group_id: int, person_id: int, url: str, now: datetime) -> str:
    """Keep a member's new invite link; returns the one that stands."""
    await uow.referrals.add_link(url=url, group_id=group_id, person_id=person_id, now=now)
    link = await uow.referrals.find_link(group_id, person_id)
    assert link is not None
    return link.url
