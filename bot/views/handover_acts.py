"""Words of the audit log for what is done at pick-up points."""

from bot.i18n import Translator
from storage.repositories.audit import AuditLine


def handover_act(t: Translator, act: AuditLine) -> str | None:
    """What was done, if it was about pick-up points or goods."""
    return _of_point(t, act) or _of_goods(t, act)


def _of_point(t: Translator, act: AuditLine) -> str | None:
    point = act.details.get("point", "")
    match act.action:
        case "point_added":
            return t("added the pick-up point {point}", point=point)
        case "point_changed":
            return t("changed the pick-up point {point}", point=point)
        case "point_priced":
            return t("changed what fetching at {point} costs", point=point)
        case "point_moved":
            return t("moved the pick-up point {point}", point=point)
        case "point_switched_on":
            return t("switched on the pick-up point {point}", point=point)
        case "point_switched_off":
            return t("switched off the pick-up point {point}", point=point)
    return None


def _of_goods(t: Translator, act: AuditLine) -> str | None:
    details, pick = act.details, act.pick_number
    match act.action:
        case "goods_arrived":
            return t(
                "told {count} that #{pick} is there: {point}",
                count=t.number(details.get("orders", 0)),
                pick=pick,
                point=details.get("point", ""),
            )
        case "buyers_reminded":
            return t(
                "reminded {count} of #{pick}: {point}",
                count=t.number(details.get("orders", 0)),
                pick=pick,
                point=details.get("point", ""),
            )
        case "order_handed_over":
            return t("handed over order {number} of #{pick}", number=details.get("number", ""), pick=pick)
        case "hand_over_undone":
            return t(
                "undid the hand-over of order {number} of #{pick}",
                number=details.get("number", ""),
                pick=pick,
            )
        case "goods_returned":
            return t(
                "noted that the goods of order {number} of #{pick} came back",
                number=details.get("number", ""),
                pick=pick,
            )
        case "sheet_taken":
            return t("took a sheet of #{pick}", pick=pick)
    return None
