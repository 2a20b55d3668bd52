"""Words of the audit log for money between groups."""

from bot.i18n import Translator
from bot.money import Money
from storage.repositories.audit import AuditLine


def carried_order_act(t: Translator, act: AuditLine) -> str | None:
    """What was done, if it was about money between groups."""
    if act.action == "sales_taken":
        return t("took what others sell of #{number} as a file", number=act.pick_number)
    if act.action not in ("carried_payment_received", "carried_payment_undone"):
        return None
    details = act.details
    fields = {
        "amount": t.money(Money(amount=details["amount"], currency=details["currency"])),
        "group": details["group"],
        "number": act.pick_number,
    }
    if act.action == "carried_payment_undone":
        return t("undid that {amount} was received from {group} for its pick #{number}", **fields)
    return t("noted {amount} as received from {group} for its pick #{number}", **fields)
