"""Who wants to hear of a pick before it closes."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class Reminder(SQLModel, table=True):
    """A member wants to hear of a pick before it closes; the pick's own deadline says when."""

    __table_args__ = (Index("ix_reminder_due_at", "due_at"),)

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    #: When it was due as the deadline stood when she asked.
    due_at: datetime = Field(sa_type=UtcDateTime)
