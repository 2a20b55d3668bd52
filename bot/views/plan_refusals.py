"""Words for what cannot be typed of a plan."""

from bot import plan_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST = 40


def plan_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about a plan."""
    match error:
        case plan_errors.PercentUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a percentage. Write it like 10 or 7.5, with two decimals at most.",
                text=_short(text),
            )
        case plan_errors.ThirdLevel():
            return t(
                "There are two levels at most. With a third, people would earn by the size of their chain, "
                "and not by what they recommend: that is a pyramid."
            )
        case plan_errors.RewardsTooHigh():
            return t("Together that would be more than the whole order. Please write less.")
        case plan_errors.ReturnDaysUnreadable(limit=limit):
            return t("Please write a whole number of days, {limit} at most.", limit=limit)
        case plan_errors.BoundUnreadable(text=text, currency=currency):
            return t(
                "I cannot read “{text}” as an amount in {currency}. Write it like 20, or - for none.",
                text=_short(text),
                currency=_short(currency),
            )
    return None


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST)
