"""What is not posted yet: curators' half-made picks."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime


class Draft(SQLModel, table=True):
    """A pick in the making, in one person's private chat; once posted it names its pick."""

    __table_args__ = (Index("ix_draft_person_id_id", "person_id", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    step: str
    content: dict[str, Any] = Field(sa_type=Document)
    message_id: int | None = Field(default=None, sa_type=BigId)
    pick_id: int | None = Field(default=None, foreign_key="pick.id", sa_type=Key)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
