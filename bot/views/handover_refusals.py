"""Words for what cannot be handed over, and for pick-up points that cannot be like this."""

from bot import handover_errors
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST = 60


def handover_refusal(t: Translator, error: handover_errors.HandoverRefused) -> str:
    """One clear sentence or two, as plain text."""
    match error:
        case handover_errors.CodeUnknown():
            return t("No order has this code. Please look at it again, or type the order's number.")
        case handover_errors.CodeOfAnotherGroup():
            return t("This code is of an order in another group; you hand nothing over there.")
        case handover_errors.OrderNumberMissing():
            return t("Which order? Type its number, like /handover 12, or the code that the member shows.")
        case handover_errors.OrderUnknown(number=number):
            return t("No pick that you hand over now has an order number {number}.", number=number)
        case handover_errors.FetchedElsewhere(number=number, point=point):
            return t(
                "Order {number} is to be fetched at {point}, not here.", number=number, point=_short(point)
            )
        case handover_errors.NothingToHandOver():
            return t("There is nothing for you to hand over now.")
    return _of_state(t, error) or _of_point(t, error)


def _of_state(t: Translator, error: handover_errors.HandoverRefused) -> str | None:
    match error:
        case handover_errors.OrderIsCancelled(number=number):
            return t("Order {number} was cancelled.", number=number)
        case handover_errors.OrderInReview(number=number):
            return t("Order {number} needs a curator's decision first.", number=number)
        case handover_errors.PickStillOpen(number=number):
            return t("Pick #{number} is still open; hand it over after it has closed.", number=number)
        case handover_errors.OrderStillHeld(number=number):
            return t("Order {number} has to be paid first: until then it is not confirmed.", number=number)
        case handover_errors.HandedOverAlready(number=number, by=by, at=at):
            return t(
                "Order {number} was handed over already, by {name}: {time}.",
                number=number,
                name=_short(by),
                time=t.moment(at, str(at.tzinfo), now=at),
            )
        case handover_errors.NotHandedOver(number=number):
            return t("Order {number} has not been handed over, so there is nothing to undo.", number=number)
        case handover_errors.CameBackAlready(number=number):
            return t("The goods of order {number} were handed over, and came back.", number=number)
        case handover_errors.GoodsFetched(number=number):
            return t("Order {number} has been fetched already.", number=number)
    return None


def _of_point(t: Translator, error: handover_errors.HandoverRefused) -> str:
    match error:
        case handover_errors.PointGone(name=name):
            return t(
                "{point} is not in use any more. Please choose another pick-up point.", point=_short(name)
            )
        case handover_errors.PointNameMissing():
            return t("Please write a name for the pick-up point, like “Harbour, gate 3”.")
        case handover_errors.PointNameTooLong(limit=limit):
            return t(
                "The name is too long: {limit} characters at most. Address and hours go into the words.",
                limit=limit,
            )
        case handover_errors.PointNameTaken(name=name):
            return t(
                "There is a pick-up point “{name}” already. Please write another name.", name=_short(name)
            )
        case handover_errors.PointWordsTooLong(limit=limit):
            return t("That is too long: {limit} characters at most.", limit=limit)
        case handover_errors.PointFeeUnreadable(text=text, currency=currency):
            return t(
                "I cannot read “{text}” as an amount in {currency}. Write it in digits, like 5.00.",
                text=_short(text),
                currency=_short(currency),
            )
        case handover_errors.TooManyPoints(limit=limit):
            return t("A group can have {limit} pick-up points at most.", limit=limit)
    raise LookupError(f"no words for {type(error).__name__}")


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST)
