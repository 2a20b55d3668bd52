"""Reads a deadline such as "till 20:00", "fri 6pm", "через 3 часа" or "明晚8点", and nothing but a deadline.

The text is taken apart, and dateparser does the calendar with what it says put into English. A text with
one word that is not about time is refused, and so is a time that could be two ("till 8", "5/6"). A day
without a time ends at 20:00.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import DeadlinePast, DeadlineTooFar, DeadlineUnreadable
from bot.rules.deadline_facts import NotATimeError, Said, number_in_words, read_facts
from bot.rules.deadline_words import (
    AFTERNOON,
    AFTERWARDS,
    HOUR,
    MORNING,
    NIGHT,
    OTHER_LEADS,
    PLAIN_LEADS,
    TAILS,
    WITHIN,
    pattern,
    phrases,
    sayings,
    units,
)
from bot.rules.typed_text import fold, plain

DAY_ENDS_AT = time(20)
"""The local time that a day without a time means."""
FURTHEST_DAYS = 90
LONGEST_TEXT = 80

_MIDNIGHT = time(0)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AMOUNT = r"(?P<amount>\d+|[一二两三四五六七八九十百]+|[^\W\d\u3400-\u9fff]+)"


def read_deadline(text: str, *, now: datetime, time_zone: str, language: str) -> datetime:
    """The moment (aware UTC) that a text names; the language settles the order of day and month.

    Raises DeadlineUnreadable, DeadlinePast or DeadlineTooFar.
    """
    try:
        at = _moment(text, now=now, zone=ZoneInfo(time_zone), language=language)
    except (NotATimeError, OverflowError):
        raise DeadlineUnreadable(text) from None
    if at is None or at > now + timedelta(days=FURTHEST_DAYS):
        raise DeadlineTooFar(text, FURTHEST_DAYS)
    if at <= now:
        raise DeadlinePast(text, at)
    return at


def announces_deadline(text: str) -> bool:
    """Whether the text begins with a word such as "till" that announces nothing else."""
    return bool(pattern(tuple(phrases(PLAIN_LEADS))).match(_typed(text)))


def _typed(text: str) -> str:
    return " ".join(fold(plain(text)).split()).rstrip(" .!。")


def _moment(text: str, *, now: datetime, zone: ZoneInfo, language: str) -> datetime | None:
    """None if it is further away than a calendar goes."""
    typed = _typed(text)
    if not typed or len(typed) > LONGEST_TEXT:
        raise NotATimeError
    rest, led = _without_leads(typed)
    amounts = _amounts(rest, led=led)
    if amounts is not None:
        return _after(amounts, now=now, zone=zone)
    said = read_facts(rest, led=led, language=language)
    return _on_calendar(said, now=now, zone=zone)


def _without_leads(typed: str) -> tuple[str, bool]:
    """What stays without "till" and "前", and whether there was such a word."""
    rest = typed
    leads = pattern(tuple(phrases(f"{PLAIN_LEADS}|{OTHER_LEADS}")))
    while (match := leads.match(rest)) and not pattern(tuple(phrases(WITHIN))).match(rest):
        rest = rest[match.end() :].lstrip(" :")
    tail = next((tail for tail in phrases(TAILS) if rest.endswith(tail)), "")
    rest = rest.removesuffix(tail).strip()
    return rest, rest != typed


def _amounts(rest: str, *, led: bool) -> list[tuple[int, str]] | None:
    """So many of which units from now, or None if it is no stretch of time."""
    within = pattern(tuple(phrases(WITHIN))).match(rest)
    afterwards = next((word for word in phrases(AFTERWARDS) if rest.endswith(word)), "")
    stretch = rest[within.end() if within else 0 :].removesuffix(afterwards).strip()
    saying = next((saying for saying in sayings() if stretch.startswith(saying)), None)
    if saying:
        stretch = sayings()[saying] + stretch.removeprefix(saying)
    counted = list(_counted(stretch, bare=bool(within)))
    if not counted or None in counted:
        return None
    amounts = [amount for amount in counted if amount]
    # "до 18 часов" and "до 3 дня" are times of day.
    clock = len(amounts) == 1 and (amounts[0][1] == HOUR or stretch.endswith("дня"))
    return None if led and clock and not within and not afterwards else amounts


def _counted(stretch: str, *, bare: bool) -> Iterator[tuple[int, str] | None]:
    """Each amount with its unit; None for what is neither. A bare unit ("через час") is one of it."""
    unit_pattern = pattern(tuple(units()))
    amount_pattern = re.compile(_AMOUNT)
    while stretch:
        alone = unit_pattern.match(stretch) if bare else None
        amount = None if alone else amount_pattern.match(stretch)
        after = stretch[amount.end() :].lstrip() if amount else stretch
        unit = alone or unit_pattern.match(after)
        value = 1 if alone else number_in_words(amount["amount"] if amount else "")
        if not unit or value is None:
            yield None
            return
        yield value, units()[unit[0]]
        stretch = re.sub(r"^(?:\s|,|(?:and|и|y)\s)+", "", after[unit.end() :])


def _after(amounts: Sequence[tuple[int, str]], *, now: datetime, zone: ZoneInfo) -> datetime | None:
    if any(count > FURTHEST_DAYS * 24 * 60 for count, _ in amounts):
        return None
    clockwork = all(unit in ("hour", "minute") for _, unit in amounts)
    # Three hours are three hours even in the night when the clocks change; two days keep the time of day.
    frame = ZoneInfo("UTC") if clockwork else zone
    words = "in " + " ".join(f"{count} {unit}s" for count, unit in amounts)
    return _to_utc(_calendar(words, now.astimezone(frame)), frame)


def _on_calendar(said: Said, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that was said, in a place where it is now."""
    here = now.astimezone(zone)
    hour, minute = _time_of_day(said)
    # 24:00 belongs to the day that it ends.
    clock, days_over = (_MIDNIGHT, 1) if hour == 24 else (time(hour, minute), 0)
    day = datetime.combine(_day(said, here), clock) + timedelta(days=days_over)
    at = _to_utc(day, zone)
    only_weekday = said.weekday is not None and not (said.day or said.days_ahead is not None)
    if at <= now and (only_weekday or not said.has_day):
        at = _to_utc(day + timedelta(days=7 if only_weekday else 1), zone)
    return at


