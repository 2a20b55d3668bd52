"""What was done with campaigns, for the audit log."""

from bot.i18n import Translator
from storage.repositories.audit import AuditLine


def campaign_act(t: Translator, act: AuditLine) -> str | None:
    """One act in words, if it is about a campaign."""
    title = act.details.get("title", "")
    match act.action:
        case "campaign_launched":
            return t.plural(
                "sent the campaign “{title}” to {n} group",
                "sent the campaign “{title}” to {n} groups",
                act.details.get("groups", 0),
                title=title,
            )
        case "campaign_paused":
            return t("paused the campaign “{title}”", title=title)
        case "campaign_resumed":
            return t("went on with the campaign “{title}”", title=title)
        case "campaign_stopped":
            return t("stopped the campaign “{title}”", title=title)
        case "campaign_tried_again":
            return t.plural(
                "sent the campaign “{title}” once more to {n} group that had refused it",
                "sent the campaign “{title}” once more to {n} groups that had refused it",
                act.details.get("groups", 0),
                title=title,
            )
        case "campaign_post_found":
            return t("found that the campaign “{title}” had arrived", title=title)
        case "campaign_post_sent_again":
            return t("sent the campaign “{title}” again, since it had not arrived", title=title)
    return None
