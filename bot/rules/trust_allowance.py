"""How many commercial posts a group bears: whether one fits at a moment, or which is the next free slot.

Nothing counts down: what is left follows from what was posted and what is planned. Windows go by the group's
own clock, so that a day is from ten to ten even where one of them has 23 hours. What was told to some in
private spends a part of a post; together such parts take the place of one as soon as they make a whole one.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from bot.rules.quiet_hours import quiet_ends

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)

WHOLE_BPS: Final = 10_000
"""A group that may use all of its caps; a post that stands in the chat."""

LOOKS_AGAIN_AFTER: Final = timedelta(minutes=20)
"""What waits for talk is looked at so often: nobody can say when five messages will have been written."""

WAITS_FOR_TALK: Final = WEEK
"""Where nobody talks, a post waits no longer than that after the one before."""

_NEVER: Final = 0


class Reason(StrEnum):
    """Why a post does not fit now."""

    DAY = "day"
    WEEK = "week"
    CURATOR = "curator"
    TALK = "talk"
    QUIET = "quiet"


class Caps(Protocol):
    """What a group has set, as its row keeps it; 0 means no such cap."""

    @property
    def posts_a_day(self) -> int: ...
    @property
    def posts_a_week(self) -> int: ...
    @property
    def curator_days(self) -> int: ...
    @property
    def messages_between(self) -> int: ...
    @property
    def trust_bps(self) -> int: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def quiet_from(self) -> int: ...
    @property
    def quiet_until(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Post:
    """A commercial post, made or planned, and whose it is (None: nobody's in particular)."""

    at: datetime
    curator_id: int | None = None
    #: Less than the whole of what was told to some in private.
    weight_bps: int = WHOLE_BPS

    @property
    def is_in_chat(self) -> bool:
        """Whether everybody in the group sees it."""
        return self.weight_bps >= WHOLE_BPS


@dataclass(frozen=True, kw_only=True)
class Book:
    """What a group has spent and planned; `messages_since` is None where the bot does not see its talk."""

    spent: Sequence[Post] = ()
    planned: Sequence[Post] = ()
    #: How many ordinary messages were written since the last post in the chat.
    messages_since: int | None = None

    @property
    def last_in_chat(self) -> datetime | None:
        """When something was posted in the chat last."""
        return max((post.at for post in self.spent if post.is_in_chat), default=None)


@dataclass(frozen=True, kw_only=True)
class Hold:
    """One thing that stands in the way, until when it does by itself (at the latest, for talk).

    `count` is the cap: posts, days, or the messages that are still missing.
    """

    reason: Reason
    until: datetime
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Slot:
    """When a post can be made, and everything that kept it from being made as wanted."""

    at: datetime
    holds: Sequence[Hold] = ()

    @property
    def fits(self) -> bool:
        """Whether it can be made as wanted."""
        return not self.holds

    @property
    def waits_for_talk_alone(self) -> bool:
        """Whether only messages are missing, so that it may be sooner or later than said."""
        return bool(self.holds) and {hold.reason for hold in self.holds} <= {Reason.TALK, Reason.QUIET}


def slot(
    caps: Caps,
    book: Book,
    *,
    wanted: datetime,
    now: datetime,
    curator_id: int | None = None,
    is_owner: bool = False,
) -> Slot:
    """The first moment from `wanted` on at which a post fits between those made and those planned."""
    at, met = max(wanted, now), dict[Reason, Hold]()
    rules = list(_rules(caps, book, now=now, curator_id=None if is_owner else curator_id))
    while True:
        holds = [hold for rule in rules if (hold := rule(at)) is not None]
        if not holds:
            return Slot(at=at, holds=tuple(met.values()))
        for hold in holds:
            met.setdefault(hold.reason, hold)
        at = max(_moves_to(hold, at) for hold in holds)


def later(at: datetime, by: timedelta, *, time_zone: str) -> datetime:
    """So much later by the group's own clock (aware UTC)."""
    zone = ZoneInfo(time_zone)
    return (at.astimezone(zone) + by).astimezone(UTC)


def moved_along(closes_at: datetime, *, was: datetime, now_at: datetime, time_zone: str) -> datetime:
    """A deadline, as much later (or sooner) by the group's own clock as what it belongs to (aware UTC)."""
    if now_at == was:
        return closes_at
    zone = ZoneInfo(time_zone)
    shift = now_at.astimezone(zone).replace(tzinfo=None) - was.astimezone(zone).replace(tzinfo=None)
    moved = later(closes_at, shift, time_zone=time_zone)
    # Where a clock is put back, an hour counts as none.
    return moved if moved > now_at else now_at + (closes_at - was)


def stretched(window: timedelta, trust_bps: int) -> timedelta:
    """A window for which a cap counts: at half of its caps, a group's day lasts two."""
    return window * WHOLE_BPS / trust_bps


@dataclass(frozen=True, kw_only=True)
class Left:
    """How much of one cap is left now: `count` of `cap`, and when the next comes back."""

    reason: Reason
    cap: int
    used: int
    window: timedelta
    refills_at: datetime | None = None
    #: How much of a post was told personally; `used` has it as soon as it makes a whole one.
    told_bps: int = 0

    @property
    def count(self) -> int:
        """So many posts are left."""
        return max(self.cap - self.used, 0)


def left(caps: Caps, book: Book, *, now: datetime) -> Sequence[Left]:
    """What is left of a group's day and week; a cap that there is not, is not named."""
    found = []
    for reason, cap, window in _windows(caps):
        ends = [(later(post.at, window, time_zone=caps.time_zone), post) for post in book.spent]
        back = sorted((end, post.weight_bps) for end, post in ends if end > now)
        found.append(
            Left(
                reason=reason,
                cap=cap,
                used=sum(weight for _, weight in back) // WHOLE_BPS,
                window=window,
                refills_at=_refills_at(back, cap),
                told_bps=sum(post.weight_bps for end, post in ends if end > now and not post.is_in_chat),
            )
        )
    return found


def furthest_back(caps: Caps) -> timedelta:
    """How far back posts still count, with an hour more for clocks that are changed."""
    windows = [window for _, _, window in _windows(caps)]
    return max([*windows, timedelta(days=caps.curator_days), WAITS_FOR_TALK]) + timedelta(hours=1)


def _refills_at(back: Sequence[tuple[datetime, int]], cap: int) -> datetime | None:
    """When one more post is left than now, of weights by when they come back; None where none is used.

    After overrides more than one must come back before there is room.
    """
    weight = sum(each for _, each in back)
    used = min(weight // WHOLE_BPS, cap)
    for end, each in back:
        weight -= each
        if weight < used * WHOLE_BPS:
            return end
    return None


_Rule = Callable[[datetime], Hold | None]


def _rules(caps: Caps, book: Book, *, now: datetime, curator_id: int | None) -> Iterator[_Rule]:
    posts = sorted((*book.spent, *book.planned), key=lambda post: post.at)
    zone = caps.time_zone
    for reason, cap, window in _windows(caps):
        yield _at_most(cap, posts, window, reason=reason, count=cap, time_zone=zone)
    if curator_id is not None and caps.curator_days:
        own = [post for post in posts if post.curator_id == curator_id and post.is_in_chat]
        days = timedelta(days=caps.curator_days)
        yield _at_most(1, own, days, reason=Reason.CURATOR, count=caps.curator_days, time_zone=zone)
    yield lambda at: _quiet(caps, at)
    yield lambda at: _silent(caps, book, at, now=now)


def _windows(caps: Caps) -> Iterator[tuple[Reason, int, timedelta]]:
    for reason, cap, window in (
        (Reason.DAY, caps.posts_a_day, DAY),
        (Reason.WEEK, caps.posts_a_week, WEEK),
    ):
        if cap != _NEVER:
            yield reason, cap, stretched(window, caps.trust_bps)


class _Spell(NamedTuple):
    """From when and until when a post counts, and how much."""

    begins: datetime
    ends: datetime
    weight_bps: int


class _Run(NamedTuple):
    """Posts in a row, the new one among them, that are more than a cap, from the first until the last."""

    first: _Spell
    last: _Spell


def _at_most(
    cap: int, posts: Sequence[Post], window: timedelta, *, reason: Reason, count: int, time_zone: str
) -> _Rule:
    """No window holds more posts than the cap, wherever in it the new one lies."""

    def spell(post: Post) -> _Spell:
        return _Spell(post.at, later(post.at, window, time_zone=time_zone), post.weight_bps)

    spells = [spell(post) for post in posts]
    ends = sorted({each.ends for each in spells})

    def fits(at: datetime) -> bool:
        return all(run.first.ends <= run.last.begins for run in _runs(spells, spell(Post(at=at)), cap))

    def rule(at: datetime) -> Hold | None:
        if fits(at):
            return None
        until = next(end for end in ends if end > at and fits(end))
        return Hold(reason=reason, until=until, count=count)

    return rule


def _runs(spells: Sequence[_Spell], new: _Spell, cap: int) -> Iterator[_Run]:
    """From each post up to the new one, the shortest run with it that weighs as much as cap + 1 posts."""
    place = sum(spell.begins <= new.begins for spell in spells)
    row = [*spells[:place], new, *spells[place:]]
    sums = list(accumulate((spell.weight_bps for spell in row), initial=0))
    for first in range(place + 1):
        last = max(bisect_left(sums, sums[first] + (cap + 1) * WHOLE_BPS) - 1, place)
        if last < len(row):
            yield _Run(row[first], row[last])


def _quiet(caps: Caps, at: datetime) -> Hold | None:
    until = quiet_ends(at, time_zone=caps.time_zone, quiet_from=caps.quiet_from, quiet_until=caps.quiet_until)
    return Hold(reason=Reason.QUIET, until=until) if until is not None else None


def _silent(caps: Caps, book: Book, at: datetime, *, now: datetime) -> Hold | None:
    """What is planned for later is asked when its time has come: who knows what is said until then."""
    if at > now or book.messages_since is None or book.last_in_chat is None:
        return None
    missing = caps.messages_between - book.messages_since
    until = later(book.last_in_chat, WAITS_FOR_TALK, time_zone=caps.time_zone)
    if missing <= 0 or until <= at:
        return None
    return Hold(reason=Reason.TALK, until=until, count=missing)


def _moves_to(hold: Hold, at: datetime) -> datetime:
    if hold.reason is not Reason.TALK:
        return hold.until
    return min(at + LOOKS_AGAIN_AFTER, hold.until)
