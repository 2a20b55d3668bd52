"""The audit log: what those with rights did."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One privileged act; without a person, somebody who spoke as the group."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_group_id_id", "group_id", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: None where it is about no group: an admin's act.
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId, index=True)
    action: str
    pick_id: int | None = Field(default=None, foreign_key="pick.id", sa_type=Key)
    order_id: int | None = Field(default=None, foreign_key="orders.id", sa_type=Key)
    details: dict[str, Any] | None = Field(default=None, sa_type=Document)
    happened_at: datetime = Field(sa_type=UtcDateTime)
