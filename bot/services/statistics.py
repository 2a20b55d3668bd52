"""What a group's owner wants to know: what was ordered, by how many, and what it did to the group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.statistic_shares import Share, compared_shares, difference_interval
from bot.rules.statistics import (
    AFTER_A_POST,
    BASELINE,
    Interval,
    Period,
    Rate,
    Span,
    Stretch,
    Verdict,
    compared,
    hours_of,
    span_of,
    windows,
)
from bot.rules.stretches import seen_stretches, within, without
from bot.rules.trust_signals import dispute_interval
from storage.models import Group
from storage.repositories.statistics import Buyers, Response, Rewarded, Sold
from storage.repositories.trust import Listed
from storage.unit_of_work import UnitOfWork

MOST_POSTS: Final = 1_000
"""So many posts a file lists."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What was ordered in one part of a span; `amount` in minor units."""

    orders: int = 0
    amount: int = 0


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What was ordered in one currency, and what it cost; amounts in minor units.

    What was ordered is worth what it costs its buyers: with the way to them, less discounts and good will.
    """

    currency: str
    parts: Sequence[Part]
    discount_amount: int = 0
    commission_amount: int = 0
    #: Of orders that are not completed yet.
    expected_commission_amount: int = 0
    #: Given for friends who were brought, to both.
    friends_amount: int = 0

    @property
    def orders(self) -> int:
        """How many orders."""
        return sum(part.orders for part in self.parts)

    @property
    def amount(self) -> int:
        """What they are worth."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Leaves:
    """How many left, how many of them within a day of a post, and how many do otherwise."""

    count: int
    #: Picks and campaigns in the chat.
    posts: int
    after: Rate
    otherwise: Rate
    #: The bot learns of leaves only as an administrator.
    are_known: bool

    @property
    def verdict(self) -> Verdict:
        """Whether more leave after posts than otherwise."""
        return compared(self.after, self.otherwise)


@dataclass(frozen=True, kw_only=True)
class Trust:
    """What a group's trust was spent on, and how much of what it delivered is disputed."""

    disputed: int = 0
    delivered: int = 0
    #: Picks and campaigns that were posted, and those of them that did not fit.
    posts: int = 0
    overrides: int = 0
    #: The newest posts with what came of them, the newest first.
    seen: Sequence[Listed] = ()

    @property
    def dispute_interval(self) -> Interval:
        """Between which shares that of disputed orders lies, most likely."""
        return dispute_interval(self.disputed, self.delivered)


@dataclass(frozen=True, kw_only=True)
class Tellings:
    """What came of picks that were told personally: how many ordered of those told, and of those left out."""

    told: Share
    held: Share
    #: How many tellings these are, and how many are not counted yet.
    counted: int
    to_count: int

    @property
    def difference(self) -> Interval:
        """Between what the first true share less the second lies."""
        return difference_interval(self.told, self.held)

    @property
    def verdict(self) -> Verdict:
        """Whether more order of those who were told."""
        return compared_shares(self.told, self.held)


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """A group's numbers of one span; the trade in its own currency comes first."""

    group: Group
    period: Period
    span: Span
    trades: Sequence[Trade]
    buyers: Buyers
    response: Response
    leaves: Leaves
    trust: Trust
    tellings: Tellings
    now: datetime = field(repr=False)

    @property
    def orders(self) -> int:
        """How many orders, in all currencies."""
        return sum(trade.orders for trade in self.trades)


