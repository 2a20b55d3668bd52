"""What a group does not bear waits for its next free slot: held, opened, overridden, moved, dropped."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.errors import ButtonOutdated
from bot.jobs.campaigns import send_campaigns
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.posting import open_due
from bot.rules.campaigns import Audience
from bot.rules.statistics import Period
from bot.rules.trust_allowance import LOOKS_AGAIN_AFTER, Reason
from bot.services.campaigns.drafting import begin_campaign, launch_campaign, mean, write_words
from bot.services.campaigns.running import pause_campaign, resume_campaign, stop_campaign
from bot.services.groups import configure_group, note_standing
from bot.services.picks import NewPick, NewVariant, post_pick, repost_pick
from bot.services.statistics import read_statistics
from bot.services.trust_slots import ask_owner, free_slots, move_pick, post_at_once, waiting_pick
from bot.services.trust_standing import Standing, standing_of
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.telegram.parcels import Refusal
from bot.trust_errors import OnlyOwnerOverrides
from storage.models import AuditEntry, Campaign, CampaignPost, Group, OutboxEntry, Pick, TrustEntry
from storage.repositories.members import Seen
from storage.states import CampaignPostState, OutboxKind, PickState
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person
from tests.services.rows import rows_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEA = NewPick(
    title="Tea",
    words="",
    price_amount=500,
    currency="EUR",
    unit="",
    variants=[NewVariant(name="", stock=None)],
    curator_id=MEI_ID,
)


@pytest.fixture
def ann() -> Seen:
    return make_person("Ann")


@pytest.fixture
async def group(shop: Shop, ann: Seen) -> Group:
    """A group of two curators that keeps an allowance as a new one does."""
    group = await make_group(shop, curators=[ann])
    async with shop.writing() as uow:
        for person_id in (MEI_ID, ann.id):
            await uow.members.open_private(person_id, is_open=True)
    return await sets(shop, group, "on")


async def sets(shop: Shop, group: Group, *values: str) -> Group:
    """The owner changes the allowance."""
    async with shop.writing() as uow:
        stored = await uow.groups.get(group.id or 0)
        for value in values:
            stored = await configure_group(uow, stored, "allowance", value, now=shop.now())
    return stored


async def posts(shop: Shop, group: Group, *, by: int = MEI_ID, **named: Any) -> Pick:
    new = NewPick(**{**vars(TEA), "curator_id": by, **named})
    async with shop.writing() as uow:
        stored = await uow.groups.get(group.id or 0)
        return await post_pick(uow, stored, new, now=shop.now())


async def says(shop: Shop, group: Group, messages: int) -> None:
    """Ordinary talk."""
    async with shop.writing() as uow:
        await uow.activity.count_messages({group.id or 0: messages})


async def pick_of(shop: Shop, pick: Pick) -> Pick:
    return next(row for row in await rows_of(shop, Pick) if row.id == pick.id)


async def spent(shop: Shop) -> Sequence[tuple[int | None, bool]]:
    return [(entry.pick_id, entry.is_override) for entry in await rows_of(shop, TrustEntry)]


async def told(shop: Shop) -> Sequence[tuple[int, int | None]]:
    """Who is to be told of which pick's slot; it is forgotten then."""
    rows = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.SLOT]
    async with shop.writing() as uow:
        for row in rows:
            await uow.outbox.remove(row.id or 0)
    return [(row.chat_id, row.subject_id) for row in rows]


