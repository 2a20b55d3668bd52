"""Suggestions: what is open to a person, in which order, what is good enough, and what may be said for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Protocol, TypeVar

from bot.rules.acquaintances import LEAST_SHOWN
from bot.rules.recalls import probably_bad
from bot.rules.reviews import FEWEST_BUYERS, PLEASED_FROM, wilson_low
from storage.states import PickState

A_PAGE: Final = 5
"""So few are shown at once: each with its reasons, to be read."""

DISAPPOINTED: Final = 0.25
"""What surely disappoints more of its buyers than this is suggested to nobody."""
DOUBTFUL: Final = 0.5
"""Nor is what is more probably bad than not, by its disputes; open ones count."""

RESTS: Final = timedelta(minutes=10)
"""Rankings are worked out anew after so long at the earliest."""
SHARE_OF_TIME: Final = 20
"""And at most one part in so many of all time goes into it."""
LASTS: Final = timedelta(days=1)
"""After so long they are worked out anew even if nothing seems to have happened."""


class Open(Protocol):
    """A pick of one of a person's groups, as far as it matters whether it is suggested."""

    @property
    def pick_id(self) -> int: ...
    @property
    def group_id(self) -> int: ...
    @property
    def origin_id(self) -> int: ...
    @property
    def state(self) -> PickState: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def order_count(self) -> int: ...
    @property
    def curator_id(self) -> int | None: ...
    @property
    def category(self) -> str | None: ...
    @property
    def is_stopped(self) -> bool: ...
    @property
    def is_left(self) -> bool: ...


O = TypeVar("O", bound=Open)  # noqa: E741


class Silence(Enum):
    """Why there is nothing to suggest."""

    NO_GROUP = auto()
    NOTHING_ON_OFFER = auto()
    HAS_ALL = auto()
    NOTHING_TO_SAY = auto()


@dataclass(frozen=True, kw_only=True)
class Taste:
    """What is known of one person that decides what is open to her; offers by their first rounds."""

    person_id: int
    ordered: Collection[int]
    dismissed: Collection[int]
    #: Categories that she does not want to hear of, by group.
    muted: Mapping[int, Collection[str]]


def open_to(candidates: Iterable[O], taste: Taste) -> list[O]:
    """Of each offer one pick that may be suggested: of several one that is live, and closes first."""
    found: dict[int, O] = {}
    for one in sorted(
        candidates, key=lambda one: (one.state is not PickState.LIVE, one.closes_at, one.pick_id)
    ):
        is_hers = one.origin_id in taste.ordered or one.curator_id == taste.person_id
        is_muted = one.category is not None and one.category in taste.muted.get(one.group_id, ())
        is_refused = one.origin_id in taste.dismissed or is_muted
        if not (is_hers or is_refused or one.is_stopped or not one.is_left):
            found.setdefault(one.origin_id, one)
    return list(found.values())


def in_order(candidates: Iterable[O], *, best: Sequence[int], popular: Sequence[int]) -> list[O]:
    """Her own ranking first, then what many bought, and then what many order now."""
    own = {origin_id: place for place, origin_id in enumerate(best)}
    common = {origin_id: place for place, origin_id in enumerate(popular)}

    def place(one: O) -> tuple[int, int, int, int]:
        return (
            own.get(one.origin_id, len(own)),
            common.get(one.origin_id, len(common)),
            -one.order_count,
            one.pick_id,
        )

    return sorted(candidates, key=place)


def why_silent(candidates: Collection[O], taste: Taste, *, is_member: bool) -> Silence:
    """Why nothing of all that is on offer to her is suggested."""
    if not is_member:
        return Silence.NO_GROUP
    sold = [one for one in candidates if not one.is_stopped and one.is_left]
    if not sold:
        return Silence.NOTHING_ON_OFFER
    if all(one.origin_id in taste.ordered for one in sold):
        return Silence.HAS_ALL
    return Silence.NOTHING_TO_SAY


def is_good_enough(*, pleased: int, buyers: int, disputed: int, delivered: int) -> bool:
    """Whether something is suggested at all, by its reviews and disputes; that there are none is not bad."""
    disappoints = wilson_low(buyers - pleased, buyers)
    return disappoints <= DISAPPOINTED and probably_bad(disputed, delivered) <= DOUBTFUL


def tells_of_many(both: int, others: int) -> bool:
    """Whether it may be said how many of the buyers of one thing bought another.

    Of few of them, and of all, whoever knows them would know who it was.
    """
    return LEAST_SHOWN <= both < others


def is_praise(stars: float, buyers: int) -> bool:
    """Whether a mean of so many buyers speaks for something."""
    return buyers >= FEWEST_BUYERS and stars >= PLEASED_FROM


def rests_for(seconds: float) -> timedelta:
    """How long nobody works rankings out anew after it took so many seconds."""
    return max(RESTS, timedelta(seconds=seconds * SHARE_OF_TIME))


def is_due(
    *, mark: str, was: str, fitted_at: datetime | None, asked_at: datetime | None, now: datetime
) -> bool:
    """Whether rankings are worked out anew: something happened, somebody waits, or it is long ago."""
    return fitted_at is None or mark != was or asked_at is not None or now - fitted_at >= LASTS
