"""Words for what cannot be handed over, and for pick-up points that cannot be like this."""

from bot import errors
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST = 60


def handover_refusal(t: Translator, error: errors.HandoverRefused) -> str:
    """One clear sentence or two, as plain text."""
    match error:
        case errors.CodeUnknown():
            return t("No order has this code. Please look at it again, or type the order's number.")
        case errors.CodeOfAnotherGroup():
            return t("This code is of an order in another group; you hand nothing over there.")
        case errors.OrderNumberMissing():
            return t("Which order? Type its number, like /handover 12, or the code that the member shows.")
        case errors.OrderUnknown(number=number):
            return t("No pick that you hand over now has an order number {number}.", number=number)
        case errors.FetchedElsewhere(number=number, point=point):
            return t(
                "Order {number} is to be fetched at {point}, not here.", number=number, point=_short(point)
            )
        case errors.NothingToHandOver():
            return t("There is nothing for you to hand over now.")
    return _of_state(t, error) or _of_point(t, error)


def _of_state(t: Translator, error: errors.HandoverRefused) -> str | None:
    match error:
        case errors.OrderIsCancelled(number=number):
            return t("Order {number} was cancelled.", number=number)
        case errors.OrderInReview(number=number):
            return t("Order {number} needs a curator's decision first.", number=number)
        case errors.PickStillOpen(number=number):
            return t("Pick #{number} is still open; hand it over after it has closed.", number=number)
        case errors.HandedOverAlready(number=number, by=by, at=at):
            return t(
                "Order {number} was handed over already, by {name} at {time}.",
                number=number,
                name=_short(by),
                time=f"{at:%Y-%m-%d %H:%M}",
            )
        case errors.NotHandedOver(number=number):
            return t("Order {number} has not been handed over, so there is nothing to undo.", number=number)
        case errors.GoodsFetched(number=number):
            return t("Order {number} has been fetched already.", number=number)
    return None


def _of_point(t: Translator, error: errors.HandoverRefused) -> str:
    match error:
        case errors.PointGone(name=name):
            return t(
                "{point} is not in use any more. Please choose another pick-up point.", point=_short(name)
            )
        case errors.PointNameMissing():
            return t("Please write a name for the pick-up point, like “Harbour, gate 3”.")
        case errors.PointNameTooLong(limit=limit):
            return t(
                "The name is too long: {limit} characters at most. Address and hours go into the words.",
                limit=limit,
            )
        case errors.PointNameTaken(name=name):
            return t(
                "There is a pick-up point “{name}” already. Please write another name.", name=_short(name)
            )
        case errors.PointWordsTooLong(limit=limit):
            return t("That is too long: {limit} characters at most.", limit=limit)
        case errors.TooManyPoints(limit=limit):
            return t("A group can have {limit} pick-up points at most.", limit=limit)
    raise LookupError(f"no words for {type(error).__name__}")


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST)
