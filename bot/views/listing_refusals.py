"""Words for what cannot be opened to other groups, or not on such terms."""

from bot import listing_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.plans import percent_words
from bot.views.screens import shortened

_SHOWN = 40


def listing_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about what other groups may sell."""
    match error:
        case listing_errors.TermsUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a share, a time, groups or pieces. Write it like "
                "“8 %, from fri 12:00, 10 groups, 20 each”.",
                text=shortened(" ".join(text.split()), _SHOWN),
            )
        case listing_errors.ShareTooHigh(most_bps=most_bps):
            return t("A group that sells for you can keep {share} at most.", share=percent_words(t, most_bps))
        case listing_errors.TooManyGroups(most=most):
            return t("Write 1 to {most} groups, or “any groups”.", most=t.number(most))
        case listing_errors.TooManyPieces(most=most):
            return t(
                "Write 1 to {most} pieces for each group, or “as many as there are”.", most=t.number(most)
            )
        case listing_errors.OpensTooLate():
            return t("Your pick is closed by then. Let others sell it earlier, or extend your pick first.")
        case listing_errors.CarriedNotListed(number=number):
            return t(
                "You sell #{number} for its supplier: only the supplier can let other groups sell it.",
                number=number,
            )
        case listing_errors.PersonalNotListed(number=number):
            return t(
                "#{number} is told to some members only. Post it in your group first; then other groups can "
                "sell it, too.",
                number=number,
            )
    return None
