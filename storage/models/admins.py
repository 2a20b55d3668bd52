"""Who runs the bot, beside those named in its settings."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import BigId, UtcDateTime


class Admin(SQLModel, table=True):
    """A person who was given an admin's rights by another."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    granted_by_id: int = Field(foreign_key="person.id", sa_type=BigId)
    granted_at: datetime = Field(sa_type=UtcDateTime)
