"""Statistics: what the database sums up is what one gets by looking at every single row."""

import io
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import event
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.i18n import LANGUAGES, Translator
from bot.rules.statistics import AFTER_A_POST, BASELINE, Period, Verdict, span_of
from bot.services.members import join_group, leave_group
from bot.services.statistics import read_statistics
from bot.shop import Shop
from bot.views.spreadsheets import as_xlsx
from bot.views.statistic_pictures import statistics_picture
from bot.views.statistic_sheets import statistics_book
from bot.views.statistics import statistics_page
from storage.models import (
    AnonymousReaction,
    Campaign,
    CampaignPost,
    Commission,
    FriendCredit,
    Group,
    Member,
    Offer,
    Order,
    OrderLine,
    Person,
    Pick,
    Promotion,
    Reaction,
    Redemption,
    Refund,
    Variant,
)
from storage.repositories.members import Seen
from storage.states import (
    CampaignPostState,
    CampaignState,
    CommissionSource,
    CommissionState,
    FriendCreditState,
    FulfilmentState,
    OrderState,
    PaymentMethod,
    PickState,
    Presence,
    PromotionKind,
    PromotionState,
    RefundReason,
    RefundStage,
)
from tests.clock import NOON, Clock
from tests.factories import make_group, make_person

DAYS = 150
PEOPLE = range(9_000_000_001, 9_000_000_041)
BEGAN = NOON - timedelta(days=DAYS)


