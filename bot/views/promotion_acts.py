"""What was done with promotions, as the audit log says it."""

from bot.i18n import Translator
from storage.repositories.audit import AuditLine


def promotion_act(t: Translator, act: AuditLine) -> str | None:
    """An act about a promotion or its codes in words; None for any other."""
    title = act.details.get("title", "")
    batch = act.details.get("batch", 0)
    match act.action:
        case "promotion_launched":
            return t("launched the promotion {title}", title=title)
        case "promotion_changed":
            return t("changed the promotion {title}", title=title)
        case "promotion_paused":
            return t("paused the promotion {title}", title=title)
        case "promotion_resumed":
            return t("let the promotion {title} go on", title=title)
        case "promotion_ended":
            return t("ended the promotion {title}", title=title)
        case "coupons_made":
            count = act.details.get("codes") or 0
            return t.plural("made {n} code of {title}", "made {n} codes of {title}", count, title=title)
        case "coupons_taken":
            return t("took the codes of {title} as a file (no. {batch})", title=title, batch=batch)
        case "coupons_switched_off":
            return t("switched codes of {title} off (no. {batch})", title=title, batch=batch)
        case "coupons_switched_on":
            return t("switched codes of {title} on (no. {batch})", title=title, batch=batch)
    return None
