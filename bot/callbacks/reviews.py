"""What buyers say of what they got."""

from bot.callbacks.buttons import Button


class OwnReviewsButton(Button, kind="zm"):
    """Show me a page of what I bought, with what I said of it; pages count from 0."""

    page: int


class OwnReviewButton(Button, kind="zo"):
    """My review of one line of an order."""

    order_id: int
    variant_id: int


class StarsButton(Button, kind="zs"):
    """So many stars for it."""

    order_id: int
    variant_id: int
    stars: int


class ReviewDeedButton(Button, kind="zd"):
    """`again`, `never`, `words`, `photos`, `cut_words`, `cut_photos`, `look` or `done`."""

    order_id: int
    variant_id: int
    deed: str


class ReviewsButton(Button, kind="zl"):
    """All that buyers say of a pick's offer, page by page from 0."""

    pick_id: int
    page: int


class ReviewButton(Button, kind="zw"):
    """One review in full, part by part from 0; `page` is the one to go back to."""

    pick_id: int
    review_id: int
    part: int
    page: int


class ReviewPhotosButton(Button, kind="zp"):
    """The photos of a review."""

    pick_id: int
    review_id: int


class HelpfulButton(Button, kind="zh"):
    """I find a review helpful, or do so no more; it stands on this page."""

    pick_id: int
    review_id: int
    page: int
