"""What members asked about picks."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Pick, Question


class QuestionRepository:
    """Questions, open and settled."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, question_id: int, *, lock: bool = False) -> Question | None:
        """The question with this key; a lock holds until the commit."""
        query = select(Question).where(Question.id == question_id)
        return (await self._session.exec(locked(query, key_share=True) if lock else query)).first()

    async def find_by_message(self, group_id: int, message_id: int) -> Question | None:
        """The question that somebody asked by this message of a group."""
        query = (
            select(Question)
            .join(Pick, col(Pick.id) == col(Question.pick_id))
            .where(Question.message_id == message_id, Pick.group_id == group_id)
            .order_by(col(Question.id))
        )
        return (await self._session.exec(query)).first()

    async def save(self, question: Question) -> Question:
        """Keep a question, new or changed, and give it its key."""
        self._session.add(question)
        await self._session.flush()
        return question

    async def list_open(self, pick_id: int) -> list[Question]:
        """What was asked about a pick and is not settled, oldest first."""
        query = (
            select(Question)
            .where(Question.pick_id == pick_id, col(Question.answered_at).is_(None))
            .order_by(col(Question.id))
        )
        return list(await self._session.exec(query))

    async def list_answered(self, pick_id: int, *, limit: int) -> list[Question]:
        """The questions of a pick that have an answer, the one answered last first."""
        query = (
            select(Question)
            .where(Question.pick_id == pick_id, col(Question.answer).is_not(None))
            .order_by(col(Question.answered_at).desc(), col(Question.id))
            .limit(limit)
        )
        return list(await self._session.exec(query))
