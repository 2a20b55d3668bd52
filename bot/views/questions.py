"""Questions about picks: to the curator, back to the asker, and on the card to all."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.questions import AnswerButton, NotAQuestionButton, StopAnswerButton
from bot.i18n import Translator
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened, shown_length
from storage.models import Question
from storage.repositories.picks import PostedPick

_ON_CARD = 3
_QUESTION_ON_CARD = 100
_ANSWER_ON_CARD = 200
_QUOTED = 400
_LEAST_ROOM = 100


def question_notice(t: Translator, posted: PostedPick, question: Question, *, asker: str) -> Screen:
    """To the curator, in private: who asks what, and what can be done."""
    assert question.id is not None
    about = _asked(t, posted, question, asker=asker)
    if question.answer is not None:
        return Screen(text=paragraphs(about, _answered(t, question)))
    if question.answered_at is not None:
        return Screen(text=paragraphs(about, t.html("Nothing to answer here any more.")))
    return Screen(
        text=paragraphs(
            about,
            t.html(
                "Answer here, or simply reply to the message in the group: "
                "the card shows it to everybody, so that you are asked once."
            ),
        ),
        buttons=[
            [
                Button(text=t("Answer"), data=AnswerButton(question.id)),
                Button(text=t("Not a question"), data=NotAQuestionButton(question.id)),
            ]
        ],
    )


def question_in_group(
    t: Translator, posted: PostedPick, *, curator: str | None, asker: str, link: str
) -> Screen:
    """In the group, where the curator has not opened a private chat: one line and a button."""
    if curator is None:
        text = t.html("{asker} asks about pick #{number}.", asker=asker, number=posted.pick.number)
    else:
        text = t.html(
            "{name}, {asker} asks you about pick #{number}.",
            name=curator,
            asker=asker,
            number=posted.pick.number,
        )
    return Screen(text=text, buttons=[[Button(text=t("Answer in private"), url=link)]])


def answer_wanted(t: Translator, posted: PostedPick, question: Question, *, asker: str) -> Screen:
    """To the curator who wants to answer."""
    assert question.id is not None
    return Screen(
        text=paragraphs(
            _asked(t, posted, question, asker=asker),
            t.html("Please write your answer. Everybody will read it on the card."),
        ),
        buttons=[[Button(text=t("Not now"), data=StopAnswerButton(question.id))]],
    )


def answer_taken(t: Translator, posted: PostedPick) -> Markup:
    """To the curator who has answered."""
    return t.html("Thank you. Your answer is on the card of pick #{number}.", number=posted.pick.number)


def answer_in_group(t: Translator, posted: PostedPick, question: Question, *, curator: str | None) -> Screen:
    """To the asker, in the thread of her question."""
    answer = question.answer or ""
    if curator is None:
        return Screen(text=t.html("About #{number}: {answer}", number=posted.pick.number, answer=answer))
    return Screen(
        text=t.html(
            "{name} about #{number}: {answer}", name=curator, number=posted.pick.number, answer=answer
        )
    )


def card_answers(t: Translator, answered: Sequence[tuple[str, str]], *, room: int) -> Markup | None:
    """The newest questions with their answers that fit into so many UTF-16 units of a card."""
    head = t.html("<b>Asked and answered</b>")
    rows: list[Markup] = []
    room -= shown_length(head)
    for question, answer in answered[:_ON_CARD]:
        row = _pair(t, question, answer, question_limit=_QUESTION_ON_CARD, answer_limit=_ANSWER_ON_CARD)
        room -= shown_length(row) + len("\n")
        if room < 0:
            break
        rows.append(row)
    return lines(head, *rows) if rows else None


def all_answers(t: Translator, answered: Sequence[tuple[str, str]], *, room: int) -> Markup | None:
    """The same in private, as many as fit."""
    head = t.html("<b>Asked and answered</b>")
    if not answered or room < _LEAST_ROOM:
        return None
    rows = (
        _pair(t, question, answer, question_limit=_QUOTED, answer_limit=1000) for question, answer in answered
    )
    return lines(head, as_fits(rows, between="\n", limit=room - shown_length(head) - len("\n")))


def _pair(t: Translator, question: str, answer: str, *, question_limit: int, answer_limit: int) -> Markup:
    return t.html(
        "“{question}” {answer}",
        question=shortened(question, question_limit),
        answer=Markup("<i>{}</i>").format(shortened(answer, answer_limit)),
    )


def _asked(t: Translator, posted: PostedPick, question: Question, *, asker: str) -> Markup:
    return lines(
        t.html(
            "<b>{group}</b>: {asker} asks about #{number} {title}",
            group=posted.group.title,
            asker=asker,
            number=posted.pick.number,
            title=posted.offer.title,
        ),
        t.html("“{text}”", text=shortened(question.text, _QUOTED)),
    )


def _answered(t: Translator, question: Question) -> Markup:
    return t.html("Answered: {answer}", answer=Markup("<i>{}</i>").format(question.answer or ""))
