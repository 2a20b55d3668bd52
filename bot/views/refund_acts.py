"""Words of the audit log for money that was given back, and for credit."""

from bot.i18n import Translator
from bot.money import Money
from storage.repositories.audit import AuditLine


def refund_act(t: Translator, act: AuditLine, *, person: str) -> str | None:
    """What was done, if it was about giving money back or about credit."""
    details = act.details
    known = "amount" in details and "currency" in details
    fields = {
        "amount": t.money(Money(amount=details["amount"], currency=details["currency"])) if known else "?",
        "person": person,
        "number": details.get("number") or "?",
        "pick": act.pick_number or "?",
    }
    match act.action:
        case "refund_ticked_off" if details.get("note"):
            return t(
                "gave {amount} back to {person}, order {number} of #{pick}: {note}",
                note=details["note"],
                **fields,
            )
        case "refund_ticked_off":
            return t("gave {amount} back to {person}, order {number} of #{pick}", **fields)
        case "refund_tick_undone":
            return t("undid giving {amount} back to {person}, order {number} of #{pick}", **fields)
        case "goodwill_given":
            return t(
                "allowed {person} {amount} for good will, order {number} of #{pick}: {reason}",
                reason=details.get("reason") or "?",
                **fields,
            )
        case "credit_given":
            return t("gave {person} {amount} credit: {reason}", reason=details.get("reason", ""), **fields)
    return None
