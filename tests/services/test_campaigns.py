"""Campaigns to many groups: nobody gets one twice, nobody is left out, whatever happens on the way."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.campaign_errors import (
    CampaignForNobody,
    CampaignGroupsUnknown,
    CampaignLaunched,
    CampaignOver,
    CampaignReachChanged,
    CampaignWordsMissing,
    CampaignWordsTooLong,
)
from bot.errors import ButtonOutdated
from bot.jobs.campaigns import send_campaigns
from bot.jobs.outbox import DatabaseOutbox
from bot.rules.campaigns import MOST_ON_THEIR_WAY, Audience
from bot.services.campaigns.drafting import (
    announce,
    begin_campaign,
    launch_campaign,
    list_groups,
    mean,
    reach_of,
    write_words,
)
from bot.services.campaigns.posting import move_on
from bot.services.campaigns.running import (
    pause_campaign,
    progress_of,
    resume_campaign,
    settle_unclear,
    stop_campaign,
    try_again,
)
from bot.services.groups import follow_group, leave_group
from bot.services.members import join_group
from bot.shop import Shop
from bot.telegram.parcels import Parcel, Refusal
from storage.models import AuditEntry, Campaign, CampaignPost, CampaignVisit, Group, OutboxEntry
from storage.repositories.campaign_posts import Place
from storage.repositories.members import Seen
from storage.states import CampaignPostState, CampaignState, PromotionState
from storage.tables import table
from tests.clock import Clock
from tests.factories import make_group, make_order, make_person, make_pick
from tests.services.promotions import change, make_promotion
from tests.services.rows import rows_of

ADMIN = make_person("Olga")
LEASE = timedelta(seconds=91)


async def make_groups(shop: Shop, count: int, **columns: object) -> None:
    """So many groups, in one statement."""
    row = {
        "title": "Tea",
        "language": "en",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "is_active": True,
        "takes_campaigns": True,
        "quiet_from": 21 * 60,
        "quiet_until": 8 * 60,
        "created_at": shop.now(),
        **columns,
    }
    first = -2_000_000_000_000 - random.Random(str(columns)).randrange(10**9) * 100_000
    rows = [{**row, "chat_id": first - n} for n in range(count)]
    async with shop.database.write.begin() as connection:
        await connection.execute(insert(table(Group)), rows)


async def make_campaign(shop: Shop, words: str = "Honey week", promotion_id: int | None = None) -> int:
    async with shop.writing() as uow:
        await uow.members.meet([ADMIN], now=shop.now())
        campaign = await begin_campaign(uow, by_id=ADMIN.id, now=shop.now())
        assert campaign.id is not None
        if words:
            await write_words(uow, campaign.id, words)
        await announce(uow, campaign.id, promotion_id)
        return campaign.id


async def reach(shop: Shop, campaign_id: int) -> tuple[int, int]:
    async with shop.reading() as uow:
        campaign = await uow.campaigns.find(campaign_id)
        assert campaign is not None
        found = await reach_of(uow, campaign, now=shop.now())
        return found.groups, found.quiet


async def launched(shop: Shop, campaign_id: int | None = None) -> int:
    campaign_id = campaign_id or await make_campaign(shop)
    groups, _ = await reach(shop, campaign_id)
    async with shop.writing() as uow:
        await launch_campaign(uow, campaign_id, confirmed=groups, by_id=ADMIN.id, now=shop.now())
    return campaign_id


async def counts(shop: Shop, campaign_id: int) -> dict[CampaignPostState, int]:
    async with shop.reading() as uow:
        return await uow.campaign_posts.counts(campaign_id)


async def state_of(shop: Shop, campaign_id: int) -> CampaignState:
    async with shop.reading() as uow:
        campaign = await uow.campaigns.find(campaign_id)
        assert campaign is not None
        return campaign.state


async def places(shop: Shop, campaign_id: int, *states: CampaignPostState) -> list[Place]:
    async with shop.reading() as uow:
        return await uow.campaign_posts.list_in(campaign_id, states, limit=1000)


async def taken(shop: Shop, outbox: DatabaseOutbox, *, most: int = 100) -> Sequence[Parcel]:
    return await outbox.take(now=shop.now(), limit=most, not_chats=(), full_chats=())


async def sends_all(shop: Shop, outbox: DatabaseOutbox, arrived: Counter[int]) -> None:
    """All that may be sent now is sent, and arrives."""
    while parcels := await taken(shop, outbox):
        for parcel in parcels:
            arrived[parcel.chat_id] += 1
            await outbox.delivered(parcel, {"message_id": 1})


async def goes_out(shop: Shop, arrived: Counter[int]) -> None:
    """Every campaign goes out as far as it can now."""
    outbox = DatabaseOutbox(shop)
    before = -1
    while before != arrived.total():
        before = arrived.total()
        await send_campaigns(shop)
        await sends_all(shop, outbox, arrived)


async def test_every_group_gets_it_once_a_few_at_a_time(shop: Shop) -> None:
    await make_groups(shop, 40)
    campaign_id = await launched(shop)
    await send_campaigns(shop)
    await send_campaigns(shop)
    on_their_way = await rows_of(shop, OutboxEntry)
    assert len(on_their_way) == MOST_ON_THEIR_WAY

    arrived: Counter[int] = Counter()
    await goes_out(shop, arrived)
    await send_campaigns(shop)
    assert set(arrived.values()) == {1}
    assert len(arrived) == 40
    assert await counts(shop, campaign_id) == {CampaignPostState.SENT: 40}
    assert await state_of(shop, campaign_id) is CampaignState.DONE
    assert [entry.action for entry in await rows_of(shop, AuditEntry)] == ["campaign_launched"]


async def test_ten_thousand_groups_are_chosen_at_once_and_go_out_bit_by_bit(shop: Shop) -> None:
    await make_groups(shop, 9_000)
    await make_groups(shop, 1_000, time_zone="Asia/Tokyo")
    campaign_id = await make_campaign(shop)
    assert await reach(shop, campaign_id) == (10_000, 1_000)
    await launched(shop, campaign_id)

    handed: Counter[int] = Counter()
    for _ in range(30):
        async with shop.writing() as uow:
            await move_on(uow, campaign_id, now=shop.now())
            groups = await uow.campaign_posts.take_back(campaign_id)
            handed.update(groups)
            await uow.campaign_posts.mark(campaign_id, groups, CampaignPostState.SENT, sent_at=shop.now())
    assert set(handed.values()) == {1}
    assert len(handed) == 30 * MOST_ON_THEIR_WAY

    async with shop.writing() as uow:
        await stop_campaign(uow, campaign_id, by_id=ADMIN.id, now=shop.now())
    left = 10_000 - len(handed)
    assert await counts(shop, campaign_id) == {
        CampaignPostState.SENT: len(handed),
        CampaignPostState.SKIPPED: left,
    }
    with pytest.raises(CampaignOver):
        async with shop.writing() as uow:
            await resume_campaign(uow, campaign_id, by_id=ADMIN.id, now=shop.now())


class Unlucky:
    """A bot that is cut off, refused, paused and killed at random; it keeps what truly arrived."""

    def __init__(self, shop: Shop, clock: Clock, campaign_id: int, seed: int) -> None:
        self.shop, self.clock, self.campaign_id = shop, clock, campaign_id
        self.luck = random.Random(seed)
        self.arrived: Counter[int] = Counter()
        self.barred: set[int] = set()
        self.outbox = DatabaseOutbox(shop)

    async def step(self) -> None:
        await send_campaigns(self.shop)
        for parcel in await taken(self.shop, self.outbox, most=self.luck.randint(1, 8)):
            await self.luck.choices(
                [self.arrives, self.breaks, self.waits, self.refuses], weights=[12, 4, 4, 1]
            )[0](parcel)
        await self.luck.choices([self.nothing, self.dies, self.halts, self.moves], weights=[8, 2, 2, 1])[0]()

    async def arrives(self, parcel: Parcel) -> None:
        self.arrived[parcel.chat_id] += 1
        await self.outbox.delivered(parcel, {"message_id": 1})

    async def breaks(self, parcel: Parcel) -> None:
        """No answer came: it may have arrived or not. Sometimes the bot dies of it, too."""
        self.arrived[parcel.chat_id] += self.luck.random() < 0.5
        if self.luck.random() < 0.5:
            await self.outbox.postponed(
                parcel, until=self.shop.now(), reason="Timed out", attempts=1, perhaps_sent=True
            )

    async def waits(self, parcel: Parcel) -> None:
        await self.outbox.postponed(parcel, until=self.shop.now(), reason="Too Many Requests", attempts=0)

    async def refuses(self, parcel: Parcel) -> None:
        self.barred.add(parcel.chat_id)
        await self.outbox.refused(parcel, error=Refusal(code=400, description="not enough rights"))

    async def nothing(self) -> None:
        return

    async def dies(self) -> None:
        """Killed, and started again when what it had claimed has lapsed."""
        self.outbox = DatabaseOutbox(self.shop)
        self.clock.advance(LEASE)

    async def halts(self) -> None:
        async with self.shop.writing() as uow:
            await pause_campaign(uow, self.campaign_id, by_id=ADMIN.id, now=self.shop.now())
        await send_campaigns(self.shop)
        for parcel in await taken(self.shop, self.outbox):
            raise AssertionError(f"{parcel} goes out although it is paused")
        async with self.shop.writing() as uow:
            await resume_campaign(uow, self.campaign_id, by_id=ADMIN.id, now=self.shop.now())

    async def moves(self) -> None:
        """A group becomes a supergroup."""
        group = self.luck.choice([group for group in await rows_of(self.shop, Group) if group.is_active])
        new = group.chat_id - 10**13
        async with self.shop.writing() as uow:
            await follow_group(uow, old_chat_id=group.chat_id, new_chat_id=new, now=self.shop.now())
        self.arrived[new] += self.arrived.pop(group.chat_id, 0)
        self.barred = {new if chat_id == group.chat_id else chat_id for chat_id in self.barred}

    async def goes_on_until_it_is_done(self) -> None:
        for _ in range(200):
            if await state_of(self.shop, self.campaign_id) is CampaignState.DONE:
                return
            await self.step()
        raise AssertionError(f"never done: {await counts(self.shop, self.campaign_id)}")


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_happens_nobody_gets_it_twice_and_nobody_is_forgotten(
    shop: Shop, clock: Clock, seed: int
) -> None:
    await make_groups(shop, 30)
    campaign_id = await launched(shop)
    bad_day = Unlucky(shop, clock, campaign_id, seed)
    # Whatever was done by then: pausing what is done is no deed.
    try:
        await bad_day.goes_on_until_it_is_done()
    except CampaignOver:
        assert await state_of(shop, campaign_id) is CampaignState.DONE

    assert max(bad_day.arrived.values()) == 1
    sent = await places(shop, campaign_id, CampaignPostState.SENT)
    assert all(bad_day.arrived[place.chat_id] == 1 for place in sent)
    failed = await places(shop, campaign_id, CampaignPostState.FAILED)
    assert {place.chat_id for place in failed} == bad_day.barred
    unclear = await places(shop, campaign_id, CampaignPostState.UNCLEAR)
    assert len(sent) + len(failed) + len(unclear) == 30
    assert unclear

    for place in unclear:
        async with shop.writing() as uow:
            await settle_unclear(
                uow,
                campaign_id,
                place.group_id,
                arrived=bool(bad_day.arrived[place.chat_id]),
                by_id=ADMIN.id,
                now=shop.now(),
            )
    async with shop.writing() as uow:
        assert await try_again(uow, campaign_id, by_id=ADMIN.id, now=shop.now()) == len(failed)
    done = Counter(entry.action for entry in await rows_of(shop, AuditEntry))
    assert done["campaign_post_found"] + done["campaign_post_sent_again"] == len(unclear)
    assert done["campaign_tried_again"] == bool(failed)
    await goes_out(shop, bad_day.arrived)
    chats = {group.chat_id for group in await rows_of(shop, Group)}
    assert {chat_id for chat_id, count in bad_day.arrived.items() if count == 1} == chats
    assert await rows_of(shop, OutboxEntry) == []


async def test_a_pause_takes_back_what_nobody_has_begun_to_send(shop: Shop) -> None:
    await make_groups(shop, 30)
    campaign_id = await launched(shop)
    await send_campaigns(shop)
    outbox = DatabaseOutbox(shop)
    begun = await taken(shop, outbox, most=3)
    async with shop.writing() as uow:
        await pause_campaign(uow, campaign_id, by_id=ADMIN.id, now=shop.now())
    assert {entry.id for entry in await rows_of(shop, OutboxEntry)} == {parcel.id for parcel in begun}

    await outbox.delivered(begun[0], {"message_id": 7})
    await outbox.postponed(begun[1], until=shop.now(), reason="Too Many Requests", attempts=0)
    await outbox.refused(begun[2], error=Refusal(code=403, description="bot was kicked"))
    assert await counts(shop, campaign_id) == {
        CampaignPostState.SENT: 1,
        CampaignPostState.FAILED: 1,
        CampaignPostState.WAITING: 28,
    }
    arrived: Counter[int] = Counter()
    await goes_out(shop, arrived)
    assert not arrived

    async with shop.writing() as uow:
        await resume_campaign(uow, campaign_id, by_id=ADMIN.id, now=shop.now())
    await goes_out(shop, arrived)
    assert arrived.total() == 28
    assert begun[0].chat_id not in arrived


async def test_what_the_outbox_gave_up_on_is_not_waited_for(shop: Shop) -> None:
    await make_groups(shop, 2)
    campaign_id = await launched(shop)
    await send_campaigns(shop)
    [parcel, _] = await taken(shop, DatabaseOutbox(shop))
    async with shop.writing() as uow:
        await uow.outbox.fail(parcel.id, now=shop.now(), reason="it could not be drawn")
    await send_campaigns(shop)
    [failed] = await places(shop, campaign_id, CampaignPostState.FAILED)
    assert (failed.chat_id, failed.failure) == (parcel.chat_id, "lost")


async def test_groups_are_not_woken_and_those_that_are_gone_are_left_out(shop: Shop, clock: Clock) -> None:
    awake = await make_group(shop, title="Awake")
    asleep = await make_group(shop, title="Asleep", time_zone="Asia/Tokyo")
    gone, unwilling = await make_group(shop, title="Gone"), await make_group(shop, title="Unwilling")
    drowsy = await make_group(shop, title="Drowsy")
    campaign_id = await launched(shop)
    async with shop.writing() as uow:
        await leave_group(uow, gone.chat_id, now=clock.now())
        unwilling.takes_campaigns = False
        await uow.groups.save(unwilling)
    await send_campaigns(shop)
    # On its way when it falls quiet: not before the end of that.
    async with shop.writing() as uow:
        drowsy.quiet_from, drowsy.quiet_until = 12 * 60, 15 * 60
        await uow.groups.save(drowsy)
    arrived: Counter[int] = Counter()
    await sends_all(shop, DatabaseOutbox(shop), arrived)
    assert set(arrived) == {awake.chat_id}
    async with shop.reading() as uow:
        campaign = await uow.campaigns.find(campaign_id)
        assert campaign is not None
        progress = await progress_of(uow, campaign)
    assert progress.left_out == {"gone": 1, "unwanted": 1}
    assert progress.next_due == clock.now() + timedelta(hours=2)

    clock.advance(timedelta(hours=2))
    await goes_out(shop, arrived)
    assert set(arrived) == {awake.chat_id, drowsy.chat_id}
    clock.advance(timedelta(hours=9))
    await goes_out(shop, arrived)
    await send_campaigns(shop)
    assert arrived == Counter({awake.chat_id: 1, drowsy.chat_id: 1, asleep.chat_id: 1})
    assert await state_of(shop, campaign_id) is CampaignState.DONE


async def test_what_is_over_is_announced_to_nobody_and_what_is_paused_waits(shop: Shop, clock: Clock) -> None:
    await make_groups(shop, 3)
    asleep = await make_group(shop, title="Asleep", time_zone="Asia/Tokyo")
    ends_at = shop.now() + timedelta(hours=3)
    promotion_id = await make_promotion(shop, None, in_all_groups=True, ends_at=ends_at)
    campaign_id = await launched(shop, await make_campaign(shop, promotion_id=promotion_id))
    late = await make_campaign(shop, promotion_id=promotion_id)
    await send_campaigns(shop)
    arrived: Counter[int] = Counter()

    await change(shop, promotion_id, state=PromotionState.PAUSED)
    await goes_out(shop, arrived)
    assert (arrived.total(), await counts(shop, campaign_id)) == (0, {CampaignPostState.WAITING: 4})
    await change(shop, promotion_id, state=PromotionState.ACTIVE)
    await goes_out(shop, arrived)
    assert arrived.total() == 3

    clock.advance(timedelta(days=1, hours=2))
    await goes_out(shop, arrived)
    await send_campaigns(shop)
    [left_out] = await places(shop, campaign_id, CampaignPostState.SKIPPED)
    assert (left_out.chat_id, left_out.failure) == (asleep.chat_id, "over")
    assert await state_of(shop, campaign_id) is CampaignState.DONE
    with pytest.raises(CampaignForNobody):
        await launched(shop, late)


async def test_what_was_on_its_way_when_it_was_stopped_waits_no_more(shop: Shop) -> None:
    await make_groups(shop, 2)
    campaign_id = await launched(shop)
    await send_campaigns(shop)
    outbox = DatabaseOutbox(shop)
    [begun, _] = await taken(shop, outbox)
    async with shop.writing() as uow:
        await stop_campaign(uow, campaign_id, by_id=ADMIN.id, now=shop.now())
    await outbox.postponed(begun, until=shop.now(), reason="Too Many Requests", attempts=0)
    assert await counts(shop, campaign_id) == {CampaignPostState.TRYING: 1, CampaignPostState.SKIPPED: 1}


async def test_a_group_without_photos_gets_the_words_alone(shop: Shop) -> None:
    group = await make_group(shop)
    campaign_id = await make_campaign(shop)
    async with shop.writing() as uow:
        campaign = await uow.campaigns.find(campaign_id)
        assert campaign is not None
        campaign.photo_id = "photo"
    await launched(shop, campaign_id)
    await send_campaigns(shop)
    outbox = DatabaseOutbox(shop)
    [parcel] = await taken(shop, outbox)
    assert parcel.method == "sendPhoto"
    refused = Refusal(code=400, description="not enough rights to send photos to the chat")
    await outbox.refused(parcel, error=refused)
    [again] = await taken(shop, outbox)
    assert (again.method, again.chat_id) == ("sendMessage", group.chat_id)
    await outbox.delivered(again, {"message_id": 3})
    [post] = await rows_of(shop, CampaignPost)
    assert (post.state, post.message_id) == (CampaignPostState.SENT, 3)


async def test_groups_are_chosen_by_language_size_promotion_and_name(shop: Shop) -> None:
    tea = await make_group(shop, title="Tea", username="tea_friends", language="ru")
    await make_group(shop, title="Honey", currency="USD")
    big = await make_group(shop, title="Big")
    await make_group(shop, title="Twin")
    await make_group(shop, title="Twin")
    async with shop.writing() as uow:
        people = [make_person() for _ in range(12)]
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(big.id or 0, [person.id for person in people], now=shop.now())
    promotion = await make_promotion(shop, None, in_all_groups=True, currency="USD")
    named = await make_promotion(shop, None, groups=[tea.id or 0, big.id or 0])
    own = await make_promotion(shop, tea)

    async def reached(audience: Audience, promotion_id: int | None = None) -> int:
        campaign_id = await make_campaign(shop, promotion_id=promotion_id)
        async with shop.writing() as uow:
            await mean(uow, campaign_id, audience)
        return (await reach(shop, campaign_id))[0]

    assert await reached(Audience()) == 5
    assert await reached(Audience(languages=("ru",))) == 1
    assert await reached(Audience(members_from=10)) == 1
    assert await reached(Audience(), promotion) == 1
    assert await reached(Audience(), named) == 2
    assert await reached(Audience(), own) == 1
    assert await reached(Audience(languages=("es",))) == 0

    campaign_id = await make_campaign(shop)
    async with shop.writing() as uow:
        await list_groups(uow, campaign_id, f"@Tea_Friends, big\n{tea.chat_id}")
    assert (await reach(shop, campaign_id))[0] == 2
    with pytest.raises(CampaignGroupsUnknown) as refused:
        async with shop.writing() as uow:
            await list_groups(uow, campaign_id, "Big, Twin, nowhere")
    assert refused.value.names == "Twin, nowhere"

    await make_group(shop, title="Мёд и чай")
    for typed in ("Мёд и чай", "мёд и чай", "МЁД И ЧАЙ"):
        async with shop.writing() as uow:
            await list_groups(uow, campaign_id, typed)
        assert (await reach(shop, campaign_id))[0] == 1
    async with shop.reading() as uow:
        chosen = [
            await uow.promotion_terms.groups_to_choose(currency="EUR", words=words, limit=9)
            for words in ("мёд", "Чай", "Кофе")
        ]
    assert [len(groups) for groups in chosen] == [1, 1, 0]


async def test_a_launch_is_what_was_confirmed_and_happens_once(shop: Shop) -> None:
    await make_groups(shop, 3)
    empty, campaign_id = await make_campaign(shop, words=""), await make_campaign(shop)

    async def launches(key: int, confirmed: int) -> None:
        async with shop.writing() as uow:
            await launch_campaign(uow, key, confirmed=confirmed, by_id=ADMIN.id, now=shop.now())

    with pytest.raises(CampaignWordsMissing):
        await launches(empty, 3)
    with pytest.raises(CampaignReachChanged):
        await launches(campaign_id, 2)
    assert await rows_of(shop, CampaignPost) == []
    told = await asyncio.gather(*(launches(campaign_id, 3) for _ in range(2)), return_exceptions=True)
    assert sorted(map(type, told), key=str) == sorted([type(None), CampaignLaunched], key=str)
    assert len(await rows_of(shop, CampaignPost)) == 3
    with pytest.raises(CampaignLaunched):
        async with shop.writing() as uow:
            await write_words(uow, campaign_id, "Other words")
    with pytest.raises(CampaignWordsTooLong):
        async with shop.writing() as uow:
            await write_words(uow, empty, "蜜" * 701)

    nobody = await make_campaign(shop)
    async with shop.writing() as uow:
        await mean(uow, nobody, Audience(languages=("es",)))
    with pytest.raises(CampaignForNobody):
        await launches(nobody, 0)
    with pytest.raises(ButtonOutdated):
        await launches(999, 1)


async def test_what_came_of_it_is_counted(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, lasts=timedelta(days=40))
    promotion = await make_promotion(shop, group)
    ann, ben, cat, noor = (make_person(name) for name in ("Ann", "Ben", "Cat", "Noor"))
    campaign_id = await launched(shop, await make_campaign(shop, promotion_id=promotion))
    async with shop.writing() as uow:
        for person in (ann, ben, cat):
            await join_group(uow, group.id or 0, person, link_url=None, added_by=None, now=shop.now())
    await make_order(shop, pick=posted, person=cat)
    clock.advance(timedelta(minutes=1))

    async def opens(person: Seen) -> None:
        async with shop.writing() as uow:
            await uow.members.meet([person], now=shop.now())
            await uow.campaigns.visit(campaign_id, person.id, group.id or 0, now=shop.now())

    for person in (ann, ann, ben, cat, noor):
        await opens(person)
    clock.advance(timedelta(minutes=1))
    async with shop.writing() as uow:
        for person in (ann, noor, noor):
            await join_group(uow, group.id or 0, person, link_url=None, added_by=None, now=shop.now())
    await make_order(shop, pick=posted, person=ann, quantity=2)
    await make_order(shop, pick=posted, person=noor)
    clock.advance(timedelta(days=31))
    await make_order(shop, pick=posted, person=ben)

    async with shop.reading() as uow:
        campaign = await uow.campaigns.find(campaign_id)
        assert isinstance(campaign, Campaign)
        progress = await progress_of(uow, campaign)
        [row] = await uow.campaign_results.by_group(campaign, until=shop.now() - timedelta(days=1))
    results = progress.results
    assert (results.opens, results.joined, results.orders, results.discount_amount) == (4, 1, 2, 300)
    assert (row.opens, row.joined, row.orders, row.discount_amount) == (4, 1, 2, 300)
    visits = {visit.person_id: visit for visit in await rows_of(shop, CampaignVisit)}
    assert [visits[person.id].joined_at is not None for person in (ann, ben, noor)] == [False, False, True]
