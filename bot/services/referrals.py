"""Members' own invite links and their chains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.repositories.referrals import Upward
from storage.states import ReferralSource
from storage.unit_of_work import UnitOfWork

MOST_NAMES = 20


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Somebody's place in a group: who stands above her, how many below at each level, whom she brought."""

    source: ReferralSource | None
    upline: Sequence[Upward]
    downline: Mapping[int, int]
    direct: Sequence[str]


async def keep_link(uow: UnitOfWork, *, group_id: int, person_id: int, url: str, now: datetime) -> str:
    """Keep a member's new invite link; returns the one that stands."""
    await uow.referrals.add_link(url=url, group_id=group_id, person_id=person_id, now=now)
    link = await uow.referrals.find_link(group_id, person_id)
    assert link is not None
    return link.url


async def read_chain(uow: UnitOfWork, *, group_id: int, person_id: int) -> Chain:
    """Everybody above a person, and how many stand below her."""
    edge = await uow.referrals.find(group_id, person_id)
    return Chain(
        source=edge.source if edge else None,
        upline=await uow.referrals.upline(group_id, person_id),
        downline=await uow.referrals.downline_counts(group_id, person_id),
        direct=await uow.referrals.list_direct(group_id, person_id, limit=MOST_NAMES),
    )
