"""What those with rights did in cases, for the audit log."""

from bot.i18n import Translator
from bot.views.cases import outcome_words
from bot.views.screens import shortened
from storage.repositories.audit import AuditLine

_LONGEST = 40


def case_act(t: Translator, act: AuditLine, person: str) -> str | None:
    """One act in words; `person` is whose case it was."""
    if act.action not in ("case_offer_made", "case_decided", "case_given"):
        return None
    what = outcome_words(t, act.details.get("outcome"), act.details.get("amount"), act.details["currency"])
    name = shortened(person, _LONGEST)
    match act.action:
        case "case_offer_made":
            return t("offered {person} {outcome} in a case", person=name, outcome=what)
        case "case_decided":
            return t("decided the case of {person}: {outcome}", person=name, outcome=what)
    return t("marked as given to {person}: {outcome}", person=name, outcome=what)
