"""Whether a group bears one more commercial post now, and that one was made: for all who post in groups.

Whoever asks in order to post locks the group first, so that two who post at once do not get the same slot.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.rules.trust_allowance import Book, Post, Slot, furthest_back, slot
from storage.models import Group, Pick, TrustEntry
from storage.unit_of_work import UnitOfWork


async def slot_for(
    uow: UnitOfWork,
    group: Group,
    *,
    curator_id: int | None,
    wanted: datetime,
    now: datetime,
    opening: int | None = None,
) -> Slot:
    """The first moment from `wanted` on at which a post fits; `opening` is the scheduled pick it is for.

    A group that keeps no allowance takes everything as it is wanted.
    """
    at = max(wanted, now)
    if not group.keeps_allowance:
        return Slot(at=at)
    book = (await books_of(uow, [group], now=now, opening=opening))[group.id or 0]
    is_owner = curator_id is not None and curator_id == group.owner_id
    return slot(group, book, wanted=at, now=now, curator_id=curator_id, is_owner=is_owner)


async def spend(
    uow: UnitOfWork,
    pick: Pick,
    *,
    now: datetime,
    overridden_by_id: int | None = None,
    is_override: bool = False,
) -> None:
    """A pick was posted in its group; an override did not fit, and the owner wanted it all the same."""
    counts = await uow.trust.message_counts([pick.group_id])
    entry = TrustEntry(
        group_id=pick.group_id,
        pick_id=pick.id,
        curator_id=pick.curator_id,
        posted_at=now,
        messages_before=counts[pick.group_id],
        is_override=is_override,
        overridden_by_id=overridden_by_id,
    )
    await uow.trust.add_entries([entry])


async def spend_campaign(
    uow: UnitOfWork, campaign_id: int, group_ids: Collection[int], *, now: datetime
) -> None:
    """A campaign is posted in these groups."""
    counts = await uow.trust.message_counts(group_ids)
    await uow.trust.add_entries(
        [
            TrustEntry(
                group_id=group_id, campaign_id=campaign_id, posted_at=now, messages_before=counts[group_id]
            )
            for group_id in sorted(group_ids)
        ]
    )


async def books_of(
    uow: UnitOfWork, groups: Sequence[Group], *, now: datetime, opening: int | None = None
) -> dict[int, Book]:
    """What groups have spent and planned, by their keys.

    Without the pick that is being opened; what is late behind it has its own turn.
    """
    by_key = {group.id or 0: group for group in groups}
    since = now - max((furthest_back(group) for group in groups), default=now - now)
    spent = await uow.trust.list_spent(by_key, since=since)
    planned = await uow.trust.list_planned(by_key)
    counts = await uow.trust.message_counts(by_key)
    books = {}
    for key, group in by_key.items():
        ahead = [
            Post(at=max(post.at, now), curator_id=post.curator_id)
            for post in planned[key]
            if opening is None or (post.pick_id != opening and post.at > now)
        ]
        said = counts[key] - spent[key][-1].messages_before if spent[key] else 0
        books[key] = Book(
            spent=[Post(at=post.at, curator_id=post.curator_id) for post in spent[key]],
            planned=ahead,
            messages_since=said if group.bot_is_admin else None,
        )
    return books
