"""Terms on which other groups sell an offer: what is typed of them, their bounds, and how offers are ranked.

Read is `8 %, from fri 12:00, 10 groups, 20 each`, its parts in any order, in four languages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil, floor
from typing import Final, NamedTuple

from bot.errors import DeadlineUnreadable
from bot.listing_errors import OpensTooLate, ShareTooHigh, TermsUnreadable, TooManyGroups, TooManyPieces
from bot.money import WHOLE_BPS
from bot.rules.deadlines import read_deadline
from bot.rules.recalls import SUPPOSED_BAD, SUPPOSED_GOOD
from bot.rules.reviews import FEWEST_BUYERS, wilson_low
from bot.rules.typed_text import fold, one_line, plain

MOST_SHARE_BPS: Final = 5_000
"""More than half of what goods cost is not earned by selling them."""
MOST_GROUPS: Final = 1_000
MOST_PIECES: Final = 1_000_000

ENOUGH_ORDERS: Final = 5
"""Of fewer, no rate is said."""
LOOKED_BACK: Final = timedelta(days=180)
"""What a supplier did longer ago tells little of what it will do."""
MEASURED_FOR: Final = timedelta(hours=1)
"""So long an offer keeps its place in the market before it is counted anew."""

# A comma between digits belongs to a number, but for a Chinese one.
_BREAK: Final = re.compile(r"(?<!\d),|,(?!\d)|[，、;；|｜\n]")
_NUMBER: Final = r"(?P<number>\d{1,9})"
_AT_MOST: Final = (
    r"(?:up to|at most|no more than|max\.?|maximum|hasta|como mucho|no mas de|maximo|max\.? de|"
    r"до|не больше|не более|максимум|макс\.?|最多|不超过|限)?"
)
_SHARE: Final = re.compile(
    r"(?:(?:share|they keep|each keeps|keeps|keep|comision|parte|se queda|quedan|доля|комиссия|оставляют|"
    r"分成|佣金|提成|留)[ :]*)?"
    r"(?P<whole>\d{1,3})(?:[.,](?P<part>\d{1,2}))? ?"
    r"(?:%|percent|per cent|por ciento|процент[а-я]*|проц\.?|个点)(?: ?(?:share|доля|分成|佣金|提成))?"
)
_SHARE_IN_CHINESE: Final = re.compile(
    r"(?:分成|佣金|提成|留)?百分之(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,2}))?"
)
_GROUPS: Final = re.compile(
    rf"{_AT_MOST} ?{_NUMBER} ?(?:groups?|other groups?|grupos?|групп[а-я]*|чат[а-я]*|个?群组?|个?小组|个?团)"
)
_ANY_GROUPS: Final = re.compile(
    r"(?:any number of|all|any) groups?|any number|"
    r"todos los grupos|cualquier(?: numero de)? grupos?|grupos sin limite|"
    r"любое (?:число|количество) групп|все группы|любые группы|"
    r"(?:所有|任何|任意)群组?|群数?不限|不限群数?"
)
_PIECE: Final = r"(?:pieces?|pcs\.?|items?|unidades|uds?\.?|piezas|шт[а-я]*\.?|件|个|份)"
_PIECES: Final = (
    re.compile(
        rf"{_AT_MOST} ?{_NUMBER} ?{_PIECE}? ?"
        r"(?:each|apiece|per group|a group|for each group|"
        r"cada uno|cada una|cada grupo|por grupo|para cada grupo|"
        r"на группу|каждой|каждому|на каждую(?: группу)?|каждой группе|на чат)"
    ),
    re.compile(rf"(?:по|каждой по|на группу|cada grupo|cada uno|each|per group) {_NUMBER} ?{_PIECE}?"),
    re.compile(rf"(?:每个?群组?|每组|每个小组|每个团|各) ?{_AT_MOST} ?{_NUMBER} ?{_PIECE}?"),
)
_ANY_PIECES: Final = re.compile(
    r"any (?:number of pieces|quantity|amount|pieces)|as many as there are|"
    r"(?:cualquier cantidad|cantidad sin limite|sin limite)(?: cada uno)?|"
    r"любое количество(?: штук)?|сколько есть|без лимита|"
    r"(?:件数|数量)不限|不限(?:件数|数量)"
)
# Of a word that only begins like one of these nothing is cut off: "сегодня" is no "с".
_FROM: Final = re.compile(
    r"(?:starting from|starting|beginning|as of|since|from|opens|"
    r"a partir del?|desde(?: el)?|начиная со?|со?|от)(?: |$)|"
    r"(?:自从?|从|由) ?"
)
_STARTING: Final = re.compile(r" ?(?:on|onwards|开始|起|以后|之后)$")
_AT_ONCE: Final = frozenset(
    [
        *("now", "at once", "right now", "immediately", "from now", "from now on", "right away"),
        *("ahora", "ya", "desde ahora", "desde ya", "de inmediato", "inmediatamente"),
        *("сейчас", "сразу", "с этого момента", "прямо сейчас", "немедленно"),
        *("现在", "马上", "立即", "立刻", "即刻", "从现在起", "现在开始", "从现在开始"),
    ]
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a carrying group keeps of what goods cost, from when on (None: at once), and how much it may sell.

    Without a limit any number of groups may sell it, or each of them as many pieces as there are.
    """

    share_bps: int = 800
    opens_at: datetime | None = None
    groups_limit: int | None = None
    pieces_limit: int | None = None


