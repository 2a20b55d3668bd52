"""Refusals: what cannot be said of goods, or of what others said of them."""

from dataclasses import dataclass

from bot.errors import NotPossible


class ReviewRefused(NotPossible):
    """A review cannot be written or judged like this."""


@dataclass(eq=False)
class GoodsNotFetched(ReviewRefused):
    """Only who has the goods in her hands can say how they are."""

    number: int


class OwnGoods(ReviewRefused):
    """Nobody reviews what she offers herself."""


class OwnReview(ReviewRefused):
    """Nobody finds her own review helpful."""


class StarsMissing(ReviewRefused):
    """A review begins with its stars."""


class ReviewWordsMissing(ReviewRefused):
    """There is nothing in it that could be read."""


@dataclass(eq=False)
class ReviewWordsTooLong(ReviewRefused):
    """It is longer than one review can be, in UTF-16 units."""

    limit: int


@dataclass(eq=False)
class TooManyReviewPhotos(ReviewRefused):
    """It has as many photos as it can."""

    limit: int
