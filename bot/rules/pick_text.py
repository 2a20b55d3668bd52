"""Reads the quick form of a pick: `12.90 Yunnan honey | red 10, blue 5 | till 20:00 | words about it`.

First comes the price with the title (or the title with the price). The other parts, parted by | or by new
lines, may stand in any order: stock or a list of variants, a deadline, lower prices (`10+ 11.90, 30+ 9.90`),
a minimum (`min 10`) and a limit per person (`max 2 each`). What is none of these describes the pick.
The first hashtag (`#honey`) is its category.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import (
    DeadlineUnreadable,
    PriceUnreadable,
    TitleMissing,
    TitleTooLong,
    WordsTooLong,
)
from bot.money import Money, known_currency, parse_price
from bot.pricing_errors import LimitUnreadable, MinimumUnreadable
from bot.rules.deadlines import announces_deadline, read_deadline
from bot.rules.pick_categories import categorised
from bot.rules.pick_variants import Stock, VariantText, read_stock, read_variants, variants_of
from bot.rules.pricing import Terms, TierPrice, check_reachable, terms_of
from bot.rules.pricing_text import read_limit, read_minimum, read_tiers
from bot.rules.team_text import TeamText, read_team
from bot.rules.teams import TeamTerms, checked_team
from bot.rules.typed_text import fold, one_line, plain, says_something

LONGEST_TITLE = 100
LONGEST_WORDS = 600
RUNS_FOR = timedelta(hours=24)
"""How long a pick without a deadline runs."""

_PRICE_TOKENS = 3
# Currency codes that are words: in "12 TOP quality" and "5 gel pens" nobody means money.
_WORDLIKE_CODES = frozenset(
    {"ALL", "BAM", "COP", "CUP", "DOP", "GEL", "LAK", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"}
)
_LOOKS_NUMERIC = re.compile(r"[^\w\s]{0,2}\d[\d.,'’]*(?:e\d+)?[^\w\s]?", re.IGNORECASE)
_SPACED_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_BREAK = re.compile(r"[|｜\n\r\u2028\u2029]")
_COUNT_OF = re.compile(r"\d+\s*([^\W\d_]+)\.?")
# "1.5" is no time, while "18.30" and "24.12" are.
_FRACTION = re.compile(r"\d+[.,]\d|\d[.,]\d+")


@dataclass(frozen=True, kw_only=True)
class PickText:
    """A whole pick. Without variants there is one with an empty name; `unit` is what its stock counts."""

    price: Money
    title: str
    variants: tuple[VariantText, ...]
    closes_at: datetime
    words: str = ""
    unit: str = ""
    tiers: tuple[TierPrice, ...] = ()
    minimum_quantity: int | None = None
    limit_per_person: int | None = None
    team: TeamTerms | None = None
    category: str | None = None


@dataclass(kw_only=True)
class _Parts:
    """What the parts behind the title have said so far; `units` is what any of them counts."""

    units: frozenset[str]
    tiers: list[TierPrice] = field(default_factory=list)
    minimum: int | None = None
    limit: int | None = None
    team: TeamText | None = None
    variants: list[VariantText] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    stocks: list[Stock] = field(default_factory=list)
    closes_at: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing has been said yet."""
        said = (self.variants, self.words, self.stocks, self.closes_at, self.tiers, self.minimum, self.limit)
        return not any((*said, self.team))


@dataclass(frozen=True, kw_only=True)
class _Price:
    """A price of so many tokens; the certainty is 2 with a currency, 1 with decimals, else 0."""

    money: Money
    length: int
    certainty: int


def read_pick(text: str, *, currency: str, now: datetime, time_zone: str, language: str) -> PickText:
    """The pick that somebody typed behind /pick; the currency is the group's.

    Raises PriceUnreadable, TitleMissing, TitleTooLong, StockUnreadable, TooManyVariants, VariantRepeated,
    VariantNameTooLong, WordsTooLong, DeadlineUnreadable, DeadlinePast, DeadlineTooFar, TierUnreadable,
    TierRepeated, TierTooDear, TooManyTiers, TierAboveStock, MinimumUnreadable, MinimumAboveStock,
    LimitUnreadable, or what `checked_team` raises.
    """
    sorted_out = [categorised(segment) for segment in map(one_line, _BREAK.split(text))]
    segments = [part.text for part in sorted_out if part.text]
    price, title = _price_and_title(segments[0] if segments else "", currency)
    parts = _Parts(units=frozenset(filter(None, map(_counted_unit, segments[1:]))))
    for segment in segments[1:]:
        described = not _read_pricing(segment, parts, currency=price.currency) and _read_segment(
            segment, parts, now=now, time_zone=time_zone, language=language
        )
        if described and not title and parts.empty:
            title = segment
        elif described:
            parts.words.append(segment)
    variants = variants_of(parts.variants, parts.stocks)
    terms = _checked_terms(price, variants, parts)
    return PickText(
        price=price,
        title=_checked_title(title),
        variants=variants,
        closes_at=parts.closes_at or now + RUNS_FOR,
        words=_checked_words("\n".join(parts.words)),
        unit=parts.stocks[0].unit if len(parts.stocks) == 1 else "",
        tiers=terms.tiers,
        minimum_quantity=parts.minimum,
        limit_per_person=parts.limit,
        team=_checked_team(price, parts),
        category=next((part.category for part in sorted_out if part.category), None),
    )


