"""What members ask about picks, and what they are answered."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, only_where


class Question(SQLModel, table=True):
    """What a member asked about a pick, and the curator's answer to all.

    Settled without an answer, it was no question after all, or the asker took it back.
    """

    __table_args__ = (
        Index("ix_question_pick_id_id", "pick_id", "id"),
        Index("ix_question_message_id", "message_id"),
        Index(
            "ix_question_answered_by_id",
            "answered_by_id",
            **only_where("answered_by_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    message_id: int | None = Field(default=None, sa_type=BigId)
    text: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None
    #: The message in the group that was the answer; none where it was given in private.
    answer_message_id: int | None = Field(default=None, sa_type=BigId)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
