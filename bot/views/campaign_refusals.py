"""Words for what cannot be done with a campaign."""

from bot import campaign_errors
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST = 120


def campaign_refusal(t: Translator, error: campaign_errors.CampaignRefused) -> str:
    """One clear sentence or two."""
    match error:
        case campaign_errors.CampaignWordsMissing():
            return t("A campaign needs words first.")
        case campaign_errors.CampaignWordsTooLong(limit=limit):
            return t("That is too long: {limit} characters at most.", limit=limit)
        case campaign_errors.CampaignForNobody():
            return t("No group is meant that takes campaigns. Choose others, or another promotion.")
        case campaign_errors.CampaignReachChanged(count=count):
            return t.plural(
                "Meanwhile {n} group is meant. Please look again and confirm that.",
                "Meanwhile {n} groups are meant. Please look again and confirm that.",
                count,
            )
        case campaign_errors.CampaignLaunched():
            return t("It was launched already, so nothing of it can be changed.")
        case campaign_errors.CampaignOver():
            return t("That is not possible any more: somebody has stopped it, or it is done.")
        case campaign_errors.CampaignGroupsUnknown(names=names):
            return t(
                "I know no group, or several, of these names: {names}. Write them one a line: the @name, "
                "the title or the number.",
                names=shortened(names, _LONGEST) or "–",
            )
        case campaign_errors.CampaignGroupsTooMany(limit=limit):
            return t("That is more than {limit} groups: choose by language or by size.", limit=limit)
    raise LookupError(f"no words for {type(error).__name__}")
