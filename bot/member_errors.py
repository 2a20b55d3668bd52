"""Refusals: reminders, questions and proposals."""

from dataclasses import dataclass

from bot.errors import NotPossible


class MemberRefused(NotPossible):
    """A member's reminder, question or proposal cannot be taken, or settled, like this."""


@dataclass(eq=False)
class ReminderTooLate(MemberRefused):
    """The pick closes within the hour."""

    number: int


class QuestionGone(MemberRefused):
    """The question was taken back, or set aside, or there is none."""


class QuestionAnswered(MemberRefused):
    """The question has its answer already."""


class AnswerMissing(MemberRefused):
    """An answer needs words."""


@dataclass(eq=False)
class AnswerTooLong(MemberRefused):
    """The answer has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class TooManyProposals(MemberRefused):
    """So many of a member's proposals wait for a curator already."""

    limit: int


class ProposalIncomplete(MemberRefused):
    """A proposal that does not say what it is."""


@dataclass(eq=False)
class ProposalTitleTooLong(MemberRefused):
    """What it is has more characters than a card's title can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class ProposalWordsTooLong(MemberRefused):
    """Why she vouches for it has more characters than a card can bear."""

    length: int
    limit: int


class ProposalPhotoNeeded(MemberRefused):
    """What was sent is no photo."""


class ProposalTextNeeded(MemberRefused):
    """The step wants words."""


class ProposalChoiceNeeded(MemberRefused):
    """The step is answered by a button."""


class ProposalDecided(MemberRefused):
    """A curator has decided on the proposal already."""
