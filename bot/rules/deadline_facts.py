"""Takes a text about a day and a time of day apart, without asking what day it is."""

import re
from dataclasses import dataclass, field

from bot.rules.deadline_words import AFTERNOON, Part, number_words, pattern, vocabulary
from bot.rules.order_tokens import han_number

_FACTS = {
    Part.DAY: "days_ahead",
    Part.WEEKDAY: "weekday",
    Part.NEXT_WEEKDAY: "weekday_next_week",
    Part.HOUR: "hour",
    Part.MERIDIEM: "meridiem",
}
_YEARS = range(2000, 2100)
_HAN_CLOCK = (
    r"(?P<han_hour>\d{1,2}|[一二两三四五六七八九十]{1,3})[点时](?P<han_minute>半|一刻|三刻|整|钟|\d{1,2}分?)?"
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::00)?(?!\d)|(?P<h_hour>\d{1,2})[hч](?P<h_minute>\d\d)(?!\d)|"
    + _HAN_CLOCK
)
_YMD = re.compile(
    r"(?P<year>\d{4})(?:[-./]|年)(?P<month>\d{1,2})(?:[-./]|月)(?P<day>\d{1,2})(?:[日号]|(?!\d))"
)
_DMY = re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4}|\d\d)(?![\d:])")
_HAN_MD = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?")
_PAIR = re.compile(r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?!\d)\.?")
_NUMBER = re.compile(r"(?P<number>\d{1,7})(?P<ordinal>st|nd|rd|th|-?го|[日号])?(?!\d)")
_SPACE = re.compile(r"[\s,]+")
_HAN_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


class NotATimeError(Exception):
    """The text says something else, or two things."""


@dataclass(kw_only=True)
class Said:
    """What the text says, as far as it has been read."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    days_ahead: int | None = None
    weekday_next_week: int | None = None
    hour: int | None = None
    minute: int | None = None
    meridiem: int | None = None
    numbers: list[int] = field(default_factory=list)
    """Those whose meaning is open until all is read."""
    numbers_before_month: int = 0
    ordinal: bool = False
    """Whether one of them is a day: "till the 24th" is not 24:00, and it lacks a month."""

    def note(self, **facts: int) -> None:
        """Keep facts; a fact told twice in two ways is a contradiction."""
        for name, value in facts.items():
            if getattr(self, name) not in (None, value):
                raise NotATimeError
            setattr(self, name, value)

    @property
    def has_day(self) -> bool:
        """Whether it says which day."""
        days = (self.day, self.weekday, self.days_ahead, self.weekday_next_week)
        return any(day is not None for day in days)


def read_facts(rest: str, *, led: bool, language: str) -> Said:
    """What a text about a day and a time of day says."""
    said = Said()
    at = 0
    while at < len(rest):
        at = _read_on(rest, at, said, language)
    _give_numbers(said, led=led)
    if said.hour is None and not said.has_day:
        raise NotATimeError
    return said


def _read_on(rest: str, at: int, said: Said, language: str) -> int:
    """Reads one thing; returns where the next one begins."""
    if match := _SPACE.match(rest, at):
        pass
    elif match := _YMD.match(rest, at) or _DMY.match(rest, at) or _HAN_MD.match(rest, at):
        _note_date(said, match)
    elif match := _CLOCK.match(rest, at):
        _note_clock(said, match)
    elif match := _PAIR.match(rest, at):
        _note_pair(said, match, language)
    elif match := _NUMBER.match(rest, at):
        said.numbers.append(int(match["number"]))
        said.ordinal = said.ordinal or bool(match["ordinal"])
    elif match := pattern(tuple(vocabulary())).match(rest, at):
        _note_word(said, *vocabulary()[match[0]])
    else:
        raise NotATimeError
    return match.end()


def _note_date(said: Said, match: re.Match[str]) -> None:
    facts = {name: int(value) for name, value in match.groupdict().items()}
    if facts.get("year", 100) < 100:
        facts["year"] += 2000
    said.note(**facts)


def _note_clock(said: Said, match: re.Match[str]) -> None:
    hour, minute = match["hour"] or match["h_hour"], match["minute"] or match["h_minute"]
    if hour:
        said.note(hour=int(hour), minute=int(minute))
        return
    minute = (match["han_minute"] or "0").rstrip("分整钟") or "0"
    said.note(hour=number_in_words(match["han_hour"]) or 0, minute=_HAN_MINUTES.get(minute) or int(minute))


def _note_pair(said: Said, match: re.Match[str], language: str) -> None:
    """24.12 and 12/24 are days, 18.30 is a time of day, and 5/6 is June or May in English."""
    first, second = int(match["first"]), int(match["second"])
    month_first = language.startswith("zh") or (language.startswith("en") and match["mark"] == "/")
    day, month = (second, first) if month_first and second > 12 else (first, second)
    if language.startswith("zh") and first <= 12:
        day, month = second, first
    elif month_first and first <= 12 and second <= 12 and first != second:
        raise NotATimeError
    if 1 <= month <= 12:
        said.note(day=day, month=month)
    elif match["mark"] == ".":
        said.note(hour=first, minute=second)
    else:
        raise NotATimeError


def _note_word(said: Said, part: Part, value: int) -> None:
    if part is Part.NOISE:
        return
    if part is Part.HOURS_UNIT:
        # Only behind a number; that this number is an hour is found when all is read.
        if not said.numbers:
            raise NotATimeError
    elif part is Part.EVENING:
        said.note(days_ahead=value, meridiem=AFTERNOON)
    elif part is Part.MONTH:
        said.numbers_before_month = len(said.numbers)
        said.note(month=value)
    else:
        said.note(**{_FACTS[part]: value})


def _give_numbers(said: Said, *, led: bool) -> None:
    """Decides which of the bare numbers is the day, the year and the hour."""
    numbers = said.numbers
    if said.ordinal and not said.month:
        raise NotATimeError
    if said.month and not said.day:
        if not numbers:
            raise NotATimeError
        said.note(day=numbers.pop(max(said.numbers_before_month - 1, 0)))
        years = [number for number in numbers if number in _YEARS]
        for year in years:
            said.note(year=year)
            numbers.remove(year)
    if len(numbers) > 1:
        raise NotATimeError
    if numbers:
        plain_hour = said.meridiem is not None or (numbers[0] > 12 and (led or said.has_day))
        if not plain_hour:
            raise NotATimeError
        said.note(hour=numbers[0], minute=0)


def number_in_words(word: str) -> int | None:
    """The number that digits or a word of any of our languages make."""
    if word.isdigit():
        return int(word)
    return han_number(word) or number_words().get(word)
