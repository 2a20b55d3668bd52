"""What came of tellings: counted once, a week later or at the close, and said of many together."""

import io
from collections.abc import Sequence
from datetime import timedelta

import openpyxl
import pytest

from bot.i18n import Translator
from bot.jobs.measuring import measure_posts, measure_tellings
from bot.jobs.uptime import note_uptime
from bot.rules.orders import Ask
from bot.rules.statistics import Period, Verdict
from bot.services.boards import sums_of
from bot.services.closing import close_pick
from bot.services.statistics import Statistics, read_statistics
from bot.services.trust_standing import standing_of
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.views.boards import board
from bot.views.spreadsheets import as_xlsx
from bot.views.statistic_sheets import statistics_book
from bot.views.statistics import statistics_page
from bot.views.trust import trust_page
from storage.models import Group, Telling, TrustEntry
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import PickState
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_request
from tests.services.rows import rows_of

EN = Translator("en")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def people(count: int) -> list[Seen]:
    return [make_person(f"Member {n}") for n in range(count)]


class Circle:
    """A group with an allowance whose curator tells picks personally."""

    def __init__(self, shop: Shop, clock: Clock, group: Group) -> None:
        self.shop, self.clock, self.group = shop, clock, group

    async def tells(
        self,
        told: Sequence[Seen],
        held: Sequence[Seen],
        *,
        lasts: timedelta = 10 * DAY,
        minimum: int | None = None,
    ) -> PostedPick:
        """A pick is told to some and kept from others; no lot decides it here."""
        posted = await make_pick(
            self.shop, group=self.group, lasts=lasts, stock=None, minimum_quantity=minimum
        )
        now = self.shop.now()
        async with self.shop.writing() as uow:
            posted.pick.state, posted.pick.opens_at, posted.pick.is_personal = PickState.LIVE, now, True
            await uow.picks.save(posted.pick)
            await uow.trust.forget_pick(posted.id)
            entry = TrustEntry(
                group_id=self.group.id or 0,
                pick_id=posted.id,
                curator_id=MEI_ID,
                posted_at=now,
                weight_bps=4_000,
                messages_before=(await uow.trust.message_counts([self.group.id or 0]))[self.group.id or 0],
            )
            await uow.trust.add_entries([entry])
            telling = Telling(
                pick_id=posted.id,
                group_id=self.group.id or 0,
                begun_at=now,
                member_count=100,
                told_count=len(told),
                held_count=len(held),
            )
            await uow.members.meet([*told, *held], now=now)
            everybody = {one.id: ["bought"] for one in (*told, *held)}
            await uow.tellings.add(telling, reasons=everybody, held=frozenset(one.id for one in held))
        return posted

    async def make_post(self) -> PostedPick:
        return await make_pick(self.shop, group=self.group, lasts=5 * DAY)

    async def order(self, posted: PostedPick, people: Sequence[Seen]) -> None:
        for one in people:
            await make_order(self.shop, pick=posted, person=one)

    async def telling(self, posted: PostedPick) -> Telling:
        return next(one for one in await rows_of(self.shop, Telling) if one.pick_id == posted.id)

    async def stats(self) -> Statistics:
        async with self.shop.reading() as uow:
            return await read_statistics(uow, self.group, Period.MONTH, now=self.shop.now())


@pytest.fixture
async def circle(shop: Shop, clock: Clock) -> Circle:
    group = await make_group(shop)
    async with shop.writing() as uow:
        group.keeps_allowance = True
        group.posts_a_day, group.posts_a_week = 1, 3
        group.messages_between = group.quiet_from = group.quiet_until = 0
        await uow.groups.save(group)
    return Circle(shop, clock, group)


async def test_a_telling_is_counted_once_a_week_later(circle: Circle) -> None:
    told, held, stranger = people(4), people(2), make_person("Stranger")
    posted = await circle.tells(told, held)
    await circle.order(posted, [*told[:3], held[0], stranger])
    await circle.shop.orders.submit(make_request(posted, Ask(action="cancel"), person=told[2]))
    assert await measure_tellings(circle.shop) == 0
    circle.clock.advance(7 * DAY - HOUR)
    assert await measure_tellings(circle.shop) == 0
    circle.clock.advance(2 * HOUR)
    await circle.order(posted, [told[3], held[1]])
    assert [await measure_tellings(circle.shop), await measure_tellings(circle.shop)] == [1, 0]
    telling = await circle.telling(posted)
    assert (telling.told_buyers, telling.held_buyers) == (2, 1), "who ordered after the week counts no more"
    assert telling.measured_at == circle.shop.now()


async def test_a_telling_is_counted_when_its_pick_is_over(circle: Circle) -> None:
    told, held = people(3), people(1)
    posted = await circle.tells(told, held, lasts=DAY)
    await circle.order(posted, told[:2])
    circle.clock.advance(DAY)
    async with circle.shop.writing() as uow:
        await close_pick(uow, posted.id, now=circle.shop.now())
    assert await measure_tellings(circle.shop) == 1
    telling = await circle.telling(posted)
    assert (telling.told_buyers, telling.held_buyers) == (2, 0)