async def test_what_does_not_fit_is_kept_and_opened_at_its_slot(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    first = await posts(shop, group)
    assert (first.state, first.wanted_at) == (PickState.LIVE, None)
    clock.advance(2 * HOUR)
    wanted = clock.now()
    second = await posts(shop, group, by=ann.id, closes_at=wanted + 8 * HOUR)
    assert (second.state, second.opens_at) == (PickState.SCHEDULED, first.opens_at + DAY)
    assert (second.wanted_at, second.closes_at) == (wanted, second.opens_at + 8 * HOUR)
    assert await told(shop) == [(ann.id, second.id)]
    assert await spent(shop) == [(first.id, False)], "what waits has spent nothing"

    await says(shop, group, 7)
    clock.at = second.opens_at - timedelta(seconds=1)
    assert await open_due(shop) == 0
    clock.at = second.opens_at + timedelta(seconds=30)
    assert await open_due(shop) == 1
    opened = await pick_of(shop, second)
    assert (opened.state, opened.wanted_at) == (PickState.LIVE, None)
    assert opened.closes_at == second.closes_at, "some seconds change no deadline"
    assert await spent(shop) == [(first.id, False), (second.id, False)]
    [_, entry] = await rows_of(shop, TrustEntry)
    assert (entry.messages_before, entry.curator_id) == (7, ann.id)
    assert await told(shop) == []


async def test_a_group_from_before_takes_everything_and_still_counts_it(shop: Shop) -> None:
    group = await make_group(shop)
    picks = [await posts(shop, group, title=f"Tea {number}") for number in range(3)]
    assert {pick.state for pick in picks} == {PickState.LIVE}
    assert len(await spent(shop)) == 3


async def test_two_curators_who_post_at_once_do_not_get_the_same_slot(
    shop: Shop, group: Group, ann: Seen
) -> None:
    await sets(shop, group, "week off", "curator off", "messages off")
    picks = await asyncio.gather(
        *(posts(shop, group, by=by, title=f"Tea {n}") for n, by in enumerate([MEI_ID, ann.id] * 3))
    )
    opens = sorted(pick.opens_at for pick in picks)
    assert opens == [shop.now() + number * DAY for number in range(6)]
    assert [pick.state for pick in picks].count(PickState.LIVE) == 1


async def test_talk_is_waited_for_quietly_but_not_for_ever(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    await sets(shop, group, "day off", "curator off")
    first = await posts(shop, group)
    await says(shop, group, 3)
    clock.advance(HOUR)
    second = await posts(shop, group, by=ann.id)
    assert second.opens_at == clock.now() + LOOKS_AGAIN_AFTER
    async with shop.reading() as uow:
        waiting = await waiting_pick(uow, second.id or 0, now=shop.now())
    assert waiting is not None
    [hold] = waiting.slot.holds
    assert (hold.reason, hold.count, hold.until) == (Reason.TALK, 2, first.opens_at + 7 * DAY)
    assert len(await told(shop)) == 1
    clock.at = second.opens_at
    assert await open_due(shop) == 0
    assert (await pick_of(shop, second)).opens_at == clock.now() + LOOKS_AGAIN_AFTER
    assert await told(shop) == [], "she knows"
    await says(shop, group, 2)
    clock.advance(LOOKS_AGAIN_AFTER)
    assert await open_due(shop) == 1

    async with shop.writing() as uow:
        stored = await uow.groups.get(group.id or 0)
        note_standing(stored, bot_is_admin=False, now=shop.now())
        await uow.groups.save(stored)
    clock.advance(HOUR)
    third = await posts(shop, group, title="Jam")
    assert third.state is PickState.LIVE, "a bot that sees no talk waits for none"


async def test_the_owner_alone_posts_it_all_the_same(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    await posts(shop, group)
    clock.advance(HOUR)
    held = await posts(shop, group, by=ann.id, closes_at=clock.now() + 5 * HOUR)
    with pytest.raises(OnlyOwnerOverrides):
        async with shop.writing() as uow:
            await post_at_once(uow, held.id or 0, by_id=ann.id, now=shop.now())
    async with shop.writing() as uow:
        posted = await uow.picks.get(held.id or 0)
        assert await ask_owner(uow, posted, by_id=ann.id, now=shop.now())
    assert (MEI_ID, held.id) in await told(shop)

    clock.advance(HOUR)
    async with shop.writing() as uow:
        await post_at_once(uow, held.id or 0, by_id=MEI_ID, now=shop.now())
    opened = await pick_of(shop, held)
    assert (opened.state, opened.closes_at) == (PickState.LIVE, clock.now() + 5 * HOUR)
    [_, entry] = await rows_of(shop, TrustEntry)
    assert (entry.is_override, entry.overridden_by_id, entry.curator_id) == (True, MEI_ID, ann.id)
    assert [act.action for act in await rows_of(shop, AuditEntry)][-1] == "allowance_overridden"
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await post_at_once(uow, held.id or 0, by_id=MEI_ID, now=shop.now())
    assert len(await spent(shop)) == 2, "who taps twice posts once"


async def test_another_time_and_what_waits_behind_moves_up(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    await sets(shop, group, "curator off", "messages off", "week off")
    live = await posts(shop, group)
    clock.advance(HOUR)
    second, third = await posts(shop, group, title="Jam"), await posts(shop, group, title="Oil")
    assert [second.opens_at, third.opens_at] == [live.opens_at + DAY, live.opens_at + 2 * DAY]
    async with shop.writing() as uow:
        posted = await uow.picks.get(second.id or 0)
        offered = await free_slots(uow, posted, now=shop.now())
    assert offered[0] == live.opens_at + DAY
    assert all(later - sooner >= 2 * HOUR for sooner, later in pairwise(offered))

    friday = live.opens_at + 4 * DAY + HOUR
    async with shop.writing() as uow:
        await move_pick(uow, second.id or 0, to=friday, by_id=MEI_ID, now=shop.now())
    moved, pulled = await pick_of(shop, second), await pick_of(shop, third)
    assert (moved.opens_at, moved.wanted_at) == (friday, None)
    assert (pulled.opens_at, pulled.closes_at) == (live.opens_at + DAY, live.opens_at + 2 * DAY)

    async with shop.writing() as uow:
        taken = pulled.opens_at + HOUR
        again = await move_pick(uow, second.id or 0, to=taken, by_id=MEI_ID, now=shop.now())
    assert (again.pick.opens_at, again.pick.wanted_at) == (pulled.opens_at + DAY, taken)
    await sets(shop, group, "day 3")
    assert (await pick_of(shop, third)).opens_at == third.wanted_at, "there is room now"
    assert await open_due(shop) == 1


async def test_dropped_is_not_lost(shop: Shop, clock: Clock, group: Group) -> None:
    await posts(shop, group)
    clock.advance(HOUR)
    held = await posts(shop, group, title="Jam")
    async with shop.writing() as uow:
        await withdraw_pick(uow, held.id or 0, reason="x", by_id=MEI_ID, now=shop.now())
        assert await waiting_pick(uow, held.id or 0, now=shop.now()) is None
        with pytest.raises(ButtonOutdated):
            await move_pick(uow, held.id or 0, to=shop.now(), by_id=MEI_ID, now=shop.now())
    clock.advance(DAY)
    await says(shop, group, 5)
    async with shop.writing() as uow:
        again = await repost_pick(uow, held.id or 0, closes_at=None, by_id=None, now=shop.now())
    assert again.state is PickState.LIVE


async def test_planned_picks_that_fit_no_more_move_on_and_say_so(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    await sets(shop, group, "messages off", "curator off")
    planned = await posts(shop, group, by=ann.id, opens_at=clock.now() + 3 * HOUR)
    assert (planned.state, planned.wanted_at) == (PickState.SCHEDULED, None)
    held = await posts(shop, group, title="Jam")
    assert held.opens_at == planned.opens_at + DAY, "it would take the room of the planned one"
    async with shop.writing() as uow:
        await post_at_once(uow, held.id or 0, by_id=MEI_ID, now=shop.now())
    await told(shop)
    clock.at = planned.opens_at
    assert await open_due(shop) == 0
    moved = await pick_of(shop, planned)
    assert (moved.opens_at, moved.wanted_at) == (held.wanted_at + DAY, planned.opens_at)  # type: ignore[operator]
    assert await told(shop) == [(ann.id, planned.id)]


async def test_whoever_gives_up_a_slot_leaves_it_to_the_next(
    shop: Shop, clock: Clock, group: Group, ann: Seen
) -> None:
    await sets(shop, group, "messages off", "curator off", "week off")
    live = await posts(shop, group)
    clock.advance(HOUR)
    second, third, fourth = [await posts(shop, group, title=title) for title in ("Jam", "Oil", "Nuts")]
    async with shop.writing() as uow:
        await withdraw_pick(uow, second.id or 0, reason="none left", by_id=MEI_ID, now=shop.now())
    assert (await pick_of(shop, third)).opens_at == live.opens_at + DAY
    async with shop.writing() as uow:
        await post_at_once(uow, third.id or 0, by_id=MEI_ID, now=shop.now())
    assert (await pick_of(shop, fourth)).opens_at == clock.now() + DAY
    async with shop.reading() as uow:
        stored = await uow.groups.get(group.id or 0)
        stats = await read_statistics(uow, stored, Period.WEEK, now=clock.now() + 2 * DAY)
    assert (stats.response.posts, stats.leaves.posts) == (2, 2), "what was dropped was never posted"


async def test_what_is_stopped_keeps_no_slot(shop: Shop, clock: Clock, group: Group) -> None:
    await sets(shop, group, "messages off", "curator off")
    planned = await posts(shop, group, title="Jam", opens_at=clock.now() + HOUR)
    async with shop.writing() as uow:
        await uow.recalls.set_stopped(planned.offer_id, shop.now())
    clock.advance(2 * HOUR)
    assert await open_due(shop) == 0
    await announces(shop, group)
    await send_campaigns(shop)
    assert (await campaign_post(shop))[0] is CampaignPostState.SENDING


async def test_what_is_late_after_a_stop_opens_in_turn(shop: Shop, clock: Clock, group: Group) -> None:
    await sets(shop, group, "messages off", "week off")
    picks = [await posts(shop, group, title=f"Tea {n}") for n in range(3)]
    clock.advance(5 * DAY)
    assert await open_due(shop) == 1
    second, third = await pick_of(shop, picks[1]), await pick_of(shop, picks[2])
    assert (second.state, third.state) == (PickState.LIVE, PickState.SCHEDULED)
    assert third.opens_at == second.opens_at + DAY


async def standing(shop: Shop, group: Group, *, by: int | None = None) -> Standing:
    async with shop.reading() as uow:
        stored = await uow.groups.get(group.id or 0)
        return await standing_of(uow, stored, curator_id=by, now=shop.now())


async def test_how_a_group_stands(shop: Shop, clock: Clock, group: Group, ann: Seen) -> None:
    fresh = await standing(shop, group)
    assert [left.count for left in fresh.left] == [1, 3]
    assert (fresh.slot.fits, fresh.messages_since, fresh.posts) == (True, None, [])
    live = await posts(shop, group)
    await says(shop, group, 2)
    clock.advance(HOUR)
    held = await posts(shop, group, by=ann.id, title="Jam")
    stands = await standing(shop, group, by=ann.id)
    assert [(left.count, left.refills_at) for left in stands.left] == [
        (0, live.opens_at + DAY),
        (2, live.opens_at + 7 * DAY),
    ]
    assert [posted.id for posted in stands.waiting] == [held.id]
    assert [(post.title, post.number) for post in stands.posts] == [("Tea", live.number)]
    assert stands.messages_since == 2
    assert (stands.slot.at, stands.slot.fits) == (held.opens_at + 7 * DAY, False)


async def announces(shop: Shop, group: Group) -> int:
    """An admin sends a campaign to this group."""
    admin = make_person("Olga")
    async with shop.writing() as uow:
        await uow.members.meet([admin], now=shop.now())
        campaign = await begin_campaign(uow, by_id=admin.id, now=shop.now())
        await write_words(uow, campaign.id or 0, "Honey week")
        await mean(uow, campaign.id or 0, Audience(group_ids=(group.id or 0,)))
        await launch_campaign(uow, campaign.id or 0, confirmed=1, by_id=admin.id, now=shop.now())
    return campaign.id or 0


async def campaign_post(shop: Shop) -> tuple[CampaignPostState, datetime]:
    [post] = await rows_of(shop, CampaignPost)
    return post.state, post.due_at


async def test_a_campaign_waits_for_its_slot_too_and_spends(shop: Shop, clock: Clock, group: Group) -> None:
    live = await posts(shop, group)
    clock.advance(HOUR)
    campaign_id = await announces(shop, group)
    await send_campaigns(shop)
    assert await campaign_post(shop) == (CampaignPostState.WAITING, live.opens_at + DAY)
    await says(shop, group, 5)
    clock.at = live.opens_at + DAY
    await send_campaigns(shop)
    assert (await campaign_post(shop))[0] is CampaignPostState.SENDING
    held = await posts(shop, group, title="Jam")
    assert held.opens_at == clock.now() + DAY, "a campaign is a post like any other"

    async with shop.writing() as uow:
        await pause_campaign(uow, campaign_id, by_id=MEI_ID, now=shop.now())
    assert await spent(shop) == [(live.id, False)], "it did not go out after all"
    async with shop.writing() as uow:
        await resume_campaign(uow, campaign_id, by_id=MEI_ID, now=shop.now())
    await send_campaigns(shop)
    assert (await campaign_post(shop))[0] is CampaignPostState.SENDING
    assert len(await spent(shop)) == 2


async def test_a_campaign_that_is_refused_or_stopped_spends_nothing(
    shop: Shop, clock: Clock, group: Group
) -> None:
    campaign_id = await announces(shop, group)
    await send_campaigns(shop)
    assert len(await spent(shop)) == 1
    outbox = DatabaseOutbox(shop)
    [parcel] = await outbox.take(now=shop.now(), limit=100, not_chats=(), full_chats=())
    await outbox.refused(parcel, error=Refusal(code=400, description="no rights"))
    assert await spent(shop) == []
    async with shop.writing() as uow:
        await stop_campaign(uow, campaign_id, by_id=MEI_ID, now=shop.now())
    assert await spent(shop) == []
    assert [campaign.id for campaign in await rows_of(shop, Campaign)] == [campaign_id]
