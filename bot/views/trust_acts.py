"""What was done about a group's allowance, for the audit log."""

from bot.i18n import Translator
from bot.rules.trust_votes import choice_of
from bot.views.trust_caps import choice_words
from storage.repositories.audit import AuditLine


def trust_act(t: Translator, act: AuditLine) -> str | None:
    """One act in words, if it is about the allowance."""
    match act.action:
        case "allowance_overridden":
            return t("posted #{number} although it did not fit", number=act.pick_number)
        case "pick_moved":
            return t("planned #{number} for another time", number=act.pick_number)
        case "vote_begun":
            return t("let the group vote on its allowance")
        case "vote_ended":
            return t("had the group's vote counted")
        case "caps_voted":
            return t("set the allowance by vote: {caps}", caps=choice_words(t, choice_of(act.details)))
    return None
