"""Words of the audit log for rewards: what a group pays, and what it has paid out."""

from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.money import Money
from bot.views.plans import percent_words
from storage.repositories.audit import AuditLine


def payout_act(t: Translator, act: AuditLine, *, person: str) -> str | None:
    """What was done, if it was about what a group pays for recommendations."""
    details = act.details
    match act.action:
        case "plan_changed" if details.get("setting") == "off":
            return t("switched rewards off")
        case "plan_changed":
            return _of_plan(t, details)
        case "pick_rewards_changed" if details.get("pays"):
            return t("had recommending #{number} pay again", number=act.pick_number)
        case "pick_rewards_changed":
            return t("had recommending #{number} pay nothing", number=act.pick_number)
        case "payouts_taken":
            return t("took the group's payouts as a file")
    return _of_one(t, act, person)


def _of_plan(t: Translator, details: Mapping[str, Any]) -> str:
    rates = {
        "first": percent_words(t, details.get("first_bps", 0)),
        "second": percent_words(t, details.get("second_bps", 0)),
    }
    match details.get("setting"):
        case "on":
            return t("switched rewards on: {first} and {second}", **rates)
        case "inviter":
            return t("changed who earns where nobody recommended it")
        case "days":
            return t("changed the days for returns")
        case "order" | "month" | "pair" | "least":
            return t("changed the bounds of rewards")
    return t("changed the rewards: {first} and {second}", **rates)


def _of_one(t: Translator, act: AuditLine, person: str) -> str | None:
    details = act.details
    known = "amount" in details and "currency" in details
    fields = {
        "amount": t.money(Money(amount=details["amount"], currency=details["currency"])) if known else "?",
        "person": person,
    }
    match act.action:
        case "payout_approved" if details.get("paid_with") == "credit":
            return t("paid {person} {amount} of earnings as store credit", **fields)
        case "payout_approved":
            return t("approved a payout of {amount} to {person}", **fields)
        case "payout_declined":
            return t(
                "declined a payout of {amount} to {person}: {reason}",
                reason=details.get("note") or "?",
                **fields,
            )
        case "payout_paid":
            return t("paid {person} {amount} of earnings", **fields)
        case "payout_undone":
            return t("undid a payout of {amount} to {person}", **fields)
    return None
