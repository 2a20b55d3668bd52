"""Private notices: what people may switch off, who hears of a new pick, and how many are told at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from storage.states import CategoryWish, NoticeKind

SWITCHES: Final = (
    NoticeKind.NEW_PICKS,
    NoticeKind.SUGGESTIONS,
    NoticeKind.WISHES,
    NoticeKind.ANSWERS,
    NoticeKind.REMINDERS,
    NoticeKind.REVIEWS,
    NoticeKind.EARNINGS,
)
"""What there is to be switched; of prices nobody is told in private but those whose money it is."""

MOST_WAITING: Final = 300
"""So many people at most wait to be told: about ten seconds at Telegram's pace."""

MOST_TOLD: Final = 5
"""New picks that one notice names; the others are counted."""

NEW_FOR: Final = timedelta(hours=24)
"""A card that appears later than so long after its pick was opened is no news: it was posted again."""

MOST_WISHES: Final = 50
"""Categories that one person can have wishes of in one group."""


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Whom to tell of which new picks, and up to which person that is all; None: there is nobody beyond."""

    people: Mapping[int, tuple[int, ...]]
    up_to: int | None


def hears(*, is_on: bool | None, wishes: Mapping[str, CategoryWish], category: str | None) -> bool:
    """Whether a member hears of a new pick; `is_on` is her own choice of new picks, if she made one.

    Who wants to hear of some categories alone hears of them without having switched on all new picks.
    """
    wish = wishes.get(category) if category is not None else None
    if wish is CategoryWish.ONLY:
        return is_on is not False
    return is_on is True and wish is None and CategoryWish.ONLY not in wishes.values()


def portion(heard: Mapping[int, Sequence[int]], *, limit: int) -> Portion:
    """The next people to be told, out of the next ones of each pick, which are in the order of their ids.

    A list with `limit` people may go on: nobody beyond its last one is told yet, so that each person gets
    all her new picks in one notice.
    """
    unfinished = [people[-1] for people in heard.values() if len(people) >= limit]
    up_to = min(unfinished, default=None)
    told: dict[int, tuple[int, ...]] = {}
    for pick_id, people in sorted(heard.items()):
        for person_id in people:
            if up_to is None or person_id <= up_to:
                told[person_id] = (*told.get(person_id, ()), pick_id)
    return Portion(people=dict(sorted(told.items())), up_to=up_to)
