"""Collecting members' questions about picks, and answering them to all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.member_errors import (
    AnswerMissing,
    AnswerTooLong,
    QuestionAnswered,
    QuestionGone,
)
from bot.rules.questions import LONGEST_ANSWER, alike
from bot.rules.roles import leads
from bot.rules.typed_text import one_line, says_something
from storage.models import Draft, Question
from storage.repositories.members import Seen
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, Presence
from storage.unit_of_work import UnitOfWork

ANSWERING = "answer"
"""The step of a draft that waits for the words of an answer; it holds the question's key."""

_KNOWN_ANSWERS = 200


@dataclass(frozen=True, kw_only=True)
class QuestionSettled:
    """A question that has its answer, with its pick."""

    question: Question
    posted: PostedPick


async def collect_question(
    uow: UnitOfWork, posted: PostedPick, asker: Seen, *, message_id: int, text: str, now: datetime
) -> None:
    """Keep what was asked by a message, new or edited, once.

    What was answered before is answered again at once; what somebody else waits for is not asked twice.
    """
    earlier = await uow.questions.find_by_message(posted.pick.group_id, message_id)
    was = earlier.text if earlier is not None else None
    if earlier is not None and (not _may_be_asked_again(earlier) or was == text):
        return
    if earlier is None:
        await uow.members.meet([asker], now=now)
        await uow.members.enter(posted.pick.group_id, [asker.id], now=now)
    question = earlier or Question(
        pick_id=posted.id, person_id=asker.id, message_id=message_id, text=text, asked_at=now
    )
    was_open = earlier is not None and earlier.answered_at is None
    question.text, question.answered_at, question.answered_by_id = text, None, None
    await uow.questions.save(question)
    if await _answer_as_before(uow, posted, question, now=now):
        return
    waiting = [other for other in await uow.questions.list_open(posted.id) if other.id != question.id]
    is_asked = any(alike(text, other.text, about=posted.offer.title) for other in waiting)
    is_same = was_open and was is not None and alike(text, was, about=posted.offer.title)
    if not is_asked and not is_same:
        await _notify(uow, posted, question, now=now)


async def take_question_back(uow: UnitOfWork, group_id: int, message_id: int, *, now: datetime) -> None:
    """The message that asked was edited and asks no more; an answer stands."""
    question = await uow.questions.find_by_message(group_id, message_id)
    if question is not None and question.answered_at is None:
        question.answered_at, question.answered_by_id = now, question.person_id
        await uow.questions.save(question)


async def begin_answer(uow: UnitOfWork, question_id: int, person_id: int, *, now: datetime) -> Question:
    """Wait for a curator's answer in private, and for no other. Raises QuestionGone, QuestionAnswered."""
    question = await _open_question(uow, question_id)
    await stop_answering(uow, person_id)
    await uow.drafts.save(
        Draft(
            person_id=person_id,
            step=ANSWERING,
            content={"question_id": question_id},
            created_at=now,
            updated_at=now,
        )
    )
    return question


async def stop_answering(uow: UnitOfWork, person_id: int) -> None:
    """Wait for nothing any more."""
    while (draft := await uow.drafts.find_step(person_id, [ANSWERING])) is not None:
        await uow.drafts.remove(draft)


async def answer_question(
    uow: UnitOfWork,
    question_id: int,
    *,
    text: str,
    by_id: int | None,
    now: datetime,
    message_id: int | None = None,
) -> QuestionSettled:
    """Answer a question, and all that ask the same, on the card and to whoever has not read it yet.

    With `message_id` the answer is that message of the group, where the asker reads it herself.
    Raises QuestionGone, QuestionAnswered, AnswerMissing and AnswerTooLong.
    """
    question = await _open_question(uow, question_id)
    words = _checked(text)
    posted = await uow.picks.get(question.pick_id)
    same = [
        other
        for other in await uow.questions.list_open(question.pick_id)
        if other.id == question.id or alike(question.text, other.text, about=posted.offer.title)
    ]
    for each in same:
        each.answer, each.answered_by_id, each.answered_at = words, by_id, now
        each.answer_message_id = message_id
        await uow.questions.save(each)
        if message_id is None or each.id != question.id:
            await _tell(uow, posted, each, now=now)
    await uow.audit.add(
        "question_answered",
        group_id=posted.pick.group_id,
        person_id=by_id,
        pick_id=posted.id,
        details={"question_id": question_id},
        now=now,
    )
    await uow.outbox.add_cards({posted.id: posted.group.chat_id}, now=now)
    return QuestionSettled(question=question, posted=posted)


