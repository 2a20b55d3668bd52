"""Words for what cannot be done with a case like this."""

from bot import case_errors
from bot.i18n import Translator


def case_refusal(t: Translator, error: case_errors.CaseRefused) -> str:
    """One clear sentence or two, as plain text."""
    return _of_writing(t, error) or _of_answering(t, error)


def _of_writing(t: Translator, error: case_errors.CaseRefused) -> str | None:
    match error:
        case case_errors.CaseWordsMissing():
            return t("Please write it in a few words.")
        case case_errors.CaseWordsTooLong(limit=limit):
            return t("That is too long: {limit} characters at most.", limit=t.number(limit))
        case case_errors.TooManyPhotos(limit=limit):
            return t("I take {limit} photos at most; those that I have are kept.", limit=limit)
        case case_errors.CaseTakesNoFiles():
            return t("Please send words or photos: I take nothing else here.")
        case case_errors.TooManyCases():
            return t("There have been several cases about this order. Please talk to the owner of the group.")
    return None


def _of_answering(t: Translator, error: case_errors.CaseRefused) -> str:
    match error:
        case case_errors.CaseOver():
            return t("This case is over. /cases shows how it ended.")
        case case_errors.CaseMovedOn():
            return t("Something has happened in this case meanwhile. Please look at it again: /cases")
        case case_errors.CaseWithOthers():
            return t("Somebody else decides this case now. You can read it, and write something.")
        case case_errors.CaseAboutYourself():
            return t("This is your own case, so somebody else has to decide it.")
        case case_errors.CaseTooEarly(due_at=due_at):
            return t(
                "There is still time to answer until {time}. After that you can go on.",
                time=t.moment(due_at, str(due_at.tzinfo), now=due_at),
            )
        case case_errors.CaseAmountTooLarge(most=most):
            return t("That is too much: {amount} at most.", amount=t.money(most))
        case case_errors.CaseAmountMissing():
            return t("Please begin with the amount, like 3.00 broken jar")
        case case_errors.NothingToRefund():
            return t(
                "There is nothing to give back for this order: nothing was paid, or it went back already."
            )
        case case_errors.CaseNeedsCredit():
            return t("Store credit cannot be given here, or not any more. Please agree on something else.")
        case case_errors.CaseMoneyInReview():
            return t(
                "Somebody has to look at this order's money before it can move. The offer stands; please try "
                "again later."
            )
    raise LookupError(f"no words for {type(error).__name__}")
