"""What a group's owner wants to know: what was ordered, by how many, and what it did to the group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.rules.statistics import (
    AFTER_A_POST,
    BASELINE,
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
from storage.models import Group
from storage.repositories.statistics import Buyers, Response, Rewarded, Sold
from storage.unit_of_work import UnitOfWork


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
class Statistics:
    """A group's numbers of one span; the trade in its own currency comes first."""

    group: Group
    period: Period
    span: Span
    trades: Sequence[Trade]
    buyers: Buyers
    response: Response
    leaves: Leaves
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
    group_id, began = group.id or 0, min(group.created_at, now)
    since = min(max(since, began), now)
    back = max(began, min(since, now - BASELINE))
    posts = await uow.statistics.posted(group_id, since=back - AFTER_A_POST, until=now)
    after, ever_after = (windows(posts, since=begin, until=now) for begin in (since, back))

    async def count(stretches: Sequence[Stretch]) -> int:
        return await uow.statistics.left(group_id, stretches)

    otherwise = Rate(
        count=await count([(back, now)]) - await count(ever_after),
        hours=hours_of([(back, now)]) - hours_of(ever_after),
    )
    return Leaves(
        count=await count([(since, now)]),
        posts=sum(post >= since for post in posts),
        after=Rate(count=await count(after), hours=hours_of(after)),
        otherwise=otherwise,
        are_known=group.bot_is_admin,
    )
