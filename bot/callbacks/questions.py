"""Questions about a pick."""

from bot.callbacks.buttons import Button


class AnswerButton(Button, kind="qa"):
    """I want to answer a question."""

    question_id: int


class NotAQuestionButton(Button, kind="qn"):
    """It was no question."""

    question_id: int


class StopAnswerButton(Button, kind="qs"):
    """I will not answer now."""

    question_id: int
