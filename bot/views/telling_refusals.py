"""Words for what cannot be told personally."""

from bot import errors, telling_errors
from bot.i18n import Translator


def telling_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about telling a pick personally."""
    match error:
        case telling_errors.TooFewToTell(fewest=fewest):
            return t.plural(
                "Fewer than {n} member could be told now, so nothing was done. The pick is as it was.",
                "Fewer than {n} members could be told now, so nothing was done. The pick is as it was.",
                fewest,
            )
        case telling_errors.NotToldPersonally():
            return t(
                "This cannot be told to some: it is for teams, for several groups or for later. "
                "Please post it."
            )
        case telling_errors.OverBeforeMorning():
            return t(
                "It is quiet in the group now, and this closes before anybody would hear of it. Please give "
                "it a later deadline, or tell it in the morning."
            )
    return None