class Clock(NamedTuple):
    """How the times that somebody types are meant."""

    now: datetime
    time_zone: str
    language: str


class MarketOrder(StrEnum):
    """By what the market is sorted, as buttons say it."""

    RATING = "r"
    DISPUTES = "d"
    COMPLETION = "c"
    SHARE = "s"
    NEWEST = "n"


def read_terms(text: str, before: Terms, clock: Clock) -> Terms:
    """The terms with what was typed of them; what is not named stays as it was before.

    Raises TermsUnreadable, ShareTooHigh, TooManyGroups, TooManyPieces, DeadlinePast and DeadlineTooFar.
    """
    terms = before
    parts = [one_line(plain(part)) for part in _BREAK.split(text) if plain(part).strip()]
    if not parts:
        raise TermsUnreadable(text)
    for part in parts:
        terms = _with_part(part, terms, clock)
    return terms


def checked_terms(terms: Terms, *, closes_at: datetime) -> Terms:
    """Terms within their bounds. Raises ShareTooHigh, TooManyGroups, TooManyPieces and OpensTooLate."""
    if not 0 <= terms.share_bps <= MOST_SHARE_BPS:
        raise ShareTooHigh(MOST_SHARE_BPS)
    if terms.groups_limit is not None and not 0 < terms.groups_limit <= MOST_GROUPS:
        raise TooManyGroups(MOST_GROUPS)
    if terms.pieces_limit is not None and not 0 < terms.pieces_limit <= MOST_PIECES:
        raise TooManyPieces(MOST_PIECES)
    if terms.opens_at is not None and terms.opens_at >= closes_at:
        raise OpensTooLate(closes_at)
    return terms


def rating_bps(pleased: int, buyers: int) -> int | None:
    """By which reviews rank: at the least so many of all its buyers would be pleased; None of too few."""
    return floor(WHOLE_BPS * wilson_low(pleased, buyers)) if buyers >= FEWEST_BUYERS else None


def dispute_bps(disputed: int, delivered: int) -> int | None:
    """By which disputes rank, supposing little at first as of all goods; None of too few."""
    if delivered < ENOUGH_ORDERS:
        return None
    return ceil(WHOLE_BPS * (SUPPOSED_BAD + disputed) / (SUPPOSED_BAD + SUPPOSED_GOOD + delivered))


def completion_bps(handed_over: int, called_off: int) -> int | None:
    """By which reliability ranks: at the least so many orders are handed over; None of too few."""
    orders = handed_over + called_off
    return floor(WHOLE_BPS * wilson_low(handed_over, orders)) if orders >= ENOUGH_ORDERS else None


def _with_part(part: str, terms: Terms, clock: Clock) -> Terms:
    typed = fold(part).strip(" .")
    for reads in _READERS:
        found = reads(typed, terms)
        if found is not None:
            return found
    return replace(terms, opens_at=_moment(part, typed, clock))


def _share(typed: str, terms: Terms) -> Terms | None:
    match = _SHARE.fullmatch(typed) or _SHARE_IN_CHINESE.fullmatch(typed)
    if match is None:
        return None
    bps = int(Decimal(f"{match['whole']}.{match['part'] or 0}") * 100)
    if bps > MOST_SHARE_BPS:
        raise ShareTooHigh(MOST_SHARE_BPS)
    return replace(terms, share_bps=bps)


def _groups(typed: str, terms: Terms) -> Terms | None:
    if _ANY_GROUPS.fullmatch(typed):
        return replace(terms, groups_limit=None)
    match = _GROUPS.fullmatch(typed)
    if match is None:
        return None
    if not 0 < int(match["number"]) <= MOST_GROUPS:
        raise TooManyGroups(MOST_GROUPS)
    return replace(terms, groups_limit=int(match["number"]))


def _pieces(typed: str, terms: Terms) -> Terms | None:
    if _ANY_PIECES.fullmatch(typed):
        return replace(terms, pieces_limit=None)
    match = next((found for pattern in _PIECES if (found := pattern.fullmatch(typed))), None)
    if match is None:
        return None
    if not 0 < int(match["number"]) <= MOST_PIECES:
        raise TooManyPieces(MOST_PIECES)
    return replace(terms, pieces_limit=int(match["number"]))


_READERS: Final[tuple[Callable[[str, Terms], Terms | None], ...]] = (_share, _groups, _pieces)


def _moment(part: str, typed: str, clock: Clock) -> datetime | None:
    """From when on; None: at once."""
    if typed in _AT_ONCE:
        return None
    bare = _STARTING.sub("", _FROM.sub("", typed, count=1) if _FROM.match(typed) else typed)
    if bare in _AT_ONCE:
        return None
    try:
        return read_deadline(bare, now=clock.now, time_zone=clock.time_zone, language=clock.language)
    except DeadlineUnreadable:
        raise TermsUnreadable(part) from None
