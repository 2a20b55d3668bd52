"""What came of posts, measured a day later; a trust that is lost, and comes back over weeks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import TypeVar

import pytest
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.jobs.measuring import measure_posts, watch_trust
from bot.jobs.uptime import note_uptime
from bot.services.activity import TalkRequest
from bot.services.members import join_group, leave_group, open_private
from bot.services.reactions import ReactionRequest, record_anonymous_reactions
from bot.shop import Shop
from storage.models import Case, Group, Order, OutboxEntry, TrustChange, TrustEntry
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import CaseKind, CaseStage, OrderState, TrustChangeReason
from storage.tables import table
from tests.clock import NOON, Clock
from tests.factories import (
    MEI_ID,
    make_group,
    make_order,
    make_person,
    make_pick,
    next_message,
    next_update,
)

M = TypeVar("M", bound=SQLModel)
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)


class Village:
    """A group with an allowance and a bot beside it; its days pass with whoever leaves in them."""

    def __init__(self, shop: Shop, clock: Clock, group: Group) -> None:
        self.shop, self.clock, self.group = shop, clock, group
        self.key = group.id or 0
        self._people = count(1)

    async def rows(self, model: type[M]) -> Sequence[M]:
        async with AsyncSession(self.shop.database.read) as session:
            return (await session.exec(select(model).order_by(col(table(model).c.id)))).all()

    async def leave(self, people: int, *, is_banned: bool = False) -> None:
        """So many go, who were never heard of."""
        async with self.shop.writing() as uow:
            for _ in range(people):
                gone = make_person(f"Gone {next(self._people)}")
                await leave_group(uow, self.key, gone, now=self.shop.now(), is_banned=is_banned)

    async def passes(self, by: timedelta, *, leaving: int = 0) -> None:
        """Time passes with the bot there; people leave in the middle of it."""
        self.clock.advance(by / 2)
        await self.leave(leaving)
        self.clock.advance(by - by / 2)
        async with self.shop.writing() as uow:
            # As if it had beaten every minute.
            await uow.activity.beat(now=self.shop.now(), since=self.shop.now() - by)

    async def posts(self, message_id: int | None = None) -> PostedPick:
        posted = await make_pick(
            self.shop, group=await self.stored(), lasts=10 * DAY, message_id=message_id, stock=None
        )
        assert posted.pick.opens_at == self.shop.now(), "it went live at once"
        return posted

    async def looks(self) -> None:
        await measure_posts(self.shop)
        await watch_trust(self.shop)

    async def stored(self) -> Group:
        async with self.shop.reading() as uow:
            return await uow.groups.get(self.key)

    @property
    async def told(self) -> list[str]:
        """What Mei was told of her group's trust, oldest first."""
        entries = [one for one in await self.rows(OutboxEntry) if one.chat_id == MEI_ID]
        return [(one.payload or {})["text"] for one in entries if "allowance" in str(one.payload)]


@pytest.fixture
async def village(shop: Shop, clock: Clock) -> Village:
    mei = make_person("Mei", person_id=MEI_ID)
    group = await make_group(shop, owner=mei)
    async with shop.writing() as uow:
        await open_private(uow, mei, now=shop.now())
        group.keeps_allowance = True
        # No cap stands in the way of what is told here.
        group.posts_a_day = group.posts_a_week = group.messages_between = 0
        await uow.groups.save(group)
    await note_uptime(shop)
    return Village(shop, clock, group)


async def a_quiet_month(village: Village) -> None:
    """One person leaves each second day, whatever happens."""
    for day in range(28):
        await village.passes(DAY, leaving=day % 2)
        await village.looks()


