"""What looks like abuse of rewards, until a person has looked at it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index, or_
from sqlmodel import Field, SQLModel, col

from storage.columns import BigId, Document, Key, UtcDateTime, word
from storage.states import FlagKind, FlagOutcome


class Flag(SQLModel, table=True):
    """A suspicion with its evidence; a machine writes it, a person settles it."""

    __table_args__ = (
        Index("ix_flag_group_id_settled_at", "group_id", "settled_at"),
        Index("ix_flag_person_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: FlagKind = Field(sa_type=word(FlagKind))
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    #: Whose rewards wait for it.
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    other_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    order_id: int | None = Field(default=None, foreign_key="orders.id", sa_type=Key)
    evidence: dict[str, Any] = Field(sa_type=Document)
    #: The same suspicion is written down once.
    merge_key: str = Field(unique=True)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    outcome: FlagOutcome | None = Field(default=None, sa_type=word(FlagOutcome))
    note: str = ""


FIRST_OF_RING: Final = or_(
    col(Flag.kind).not_in([FlagKind.CLOSED_PAIR, FlagKind.LOOP]),
    col(Flag.other_id).is_(None),
    col(Flag.person_id) < col(Flag.other_id),
)
"""Of people who are in it alike, and of whom each has a row, the first: she stands for all in lists."""
