"""A group's numbers in words, for its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from bot.callbacks.statistics import StatisticsButton, StatisticsPictureButton, StatisticsSheetButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.statistics import Period, Rate, Verdict, per_post, share_bps
from bot.services.statistics import Leaves, Statistics, Tellings, Trade, Trust
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from bot.views.telling_results import telling_notes, telling_shares, telling_title, telling_verdict

LONGEST_TITLE = 100
_WHOLE_PERCENT = 100
_TENTH_PERCENT = 10
_WHOLE_BPS = 10_000
_WHOLE_DIGITS_FROM = 10


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with its name, and what else there is to say of it."""

    name: str
    value: str
    note: str = ""
    #: The same in fewer words, where there is little room.
    brief: str = ""
    #: The bare number, or the bare amount in minor units of the group's currency.
    number: int | None = None
    amount: int | None = None
    #: The value tells more than the bare number.
    is_derived: bool = False


def statistics_page(t: Translator, stats: Statistics) -> Screen:
    """The numbers of one period, with ways to others, to the picture and to the file."""
    return Screen(
        text=paragraphs(
            lines(
                Markup("<b>{}</b>").format(statistics_title(t, stats)),
                Markup.escape(period_words(t, stats)),
            ),
            lines(*(_line(t, figure) for figure in [*figures(t, stats), *costs(t, stats)])),
            lines(
                Markup("<b>{}</b>").format(leaves_title(t)),
                *(_named(t, name, words) for name, words in _rates_in_words(t, stats.leaves)),
                Markup.escape(verdict_words(t, stats.leaves)),
            ),
            _tellings(t, stats.tellings),
            Markup("<i>{}</i>").format("\n".join(notes(t, stats))),
        ),
        buttons=_buttons(t, stats),
    )


def statistics_come(t: Translator) -> str:
    """A toast: the picture or the file is being made."""
    return t("One moment: I am making it.")


def statistics_title(t: Translator, stats: Statistics) -> str:
    """Whose numbers these are."""
    return t("Statistics of {group}", group=shortened(stats.group.title, LONGEST_TITLE))


def period_words(t: Translator, stats: Statistics) -> str:
    """Of which days these numbers are."""
    zone = ZoneInfo(stats.group.time_zone)
    first = max(stats.span.since, min(stats.group.created_at, stats.now)).astimezone(zone)
    last = stats.now.astimezone(zone)
    names = {
        Period.WEEK: t("Last 7 days"),
        Period.MONTH: t("Last 30 days"),
        Period.QUARTER: t("Last 13 weeks"),
        Period.ALL: t("All time"),
    }
    days = f"{_day(t, first)} – {_day(t, last)}"
    return t("{what}: {amount}", what=names[stats.period], amount=days)


def figures(t: Translator, stats: Statistics) -> Sequence[Figure]:
    """What was ordered, by how many, and what people did."""
    return [
        Figure(name=t("Orders"), value=t.number(stats.orders), number=stats.orders),
        _of_money(t, t("Revenue"), stats, [trade.amount for trade in stats.trades]),
        Figure(name=t("Buyers"), value=t.number(stats.buyers.people), number=stats.buyers.people),
        _returning(t, stats),
        _reactions(t, stats),
        _left(t, stats.leaves),
        _disputed(t, stats.trust),
        _posts(t, stats),
    ]


def costs(t: Translator, stats: Statistics) -> Sequence[Figure]:
    """What was given away for it; credits for friends only where there were any."""
    trades = stats.trades
    spent = [
        _of_money(t, t("Discounts"), stats, [trade.discount_amount for trade in trades]),
        _of_money(t, t("Commissions"), stats, [_commissions(trade) for trade in trades]),
    ]
    if any(trade.friends_amount for trade in trades):
        amounts = [trade.friends_amount for trade in trades]
        spent.append(_of_money(t, t("Credits for friends brought"), stats, amounts))
    return spent


def leaves_title(t: Translator) -> str:
    """Over what is said about leaves."""
    return t("Who leaves after posts")


