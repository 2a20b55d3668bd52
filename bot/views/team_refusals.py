"""Words for teams that cannot be like this, or cannot be joined."""

from bot import team_errors
from bot.errors import ShopError
from bot.i18n import Translator


def team_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence, if the refusal is about teams."""
    match error:
        case team_errors.OwnTeam():
            return t("This is your own team; others can join it by this button.")
        case team_errors.InThisTeam():
            return t("You are in this team already.")
        case team_errors.InAnotherTeam():
            return t("You are in another team of this pick; cancel your order first to change.")
        case team_errors.TeamFull():
            return t("This team is complete. Join another one, or open your own.")
        case team_errors.TeamOver():
            return t("This team's time is over. Join another one, or open your own.")
        case team_errors.TeamDissolved():
            return t("Everybody has left this team. Join another one, or open your own.")
        case team_errors.TeamSettled():
            return t("It is decided what becomes of this team; nothing was changed.")
    return _of_terms(t, error)


def _of_terms(t: Translator, error: ShopError) -> str | None:
    match error:
        case team_errors.TeamWithTiers():
            return t("A pick has either price tiers or a team price, not both.")
        case team_errors.TeamNotCheaper():
            return t("The price in a team must be lower than the price alone.")
        case team_errors.TeamSizeUnreadable(least=least, most=most):
            return t("A team has {least} to {most} people.", least=least, most=most)
        case team_errors.TeamHoursUnreadable(most=most):
            return t("A team has 1 to {most} hours to fill up.", most=most)
    return None
