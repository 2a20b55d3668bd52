"""The group's vote on its caps: the poll, the page of the owner, and what came of it."""

from datetime import datetime

from bot.callbacks.trust import TrustButton, TrustVoteButton
from bot.i18n import Translator
from bot.rules.trust_votes import LASTS_DAYS, Choice, Stays, choice_of, quorum
from bot.services.trust_votes import Decided
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from bot.views.trust_caps import choice_words
from storage.models import Group, TrustVote

_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100


def poll_question(t: Translator, group: Group, vote: TrustVote, *, now: datetime) -> str:
    """What the group is asked."""
    question = t(
        "How many offers shall be posted in this group? The vote ends {moment}.",
        moment=t.moment(vote.closes_at, group.time_zone, now=now),
    )
    return shortened(question, _LONGEST_QUESTION)


def poll_option(t: Translator, choice: Choice, *, is_current: bool) -> str:
    """One answer."""
    words = choice_words(t, choice)
    return shortened(t("{choice} (as it is now)", choice=words) if is_current else words, _LONGEST_OPTION)


def vote_page(t: Translator, group: Group, vote: TrustVote | None, *, members: int, now: datetime) -> Screen:
    """To the owner: begin a vote, or how the one that runs stands."""
    key = group.id or 0
    back = [Button(text=t("‹ Back"), data=TrustButton(key))]
    needed = t.html_plural(
        "It counts if {n} member votes, and one answer has more votes than every other.",
        "It counts if {n} members vote, and one answer has more votes than every other.",
        quorum(members),
    )
    if vote is None:
        days = [
            Button(text=t.plural("{n} day", "{n} days", n), data=TrustVoteButton(key, str(n)))
            for n in LASTS_DAYS
        ]
        return Screen(
            text=paragraphs(
                t.html("<b>Let {group} vote on how many offers are posted?</b>", group=group.title),
                t.html(
                    "I post a poll in the group. What most choose becomes the caps of a day and a week; you "
                    "can change them again later."
                ),
                needed,
                t.html("How long shall it run?"),
            ),
            buttons=[days, back],
        )
    counts = vote.counts or [0] * len(vote.options)
    return Screen(
        text=paragraphs(
            t.html(
                "<b>{group} is voting until {moment}</b>",
                group=group.title,
                moment=t.moment(vote.closes_at, group.time_zone, now=now),
            ),
            lines(
                *(
                    t.html("{choice}: {n}", choice=choice_words(t, choice_of(option)), n=t.number(count))
                    for option, count in zip(vote.options, counts, strict=False)
                )
            ),
            needed,
        ),
        buttons=[[Button(text=t("Count it now"), data=TrustVoteButton(key, "0"))], back],
    )


def vote_result(t: Translator, decided: Decided) -> Screen:
    """In the group: what came of the vote."""
    votes = t.number(decided.votes)
    caps = choice_words(t, decided.choice)
    match decided.outcome.stays:
        case None:
            words = t.html(
                "The group has voted ({votes} votes). From now on offers are posted here: {caps}.",
                votes=votes,
                caps=caps,
            )
        case Stays.AS_IT_WAS:
            words = t.html(
                "The group has voted ({votes} votes) and keeps its caps: {caps}.", votes=votes, caps=caps
            )
        case Stays.TIE:
            words = t.html(
                "The vote on offers ended in a tie ({votes} votes), so the caps stay: {caps}.",
                votes=votes,
                caps=caps,
            )
        case Stays.TOO_FEW:
            words = t.html(
                "Too few voted on offers: {votes} of the {needed} that are needed. The caps stay: {caps}.",
                votes=votes,
                needed=t.number(quorum(decided.members)),
                caps=caps,
            )
        case Stays.LOST:
            words = t.html(
                "The poll on offers is gone, so the vote does not count. The caps stay: {caps}.", caps=caps
            )
    return Screen(text=words)


def vote_begun(t: Translator) -> str:
    """A toast: the poll follows."""
    return t("The poll comes into the group in a moment.")


def vote_counted(t: Translator) -> str:
    """A toast: the poll is being counted."""
    return t("It is counted in a moment.")
