"""The words that deadlines are made of, in English, Chinese, Russian and Spanish, all as `fold` leaves them.

Weekdays and months come from Babel; here is only what a calendar does not hold.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from functools import cache

from babel import Locale

from bot.rules.order_words import NUMBERS
from bot.rules.typed_text import fold

LANGUAGES = ("en", "ru", "es", "zh")


class Part(Enum):
    """What a word of a deadline says; a number stands beside it."""

    DAY = auto()  # so many days from today
    EVENING = auto()  # so many days from today, after noon
    WEEKDAY = auto()  # 0 is Monday
    NEXT_WEEKDAY = auto()  # of the coming calendar week
    MONTH = auto()
    HOUR = auto()  # of the day, in words
    MERIDIEM = auto()  # see MORNING, AFTERNOON, NIGHT
    HOURS_UNIT = auto()  # behind an hour of the day, as in "18 h"
    NOISE = auto()


MORNING, AFTERNOON, NIGHT = range(3)
HOUR = "hour"

# What announces a deadline; "18 часов" after one of these is a time of day. Plain ones announce nothing else.
PLAIN_LEADS = """
till | until | til | deadline | ends | ends at | closes | closes at | closing | open till | open until
orders until | orders till
до | срок | срок до | дедлайн | закрытие | заказы до | прием заказов до | hasta | hasta el | hasta las
hasta la | cierra
cierre | fecha limite | 截止 | 截止到 | 截止时间 | 截至 | 截单 | 直到
"""
OTHER_LEADS = """
by | before | at | on | up to | к | ко | по | в | во | a las | a la | el | para | para el | antes de
antes del | antes de las | 到 | 至 | 在 | 于
"""
WITHIN = "in | within | for | через | в течение | на | en | dentro de | durante | por"
AFTERWARDS = "from now | later | 后 | 以后 | 之后 | 内 | 以内 | 之内"
TAILS = "前 | 之前 | 以前 | 截止 | 止 | 为止 | 结束 | 截单"

_SAYINGS = {
    "30 min": "half an hour | полчаса | media hora | 半小时 | 半个小时",
    "90 min": "an hour and a half | полтора часа | hora y media | una hora y media | 一个半小时",
    "1 hour": "an hour",
    "1 day": "a day",
    "1 week": "a week",
    "1 month": "a month",
}
_UNITS = {
    "minute": (
        "min | mins | minute | minutes | мин | минут | минуты | минуту | minuto | minutos | 分钟 | 分"
    ),
    HOUR: (
        "h | hr | hrs | hour | hours | ч | час | часа | часов | часам | hora | horas | hs | 小时 | "
        "个小时 | 钟头"
    ),
    "day": "d | day | days | день | дня | дней | сутки | суток | dia | dias | 天",
    "week": "w | week | weeks | неделя | неделю | недели | недель | semana | semanas | 星期 | 个星期 | 周",
    "month": "month | months | месяц | месяца | mes | meses | 个月",
}
_DAYS = {
    0: "today | сегодня | hoy | 今天 | 今日",
    1: "tomorrow | tmrw | завтра | manana | 明天 | 明日",
    2: "day after tomorrow | the day after tomorrow | послезавтра | pasado manana | 后天",
    3: "大后天",
}
_EVENINGS = {
    0: "tonight | this evening | сегодня вечером | esta noche | esta tarde | 今晚 | 今天晚上",
    1: (
        "tomorrow evening | tomorrow night | завтра вечером | manana por la noche | "
        "manana por la tarde | 明晚 | 明天晚上"
    ),
}
_HOURS = {
    12: "noon | midday | полдень | полудня | mediodia | 中午 | 正午",
    24: "midnight | полночь | полуночи | medianoche | 午夜 | 半夜 | 零点 | end of day | eod | конца дня",
}
_MERIDIEMS = {
    MORNING: (
        "am | a.m | a.m. | утра | de la manana | de la madrugada | 早上 | 上午 | 凌晨 | 早晨 | in the morning"
    ),
    AFTERNOON: (
        "pm | p.m | p.m. | дня | de la tarde | 下午 | 傍晚 | in the afternoon | in the evening | evening | "
        "вечером | por la noche | por la tarde"
    ),
    NIGHT: "вечера | ночи | de la noche | 晚上 | 夜里 | at night | night",
}
_NOISE = """
at | on | the | of | в | во | к | до | a | a las | a la | las | la | el | de | del | го | г | года
oclock | , | 的 | this | этот | эту | это | este | 本 | 这
"""
_WEEKDAYS = {
    0: "понедельника",
    1: "tues | вторника",
    2: "среду | среды",
    3: "thur | thurs | четверга",
    4: "пятницу | пятницы",
    5: "субботу | субботы",
    6: "воскресенья",
}


def phrases(table: str) -> list[str]:
    """The folded phrases of a table, longest first."""
    entries = (fold(entry).strip() for line in table.splitlines() for entry in line.split("|"))
    return sorted((entry for entry in entries if entry), key=len, reverse=True)


@cache
def vocabulary() -> Mapping[str, tuple[Part, int]]:
    """Every word of a deadline but numbers, with what it says."""
    words: dict[str, tuple[Part, int]] = dict.fromkeys(phrases(_NOISE), (Part.NOISE, 0))
    words |= _calendar_words()
    words |= dict.fromkeys(phrases(_UNITS[HOUR]), (Part.HOURS_UNIT, 0))
    for part, table in (
        (Part.DAY, _DAYS),
        (Part.EVENING, _EVENINGS),
        (Part.WEEKDAY, _WEEKDAYS),
        (Part.HOUR, _HOURS),
        (Part.MERIDIEM, _MERIDIEMS),
    ):
        for value, entries in table.items():
            words |= dict.fromkeys(phrases(entries), (part, value))
    return words


@cache
def pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """Matches the longest of the phrases, as whole words where words are written apart."""
    longest_first = sorted(entries, key=len, reverse=True)
    return re.compile("|".join(rf"{re.escape(entry)}{_boundary(entry)}" for entry in longest_first))


def _boundary(entry: str) -> str:
    return r"(?![^\W\d_\u3400-\u9fff])" if entry[-1].isalpha() and entry[-1] < "\u3400" else ""


def _calendar_words() -> dict[str, tuple[Part, int]]:
    words: dict[str, tuple[Part, int]] = {}
    doubtful: set[str] = set()
    for language in LANGUAGES:
        locale = Locale(language)
        for part, names in ((Part.WEEKDAY, locale.days), (Part.MONTH, locale.months)):
            for name, value in _names(names):
                # "mar" is Tuesday or March to a Spaniard.
                if words.setdefault(name, (part, value)) != (part, value):
                    doubtful.add(name)
    for day, character in enumerate("一二三四五六日"):
        words |= dict.fromkeys(
            (f"周{character}", f"星期{character}", f"礼拜{character}"), (Part.WEEKDAY, day)
        )
        words |= dict.fromkeys(
            (f"下周{character}", f"下星期{character}", f"下礼拜{character}"), (Part.NEXT_WEEKDAY, day)
        )
    return {name: meaning for name, meaning in words.items() if name not in doubtful}


def _names(contexts: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterable[tuple[str, int]]:
    for widths in contexts.values():
        for width in ("abbreviated", "wide"):
            for value, name in widths[width].items():
                word = fold(name).rstrip(".")
                if not any(c.isdigit() for c in word):
                    yield word, value


@cache
def sayings() -> Mapping[str, str]:
    """Stretches of time that have a name of their own, with what they are; longest first."""
    names = {phrase: said for said, table in _SAYINGS.items() for phrase in phrases(table)}
    return {phrase: names[phrase] for phrase in sorted(names, key=len, reverse=True)}


@cache
def units() -> Mapping[str, str]:
    """Every word for a stretch of time, with its English name."""
    return {word: unit for unit, table in _UNITS.items() for word in phrases(table)}


def number_words() -> Mapping[str, int]:
    """Numbers in words, with the articles that count as one."""
    return {**NUMBERS, "a": 1, "an": 1, "un": 1}
