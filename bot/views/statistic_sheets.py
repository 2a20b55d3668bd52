"""A group's numbers as a file, in the group's own language."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.i18n import Translator
from bot.money import minor_digits
from bot.rules.statistics import Verdict
from bot.services.statistics import Statistics, Tellings, Trade
from bot.views.spreadsheets import Book, Cell, Column, Page, Row
from bot.views.statistics import (
    Figure,
    costs,
    figures,
    interval_words,
    leaves_title,
    notes,
    period_words,
    rates,
    statistics_title,
    verdict_words,
)
from bot.views.telling_results import telling_shares, telling_title, telling_verdict
from storage.repositories.trust import Listed


def statistics_book(t: Translator, stats: Statistics) -> Book:
    """All figures on one page, for each currency what was ordered when, and what came of each post."""
    title = statistics_title(t, stats)
    summary = _summary(t, stats)
    return Book(
        title=title,
        facts=[period_words(t, stats), *notes(t, stats)],
        footer=title,
        decimals=minor_digits(stats.group.currency),
        pages=[
            summary,
            *(_trade(t, stats, trade) for trade in stats.trades),
            *([_posts(t, stats)] if stats.trust.seen else []),
        ],
        flat=summary,
    )


def statistics_file_name(stats: Statistics) -> str:
    """What the file is called: the period and the day."""
    day = stats.now.astimezone(ZoneInfo(stats.group.time_zone))
    return f"statistics-{stats.period}-{day:%Y-%m-%d}.xlsx"


def _summary(t: Translator, stats: Statistics) -> Page:
    currency = stats.group.currency
    leaves = stats.leaves
    few = leaves.verdict is Verdict.TOO_FEW
    after = [
        Row(cells=[name, rate.count, None, None if few else interval_words(t, rate)])
        for name, rate in rates(t, leaves)
    ]
    return Page(
        tab=t("Statistics"),
        columns=[
            Column(title=t("What"), width=34),
            Column(title=t("Number"), kind="number", width=10),
            Column(title=t("Amount in {currency}", currency=currency), kind="money", width=14),
            Column(title=t("Note"), width=34),
        ],
        rows=[
            *(_row(figure, currency) for figure in figures(t, stats)),
            Row(cells=[t("Given away"), None, None, None], kind="section"),
            *(_row(figure, currency) for figure in costs(t, stats)),
            Row(cells=[leaves_title(t), None, None, None], kind="section"),
            *after,
            Row(cells=[verdict_words(t, leaves), None, None, None]),
            *_tellings(t, stats.tellings),
        ],
        is_wide=True,
    )


def _tellings(t: Translator, tellings: Tellings) -> Sequence[Row]:
    """What came of picks that were told personally, once there are any."""
    if not tellings.counted:
        return ()
    shares = telling_shares(t, tellings)
    return [
        Row(cells=[telling_title(t), None, None, None], kind="section"),
        *(Row(cells=[name, share.part, None, words]) for name, share, words in shares),
        Row(cells=[telling_verdict(t, tellings), None, None, None]),
    ]


def _row(figure: Figure, currency: str) -> Row:
    amount = None if figure.amount is None else _major(figure.amount, currency)
    is_bare = figure.number is not None or amount is not None
    # A percentage or an average says more than the number that stands in its column.
    value = "" if is_bare and not figure.is_derived else figure.value
    note = ", ".join(part for part in (value, figure.note) if part)
    return Row(cells=[figure.name, figure.number, amount, note or None])


def _trade(t: Translator, stats: Statistics, trade: Trade) -> Page:
    zone = ZoneInfo(stats.group.time_zone)
    starts: Sequence[datetime] = [
        edge.astimezone(zone).replace(tzinfo=None) for edge in stats.span.edges[:-1]
    ]
    rows = [
        Row(cells=[start, part.orders, _major(part.amount, trade.currency)])
        for start, part in zip(starts, trade.parts, strict=True)
    ]
    total: list[Cell] = [t("Together"), trade.orders, _major(trade.amount, trade.currency)]
    return Page(
        tab=trade.currency,
        columns=[
            Column(title=t("From"), kind="moment", width=17),
            Column(title=t("Orders"), kind="number", width=10),
            Column(title=t("Revenue in {currency}", currency=trade.currency), kind="money", width=16),
        ],
        rows=[*rows, Row(cells=total, kind="total")],
        decimals=minor_digits(trade.currency),
    )


def _posts(t: Translator, stats: Statistics) -> Page:
    """Each post with what could be seen of it within a day; what could not be seen stays empty."""
    zone = ZoneInfo(stats.group.time_zone)
    return Page(
        tab=t("Posts"),
        columns=[
            Column(title=t("Posted"), kind="moment", width=17),
            Column(title=t("What"), width=24),
            Column(title=t("Active members"), kind="number", width=9),
            Column(title=t("For it"), kind="number"),
            Column(title=t("Against it"), kind="number"),
            Column(title=t("For less against, of 100 active"), kind="money", width=12),
            Column(title=t("Buyers"), kind="number"),
            Column(title=t("Buyers of 100 active"), kind="money", width=10),
            Column(title=t("Answers"), kind="number"),
            Column(title=t("Left the group"), kind="number"),
            Column(title=t("Beyond the allowance"), kind="box", width=12),
            Column(title=telling_title(t), kind="number", width=10),
        ],
        rows=[Row(cells=_post(t, post, zone)) for post in stats.trust.seen],
        is_wide=True,
        # Its shares have one.
        decimals=1,
    )


def _post(t: Translator, post: Listed, zone: ZoneInfo) -> Sequence[Cell]:
    entry, active = post.entry, post.entry.active_members
    liked, disliked = entry.reactions_for, entry.reactions_against
    leaning = None if liked is None or disliked is None else liked - disliked
    return [
        entry.posted_at.astimezone(zone).replace(tzinfo=None),
        post.title if post.number is None else f"#{post.number} {post.title}",
        active,
        liked,
        disliked,
        _of_hundred(leaning, active),
        entry.buyers,
        _of_hundred(entry.buyers, active),
        entry.replies,
        entry.leaves,
        t("yes") if entry.is_override else None,
        post.told_count,
    ]


def _of_hundred(count: int | None, active: int | None) -> Decimal | None:
    if count is None or not active:
        return None
    return (Decimal(100 * count) / active).quantize(Decimal("0.1"))


def _major(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-minor_digits(currency))
