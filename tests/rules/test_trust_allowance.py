"""The allowance: caps, windows by the group's own clock, and the next free slot between what is planned."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.trust_allowance import (
    LOOKS_AGAIN_AFTER,
    Book,
    Post,
    Reason,
    furthest_back,
    later,
    left,
    moved_along,
    slot,
    stretched,
)

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANN, BEN = 7, 8


@dataclass(frozen=True, kw_only=True)
class Some:
    """Caps as a group begins with them, but in UTC and never quiet."""

    posts_a_day: int = 1
    posts_a_week: int = 3
    curator_days: int = 7
    messages_between: int = 5
    trust_bps: int = 10_000
    time_zone: str = "UTC"
    quiet_from: int = 0
    quiet_until: int = 0


def posts(*at: datetime, curator_id: int | None = None) -> list[Post]:
    return [Post(at=moment, curator_id=curator_id) for moment in at]


def reasons_of(found: object) -> set[Reason]:
    return {hold.reason for hold in found.holds}  # type: ignore[attr-defined]


def test_the_first_post_fits() -> None:
    found = slot(Some(), Book(messages_since=0), wanted=MONDAY, now=MONDAY, curator_id=ANN)
    assert found.fits
    assert found.at == MONDAY


def test_what_is_wanted_in_the_past_is_wanted_now() -> None:
    assert slot(Some(), Book(), wanted=MONDAY - DAY, now=MONDAY).at == MONDAY


def test_a_second_post_of_the_day_waits_a_day_after_the_first() -> None:
    found = slot(Some(), Book(spent=posts(MONDAY)), wanted=MONDAY + HOUR, now=MONDAY + HOUR)
    assert found.at == MONDAY + DAY
    assert reasons_of(found) == {Reason.DAY}
    assert slot(Some(), Book(spent=posts(MONDAY)), wanted=MONDAY + DAY, now=MONDAY).fits


def test_a_fourth_post_of_the_week_waits_a_week_after_the_first() -> None:
    spent = posts(MONDAY, MONDAY + DAY, MONDAY + 2 * DAY)
    now = MONDAY + 2 * DAY + HOUR
    found = slot(Some(), Book(spent=spent), wanted=now, now=now)
    assert found.at == MONDAY + 7 * DAY
    assert {hold.reason: hold.until for hold in found.holds} == {
        Reason.DAY: MONDAY + 3 * DAY,
        Reason.WEEK: MONDAY + 7 * DAY,
    }


def test_a_curator_posts_once_in_seven_days_unless_the_group_is_hers() -> None:
    book = Book(spent=posts(MONDAY, curator_id=ANN))
    now = MONDAY + 2 * DAY
    assert slot(Some(), book, wanted=now, now=now, curator_id=ANN).at == MONDAY + 7 * DAY
    assert slot(Some(), book, wanted=now, now=now, curator_id=BEN).fits
    assert slot(Some(), book, wanted=now, now=now, curator_id=ANN, is_owner=True).fits
    assert slot(Some(curator_days=0), book, wanted=now, now=now, curator_id=ANN).fits


def test_planned_posts_hold_their_slots() -> None:
    book = Book(planned=posts(MONDAY + 5 * HOUR))
    found = slot(Some(), book, wanted=MONDAY, now=MONDAY)
    assert found.at == MONDAY + 5 * HOUR + DAY, "a post now would take the room of the one at five"
    late = slot(Some(), Book(planned=posts(MONDAY + 2 * DAY)), wanted=MONDAY, now=MONDAY)
    assert late.fits
    between = Book(planned=posts(MONDAY + DAY, MONDAY + 3 * DAY))
    assert slot(Some(posts_a_week=0), between, wanted=MONDAY + DAY + HOUR, now=MONDAY).at == MONDAY + 2 * DAY


def test_five_messages_lie_between_two_posts() -> None:
    caps, now = Some(posts_a_day=0, posts_a_week=0), MONDAY + HOUR
    found = slot(caps, Book(spent=posts(MONDAY), messages_since=3), wanted=now, now=now)
    assert found.at == now + LOOKS_AGAIN_AFTER
    assert found.waits_for_talk_alone
    assert [(hold.reason, hold.count, hold.until) for hold in found.holds] == [
        (Reason.TALK, 2, MONDAY + 7 * DAY)
    ]
    assert slot(caps, Book(spent=posts(MONDAY), messages_since=5), wanted=now, now=now).fits
    assert slot(caps, Book(spent=posts(MONDAY), messages_since=None), wanted=now, now=now).fits
    assert slot(caps, Book(messages_since=0), wanted=now, now=now).fits, "nothing was posted before"


def test_nobody_waits_for_talk_for_ever() -> None:
    caps, book = Some(posts_a_day=0), Book(spent=posts(MONDAY), messages_since=0)
    almost = MONDAY + 7 * DAY - timedelta(minutes=5)
    assert slot(caps, book, wanted=almost, now=almost).at == MONDAY + 7 * DAY
    assert slot(caps, book, wanted=MONDAY + 7 * DAY, now=MONDAY + 7 * DAY).fits


def test_what_is_planned_is_asked_for_talk_when_its_time_has_come() -> None:
    book = Book(spent=posts(MONDAY), messages_since=0)
    assert slot(Some(), book, wanted=MONDAY + 2 * DAY, now=MONDAY + HOUR).fits


def test_no_post_in_quiet_hours() -> None:
    caps = Some(quiet_from=21 * 60, quiet_until=8 * 60)
    night = datetime(2026, 3, 2, 22, tzinfo=UTC)
    found = slot(caps, Book(), wanted=night, now=night)
    assert found.at == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert reasons_of(found) == {Reason.QUIET}
    evening = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
    met = slot(caps, Book(spent=posts(evening)), wanted=night, now=night)
    assert met.at == datetime(2026, 3, 4, 8, tzinfo=UTC), "free again at half past nine, which is quiet"
    assert reasons_of(met) == {Reason.DAY, Reason.QUIET}


def test_a_group_at_half_of_its_caps_has_days_of_two_days() -> None:
    caps = Some(trust_bps=5_000)
    assert slot(caps, Book(spent=posts(MONDAY)), wanted=MONDAY + DAY, now=MONDAY).at == MONDAY + 2 * DAY
    assert stretched(DAY, 1_250) == 8 * DAY
    spent = posts(MONDAY, MONDAY + 2 * DAY, MONDAY + 4 * DAY)
    assert slot(caps, Book(spent=spent), wanted=MONDAY, now=MONDAY + 6 * DAY).at == MONDAY + 14 * DAY


def test_a_group_without_caps_takes_everything() -> None:
    caps = Some(posts_a_day=0, posts_a_week=0, curator_days=0, messages_between=0)
    book = Book(spent=posts(*[MONDAY] * 50, curator_id=ANN), messages_since=0)
    assert slot(caps, book, wanted=MONDAY, now=MONDAY, curator_id=ANN).fits
    assert left(caps, book, now=MONDAY) == []


@pytest.mark.parametrize(
    ("posted", "free_again"),
    [
        # Europe/Berlin loses an hour on 29 March and gets one back on 25 October 2026.
        ("2026-03-28 20:30", "2026-03-29 20:30"),
        ("2026-10-24 20:30", "2026-10-25 20:30"),
        # Half past two is not there that night: the clock shows half past three by then.
        ("2026-03-28 02:30", "2026-03-29 03:30"),
        # It is there twice, and the first time counts.
        ("2026-10-24 02:30", "2026-10-25 02:30"),
    ],
)
def test_a_day_is_one_by_the_clock_even_where_that_is_changed(posted: str, free_again: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    at = datetime.fromisoformat(posted).replace(tzinfo=zone).astimezone(UTC)
    caps = Some(time_zone="Europe/Berlin")
    found = slot(caps, Book(spent=posts(at)), wanted=at + HOUR, now=at + HOUR)
    assert f"{found.at.astimezone(zone):%Y-%m-%d %H:%M}" == free_again


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_quiet_hours_end_when_the_clock_says_so(day: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    caps = Some(time_zone="Europe/Berlin", quiet_from=21 * 60, quiet_until=2 * 60 + 30)
    night = (datetime.fromisoformat(f"{day} 00:30").replace(tzinfo=zone)).astimezone(UTC)
    found = slot(caps, Book(), wanted=night, now=night)
    shown = f"{found.at.astimezone(zone):%H:%M}"
    assert shown == ("03:30" if day == "2026-03-29" else "02:30")


def test_a_deadline_moves_along_by_the_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    was = datetime(2026, 3, 28, 10, tzinfo=zone).astimezone(UTC)
    closes = datetime(2026, 3, 28, 20, tzinfo=zone).astimezone(UTC)
    moved = moved_along(closes, was=was, now_at=was + 23 * HOUR, time_zone="Europe/Berlin")
    assert moved.astimezone(zone) == datetime(2026, 3, 29, 20, tzinfo=zone)
    assert moved_along(closes, was=was, now_at=was, time_zone="Europe/Berlin") == closes
    back = moved_along(moved, was=was + 23 * HOUR, now_at=was, time_zone="Europe/Berlin")
    assert back == closes, "and back again where it can be posted sooner"


def test_what_is_left_and_when_more_comes_back() -> None:
    spent = posts(MONDAY, MONDAY + 2 * HOUR)
    day, week = left(Some(posts_a_day=2), Book(spent=spent), now=MONDAY + 3 * HOUR)
    assert (day.count, day.refills_at) == (0, MONDAY + DAY)
    assert (week.count, week.refills_at) == (1, MONDAY + 7 * DAY)
    [overdrawn, _] = left(Some(), Book(spent=spent), now=MONDAY + 3 * HOUR)
    assert (overdrawn.count, overdrawn.refills_at) == (0, MONDAY + 2 * HOUR + DAY)
    fresh, _ = left(Some(), Book(), now=MONDAY)
    assert (fresh.count, fresh.refills_at) == (1, None)


def test_nothing_older_counts() -> None:
    assert furthest_back(Some()) == 7 * DAY + HOUR
    assert furthest_back(Some(trust_bps=5_000)) == 14 * DAY + HOUR
    assert furthest_back(Some(posts_a_week=0, curator_days=30)) == 30 * DAY + HOUR


def tellings(*parts: tuple[datetime, int], curator_id: int | None = None) -> list[Post]:
    return [Post(at=at, weight_bps=weight, curator_id=curator_id) for at, weight in parts]


def test_telling_some_takes_no_place_of_a_post_before_it_makes_a_whole_one() -> None:
    now = MONDAY + 3 * HOUR
    first = (MONDAY, 5_000), (MONDAY + HOUR, 4_999)
    assert slot(Some(), Book(spent=tellings(*first)), wanted=now, now=now).fits
    spent = tellings(*first, (MONDAY + 2 * HOUR, 500))
    assert slot(Some(), Book(spent=spent), wanted=now, now=now).at == MONDAY + DAY
    one_each_day = Some(posts_a_day=0, posts_a_week=1)
    few = tellings((MONDAY - 6 * DAY, 500), *first)
    assert slot(one_each_day, Book(spent=few), wanted=now, now=now).at == MONDAY + DAY, "the first is back"


def test_what_was_told_and_what_was_posted_weigh_together() -> None:
    book = Book(spent=[*posts(MONDAY), *tellings((MONDAY + HOUR, 5_000), (MONDAY + 2 * HOUR, 5_000))])
    now = MONDAY + 3 * HOUR
    caps = Some(posts_a_day=2, posts_a_week=0)
    found = slot(caps, book, wanted=now, now=now)
    assert found.at == MONDAY + DAY, "then the post is back, and both that were told make but one"
    planned = replace(book, planned=posts(MONDAY + 20 * HOUR))
    assert slot(caps, planned, wanted=now, now=now).at == MONDAY + DAY + HOUR


def test_nobody_waits_for_talk_or_for_a_curators_days_after_telling_some() -> None:
    book = Book(spent=tellings((MONDAY, 5_000), (MONDAY, 5_000), curator_id=ANN), messages_since=0)
    uncapped = Some(posts_a_day=0, posts_a_week=0)
    assert slot(uncapped, book, wanted=MONDAY, now=MONDAY, curator_id=ANN).fits
    posted = replace(book, spent=[*posts(MONDAY - 2 * DAY), *book.spent])
    found = slot(uncapped, posted, wanted=MONDAY, now=MONDAY)
    assert [(hold.reason, hold.until) for hold in found.holds] == [(Reason.TALK, MONDAY + 5 * DAY)]


def test_what_is_left_after_telling_some() -> None:
    spent = tellings((MONDAY - 9 * DAY, 5_000), (MONDAY, 3_000), (MONDAY + HOUR, 4_000))
    now = MONDAY + 4 * HOUR
    day, _ = left(Some(posts_a_day=2), Book(spent=spent), now=now)
    assert (day.count, day.told_bps, day.refills_at) == (2, 7_000, None)
    more = [*spent, *posts(MONDAY + 2 * HOUR), *tellings((MONDAY + 3 * HOUR, 3_500))]
    day, week = left(Some(posts_a_day=2), Book(spent=more), now=now)
    assert (day.count, day.told_bps, day.refills_at) == (0, 10_500, MONDAY + DAY)
    assert (week.count, week.refills_at) == (1, MONDAY + 7 * DAY)


hours = st.integers(-24 * 15, 24 * 15)
caps_of_groups = st.builds(
    Some,
    posts_a_day=st.integers(0, 3),
    posts_a_week=st.integers(0, 4),
    curator_days=st.integers(0, 8),
    trust_bps=st.sampled_from([10_000, 5_000, 1_250]),
    time_zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"]),
    quiet_from=st.sampled_from([0, 21 * 60, 60]),
    quiet_until=st.sampled_from([8 * 60, 5 * 60]),
)


@given(caps=caps_of_groups, made=st.lists(hours, max_size=6), wanted=st.integers(0, 200))
def test_whatever_was_posted_the_slot_fits_and_nothing_before_it_does(
    caps: Some, made: list[int], wanted: int
) -> None:
    now = datetime(2026, 3, 27, 12, tzinfo=UTC)
    at = [now + hour * HOUR for hour in made]
    book = Book(
        spent=posts(*[moment for moment in at if moment <= now], curator_id=ANN),
        planned=posts(*[moment for moment in at if moment > now], curator_id=ANN),
    )
    found = slot(caps, book, wanted=now + wanted * HOUR, now=now, curator_id=ANN)
    assert slot(caps, book, wanted=found.at, now=now, curator_id=ANN).fits
    assert found.at >= now + wanted * HOUR
    if not found.fits:
        half = now + wanted * HOUR + (found.at - now - wanted * HOUR) / 2
        assert not slot(caps, book, wanted=half, now=now, curator_id=ANN).fits
    more = replace(book, spent=[*book.spent, *posts(now - HOUR)])
    assert slot(caps, more, wanted=now, now=now).at >= slot(caps, book, wanted=now, now=now).at


parts = st.lists(st.tuples(st.integers(-24 * 9, 0), st.integers(500, 5_000)), max_size=12)


def bears(caps: Some, book: Book, at: datetime) -> bool:
    """Whether a whole post fits then, found by looking at each window that holds it."""
    together = [*book.spent, *book.planned, Post(at=at)]
    for cap, window in ((caps.posts_a_day, DAY), (caps.posts_a_week, 7 * DAY)):
        window = stretched(window, caps.trust_bps)
        for begins in {post.at for post in together if post.at <= at < post.at + window}:
            held = [post.weight_bps for post in together if begins <= post.at < begins + window]
            if cap and sum(held) >= (cap + 1) * 10_000:
                return False
    return True


@given(
    caps=st.builds(
        Some,
        posts_a_day=st.integers(0, 2),
        posts_a_week=st.integers(0, 4),
        trust_bps=st.sampled_from([10_000, 5_000]),
    ),
    told=parts,
    made=st.lists(st.integers(-24 * 9, 0), max_size=3),
    planned=st.lists(st.integers(1, 24 * 9), max_size=3),
    wanted=st.integers(0, 100),
)
def test_the_slot_after_tellings_is_the_first_that_every_window_bears(
    caps: Some, told: list[tuple[int, int]], made: list[int], planned: list[int], wanted: int
) -> None:
    book = Book(
        spent=[
            *tellings(*[(MONDAY + hour * HOUR, weight) for hour, weight in told]),
            *posts(*[MONDAY + hour * HOUR for hour in made]),
        ],
        planned=posts(*[MONDAY + hour * HOUR for hour in planned]),
    )
    at = slot(caps, book, wanted=MONDAY + wanted * HOUR, now=MONDAY).at
    # All that was posted was so at a full hour, so nothing changes in between.
    whole_hours = (MONDAY + (wanted + n) * HOUR for n in range(24 * 60))
    assert at == next(moment for moment in whole_hours if bears(caps, book, moment))


@given(told=parts, made=st.lists(st.integers(-24 * 9, 0), max_size=5), cap=st.integers(1, 3))
def test_more_is_left_as_soon_as_it_is_said(told: list[tuple[int, int]], made: list[int], cap: int) -> None:
    book = Book(
        spent=[
            *tellings(*[(MONDAY + hour * HOUR, weight) for hour, weight in told]),
            *posts(*[MONDAY + hour * HOUR for hour in made]),
        ]
    )
    caps = Some(posts_a_day=cap)
    [day, *_] = left(caps, book, now=MONDAY)
    assert day.count == max(cap - day.used, 0)
    if day.refills_at is None:
        assert day.used == 0
        return
    [then, *_] = left(caps, book, now=day.refills_at)
    [just_before, *_] = left(caps, book, now=day.refills_at - timedelta(seconds=1))
    assert then.count > day.count == just_before.count


def test_later_goes_by_the_clock() -> None:
    assert later(MONDAY, DAY, time_zone="Asia/Tokyo") == MONDAY + DAY
