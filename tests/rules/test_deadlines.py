"""Deadlines are read in four languages, and nothing else is taken for one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import (
    DeadlinePast,
    DeadlineTooFar,
    DeadlineUnreadable,
    ShopError,
)
from bot.rules.deadlines import FURTHEST_DAYS, announces_deadline, read_deadline

MOSCOW = "Europe/Moscow"
NOW = datetime(2026, 11, 25, 12, 30, 15, tzinfo=UTC)  # a Wednesday, 15:30 in Moscow


def in_moscow(text: str, language: str = "en", now: datetime = NOW) -> str:
    at = read_deadline(text, now=now, time_zone=MOSCOW, language=language)
    assert at.tzinfo is UTC
    return at.astimezone(ZoneInfo(MOSCOW)).strftime("%a %d.%m. %H:%M")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20:00", "Wed 25.11. 20:00"),
        ("till 20:00", "Wed 25.11. 20:00"),
        ("Until 20:00!", "Wed 25.11. 20:00"),
        ("10:00", "Thu 26.11. 10:00"),
        ("fri 18:00", "Fri 27.11. 18:00"),
        ("friday 6pm", "Fri 27.11. 18:00"),
        ("until Friday at 6 p.m.", "Fri 27.11. 18:00"),
        ("wed 18:00", "Wed 25.11. 18:00"),
        ("wed 10:00", "Wed 02.12. 10:00"),
        ("friday", "Fri 27.11. 20:00"),
        ("tomorrow", "Thu 26.11. 20:00"),
        ("tonight", "Wed 25.11. 20:00"),
        ("8 tonight", "Wed 25.11. 20:00"),
        ("friday evening", "Fri 27.11. 20:00"),
        ("in 3h", "Wed 25.11. 18:30"),
        ("3h", "Wed 25.11. 18:30"),
        ("90 min", "Wed 25.11. 17:00"),
        ("an hour", "Wed 25.11. 16:30"),
        ("in 1 hour and 30 minutes", "Wed 25.11. 17:00"),
        ("in an hour and a half", "Wed 25.11. 17:00"),
        ("two days", "Fri 27.11. 15:30"),
        ("1 day 3 hours", "Thu 26.11. 18:30"),
        ("in 2 weeks", "Wed 09.12. 15:30"),
        ("3 hours from now", "Wed 25.11. 18:30"),
        ("tomorrow 12:00", "Thu 26.11. 12:00"),
        ("tomorrow at 18", "Thu 26.11. 18:00"),
        ("noon", "Thu 26.11. 12:00"),
        ("midnight", "Thu 26.11. 00:00"),
        ("friday midnight", "Sat 28.11. 00:00"),
        ("24:00", "Thu 26.11. 00:00"),
        ("12 am", "Thu 26.11. 00:00"),
        ("12 pm", "Thu 26.11. 12:00"),
        ("6:30 pm", "Wed 25.11. 18:30"),
        ("till 20", "Wed 25.11. 20:00"),
        ("24.12. 18:00", "Thu 24.12. 18:00"),
        ("24.12.2026 18:00", "Thu 24.12. 18:00"),
        ("24.12.26", "Thu 24.12. 20:00"),
        ("2026-12-24 18:00", "Thu 24.12. 18:00"),
        ("24 dec 18:00", "Thu 24.12. 18:00"),
        ("dec 24th, 18:00", "Thu 24.12. 18:00"),
        ("24 december 2026", "Thu 24.12. 20:00"),
        ("by 12/24 18:00", "Thu 24.12. 18:00"),
        ("24/12 18:00", "Thu 24.12. 18:00"),
        ("12/12", "Sat 12.12. 20:00"),
        ("fri 27.11. 18:00", "Fri 27.11. 18:00"),
        ("5 january", "Tue 05.01. 20:00"),
        ("18.30", "Wed 25.11. 18:30"),
        ("deadline: fri 18:00", "Fri 27.11. 18:00"),
    ],
)
def test_in_english(text: str, moment: str) -> None:
    assert in_moscow(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("до 20:00", "Wed 25.11. 20:00"),
        ("завтра 12:00", "Thu 26.11. 12:00"),
        ("завтра в 12:00", "Thu 26.11. 12:00"),
        ("завтра вечером", "Thu 26.11. 20:00"),
        ("через 3 часа", "Wed 25.11. 18:30"),
        ("через час", "Wed 25.11. 16:30"),
        ("через полчаса", "Wed 25.11. 16:00"),
        ("через два дня", "Fri 27.11. 15:30"),
        ("2 часа 30 минут", "Wed 25.11. 18:00"),
        ("в течение 3 часов", "Wed 25.11. 18:30"),
        ("в пятницу 18:00", "Fri 27.11. 18:00"),
        ("пт 18:00", "Fri 27.11. 18:00"),
        ("до пятницы", "Fri 27.11. 20:00"),
        ("в пятницу до 18 часов", "Fri 27.11. 18:00"),
        ("до 18 часов", "Wed 25.11. 18:00"),
        ("до 3 дня", "Thu 26.11. 15:00"),
        ("к 8 вечера", "Wed 25.11. 20:00"),
        ("в 12 ночи", "Thu 26.11. 00:00"),
        ("в 2 ночи", "Thu 26.11. 02:00"),
        ("до 9 утра", "Thu 26.11. 09:00"),
        ("до конца дня", "Thu 26.11. 00:00"),
        ("24 декабря в 18:00", "Thu 24.12. 18:00"),
        ("12/11 18:00", "past"),
        ("послезавтра", "Fri 27.11. 20:00"),
    ],
)
def test_in_russian(text: str, moment: str) -> None:
    if moment == "past":
        with pytest.raises(DeadlinePast):
            in_moscow(text, "ru")
    else:
        assert in_moscow(text, "ru") == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("hasta las 20:00", "Wed 25.11. 20:00"),
        ("mañana 12:00", "Thu 26.11. 12:00"),
        ("mañana a las 12:00", "Thu 26.11. 12:00"),
        ("hasta mañana", "Thu 26.11. 20:00"),
        ("pasado mañana 12:00", "Fri 27.11. 12:00"),
        ("en 3 horas", "Wed 25.11. 18:30"),
        ("dentro de dos días", "Fri 27.11. 15:30"),
        ("en media hora", "Wed 25.11. 16:00"),
        ("el viernes a las 18:00", "Fri 27.11. 18:00"),
        ("hasta el viernes", "Fri 27.11. 20:00"),
        ("a las 6 de la tarde", "Wed 25.11. 18:00"),
        ("a las 9 de la mañana", "Thu 26.11. 09:00"),
        ("hasta las 20h", "Wed 25.11. 20:00"),
        ("18h30", "Wed 25.11. 18:30"),
        ("24 de diciembre a las 18:00", "Thu 24.12. 18:00"),
        ("24/12 18:00", "Thu 24.12. 18:00"),
        ("esta noche", "Wed 25.11. 20:00"),
        ("mediodía", "Thu 26.11. 12:00"),
    ],
)
def test_in_spanish(text: str, moment: str) -> None:
    assert in_moscow(text, "es") == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("明天 12:00", "Thu 26.11. 12:00"),
        ("明天中午12点", "Thu 26.11. 12:00"),
        ("明天晚上8点前", "Thu 26.11. 20:00"),
        ("今晚8点", "Wed 25.11. 20:00"),
        ("今晚", "Wed 25.11. 20:00"),
        ("截止今晚八点半", "Wed 25.11. 20:30"),
        ("到晚上九点一刻", "Wed 25.11. 21:15"),
        ("周五18:00", "Fri 27.11. 18:00"),
        ("星期五 18：00", "Fri 27.11. 18:00"),
        ("下周一 10:00", "Mon 30.11. 10:00"),
        ("3小时后", "Wed 25.11. 18:30"),
        ("兩個小時後", "Wed 25.11. 17:30"),
        ("半小时后", "Wed 25.11. 16:00"),
        ("三天后", "Sat 28.11. 15:30"),
        ("30分钟内", "Wed 25.11. 16:00"),
        ("12月24日18:00", "Thu 24.12. 18:00"),
        ("12月24号", "Thu 24.12. 20:00"),
        ("2026年12月24日", "Thu 24.12. 20:00"),
        ("12/24 18:00", "Thu 24.12. 18:00"),
        ("12.24 18:00", "Thu 24.12. 18:00"),
        ("下午3点20分", "Thu 26.11. 15:20"),
        ("18点整", "Wed 25.11. 18:00"),
        ("晚上12点", "Thu 26.11. 00:00"),
    ],
)
def test_in_chinese(text: str, moment: str) -> None:
    assert in_moscow(text, "zh_CN") == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "honey", "soon", "now", "20 jars", "20", "24", "24 12", "3 jars",
        "3 hours of work", "by hand", "till", "at", "till noon of never", "till 8", "8", "5/6",
        "6/5 18:00", "31 feb", "32.12.", "30/30", "march", "25:00", "12:75", "24:30", "20:00 21:00",
        "fri sat", "fri 28.11.", "today tomorrow", "3 o'clock", "hour", "yesterday", "in",
        "in jars", "in 3 hours jars", "friday morning", "mar 18:00", "20:00?", "1e9 h", "-3 h",
        "24 dec 18 19", "18:00 20", "x" * 4096, "😀" * 4096, "明天 honey", "两三天后", "2026-13-01",
        "morning", "дня", "at 30", "till 30", "honey till 20:00", "五", "h 3", "18:00 h", "2 pm am",
        "13/13",
        "till the 24th",
        "до 15-го",
        "截止24号",
        "friday in the morning",
        "in 100000 months",
    ],
)  # fmt: skip
def test_what_is_not_wholly_a_time_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(DeadlineUnreadable) as refusal:
        in_moscow(text)
    assert refusal.value.text == text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("today 10:00", datetime(2026, 11, 25, 7, tzinfo=UTC)),
        ("24.11. 18:00", datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ("2025-12-24", datetime(2025, 12, 24, 17, tzinfo=UTC)),
        ("in 0 minutes", NOW),
    ],
)
def test_a_time_that_is_over_is_refused(text: str, at: datetime) -> None:
    with pytest.raises(DeadlinePast) as refusal:
        in_moscow(text)
    assert (refusal.value.text, refusal.value.at) == (text, at)


@pytest.mark.parametrize(
    "text", ["in 91 days", "4 months", "2027-06-01", "in 9999999 days", "in 9999999 hours"]
)
def test_a_time_too_far_away_is_refused(text: str) -> None:
    with pytest.raises(DeadlineTooFar) as refusal:
        in_moscow(text)
    assert (refusal.value.text, refusal.value.limit_days) == (text, FURTHEST_DAYS)


@pytest.mark.parametrize(
    ("now", "text", "at"),
    [
        # Clocks in Berlin go back at 03:00 on 25 October 2026 and forward at 02:00 on 28 March 2027.
        (datetime(2026, 10, 24, 22, tzinfo=UTC), "in 3h", datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (datetime(2026, 10, 24, 10, tzinfo=UTC), "1 day", datetime(2026, 10, 25, 11, tzinfo=UTC)),
        (datetime(2026, 10, 24, 10, tzinfo=UTC), "tomorrow 12:00", datetime(2026, 10, 25, 11, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2027, 3, 27, 22, tzinfo=UTC), "02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2027, 3, 27, 22, tzinfo=UTC), "in 3h", datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_the_night_when_the_clocks_change(now: datetime, text: str, at: datetime) -> None:
    assert read_deadline(text, now=now, time_zone="Europe/Berlin", language="en") == at


def test_a_leap_day_is_found_in_its_year_only() -> None:
    assert in_moscow("29 feb", now=datetime(2028, 1, 1, tzinfo=UTC)) == "Tue 29.02. 20:00"
    with pytest.raises(DeadlineUnreadable):
        in_moscow("29 feb")


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("till we drop", True),
        ("до упора", True),
        ("截止什么", True),
        ("by hand", False),
        ("20:00", False),
        ("tilly", False),
    ],
)
def test_only_some_words_announce_a_deadline(text: str, announced: bool) -> None:
    assert announces_deadline(text) is announced


TIMELY = """
till in at 2 18 24 31 2026 20:00 12/24 24.12. 9999999 h min days fri dec tomorrow tonight pm noon two and
до через в час дня вечера hasta en a las mañana viernes 截止 明天 晚上 8点 半 3小时后 周五 下周一
"""
timely = st.lists(st.sampled_from(TIMELY.split()), max_size=6)
moments = st.integers(1_700_000_000, 1_900_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(
    st.one_of(st.text(), timely.map(" ".join), timely.map("".join)),
    moments,
    st.sampled_from(["UTC", "Europe/Berlin", "America/Santiago", "Asia/Shanghai", "Pacific/Apia"]),
    st.sampled_from(["en", "zh_CN", "ru", "es"]),
)
def test_any_text_is_a_moment_ahead_or_refused(
    text: str, now: datetime, time_zone: str, language: str
) -> None:
    try:
        at = read_deadline(text, now=now, time_zone=time_zone, language=language)
    except ShopError:
        return
    assert now < at <= now + timedelta(days=FURTHEST_DAYS)