async def change_answer(uow: UnitOfWork, question: Question, *, text: str, now: datetime) -> None:
    """The message that was the answer was edited. Raises AnswerMissing and AnswerTooLong."""
    question.answer = _checked(text)
    await uow.questions.save(question)
    posted = await uow.picks.get(question.pick_id)
    await uow.outbox.add_cards({posted.id: posted.group.chat_id}, now=now)


async def set_aside(uow: UnitOfWork, question_id: int, *, by_id: int, now: datetime) -> None:
    """It was no question. Raises QuestionGone and QuestionAnswered."""
    question = await _open_question(uow, question_id)
    question.answered_at, question.answered_by_id = now, by_id
    await uow.questions.save(question)


async def ask_in_group(uow: UnitOfWork, question_id: int, *, now: datetime) -> None:
    """The curator reads nothing in private, so one line in the group tells her of a question."""
    question = await uow.questions.find(question_id)
    if question is None:
        return
    posted = await uow.picks.get(question.pick_id)
    await uow.outbox.add(
        OutboxKind.QUESTION,
        chat_id=posted.group.chat_id,
        subject_id=question_id,
        payload={"reader_id": await _reader(uow, posted)},
        now=now,
    )


def distinct(answered: Sequence[Question], *, about: str) -> list[Question]:
    """Each question once, where the same was asked in other words."""
    kept: list[Question] = []
    for question in answered:
        if not any(alike(question.text, other.text, about=about) for other in kept):
            kept.append(question)
    return kept


async def _open_question(uow: UnitOfWork, question_id: int) -> Question:
    question = await uow.questions.find(question_id, lock=True)
    if question is not None and question.answer is not None:
        raise QuestionAnswered
    if question is None or question.answered_at is not None:
        raise QuestionGone
    return question


def _may_be_asked_again(question: Question) -> bool:
    """An answer stands, and so does a curator's word that it was no question."""
    is_open = question.answered_at is None
    return is_open or (question.answer is None and question.answered_by_id == question.person_id)


def _checked(text: str) -> str:
    words = one_line(text)
    if not says_something(words):
        raise AnswerMissing
    if len(words) > LONGEST_ANSWER:
        raise AnswerTooLong(len(words), LONGEST_ANSWER)
    return words


async def _answer_as_before(
    uow: UnitOfWork, posted: PostedPick, question: Question, *, now: datetime
) -> bool:
    answered = await uow.questions.list_answered(posted.id, limit=_KNOWN_ANSWERS)
    known = next((a for a in answered if alike(a.text, question.text, about=posted.offer.title)), None)
    if known is None:
        return False
    # With the moment of the first answer: asked again, it is no news.
    question.answer, question.answered_at = known.answer, known.answered_at
    question.answered_by_id = known.answered_by_id
    await uow.questions.save(question)
    await _tell(uow, posted, question, now=now)
    return True


async def _tell(uow: UnitOfWork, posted: PostedPick, question: Question, *, now: datetime) -> None:
    await uow.outbox.add(OutboxKind.ANSWER, chat_id=posted.group.chat_id, subject_id=question.id, now=now)


async def _notify(uow: UnitOfWork, posted: PostedPick, question: Question, *, now: datetime) -> None:
    reader_id = await _reader(uow, posted)
    if reader_id is None or reader_id == question.person_id:
        return
    reader = await uow.members.find(reader_id)
    in_private = reader is not None and reader.private_is_open
    await uow.outbox.add(
        OutboxKind.QUESTION,
        chat_id=reader_id if in_private else posted.group.chat_id,
        subject_id=question.id,
        payload={"reader_id": reader_id},
        priority=Priority.RECEIPT,
        now=now,
    )


async def _reader(uow: UnitOfWork, posted: PostedPick) -> int | None:
    """Whom a question goes to: the pick's curator, if she still is one, else the owner."""
    curator_id = posted.pick.curator_id
    member = await uow.members.find_member(posted.pick.group_id, curator_id) if curator_id else None
    if member is not None and member.presence is Presence.JOINED and leads(member.role):
        return curator_id
    return posted.group.owner_id
