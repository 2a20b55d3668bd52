"""What those with rights did in cases, for the audit log."""

from bot.i18n import Translator
from bot.money import Money
from bot.views.screens import shortened
from storage.repositories.audit import AuditLine
from storage.states import CaseOutcome

_LONGEST = 40


def case_act(t: Translator, act: AuditLine, person: str) -> str | None:
    """One act in words; `person` is whose case it was."""
    if act.action not in ("case_offer_made", "case_decided", "case_given"):
        return None
    what, name = _outcome(t, act), shortened(person, _LONGEST)
    match act.action:
        case "case_offer_made":
            return t("offered {person} {outcome} in a case", person=name, outcome=what)
        case "case_decided":
            return t("decided the case of {person}: {outcome}", person=name, outcome=what)
    return t("marked as given to {person}: {outcome}", person=name, outcome=what)


def _outcome(t: Translator, act: AuditLine) -> str:
    money = t.money(Money(amount=act.details.get("amount") or 0, currency=act.details["currency"]))
    match act.details.get("outcome"):
        case CaseOutcome.REPLACEMENT:
            return t("a replacement")
        case CaseOutcome.REFUND:
            return t("{amount} back", amount=money)
        case CaseOutcome.CREDIT:
            return t("{amount} of store credit", amount=money)
    return t("nothing")