async def test_trust_is_halved_by_leaves_and_comes_back_an_eighth_a_week(village: Village) -> None:
    await a_quiet_month(village)
    lost: list[tuple[datetime, int]] = []
    for _ in range(3):
        await village.posts()
        # Somebody who is sent away did not leave.
        await village.leave(30, is_banned=True)
        await village.passes(DAY, leaving=5)
        await village.looks()
        await village.passes(DAY)
        lost.append((village.shop.now(), (await village.stored()).trust_bps))
    assert [bps for _, bps in lost] == [10_000, 5_000, 5_000], "five prove nothing, ten do"
    [change] = await village.rows(TrustChange)
    assert (change.reason, change.was_bps, change.is_bps) == (TrustChangeReason.LEAVES, 10_000, 5_000)
    [sign] = (change.numbers or {})["signs"]
    assert (sign["after"], sign["after_hours"]) == (10, 48)
    # Since the bot came: 28 days, and the hours between the posts; in these of the month people left, too.
    assert (sign["otherwise"], sign["otherwise_hours"]) == (14, (28 + 1) * 24)
    assert sign["chance"] < 0.001
    [told] = await village.told
    assert "Honey friends may use 50% of its allowance for now." in told
    assert "10 people left within a day of a post, 5.0 a day (2.4–9.2); otherwise 0.48 a day" in told

    path = []
    for _ in range(6):
        await village.passes(WEEK)
        await village.looks()
        path.append((await village.stored()).trust_bps)
    assert path == [6_250, 7_500, 8_750, 10_000, 10_000, 10_000]
    changes = await village.rows(TrustChange)
    assert [one.reason for one in changes[1:]] == [TrustChangeReason.RESTORED] * 4
    gaps = [later.happened_at - one.happened_at for one, later in pairwise(changes)]
    assert all(gap >= WEEK for gap in gaps)
    assert len(await village.told) == 2, "steps in between are only shown"
    assert "may use its whole allowance again" in (await village.told)[-1]


async def test_a_bad_batch_halves_it_once_and_what_it_said_it_does_not_say_again(village: Village) -> None:
    posted = await village.posts()
    placed = [await make_order(village.shop, pick=posted) for _ in range(40)]
    await village.passes(DAY)
    now = village.shop.now()
    orders = await village.rows(Order)
    assert len(orders) == len(placed)
    async with village.shop.database.write.begin() as connection:
        handed_over = {"handed_over_at": now, "state": OrderState.COMPLETED}
        await connection.execute(table(Order).update().values(handed_over))
    for disputed in range(1, 10):
        order = orders[disputed]
        async with village.shop.writing() as uow:
            await uow.cases.save(
                Case(
                    group_id=village.key, pick_id=posted.id, order_id=order.id or 0,
                    person_id=order.person_id, kind=CaseKind.DAMAGED, stage=CaseStage.OPEN, opened_at=now,
                )
            )  # fmt: skip
        await village.passes(MINUTE)
        await village.looks()
        assert (await village.stored()).trust_bps == (5_000 if disputed == 9 else 10_000)
    [change] = await village.rows(TrustChange)
    [sign] = (change.numbers or {})["signs"]
    assert change.reason is TrustChangeReason.DISPUTES
    assert (sign["disputed"], sign["delivered"]) == (9, 40)
    [told] = await village.told
    assert "Of 40 orders that were handed over in the last four weeks, 9 are disputed." in told
    await village.passes(WEEK)
    await village.looks()
    assert (await village.stored()).trust_bps == 6_250


async def test_reactions_a_hundred_times_over_count_as_they_stand(village: Village) -> None:
    card = next_message()
    await village.posts(card)
    people = [make_person() for _ in range(12)]

    async def react(person: Seen, *emojis: str) -> None:
        await village.shop.reactions.submit(
            ReactionRequest(
                update_id=next_update(), person=person, chat_id=village.group.chat_id, message_id=card,
                emojis=emojis,
            )
        )  # fmt: skip

    for _ in range(100):
        await react(people[0], "👎")
        await react(people[0])
    for person in people[1:]:
        await react(person, "👎", "🤮")
    await react(people[1], "👎", "👍")
    async with village.shop.writing() as uow:
        await record_anonymous_reactions(
            uow, chat_id=village.group.chat_id, message_id=card, counts={"👍": 1, "🤔": 5}, now=NOON
        )
    await village.passes(DAY)
    await village.looks()
    [entry] = await village.rows(TrustEntry)
    assert (entry.reactions_for, entry.reactions_against) == (1, 10)
    [change] = await village.rows(TrustChange)
    assert change.reason is TrustChangeReason.REACTIONS
    assert "10 are against them and 1 for them" in (await village.told)[0]


