"""What is still to be sent, written in the transaction that caused it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime, word
from storage.states import OutboxKind


class OutboxEntry(SQLModel, table=True):
    """One thing to send. Twins with one merge key are one row until it is claimed."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "failed_at", "priority", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: OutboxKind = Field(sa_type=word(OutboxKind))
    chat_id: int = Field(sa_type=BigId)
    subject_id: int | None = Field(default=None, sa_type=Key)
    payload: dict[str, Any] | None = Field(default=None, sa_type=Document)
    merge_key: str | None = Field(default=None, unique=True)
    priority: int
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failure: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
