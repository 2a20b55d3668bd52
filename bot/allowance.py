"""Whether a group bears one more commercial post now, and that one was made: for all who post in groups.

Whoever asks in order to post locks the group first, so that two who post at once do not get the same slot.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.rules.trust_allowance import WHOLE_BPS, Book, Post, Slot, furthest_back, moved_along, slot
from storage.models import Group, Pick, TrustEntry
from storage.states import OutboxKind, PickState
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
    """The first moment from `wanted` on at which a post fits; `opening` is the pick that is to be posted.

    A group that keeps no allowance takes everything as it is wanted.
    """
    at = max(wanted, now)
    if not group.keeps_allowance:
        return Slot(at=at)
    book = (await books_of(uow, [group], now=now, opening=opening))[group.id or 0]
    is_owner = curator_id is not None and curator_id == group.owner_id
    return slot(group, book, wanted=at, now=now, curator_id=curator_id, is_owner=is_owner)


async def go_live(
    uow: UnitOfWork, group: Group, pick: Pick, *, now: datetime, overridden_by_id: int | None = None
) -> None:
    """A pick is posted in its group now: it spends, and its card follows.

    Where its deadline has passed meanwhile it runs as long as was meant. Where it does not fit,
    `overridden_by_id` names the owner who wants it all the same.
    """
    if pick.closes_at <= now and not pick.is_carried:
        pick.closes_at = now + (pick.closes_at - pick.opens_at)
    pick.state, pick.opens_at, pick.wanted_at = PickState.LIVE, now, None
    await uow.picks.save(pick)
    await spend(uow, pick, now=now, overridden_by_id=overridden_by_id)
    assert pick.id is not None
    await uow.outbox.add_cards({pick.id: group.chat_id}, now=now)
    await uow.outbox.add_overview(pick.group_id, group.chat_id, now=now)


async def spend(
    uow: UnitOfWork,
    pick: Pick,
    *,
    now: datetime,
    overridden_by_id: int | None = None,
    weight_bps: int = WHOLE_BPS,
) -> None:
    """A pick was posted in its group, or told to some: then it spends less than a whole post."""
    counts = await uow.trust.message_counts([pick.group_id])
    entry = TrustEntry(
        group_id=pick.group_id,
        pick_id=pick.id,
        curator_id=pick.curator_id,
        posted_at=now,
        weight_bps=weight_bps,
        messages_before=counts[pick.group_id],
        is_override=overridden_by_id is not None,
        overridden_by_id=overridden_by_id,
    )
    await uow.trust.add_entries([entry])


async def put_off(
    uow: UnitOfWork, group: Group, pick: Pick, until: Slot, *, wanted: datetime, now: datetime
) -> None:
    """A pick does not fit as wanted: it is kept for the next free slot, and its curator is told why.

    Who was told that it waits hears no more while nothing but talk is missing: that is looked at often.
    """
    is_known = pick.wanted_at is not None and until.waits_for_talk_alone
    reschedule(group, pick, at=until.at)
    pick.state, pick.wanted_at = PickState.SCHEDULED, pick.wanted_at or wanted
    await uow.picks.save(pick)
    if not is_known:
        await tell_of_slot(uow, group, pick, now=now)


async def pull_forward(uow: UnitOfWork, group: Group, *, now: datetime) -> None:
    """There may be more room than there was: what waits for a slot gets an earlier one, in turn.

    What fits now is opened by whoever opens scheduled picks.
    """
    key = group.id or 0
    await uow.groups.lock(key)
    for pick_id in await uow.trust.list_held(key):
        pick = (await uow.picks.load([pick_id], lock=True))[pick_id].pick
        if pick.state is not PickState.SCHEDULED or pick.wanted_at is None:
            continue
        found = await slot_for(
            uow, group, curator_id=pick.curator_id, wanted=pick.wanted_at, now=now, opening=pick_id
        )
        if found.at < pick.opens_at:
            reschedule(group, pick, at=found.at)
            await uow.picks.save(pick)


async def tell_of_slot(uow: UnitOfWork, group: Group, pick: Pick, *, now: datetime) -> None:
    """Tell who posted a pick, or the owner where nobody is named, when it will be posted and why then."""
    reader_id = pick.curator_id or group.owner_id
    reader = await uow.members.find(reader_id) if reader_id is not None else None
    if reader is not None and reader.private_is_open:
        await uow.outbox.add(
            OutboxKind.SLOT,
            chat_id=reader.id,
            subject_id=pick.id,
            merge_key=f"slot:{pick.id}:{reader.id}",
            now=now,
        )


def reschedule(group: Group, pick: Pick, *, at: datetime) -> None:
    """Give a pick another time, and let its deadline move along; a supplier's stays."""
    if at == pick.opens_at:
        return
    if not pick.is_carried:
        pick.closes_at = moved_along(pick.closes_at, was=pick.opens_at, now_at=at, time_zone=group.time_zone)
    pick.opens_at = at


async def spend_campaign(
    uow: UnitOfWork, campaign_id: int, group_ids: Collection[int], *, now: datetime
) -> None:
    """A campaign is posted in these groups; marked as not posted after all, it has spent nothing."""
    if not group_ids:
        return
    counts = await uow.trust.message_counts(group_ids)
    await uow.trust.add_entries(
        [
            TrustEntry(
                group_id=group_id, campaign_id=campaign_id, posted_at=now, messages_before=counts[group_id]
            )
            for group_id in sorted(group_ids)
        ]
    )


async def full_until(uow: UnitOfWork, group_ids: Collection[int], *, now: datetime) -> dict[int, datetime]:
    """Which of these groups bear no campaign now, and until when; nobody else posts in them meanwhile."""
    groups = await uow.trust.lock_keeping(group_ids)
    books = await books_of(uow, groups, now=now)
    slots = {group.id or 0: slot(group, books[group.id or 0], wanted=now, now=now) for group in groups}
    return {group_id: found.at for group_id, found in slots.items() if not found.fits}


async def books_of(
    uow: UnitOfWork, groups: Sequence[Group], *, now: datetime, opening: int | None = None
) -> dict[int, Book]:
    """What groups have spent and planned, by their keys.

    Without the pick that is being opened; what is late behind it has its own turn.
    """
    by_key = {group.id or 0: group for group in groups}
    if not by_key:
        return {}
    since = now - max(furthest_back(group) for group in groups)
    spent = await uow.trust.list_spent(by_key, since=since, but=opening)
    planned = await uow.trust.list_planned(by_key)
    counts = await uow.trust.message_counts(by_key)
    books = {}
    for key, group in by_key.items():
        ahead = [
            Post(at=max(post.at, now), curator_id=post.curator_id)
            for post in planned[key]
            if opening is None or (post.pick_id != opening and post.at > now)
        ]
        in_chat = [post for post in spent[key] if post.weight_bps >= WHOLE_BPS]
        said = counts[key] - in_chat[-1].messages_before if in_chat else 0
        books[key] = Book(
            spent=[
                Post(at=post.at, curator_id=post.curator_id, weight_bps=post.weight_bps)
                for post in spent[key]
            ],
            planned=ahead,
            messages_since=said if group.bot_is_admin else None,
        )
    return books
