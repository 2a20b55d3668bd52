"""What was told to some, for the audit log."""

from bot.i18n import Translator
from storage.repositories.audit import AuditLine


def telling_act(t: Translator, act: AuditLine) -> str | None:
    """One act in words, if it is about telling a pick personally."""
    match act.action:
        case "pick_told":
            return t.plural(
                "told {n} member of #{number} personally",
                "told {n} members of #{number} personally",
                act.details.get("told", 0),
                number=act.pick_number,
            )
        case "told_pick_posted":
            return t("posted #{number}, which had been told to some", number=act.pick_number)
    return None
