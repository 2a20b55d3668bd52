"""Words for reminders, questions and proposals that cannot be taken or settled like this."""

from bot import member_errors
from bot.i18n import Translator


def member_refusal(t: Translator, error: member_errors.MemberRefused) -> str:
    """One clear sentence or two, as plain text."""
    match error:
        case member_errors.ReminderTooLate(number=number):
            return t(
                "Pick #{number} closes within the hour, so there is no time left to remind you.",
                number=number,
            )
        case member_errors.QuestionGone():
            return t("There is nothing to answer here any more.")
        case member_errors.QuestionAnswered():
            return t("This question has been answered already.")
        case member_errors.AnswerMissing():
            return t("Please answer in words.")
        case member_errors.AnswerTooLong(limit=limit):
            return t("That is too long for a card: {limit} characters at most.", limit=limit)
    return _of_proposal(t, error)


def _of_proposal(t: Translator, error: member_errors.MemberRefused) -> str:
    match error:
        case member_errors.TooManyProposals(limit=limit):
            return t(
                "{limit} of your recommendations are being looked at. Please wait until one is decided.",
                limit=limit,
            )
        case member_errors.ProposalIncomplete():
            return t("Please say what it is, in a few words.")
        case (
            member_errors.ProposalTitleTooLong(limit=limit) | member_errors.ProposalWordsTooLong(limit=limit)
        ):
            return t("That is too long: {limit} characters at most.", limit=limit)
        case member_errors.ProposalPhotoNeeded():
            return t("Please send a photo, not a file; or skip this step.")
        case member_errors.ProposalTextNeeded():
            return t("Please write it in words.")
        case member_errors.ProposalChoiceNeeded():
            return t("Please tap one of the buttons above.")
        case member_errors.ProposalDecided():
            return t("This recommendation has been decided already.")
    raise LookupError(f"no words for {type(error).__name__}")