def rates(t: Translator, leaves: Leaves) -> Sequence[tuple[str, Rate]]:
    """How many leave within a day of a post, and how many otherwise; none where the bot does not know."""
    if not leaves.are_known:
        return ()
    return [(t("A day after posts"), leaves.after), (t("Otherwise"), leaves.otherwise)]


def interval_words(t: Translator, rate: Rate) -> str:
    """A rate a day and between what it lies, in short."""
    a_day, interval = rate.a_day, rate.interval_a_day
    if a_day is None or interval is None:
        return "–"
    # As many digits in all three as say something of the first.
    digits = 0 if a_day >= 10 else 1 if a_day >= 1 else 2
    a_day_words, low, high = (_decimal(t, _rounded(one, digits)) for one in (a_day, *interval))
    return t("{rate} a day ({low}–{high})", rate=a_day_words, low=low, high=high)


def verdict_words(t: Translator, leaves: Leaves) -> str:
    """Whether posts cost members."""
    if not leaves.are_known:
        return t("I learn of it only as an administrator of the group.")
    words = {
        Verdict.TOO_FEW: t("Too few to tell."),
        Verdict.AS_USUAL: t("No clear difference."),
        Verdict.MORE: t("More people leave after posts than otherwise."),
        Verdict.FEWER: t("Fewer people leave after posts than otherwise."),
    }
    return words[leaves.verdict]


def notes(t: Translator, stats: Statistics) -> Sequence[str]:
    """What these numbers mean."""
    return [
        t(
            "Revenue is what orders cost after discounts, without those that were cancelled or whose goods "
            "came back."
        ),
        t("Who left and came back is not counted as having left."),
        t("“Otherwise” looks back at least three months; in brackets stands the 95 % interval."),
        t("An order is disputed if its member said that something is wrong, and did not take it back."),
        t("What is likely supposes one disputed order in twenty at first, so that a few orders say little."),
        *telling_notes(t, stats.tellings),
    ]


def _tellings(t: Translator, tellings: Tellings) -> Markup | None:
    """What came of picks that were told personally, once there are any."""
    if not tellings.counted:
        return None
    return lines(
        Markup("<b>{}</b>").format(telling_title(t)),
        *(_named(t, name, words) for name, _, words in telling_shares(t, tellings)),
        Markup.escape(telling_verdict(t, tellings)),
    )


def _rates_in_words(t: Translator, leaves: Leaves) -> Sequence[tuple[str, str]]:
    """The rates, with the people they rest on; of too few these alone."""
    found = []
    for name, rate in rates(t, leaves):
        people = t.plural("{n} person", "{n} people", rate.count)
        tells = leaves.verdict is not Verdict.TOO_FEW
        found.append((name, t.listed([interval_words(t, rate), people]) if tells else people))
    return found


def _returning(t: Translator, stats: Statistics) -> Figure:
    people, returning = stats.buyers
    bps = share_bps(returning, people)
    some = t("{n} of {total}", n=t.number(returning), total=t.number(people))
    name = t("Have ordered more than once")
    if not people:
        return Figure(name=name, value="–")
    if bps is None:
        return Figure(name=name, value=some, note=t("too few for percent"), number=returning, is_derived=True)
    rounded = round(bps / _WHOLE_PERCENT) * _WHOLE_PERCENT
    return Figure(name=name, value=t.percent(rounded), note=some, number=returning, is_derived=True)


def _reactions(t: Translator, stats: Statistics) -> Figure:
    posts, reactions = stats.response
    average = per_post(reactions, posts)
    return Figure(
        name=t("Reactions per pick"),
        value="–" if average is None else _decimal(t, average),
        note=t.plural("{n} pick", "{n} picks", posts),
    )


def _left(t: Translator, leaves: Leaves) -> Figure:
    name = t("Left the group")
    if not leaves.are_known:
        return Figure(name=name, value="–")
    posts = t.plural("{n} post", "{n} posts", leaves.posts)
    return Figure(name=name, value=t.number(leaves.count), note=posts, number=leaves.count)


