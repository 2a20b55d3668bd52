"""Reviews: who may write one and when she is asked, what is kept of her words, and what many say together."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Protocol

from bot.errors import ButtonOutdated
from bot.review_errors import (
    GoodsNotFetched,
    OwnGoods,
    ReviewWordsMissing,
    ReviewWordsTooLong,
    TooManyReviewPhotos,
)
from bot.rules.statistic_shares import Share
from bot.rules.typed_text import one_line, says_something
from storage.states import FETCHED, FulfilmentState

ASK_AFTER: Final = timedelta(days=7)
"""So long after she got her goods a buyer is asked: by then she has used them."""
ASK_UNTIL: Final = timedelta(days=30)
"""After so long nobody is asked any more: she would not remember."""
WAITS: Final = timedelta(hours=2)
"""So long words and photos that come belong to the review that they were asked for."""

MOST_STARS: Final = 5
PLEASED_FROM: Final = 4
"""So many stars mean that somebody was pleased; fewer are critical."""
FEWEST_BUYERS: Final = 3
"""What fewer buyers say is no mean of anything."""
FEW_BUYERS: Final = 10
"""What fewer buyers say may well be chance."""

LONGEST_WORDS: Final = 4096
"""UTF-16 units: as much as one message holds."""
MOST_PHOTOS: Final = 10
"""As many as one album holds."""

PRIOR_STARS: Final = 4.34
"""What verified buyers give on average, in the studies that we know."""
PRIOR_BUYERS: Final = 5
"""So many buyers weigh as much as that average."""

_GAPS: Final = re.compile(r"\n{3,}")


class Bought(Protocol):
    """What is looked at before somebody reviews a line of an order."""

    @property
    def person_id(self) -> int: ...
    @property
    def is_own(self) -> bool: ...
    @property
    def number(self) -> int: ...
    @property
    def fulfilment(self) -> FulfilmentState: ...
    @property
    def review(self) -> object | None: ...


def is_in_hand(fulfilment: FulfilmentState) -> bool:
    """Whether a buyer has, or had, her goods; what she gave back she knows, too."""
    return fulfilment in FETCHED


def is_reviewable(line: Bought) -> bool:
    """Whether its buyer may say how it was."""
    return _has_had(line) and not line.is_own


def check_reviewable(line: Bought | None, *, person_id: int) -> None:
    """Only its buyer says how something was, once she has it, and not of what she offers herself.

    Raises ButtonOutdated (it is nobody's, or somebody else's), GoodsNotFetched and OwnGoods.
    """
    if line is None or line.person_id != person_id:
        raise ButtonOutdated
    if not _has_had(line):
        raise GoodsNotFetched(line.number)
    if line.is_own:
        raise OwnGoods


def checked_stars(stars: int) -> int:
    """One to five. Raises ButtonOutdated."""
    if not 1 <= stars <= MOST_STARS:
        raise ButtonOutdated
    return stars


def checked_words(text: str, *, behind: str = "") -> str:
    """What is kept of what somebody wrote, behind what she wrote before.

    Its lines stay; control characters and overrides of the direction of writing do not. Raises
    ReviewWordsMissing and ReviewWordsTooLong.
    """
    said = _GAPS.sub("\n\n", "\n".join(one_line(line) for line in text.splitlines())).strip()
    if not says_something(said):
        raise ReviewWordsMissing
    words = f"{behind}\n{said}" if behind else said
    if _units(words) > LONGEST_WORDS:
        raise ReviewWordsTooLong(LONGEST_WORDS)
    return words


def checked_photos(photo_ids: Sequence[str], new_id: str) -> list[str]:
    """The photos of a review with one more. Raises TooManyReviewPhotos."""
    if new_id in photo_ids:
        return list(photo_ids)
    if len(photo_ids) >= MOST_PHOTOS:
        raise TooManyReviewPhotos(MOST_PHOTOS)
    return [*photo_ids, new_id]


def in_parts(words: str, *, limit: int) -> list[str]:
    """A long text in parts of at most so many UTF-16 units, each cut where a line or a word ends."""
    parts: list[str] = []
    while _units(words) > limit:
        head = words.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")
        # A text without a gap near the end is cut within a word.
        cut = max(head.rfind("\n"), head.rfind(" "))
        head = head[:cut] if cut > len(head) // 2 else head
        parts.append(head.rstrip())
        words = words[len(head) :].lstrip()
    return [*parts, words] if words or not parts else parts


def wilson_low(pleased: int, buyers: int) -> float:
    """The share of all buyers who would be pleased, at least: Wilson's lower bound at 95 %."""
    return Share(part=pleased, whole=buyers).interval.low


def shrunk_stars(mean: float, buyers: int) -> float:
    """A mean by which offers can be compared: of few buyers it stays near what buyers usually give."""
    return (PRIOR_BUYERS * PRIOR_STARS + buyers * mean) / (PRIOR_BUYERS + buyers)


def _has_had(line: Bought) -> bool:
    # What she has said stays hers to change, whatever is said of the hand-over since.
    return is_in_hand(line.fulfilment) or line.review is not None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
