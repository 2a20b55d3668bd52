"""Words of the audit log for what admins did."""

from bot.i18n import Translator
from storage.repositories.audit import AuditLine


def admin_act(t: Translator, act: AuditLine, person: str) -> str | None:
    """What was done, if it was by an admin as such; `person` is whom it concerns."""
    match act.action:
        case "admin_granted":
            return t("made {person} an admin", person=person)
        case "admin_revoked":
            return t("took an admin's rights from {person}", person=person)
        case "letter_retried":
            return t("had an update tried again that could not be handled")
        case "letter_discarded":
            return t("discarded an update that could not be handled")
        case "unsent_retried":
            return t(
                "had messages sent again: {count}, which failed with “{reason}”",
                count=t.number(act.details.get("count", 0)),
                reason=act.details.get("reason", ""),
            )
        case "unsent_discarded":
            return t(
                "discarded messages: {count}, which failed with “{reason}”",
                count=t.number(act.details.get("count", 0)),
                reason=act.details.get("reason", ""),
            )
    return None