def _disputed(t: Translator, trust: Trust) -> Figure:
    """What share of the orders that were delivered is disputed, and between what it most likely lies."""
    name = t("Disputed orders")
    if not trust.delivered:
        return Figure(name=name, value="–")
    some = t("{n} of {total} orders", n=t.number(trust.disputed), total=t.number(trust.delivered))
    low, high = (Decimal(one * 100) for one in trust.dispute_interval)
    digits = 0 if high >= _WHOLE_DIGITS_FROM else 1
    span = t(
        "{low}–{high}%", low=_decimal(t, _rounded(low, digits)), high=_decimal(t, _rounded(high, digits))
    )
    likely = t("likely {span}", span=span)
    bps = share_bps(trust.disputed, trust.delivered)
    if bps is None:
        return Figure(name=name, value=some, note=likely, brief=span, number=trust.disputed, is_derived=True)
    share = t.percent(round(bps / _TENTH_PERCENT) * _TENTH_PERCENT)
    return Figure(
        name=name,
        value=share,
        note=t.listed([some, likely]),
        brief=likely,
        number=trust.disputed,
        is_derived=True,
    )


def _posts(t: Translator, stats: Statistics) -> Figure:
    """How many posts the group bore, and how many of them its allowance had not."""
    group, trust = stats.group, stats.trust
    said = []
    if trust.overrides:
        said.append(t("{n} beyond the allowance", n=t.number(trust.overrides)))
    if group.keeps_allowance and group.posts_a_week:
        said.append(t("{n} a week allowed", n=t.number(group.posts_a_week)))
    if group.keeps_allowance and group.trust_bps < _WHOLE_BPS:
        said.append(t("for now {share} of that", share=t.percent(group.trust_bps)))
    return Figure(
        name=t("Posts with offers"),
        value=t.number(trust.posts),
        note=t.listed(said),
        brief=said[0] if said else "",
        number=trust.posts,
    )


def _of_money(t: Translator, name: str, stats: Statistics, amounts: Sequence[int]) -> Figure:
    """An amount in the group's own currency, and beside it those in others."""
    own, *others = [
        (amount, t.money(Money(amount=amount, currency=trade.currency)))
        for amount, trade in zip(amounts, stats.trades, strict=True)
    ]
    more = t.listed([words for amount, words in others if amount])
    return Figure(name=name, value=own[1], note=f"+ {more}" if more else "", amount=own[0])


def _commissions(trade: Trade) -> int:
    return trade.commission_amount + trade.expected_commission_amount


def _line(t: Translator, figure: Figure) -> Markup:
    value = figure.value
    if figure.note:
        value = t("{value} ({note})", value=figure.value, note=figure.note)
    return _named(t, figure.name, value)


def _named(t: Translator, name: str, value: str) -> Markup:
    return t.html("{what}: {amount}", what=name, amount=value)


def _buttons(t: Translator, stats: Statistics) -> Sequence[Sequence[Button]]:
    group_id, period = stats.group.id or 0, stats.period.value
    names = {
        Period.WEEK: t("Week"),
        Period.MONTH: t("Month"),
        Period.QUARTER: t("Quarter"),
        Period.ALL: t("All time"),
    }
    return [
        [
            Button(text=f"• {name}" if one is stats.period else name, data=StatisticsButton(group_id, one))
            for one, name in names.items()
        ],
        [
            Button(text=t("Light picture"), data=StatisticsPictureButton(group_id, period, 0)),
            Button(text=t("Dark picture"), data=StatisticsPictureButton(group_id, period, 1)),
        ],
        [Button(text=t("As a file (XLSX)"), data=StatisticsSheetButton(group_id, period))],
    ]


def _day(t: Translator, at: datetime) -> str:
    pattern = "y年M月d日" if t.language == "zh_CN" else "d MMM y"
    return format_date(at.date(), pattern, locale=t.language)


def _decimal(t: Translator, number: Decimal) -> str:
    """A number with the digits that it has."""
    digits = -int(number.as_tuple().exponent)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(number, format=pattern, locale=t.language))


def _rounded(number: float | Decimal, digits: int) -> Decimal:
    return Decimal(number).quantize(Decimal(1).scaleb(-digits))
