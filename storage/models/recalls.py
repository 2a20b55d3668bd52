"""Goods that are stopped everywhere, and what their buyers say to it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Key, UtcDateTime, only_where, word
from storage.states import RecallAnswer, RecallReason


class Recall(SQLModel, table=True):
    """An offer, in all its rounds and groups, takes no orders; perhaps buyers may have their money back."""

    __table_args__ = (
        # One at a time.
        Index(
            "uq_recall_running",
            "origin_id",
            unique=True,
            **only_where("lifted_at IS NULL"),
        ),
        Index("ix_recall_group_id", "group_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: The offer that its further rounds were copied from.
    origin_id: int = Field(foreign_key="offer.id", sa_type=Key)
    #: Whose owner answers for it: the group in which it arose.
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    reason: RecallReason = Field(sa_type=word(RecallReason))
    words: str = ""
    #: The numbers that caused it: so many of so many orders were disputed.
    disputed: int = 0
    delivered: int = 0
    offers_refunds: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    begun_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)


class RecallBuyer(SQLModel, table=True):
    """One order of what is recalled: when its buyer was told, and what she wants."""

    __tablename__ = "recall_buyer"

    recall_id: int = Field(primary_key=True, foreign_key="recall.id", sa_type=Key)
    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: RecallAnswer | None = Field(default=None, sa_type=word(RecallAnswer))
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