async def test_a_post_is_measured_once_a_day_later(village: Village) -> None:
    await village.passes(DAY)
    card = next_message()
    posted = await village.posts(card)
    talker, ann, late = make_person(), make_person(), make_person()
    await village.passes(2 * HOUR, leaving=2)
    await village.shop.talk.submit(
        TalkRequest(
            update_id=next_update(), chat_id=village.group.chat_id, person=talker,
            said_at=village.shop.now(), answers_our_message_id=card,
        )
    )  # fmt: skip
    await make_order(village.shop, pick=posted, person=ann)
    await village.passes(22 * HOUR - MINUTE)
    assert await measure_posts(village.shop) == 0
    await village.passes(MINUTE)
    await make_order(village.shop, pick=posted, person=late)
    assert [await measure_posts(village.shop) for _ in range(2)] == [1, 0]
    [entry] = await village.rows(TrustEntry)
    found = (entry.active_members, entry.buyers, entry.replies, entry.leaves, entry.reactions_for)
    assert found == (2, 1, 1, 2, 0)
    assert entry.measured_at == entry.posted_at + DAY


async def test_a_night_without_the_bot_is_made_up_for_but_days_are_unknown(village: Village) -> None:
    posted_at = []
    for away in (9 * HOUR, 60 * HOUR):
        await village.posts()
        posted_at.append(village.shop.now())
        await village.passes(HOUR, leaving=1)
        village.clock.advance(away)
        assert await measure_posts(village.shop) == 0, "all jobs begin at once, this one perhaps first"
        # It comes back, and is told what happened meanwhile with the times of it.
        await note_uptime(village.shop)
        async with village.shop.writing() as uow:
            gone = make_person()
            await join_group(uow, village.key, gone, link_url=None, added_by=None, now=posted_at[-1])
            await leave_group(uow, village.key, gone, now=posted_at[-1] + 2 * HOUR)
        assert await measure_posts(village.shop) == 0, "what it is still being told counts, too"
        await village.passes(38 * HOUR)
        assert await measure_posts(village.shop) == 1
    known, unknown = await village.rows(TrustEntry)
    assert known.leaves == 2
    assert (unknown.leaves, unknown.active_members, unknown.reactions_for, unknown.replies) == (None,) * 4
    assert unknown.buyers == 0


async def test_what_happened_before_the_bot_was_told_of_it_is_unknown(village: Village) -> None:
    async with village.shop.writing() as uow:
        group = await uow.groups.get(village.key)
        group.bot_is_admin, group.admin_since = False, None
        await uow.groups.save(group)
    await village.posts()
    await village.passes(DAY, leaving=3)
    async with village.shop.writing() as uow:
        group = await uow.groups.get(village.key)
        group.bot_is_admin, group.admin_since = True, village.shop.now()
        await uow.groups.save(group)
    await village.posts()
    await village.passes(DAY, leaving=1)
    await village.looks()
    assert [entry.leaves for entry in await village.rows(TrustEntry)] == [None, 1]


async def test_a_group_of_three_proves_nothing_and_nobody_is_told_at_night(village: Village) -> None:
    await a_quiet_month(village)
    await village.posts()
    await village.passes(DAY, leaving=3)
    await village.looks()
    assert (await village.stored()).trust_bps == 10_000
    await village.posts()
    await village.passes(DAY, leaving=12)
    await village.passes(10 * HOUR)
    await village.looks()
    assert (await village.stored()).trust_bps == 10_000, "it is eleven at night in Berlin"
    await village.passes(11 * HOUR)
    await village.looks()
    assert (await village.stored()).trust_bps == 5_000


async def test_a_group_without_an_allowance_is_measured_and_left_alone(village: Village) -> None:
    async with village.shop.writing() as uow:
        group = await uow.groups.get(village.key)
        group.keeps_allowance = False
        await uow.groups.save(group)
    await a_quiet_month(village)
    await village.posts()
    await village.passes(DAY, leaving=40)
    await village.looks()
    assert [entry.leaves for entry in await village.rows(TrustEntry)] == [40]
    assert await village.rows(TrustChange) == []