async def read_statistics(uow: UnitOfWork, group: Group, period: Period, *, now: datetime) -> Statistics:
    """A group's numbers of the last week, month or quarter, or of all its time."""
    span = span_of(period, began=group.created_at, now=now, zone=ZoneInfo(group.time_zone))
    group_id, since, until = group.id or 0, span.since, span.until
    return Statistics(
        group=group,
        period=period,
        span=span,
        trades=_trades(
            group.currency,
            len(span.edges) - 1,
            sold=await uow.statistics.sold(group_id, span.edges),
            rewarded=await uow.statistics.rewarded(group_id, since=since, until=until),
            credited=await uow.statistics.credited(group_id, since=since, until=until),
        ),
        buyers=await uow.statistics.buyers(
            group_id, since=since, until=until, looks_back=since > group.created_at
        ),
        response=await uow.statistics.response(group_id, since=since, until=until),
        leaves=await _leaves(uow, group, since=since, now=now),
        trust=await _trust(uow, group_id, since=since, until=until),
        tellings=await _tellings(uow, group_id, since=since, until=until),
        now=now,
    )


def _trades(
    own: str,
    parts: int,
    *,
    sold: Sequence[Sold],
    rewarded: Sequence[Rewarded],
    credited: Mapping[str, int],
) -> list[Trade]:
    earned = {one.currency: one for one in rewarded}
    others = {one.currency for one in sold} | set(earned) | set(credited)
    trades = []
    for currency in [own, *sorted(others - {own})]:
        rows = {one.part: one for one in sold if one.currency == currency}
        reward = earned.get(currency)
        trades.append(
            Trade(
                currency=currency,
                parts=[_part(rows.get(part)) for part in range(parts)],
                discount_amount=sum(row.discount_amount for row in rows.values()),
                commission_amount=reward.accrued_amount if reward else 0,
                expected_commission_amount=reward.expected_amount if reward else 0,
                friends_amount=credited.get(currency, 0),
            )
        )
    return trades


def _part(row: Sold | None) -> Part:
    if row is None:
        return Part()
    amount = row.lines_amount + row.fee_amount - row.discount_amount - row.goodwill_amount
    return Part(orders=row.orders, amount=amount)


async def _leaves(uow: UnitOfWork, group: Group, *, since: datetime, now: datetime) -> Leaves:
    """Leaves of a span within a day of a post, against all others of at least the last three months."""
    group_id, began = group.id or 0, min(group.admin_since or group.created_at, now)
    since = min(max(since, began), now)
    back = max(began, min(since, now - BASELINE))
    posts = await uow.statistics.posted(group_id, since=back - AFTER_A_POST, until=now)
    seen = await _seen(uow, since=back, until=now)

    async def rate(stretches: Sequence[Stretch]) -> Rate:
        return Rate(count=await uow.statistics.left(group_id, stretches), hours=hours_of(stretches))

    return Leaves(
        count=await uow.statistics.left(group_id, [(since, now)]),
        posts=sum(post >= since for post in posts),
        after=await rate(within(windows(posts, since=since, until=now), seen)),
        otherwise=await rate(without(seen, windows(posts, since=back, until=now))),
        are_known=group.bot_is_admin,
    )


async def _seen(uow: UnitOfWork, *, since: datetime, until: datetime) -> Sequence[Stretch]:
    """In which hours the bot was there; from before that was written down, it is taken to have been."""
    runs = await uow.activity.list_runs(since=since)
    first = runs[0].started_at if runs else until
    return seen_stretches([(since, first), *runs], since=since, until=until)


async def _trust(uow: UnitOfWork, group_id: int, *, since: datetime, until: datetime) -> Trust:
    disputes = await uow.cases.disputes_of_group(group_id, since, until)
    spent = await uow.trust_signals.spent(group_id, since=since, until=until)
    return Trust(
        disputed=disputes.disputed,
        delivered=disputes.delivered,
        posts=spent.posts,
        overrides=spent.overrides,
        seen=await uow.trust.list_entries(group_id, since=since, limit=MOST_POSTS),
    )


async def _tellings(uow: UnitOfWork, group_id: int, *, since: datetime, until: datetime) -> Tellings:
    outcome = await uow.telling_results.sum_outcomes(group_id, since=since, until=until)
    return Tellings(
        told=Share(part=outcome.told_buyers, whole=outcome.told),
        held=Share(part=outcome.held_buyers, whole=outcome.held),
        counted=outcome.counted,
        to_count=outcome.to_count,
    )
