"""Which updates have had their effect, and which never could."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime


class SeenUpdate(SQLModel, table=True):
    """An update whose effect is committed: a second delivery changes nothing."""

    __tablename__ = "seen_update"

    update_id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)


class DeadLetter(SQLModel, table=True):
    """An update that failed every time it was tried, kept for the operator."""

    __tablename__ = "dead_letter"

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    update_id: int | None = Field(default=None, sa_type=BigId)
    raw: dict[str, object] = Field(sa_type=Document)
    error: str
    died_at: datetime = Field(sa_type=UtcDateTime)
    #: An admin wants it to be tried again.
    retry_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
