"""A group's numbers as a picture, in the group's own language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.rules.statistics import Rate, Unit, Verdict
from bot.services.statistics import Leaves, Statistics
from bot.views.screens import lines
from bot.views.statistics import (
    Figure,
    costs,
    figures,
    interval_words,
    leaves_title,
    period_words,
    rates,
    statistics_title,
    verdict_words,
)

_MOST_LABELS: Final = 7
_TONES: Final = {Verdict.MORE: "bad", Verdict.FEWER: "good"}
_PATTERNS: Final[Mapping[Unit, Mapping[str, str]]] = {
    Unit.DAY: {"zh_CN": "M/d", "": "d MMM"},
    Unit.WEEK: {"zh_CN": "M/d", "": "d MMM"},
    Unit.MONTH: {"zh_CN": "y/M", "": "LLL yy"},
    Unit.YEAR: {"": "y"},
}


def statistics_picture(t: Translator, stats: Statistics, *, dark: bool) -> Mapping[str, Any]:
    """What `bot.pictures.statistics` draws."""
    own = stats.trades[0]
    orders = [sum(trade.parts[part].orders for trade in stats.trades) for part in range(len(own.parts))]
    amounts = [part.amount for part in own.parts]
    labels = _labels(t, stats)
    most = Money(amount=max(amounts), currency=own.currency)
    per = _per(t, stats.span.unit)
    return {
        "dark": dark,
        "title": statistics_title(t, stats),
        "subtitle": period_words(t, stats),
        "nothing": t("Nothing yet"),
        "tiles": [_tile(figure) for figure in figures(t, stats)],
        "charts": [
            {"title": per[0], "values": orders, "labels": labels, "peak": t.number(max(orders))},
            {"title": per[1], "values": amounts, "labels": labels, "peak": t.money(most)},
        ],
        "leaves": _leaves(t, stats.leaves),
        "costs": {
            "title": t("Given away, beside revenue"),
            "rows": [_cost(figure, own.amount) for figure in costs(t, stats) if figure.amount or figure.note],
        },
    }


def statistics_caption(t: Translator, stats: Statistics) -> Markup:
    """Beneath the picture or the file, in the reader's language."""
    return lines(
        Markup("<b>{}</b>").format(statistics_title(t, stats)), Markup.escape(period_words(t, stats))
    )


def _per(t: Translator, unit: Unit) -> tuple[str, str]:
    """Over the two charts: what is shown by day, week, month or year."""
    words = {
        Unit.DAY: (t("Orders by day"), t("Revenue by day")),
        Unit.WEEK: (t("Orders by week"), t("Revenue by week")),
        Unit.MONTH: (t("Orders by month"), t("Revenue by month")),
        Unit.YEAR: (t("Orders by year"), t("Revenue by year")),
    }
    return words[unit]


def _labels(t: Translator, stats: Statistics) -> Sequence[str]:
    """When the parts begin; of many some alone, the last among them."""
    zone = ZoneInfo(stats.group.time_zone)
    starts: list[datetime] = [edge.astimezone(zone) for edge in stats.span.edges[:-1]]
    patterns = _PATTERNS[stats.span.unit]
    pattern = patterns.get(t.language, patterns[""])
    stride = -(-len(starts) // _MOST_LABELS)
    return [
        "" if (len(starts) - 1 - at) % stride else format_date(start.date(), pattern, locale=t.language)
        for at, start in enumerate(starts)
    ]


def _tile(figure: Figure) -> Mapping[str, str]:
    return {"name": figure.name, "value": figure.value, "note": figure.brief or figure.note}


def _leaves(t: Translator, leaves: Leaves) -> Mapping[str, Any]:
    told = leaves.verdict
    rows = [] if told is Verdict.TOO_FEW else [_row(t, name, rate) for name, rate in rates(t, leaves)]
    return {
        "title": leaves_title(t),
        "verdict": verdict_words(t, leaves),
        "tone": _TONES.get(told, "") if leaves.are_known else "",
        "rows": rows,
    }


def _row(t: Translator, name: str, rate: Rate) -> Mapping[str, Any]:
    low, high = rate.interval_a_day or (0.0, 0.0)
    return {
        "name": name,
        "rate": rate.a_day or 0.0,
        "low": low,
        "high": high,
        "value": interval_words(t, rate),
    }


def _cost(figure: Figure, revenue: int) -> Mapping[str, Any]:
    share = (figure.amount or 0) / revenue if revenue > 0 else None
    value = " ".join(part for part in (figure.value, figure.note) if part)
    return {"name": figure.name, "value": value, "share": share}
