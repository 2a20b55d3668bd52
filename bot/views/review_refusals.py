"""Words for what cannot be said of goods, or of what others said of them."""

from bot import review_errors
from bot.i18n import Translator


def review_refusal(t: Translator, error: review_errors.ReviewRefused) -> str:
    """One clear sentence or two, as plain text."""
    match error:
        case review_errors.GoodsNotFetched(number=number):
            return t(
                "Order number {number} has not been handed over to you. Once it is, you can say how it was.",
                number=number,
            )
        case review_errors.OwnGoods():
            return t("You offer this yourself, so others have to say how it is.")
        case review_errors.OwnReview():
            return t("This is your own review; others say whether it helps them.")
        case review_errors.StarsMissing():
            return t("Please tap the stars first.")
        case review_errors.ReviewWordsMissing():
            return t("There is nothing in it that I can keep. Please write a few words, or send photos.")
        case review_errors.ReviewWordsTooLong(limit=limit):
            return t(
                "Together that is longer than a review can be: {limit} characters at most. "
                "What you wrote before is kept.",
                limit=t.number(limit),
            )
        case review_errors.TooManyReviewPhotos(limit=limit):
            return t("A review has {limit} photos at most; those before this one are kept.", limit=limit)
    raise LookupError(f"no words for {type(error).__name__}")
