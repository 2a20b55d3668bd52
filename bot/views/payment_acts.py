"""Words of the audit log for what is done with payments."""

from bot.i18n import Translator
from bot.money import Money
from bot.views.payment_ways import way_name
from storage.repositories.audit import AuditLine
from storage.states import PaymentMethod


def payment_act(t: Translator, act: AuditLine, person: str) -> str | None:
    """What was done, if it was about payments; `person` is who paid or was to pay."""
    return _of_ways(t, act) or _of_payment(t, act, person)


def _of_ways(t: Translator, act: AuditLine) -> str | None:
    match act.action:
        case "payment_way_changed":
            method = act.details.get("method")
            name = way_name(t, PaymentMethod(method)) if method else "?"
            if act.details.get("is_active"):
                return t("changed the way to pay “{name}”: on", name=name)
            return t("changed the way to pay “{name}”: off", name=name)
        case "pick_payments_changed":
            return t("changed how #{number} is paid", number=act.pick_number)
        case "payments_asked_for":
            return t(
                "reminded {count} of paying for #{pick}",
                count=t.number(act.details.get("orders", 0)),
                pick=act.pick_number,
            )
    return None


def _of_payment(t: Translator, act: AuditLine, person: str) -> str | None:
    details, pick = act.details, act.pick_number
    known = "amount" in details and "currency" in details
    amount = t.money(Money(amount=details["amount"], currency=details["currency"])) if known else "?"
    match act.action:
        case "payment_confirmed":
            return t("confirmed {amount} from {person} for #{pick}", amount=amount, person=person, pick=pick)
        case "payment_declined":
            return t(
                "did not confirm {amount} from {person} for #{pick}", amount=amount, person=person, pick=pick
            )
        case "cash_received":
            return t(
                "took {amount} in cash from {person} for #{pick}", amount=amount, person=person, pick=pick
            )
        case "payment_undone":
            return t(
                "took back that {amount} came from {person} for #{pick}",
                amount=amount,
                person=person,
                pick=pick,
            )
    return None