class History:
    """A hundred and fifty days of two groups, thrown by dice that always fall alike."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.dice = random.Random(7)
        self.groups = [group.id or 0 for group in groups]
        self.rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
        self._people()
        self._campaign()
        self._add(
            Promotion, id=1, group_id=self.groups[0], in_all_groups=False, title="Less", currency="EUR",
            kind=PromotionKind.PERCENT, state=PromotionState.ACTIVE, bps=100, starts_at=BEGAN,
            created_at=BEGAN, by_coupon=False, first_order_only=False, stacks=False, pays_no_commission=False,
            used_count=0, used_quantity=0, spent_amount=0,
        )  # fmt: skip
        for number in range(1, 61):
            self._pick(number)

    def of(self, model: type[SQLModel], **fields: Any) -> list[dict[str, Any]]:
        """The rows of a table that have these fields."""
        return [row for row in self.rows[model] if all(row[name] == value for name, value in fields.items())]

    def _add(self, model: type[SQLModel], **fields: Any) -> None:
        self.rows.setdefault(model, []).append(fields)

    def _moment(self, since: datetime, until: datetime) -> datetime:
        return since + self.dice.random() * (until - since)

    def _people(self) -> None:
        for person_id in PEOPLE:
            self._add(Person, id=person_id, name="Ann", language="en", created_at=BEGAN)
            for group_id in self.groups:
                left = self._moment(BEGAN, NOON) if self.dice.random() < 0.7 else None
                self._add(
                    Member, group_id=group_id, person_id=person_id, joined_at=BEGAN, left_at=left,
                    presence=Presence.LEFT if left else Presence.JOINED,
                )  # fmt: skip

    def _campaign(self) -> None:
        self._add(
            Campaign, id=1, token="t", title="Spring", words="", audience={}, state=CampaignState.DONE,
            created_at=BEGAN, created_by_id=PEOPLE[0],
        )  # fmt: skip
        for group_id, state in zip(
            self.groups, (CampaignPostState.SENT, CampaignPostState.FAILED), strict=True
        ):
            sent = NOON - timedelta(days=3)
            self._add(CampaignPost, campaign_id=1, group_id=group_id, state=state, due_at=sent, sent_at=sent)

    def _pick(self, number: int) -> None:
        group_id = self.dice.choice(self.groups)
        opens = self._moment(BEGAN, NOON)
        closes = opens + timedelta(days=self.dice.random() * 4)
        state = PickState.LIVE if closes > NOON else PickState.CLOSED
        currency = self.dice.choice(["EUR", "EUR", "EUR", "JPY"])
        self._add(Offer, id=number, title="Honey", price_amount=500, currency=currency, created_at=opens)
        self._add(Variant, id=number, offer_id=number, position=0, sold=0)
        self._add(
            Pick, id=number, group_id=group_id, offer_id=number, number=number, opens_at=opens,
            state=state if number > 3 else PickState.SCHEDULED, closes_at=closes,
            closed_at=closes if closes <= NOON else None,
        )  # fmt: skip
        self._add(AnonymousReaction, pick_id=number, emoji="👍", count=self.dice.randrange(3))
        for person_id in self.dice.sample(PEOPLE, 6):
            for emoji in ("👍", "❤")[: self.dice.randrange(3)]:
                self._add(Reaction, pick_id=number, person_id=person_id, emoji=emoji, reacted_at=opens)
        for place, person_id in enumerate(self.dice.sample(PEOPLE, self.dice.randrange(9)), start=1):
            self._order(number * 100 + place, number, person_id, self._moment(opens, min(closes, NOON)))

    def _order(self, order_id: int, pick_id: int, person_id: int, at: datetime) -> None:
        dice, shared = self.dice, {"order_id": order_id, "currency": "EUR", "created_at": at}
        state = dice.choice([OrderState.PLACED, OrderState.CONFIRMED, OrderState.CANCELLED])
        self._add(
            Order, id=order_id, pick_id=pick_id, person_id=person_id, number=order_id, state=state,
            placed_at=at, fee_amount=dice.choice([0, 50]),
            fulfilment_state=FulfilmentState.WAITING if order_id % 5 else FulfilmentState.RETURNED,
        )  # fmt: skip
        quantity = dice.randrange(1, 4)
        self._add(OrderLine, order_id=order_id, variant_id=pick_id, quantity=quantity, unit_amount=500)
        group_id = self.rows[Pick][-1]["group_id"]
        if dice.random() < 0.3:
            self._add(
                Redemption, order_id=order_id, promotion_id=1, person_id=person_id, amount=30, quantity=0,
                redeemed_at=at,
            )  # fmt: skip
        for reason in (RefundReason.GOODWILL, RefundReason.OVERPAID)[: dice.randrange(3)]:
            self._add(
                Refund, **shared, group_id=group_id, person_id=person_id, amount=20, reason=reason,
                method=PaymentMethod.CASH, stage=RefundStage.DUE, note="",
            )  # fmt: skip
        earner = dice.choice([other for other in PEOPLE if other != person_id])
        if dice.random() < 0.5:
            earned = dice.choice([CommissionState.EXPECTED, CommissionState.DUE])
            self._add(
                Commission, order_id=order_id, level=1, group_id=group_id, buyer_id=person_id,
                earner_id=earner, source=CommissionSource.SAID, bps=1000, return_days=7, currency="EUR",
                state=earned, expected_amount=70, frozen_at=at,
                accrued_amount=60 if earned is CommissionState.DUE else 0,
            )  # fmt: skip
        has_brought = any(one["friend_id"] == person_id for one in self.rows.get(FriendCredit, []))
        if dice.random() < 0.05 and not has_brought:
            self._add(
                FriendCredit, **shared, group_id=group_id, friend_id=person_id, person_id=earner,
                promotion_id=1, state=FriendCreditState.GIVEN, amount=200, due_at=at, given_at=at,
            )  # fmt: skip


@pytest.fixture
async def groups(shop: Shop) -> list[Group]:
    made = [await make_group(shop, title=title) for title in ("Honey friends", "Tea friends")]
    async with shop.writing() as uow:
        for group in made:
            group.created_at = group.admin_since = BEGAN
            await uow.groups.save(group)
    return made


@pytest.fixture
async def history(shop: Shop, groups: list[Group]) -> History:
    history = History(groups)
    order: list[type[SQLModel]] = [
        Person,
        Member,
        Offer,
        Variant,
        Pick,
        Promotion,
        Campaign,
        CampaignPost,
        AnonymousReaction,
    ]
    order += [Reaction, Order, OrderLine, Redemption, Refund, Commission, FriendCredit]
    async with AsyncSession(shop.database.write) as session, session.begin():
        for model in order:
            session.add_all([model(**row) for row in history.rows[model]])
            await session.flush()
    return history


async def test_sums_are_those_of_single_rows(shop: Shop, groups: list[Group], history: History) -> None:
    for group, period in product(groups, Period):
        async with shop.reading() as uow:
            found = await read_statistics(uow, group, period, now=NOON)
        span = span_of(period, began=BEGAN, now=NOON, zone=ZoneInfo(group.time_zone))
        picks = {row["id"]: row for row in history.of(Pick, group_id=group.id)}
        currency = {row["id"]: row["currency"] for row in history.rows[Offer]}
        standing = [
            row
            for row in history.rows[Order]
            if row["pick_id"] in picks
            and row["state"] is not OrderState.CANCELLED
            and row["fulfilment_state"] is not FulfilmentState.RETURNED
        ]
        orders = {row["id"]: row for row in standing if row["placed_at"] >= span.since}

        worth: Counter[tuple[str, int]] = Counter()
        counts: Counter[tuple[str, int]] = Counter()
        for key, order in orders.items():
            part = max(n for n, edge in enumerate(span.edges) if edge <= order["placed_at"])
            place = currency[order["pick_id"]], part
            counts[place] += 1
            worth[place] += order["fee_amount"]
            worth[place] += sum(row["quantity"] * 500 for row in history.of(OrderLine, order_id=key))
            worth[place] -= sum(row["amount"] for row in history.of(Redemption, order_id=key))
            good_will = history.of(Refund, order_id=key, reason=RefundReason.GOODWILL)
            worth[place] -= sum(row["amount"] for row in good_will)
        told = [(trade.currency, n, part) for trade in found.trades for n, part in enumerate(trade.parts)]
        assert {(c, n): part.amount for c, n, part in told if part.amount} == +worth
        assert {(c, n): part.orders for c, n, part in told if part.orders} == +counts

        own = found.trades[0]
        assert own.currency == "EUR"
        rewards = [row for row in history.rows[Commission] if row["order_id"] in orders]
        assert own.commission_amount == sum(row["accrued_amount"] for row in rewards)
        expected = [row for row in rewards if row["state"] is CommissionState.EXPECTED]
        assert own.expected_commission_amount == 70 * len(expected)
        off = [row for row in history.rows[Redemption] if row["order_id"] in orders]
        assert sum(trade.discount_amount for trade in found.trades) == 30 * len(off)
        brought = history.of(FriendCredit, group_id=group.id)
        assert own.friends_amount == sum(400 for row in brought if row["given_at"] >= span.since)

        people = {row["person_id"] for row in orders.values()}
        often = Counter(row["person_id"] for row in standing)
        assert found.buyers == (len(people), sum(often[person] > 1 for person in people))

        shown = [
            key
            for key, row in picks.items()
            if row["state"] is not PickState.SCHEDULED and row["opens_at"] >= span.since
        ]
        named = {
            (row["pick_id"], row["person_id"]) for row in history.rows[Reaction] if row["pick_id"] in shown
        }
        unnamed = sum(row["count"] for row in history.rows[AnonymousReaction] if row["pick_id"] in shown)
        assert found.response == (len(shown), len(named) + unnamed)


async def test_leaves_are_counted_after_posts_and_otherwise(
    shop: Shop, groups: list[Group], history: History
) -> None:
    for group in groups:
        posts = [
            row["opens_at"]
            for row in history.of(Pick, group_id=group.id)
            if row["state"] is not PickState.SCHEDULED
        ]
        sent = history.of(CampaignPost, group_id=group.id, state=CampaignPostState.SENT)
        posts += [row["sent_at"] for row in sent]
        left = [row["left_at"] for row in history.of(Member, group_id=group.id) if row["left_at"]]
        for period in Period:
            async with shop.reading() as uow:
                leaves = (await read_statistics(uow, group, period, now=NOON)).leaves
            since = span_of(period, began=BEGAN, now=NOON, zone=ZoneInfo(group.time_zone)).since
            since = max(since, BEGAN)
            back = min(since, NOON - BASELINE)
            after = [any(post <= at < post + AFTER_A_POST for post in posts) for at in left]
            assert leaves.count == sum(at >= since for at in left)
            assert leaves.posts == sum(post >= since for post in posts)
            pairs = list(zip(left, after, strict=True))
            assert leaves.after.count == sum(is_after and at >= since for at, is_after in pairs)
            assert leaves.otherwise.count == sum(not is_after and at >= back for at, is_after in pairs)
            minutes = range(int((NOON - back).total_seconds() // 60))
            quiet = sum(
                not any(post <= at < post + AFTER_A_POST for post in posts)
                for at in (back + timedelta(minutes=n) for n in minutes[::30])
            )
            assert leaves.otherwise.hours == pytest.approx(quiet / 2, abs=len(posts) + 1)


async def test_a_young_group_has_a_page_a_picture_and_a_file_in_each_language(shop: Shop) -> None:
    group = await make_group(shop, currency="JPY")
    async with shop.reading() as uow:
        empty = [await read_statistics(uow, group, period, now=shop.now()) for period in Period]
    for stats in empty:
        assert stats.orders == 0
        assert stats.leaves.verdict is Verdict.TOO_FEW
        for language in LANGUAGES:
            t = Translator(language)
            assert group.title in statistics_page(t, stats).text
            assert statistics_picture(t, stats, dark=True)["leaves"]["rows"] == []
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(statistics_book(Translator("zh_CN"), empty[0]))))
    assert book.sheetnames == ["统计", "JPY"]


async def test_a_bot_that_is_no_administrator_says_that_it_does_not_know(shop: Shop) -> None:
    group = await make_group(shop, bot_is_admin=False)
    async with shop.reading() as uow:
        stats = await read_statistics(uow, group, Period.WEEK, now=datetime(2026, 3, 3, tzinfo=UTC))
    page = statistics_page(Translator("en"), stats).text
    assert "Left the group: –" in page
    assert "only as an administrator" in page


async def test_who_leaves_counts_once_and_who_comes_back_not(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    silent, regular = make_person("Silent"), make_person("Regular")
    doings: list[tuple[Seen, dict[str, bool]]] = [
        (silent, {}),
        (regular, {}),
        # Banned afterwards, by somebody who is late.
        (silent, {"was_in": False, "is_banned": True}),
        # Telegram tells of bans of people who were never there, too.
        (make_person("Stranger"), {"was_in": False, "is_banned": True}),
    ]
    for person, how in doings:
        async with shop.writing() as uow:
            await leave_group(uow, group.id or 0, person, now=shop.now(), **how)
        clock.advance(timedelta(days=5))
    async with shop.reading() as uow:
        month = await read_statistics(uow, group, Period.MONTH, now=shop.now())
        week = await read_statistics(uow, group, Period.WEEK, now=shop.now())
    assert (month.leaves.count, week.leaves.count) == (2, 0)
    async with shop.writing() as uow:
        await join_group(uow, group.id or 0, regular, link_url=None, added_by=None, now=shop.now())
    async with shop.reading() as uow:
        assert (await read_statistics(uow, group, Period.ALL, now=shop.now())).leaves.count == 1


async def test_days_without_the_bot_are_no_quiet_days(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    # It runs for ten days, and comes back after another ten.
    for pause, missed_after in ((0, 1), (10, 11), (10, 1)):
        now = clock.advance(timedelta(days=pause))
        async with shop.writing() as uow:
            await uow.activity.beat(now=now, since=now - timedelta(days=missed_after))
    async with shop.reading() as uow:
        leaves = (await read_statistics(uow, group, Period.MONTH, now=shop.now())).leaves
    # Of the last day it is still told.
    assert leaves.otherwise.hours == pytest.approx(10 * 24 + 23)


async def test_no_look_reads_whole_tables(shop: Shop, groups: list[Group], history: History) -> None:
    if shop.database.write.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, whatever indexes they have")
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    engine = shop.database.read.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    async with shop.reading() as uow:
        await read_statistics(uow, groups[0], Period.MONTH, now=NOON)
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 17
    # Campaigns are few; what is scanned else are results of the query itself.
    tables = set(SQLModel.metadata.tables) - {"campaign"}
    async with shop.database.read.connect() as connection:
        for statement, parameters in asked:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [str(row[-1]) for row in plan]
            scans = [step.split()[1] for step in steps if step.startswith("SCAN")]
            assert not tables & set(scans), statement
