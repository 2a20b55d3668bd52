"""Words for what cannot be had or done because something is stopped, or because it is not."""

from bot import errors, recall_errors
from bot.i18n import Translator


def recall_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence or two, as plain text; None where the refusal is about something else."""
    match error:
        case recall_errors.PickStopped(number=number):
            return t(
                "Pick #{number} is stopped: something may be wrong with it. It takes no orders for now.",
                number=number,
            )
        case recall_errors.OfferStopped():
            return t(
                "That is stopped: something may be wrong with it. It can be posted when it is on sale again."
            )
        case recall_errors.StoppedOpen(number=number):
            return t(
                "Pick #{number} is stopped, so it does not close. Put it on sale again, or withdraw it.",
                number=number,
            )
        case recall_errors.StoppedAlready(number=number):
            return t("Pick #{number} is stopped already; nothing was changed.", number=number)
        case recall_errors.PickGone(number=number):
            return t("Nobody has anything of pick #{number}, so there is nothing to stop.", number=number)
        case recall_errors.StopReasonMissing(number=number):
            return t(
                "Why? Whoever has it will read it. Write it like /stop {number} the jars leak.", number=number
            )
        case recall_errors.RecallOver():
            return t("That is over: it was looked at, and is on sale again.")
        case recall_errors.RecallAnswered():
            return t("You want your money back already, and that is being seen to.")
        case recall_errors.NotYoursToLift():
            return t("Whoever stopped it decides that, or the group's owner.")
    return None