@pytest.mark.parametrize("is_withdrawn", [True, False])
async def test_what_came_to_nothing_was_wanted_all_the_same(circle: Circle, is_withdrawn: bool) -> None:
    told, held = people(3), people(1)
    posted = await circle.tells(told, held, minimum=None if is_withdrawn else 50)
    await circle.order(posted, [told[0], held[0]])
    async with circle.shop.writing() as uow:
        if is_withdrawn:
            await withdraw_pick(uow, posted.id, reason="Hail", by_id=None, now=circle.shop.now())
        else:
            await close_pick(uow, posted.id, now=circle.shop.now())
    assert await measure_tellings(circle.shop) == 1
    telling = await circle.telling(posted)
    assert (telling.told_buyers, telling.held_buyers) == (1, 1)


async def test_tellings_of_a_month_are_compared_together(circle: Circle) -> None:
    for _ in range(3):
        told, held = people(8), people(4)
        posted = await circle.tells(told, held)
        await circle.order(posted, [*told[:4], held[0]])
        circle.clock.advance(8 * DAY)
        await measure_tellings(circle.shop)
    await circle.tells(people(6), people(1))
    stats = await circle.stats()
    found = stats.tellings
    assert (found.counted, found.to_count) == (3, 1)
    assert [(share.part, share.whole) for share in (found.told, found.held)] == [(12, 24), (3, 12)]
    assert found.verdict is Verdict.AS_USUAL
    page = statistics_page(EN, stats).text
    assert "Were told: 12 of 24 ordered (50%)" in page
    assert "Were left out by lot: 3 of 12 ordered (25%)" in page
    assert "that may be chance" in page
    assert "1 pick that was told is not counted yet" in page
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(statistics_book(EN, stats))))
    cells = [cell.value for row in book["Statistics"].iter_rows() for cell in row]
    assert {"Told personally", 12, "12 of 24 ordered (50%)"} <= set(cells)
    posts = [cell.value for row in book["Posts"].iter_rows() for cell in row]
    assert 8 in posts


async def test_of_a_few_nothing_is_compared_and_of_none_nothing_is_said(circle: Circle) -> None:
    assert "Told personally" not in statistics_page(EN, await circle.stats()).text
    told, held = people(12), people(2)
    posted = await circle.tells(told, held, lasts=DAY)
    await circle.order(posted, [*told[:5], held[0]])
    circle.clock.advance(8 * DAY)
    await measure_tellings(circle.shop)
    page = statistics_page(EN, await circle.stats()).text
    assert "Told: 12, left out by lot: 2. That is not enough yet to compare: it takes 10 of each." in page


async def test_a_telling_leaves_room_for_a_post_and_three_together_take_it(circle: Circle) -> None:
    await circle.tells(people(3), people(1))
    assert (await circle.make_post()).pick.opens_at == circle.shop.now(), "what was told stops no post"
    circle.clock.advance(2 * DAY)
    for _ in range(3):
        await circle.tells(people(3), people(1))
    waits = await circle.make_post()
    assert waits.pick.opens_at == circle.shop.now() + DAY
    async with circle.shop.reading() as uow:
        standing = await standing_of(uow, circle.group, curator_id=MEI_ID, now=circle.shop.now())
    page = trust_page(EN, standing, now=circle.shop.now()).text
    assert "Picks that were told personally count as 160% of a post now" in page
    assert "told to 3 members (40% of a post)" in page
    stats = await circle.stats()
    assert stats.trust.posts == 1
    assert stats.leaves.posts == 1, "the group has seen but one"


async def test_messages_are_counted_from_the_last_post_that_the_group_saw(circle: Circle) -> None:
    group_id = circle.group.id or 0
    async with circle.shop.writing() as uow:
        circle.group.messages_between = 5
        await uow.groups.save(circle.group)
    await circle.make_post()
    circle.clock.advance(DAY)
    for messages in (3, 2):
        async with circle.shop.reading() as uow:
            standing = await standing_of(uow, circle.group, curator_id=MEI_ID, now=circle.shop.now())
        assert not standing.slot.fits
        async with circle.shop.writing() as uow:
            await uow.activity.count_messages({group_id: messages})
        await circle.tells(people(3), people(1))
    async with circle.shop.reading() as uow:
        standing = await standing_of(uow, circle.group, curator_id=MEI_ID, now=circle.shop.now())
    assert (standing.messages_since, standing.slot.fits) == (5, True)


async def test_of_a_telling_only_its_buyers_are_measured_after_a_day(circle: Circle) -> None:
    await note_uptime(circle.shop)
    told = people(3)
    posted = await circle.tells(told, people(1))
    await circle.order(posted, told[:1])
    circle.clock.advance(DAY)
    async with circle.shop.writing() as uow:
        await uow.activity.beat(now=circle.shop.now(), since=circle.shop.now() - DAY)
    assert await measure_posts(circle.shop) == 1
    [entry] = await rows_of(circle.shop, TrustEntry)
    assert (entry.buyers, entry.active_members, entry.leaves) == (1, None, None)


async def test_the_board_says_to_how_many_it_was_told_and_not_to_whom_it_was_not(circle: Circle) -> None:
    told, held = people(6), [make_person("Heldback")]
    posted = await circle.tells(told, held)
    async with circle.shop.reading() as uow:
        facts = await sums_of(uow, posted)
    page = board(EN, facts, [], page=0).text
    assert "Told personally to 6 members; left out by lot: 1." in page
    assert "Heldback" not in page