def _time_of_day(said: Said) -> tuple[int, int]:
    hour, minute = said.hour, said.minute or 0
    if hour is None:
        if said.meridiem == MORNING:
            raise NotATimeError
        return DAY_ENDS_AT.hour, DAY_ENDS_AT.minute
    if hour == 12 and said.meridiem in (MORNING, NIGHT):
        hour = 0 if said.meridiem == MORNING else 24
    elif hour < 12 and (said.meridiem == AFTERNOON or (said.meridiem == NIGHT and hour > 4)):
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise NotATimeError
    return hour, minute


def _day(said: Said, here: datetime) -> date:
    """The day that was said, by the calendar of the place."""
    days: list[date] = []
    if said.day and said.month:
        days.append(_day_of_year(said.day, said.month, said.year, here.date()))
    if said.days_ahead is not None:
        days.append(_calendar(f"in {said.days_ahead} days", here).date())
    if said.weekday_next_week is not None:
        to_monday = 7 - here.weekday()
        days.append(_calendar(f"in {to_monday + said.weekday_next_week} days", here).date())
    if said.weekday is not None:
        # dateparser's weekday is never today; from yesterday's point of view it may be.
        from_day = datetime.combine(days[0], _MIDNIGHT) if days else here
        days.append(_calendar(_WEEKDAYS[said.weekday], from_day - timedelta(days=1)).date())
    if len(set(days)) > 1:
        raise NotATimeError
    return days[0] if days else here.date()


def _day_of_year(day: int, month: int, year: int | None, today: date) -> date:
    """Without a year the day that lies nearest, so that yesterday is not next year."""
    years = [year] if year is not None else [today.year, today.year + 1, today.year - 1]
    days = [date(year, month, day) for year in years if _exists(year, month, day)]
    if not days:
        raise NotATimeError
    return min(days, key=lambda found: abs(found - today))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _calendar(words: str, here: datetime) -> datetime:
    """What dateparser makes of plain English at that local time; naive."""
    # It takes longer to import than the rest of the bot, and most processes never read a deadline.
    import dateparser

    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": here.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None:
        raise NotATimeError
    return found.replace(microsecond=0)


def _to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