def _checked_team(price: Money, parts: _Parts) -> TeamTerms | None:
    if parts.team is None:
        return None
    return checked_team(
        price_amount=parts.team.price_amount,
        solo_amount=price.amount,
        size=parts.team.size,
        hours=parts.team.hours,
        has_tiers=bool(parts.tiers),
    )


def _counted_unit(segment: str) -> str:
    """What "20 jars" counts, as the readers of minimum and limit know it."""
    match = _COUNT_OF.fullmatch(plain(segment))
    return fold(match[1]) if match else ""


def _read_pricing(segment: str, parts: _Parts, *, currency: str) -> bool:
    """Notes a team price, lower prices, a minimum or a limit; True if it was one of these."""
    team = read_team(segment, currency=currency)
    if team is not None:
        if parts.team is not None:
            raise PriceUnreadable(segment)
        parts.team = team
        return True
    tiers = read_tiers(segment, currency=currency)
    if tiers is not None:
        parts.tiers += tiers
        return True
    minimum = read_minimum(segment, units=parts.units)
    if minimum is not None:
        if parts.minimum is not None:
            raise MinimumUnreadable(segment)
        parts.minimum = minimum
        return True
    limit = read_limit(segment, units=parts.units)
    if limit is None:
        return False
    if parts.limit is not None:
        raise LimitUnreadable(segment)
    parts.limit = limit
    return True


def _checked_terms(price: Money, variants: Sequence[VariantText], parts: _Parts) -> Terms:
    terms = terms_of(price.amount, parts.tiers)
    check_reachable(stocks=[variant.stock for variant in variants], tiers=terms.tiers, minimum=parts.minimum)
    return terms


def _read_segment(segment: str, parts: _Parts, *, now: datetime, time_zone: str, language: str) -> bool:
    """Notes a deadline, a stock or variants; True if it is none of them but a description."""
    at = _deadline(segment, now=now, time_zone=time_zone, language=language)
    if at is not None:
        if parts.closes_at is not None:
            raise DeadlineUnreadable(segment)
        parts.closes_at = at
        return False
    if stock := read_stock(segment):
        parts.stocks.append(stock)
        return False
    variants = read_variants(segment)
    parts.variants += variants
    return not variants


def _deadline(segment: str, *, now: datetime, time_zone: str, language: str) -> datetime | None:
    if _FRACTION.fullmatch(plain(segment)):
        return None
    try:
        return read_deadline(segment, now=now, time_zone=time_zone, language=language)
    except DeadlineUnreadable:
        if announces_deadline(segment):
            raise
        return None


def _price_and_title(segment: str, currency: str) -> tuple[Money, str]:
    """The price at the beginning, or else at the end, and the rest as title (perhaps empty)."""
    tokens = segment.split(" ")
    first = _price(tokens, currency, from_start=True)
    last = _price(tokens, currency, from_start=False)
    if first is None and _LOOKS_NUMERIC.fullmatch(plain(tokens[0])):
        raise PriceUnreadable(tokens[0])
    if first and last and first.length + last.length <= len(tokens) and first.certainty == 0:
        # In "20 Cola 1.5" either may be the price; in "3 apples $5" it is the last.
        if last.certainty == 1:
            raise PriceUnreadable(segment)
        first = None if last.certainty == 2 else first
    return _at_one_end(tokens, first, last)


def _at_one_end(tokens: Sequence[str], first: _Price | None, last: _Price | None) -> tuple[Money, str]:
    if first:
        return first.money, _trimmed(tokens[first.length :])
    if last:
        return last.money, _trimmed(tokens[: -last.length])
    raise PriceUnreadable(" ".join(tokens))


def _price(tokens: Sequence[str], currency: str, *, from_start: bool) -> _Price | None:
    """The longest row of tokens at one end that is a price."""
    for length in range(min(_PRICE_TOKENS, len(tokens)), 0, -1):
        here = tokens[:length] if from_start else tokens[-length:]
        typed = " ".join(here)
        try:
            money = parse_price(typed, currency)
        except ValueError:
            continue
        if any(_is_word_not_code(token, currency) for token in here):
            continue
        if _SPACED_THOUSANDS.fullmatch(plain(typed)):
            raise PriceUnreadable(typed)
        certainty = (
            2 if re.search(r"[^\d.,'’ ]", plain(typed)) else 1 if re.search("[.,]", plain(typed)) else 0
        )
        return _Price(money=money, length=length, certainty=certainty)
    return None


def _is_word_not_code(token: str, currency: str) -> bool:
    code = token.upper()
    return known_currency(code) and code in _WORDLIKE_CODES and not (code == currency and token.isupper())


def _trimmed(tokens: Sequence[str]) -> str:
    return " ".join(tokens).strip(" -–—:;,")


def _checked_title(title: str) -> str:
    if not says_something(title):
        raise TitleMissing
    if len(title) > LONGEST_TITLE:
        raise TitleTooLong(len(title), LONGEST_TITLE)
    return title


def _checked_words(words: str) -> str:
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(len(words), LONGEST_WORDS)
    return words
