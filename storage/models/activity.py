"""How much is said in groups, never what; and when the bot was there to see it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class GroupActivity(SQLModel, table=True):
    """How many ordinary messages a group has written since the bot came."""

    __tablename__ = "group_activity"

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    message_count: int = Field(default=0, sa_type=BigId)


class Uptime(SQLModel, table=True):
    """One run of the bot, from its start until it was last known to run."""

    __table_args__ = (Index("ix_uptime_seen_at", "seen_at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
