"""Who answers whom in a group: counted, so that people one knows can be told from others."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class Acquaintance(SQLModel, table=True):
    """How often one person answered another in a group; what was said is nowhere."""

    __table_args__ = (
        CheckConstraint("person_id <> other_id", name="ck_acquaintance_self"),
        Index("ix_acquaintance_other_id", "other_id"),
        Index("ix_acquaintance_last_at", "last_at"),
    )

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    other_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    replies: int = 1
    last_at: datetime = Field(sa_type=UtcDateTime)
