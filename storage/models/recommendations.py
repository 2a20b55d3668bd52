"""What people said of suggestions."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class Dismissal(SQLModel, table=True):
    """A person said "not for me" of an offer, in all its rounds."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    origin_id: int = Field(primary_key=True, foreign_key="offer.id", sa_type=Key)
    dismissed_at: datetime = Field(sa_type=UtcDateTime)
