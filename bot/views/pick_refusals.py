"""Words for what the life of a pick does not allow."""

from bot import edit_errors, errors
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST_NAME = 40
_MOST_GROUPS = 3


def pick_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence or two, as plain text; None where the refusal is about something else."""
    match error:
        case edit_errors.PickOver(number=number, state=state):
            return _over(t, number, state)
        case edit_errors.AlreadyOnOffer(number=number):
            return t("That is on offer already: pick #{number}. Nothing was posted twice.", number=number)
        case edit_errors.HandedOver(number=number):
            return t(
                "Goods of pick #{number} are in their buyers' hands already, so it cannot be withdrawn.",
                number=number,
            )
        case edit_errors.StockBelowSold(variant=variant, sold=sold):
            return _below_sold(t, variant, sold)
        case edit_errors.ReasonMissing(number=number):
            return t(
                "Why? Everybody who ordered will read it. Write it like "
                "/withdraw {number} the supplier has none left.",
                number=number,
            )
        case edit_errors.EditUnreadable(number=number):
            return t(
                "What shall change? Write it like /edit {number} title Wool scarf; "
                "after the number comes title, words, price, tiers, stock or till, or send it with a photo.",
                number=number,
            )
        case edit_errors.ClosesBeforeOpening():
            return t("That is before the pick opens. Please give a later time.")
        case edit_errors.RoundJoined(number=number):
            return t(
                "Pick #{number} counts as a further round of another one already; nothing was changed.",
                number=number,
            )
        case edit_errors.RoundStopped(number=number):
            return t(
                "Pick #{number} is or was stopped, since something may be wrong with it. "
                "So what it is a round of stays as it is.",
                number=number,
            )
        case edit_errors.RoundInUse(number=number):
            return t(
                "Pick #{number} stays a further round: it has orders, or the same was posted again since.",
                number=number,
            )
        case edit_errors.SeveralPicks(number=number, groups=groups):
            return t(
                "Several of your groups have a pick #{number}: {groups}. Write it in the group, "
                "or choose the pick with /manage.",
                number=number,
                groups=t.listed([shortened(group, _LONGEST_NAME) for group in groups[:_MOST_GROUPS]]),
            )
    return None


def _over(t: Translator, number: int, state: str) -> str:
    match state:
        case "withdrawn":
            return t("Pick #{number} is withdrawn already; nothing was changed.", number=number)
        case "failed":
            return t(
                "Pick #{number} did not reach its minimum and is over; nothing was changed.", number=number
            )
        case "scheduled":
            return t("Pick #{number} is not open yet; nothing was changed.", number=number)
    return t("Pick #{number} is closed already; nothing was changed.", number=number)


def _below_sold(t: Translator, variant: str, sold: int) -> str:
    if variant:
        return t(
            "{sold} of {variant} are ordered already, so there cannot be fewer. Nothing was changed.",
            sold=t.number(sold),
            variant=shortened(variant, _LONGEST_NAME),
        )
    return t(
        "{sold} are ordered already, so there cannot be fewer. Nothing was changed.", sold=t.number(sold)
    )
