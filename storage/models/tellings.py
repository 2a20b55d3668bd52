"""Picks that were told in private to the members most likely to care, and who was left out by lot."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Document, Key, UtcDateTime, only_where


class Telling(SQLModel, table=True):
    """A pick was told personally: to how many, how many were left out by lot, and out of how many members."""

    __table_args__ = (
        Index("ix_telling_group_id_begun_at", "group_id", "begun_at"),
        Index("ix_telling_unmeasured", "begun_at", **only_where("measured_at IS NULL")),
    )

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    begun_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    #: How many people were in the group then.
    member_count: int
    told_count: int = 0
    held_count: int = 0
    #: When its outcome was counted; how many of each ordered it until then.
    measured_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_buyers: int | None = None
    held_buyers: int | None = None


class Told(SQLModel, table=True):
    """One member who was likely to care about a pick that was told personally."""

    __table_args__ = (Index("ix_told_person_id_chosen_at", "person_id", "chosen_at"),)

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    #: Left out by lot, so that those who were told can be compared with somebody.
    is_held_back: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: Why she was likely to care: facts by name, as they were then.
    reasons: list[str] = Field(sa_type=Document)
    chosen_at: datetime = Field(sa_type=UtcDateTime)
