"""Cards that members send on, who looks at them, and whose card somebody opened last."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import TouchSource


class Share(SQLModel, table=True):
    """One member's own card of one pick, to be sent to whomever she likes."""

    __table_args__ = (
        UniqueConstraint("pick_id", "person_id", name="uq_share_pick_id_person_id"),
        Index("ix_share_person_id_id", "person_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: Names it in links; nobody can guess it.
    token: str = Field(unique=True)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    #: How often it was sent into a chat, as Telegram tells.
    sent_count: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)


class ShareVisit(SQLModel, table=True):
    """How far one person came by one shared card; each step is noted when it first happened."""

    __tablename__ = "share_visit"
    __table_args__ = (Index("ix_share_visit_person_id", "person_id"),)

    share_id: int = Field(primary_key=True, foreign_key="share.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    #: She looked at it where it was sent, by its button.
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: She opened it in her private chat with the bot.
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ordered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Touch(SQLModel, table=True):
    """Whose card of a pick a person opened last, or who told her of it in her own words."""

    __table_args__ = (
        CheckConstraint("person_id <> recommender_id", name="ck_touch_self"),
        Index("ix_touch_recommender_id", "recommender_id"),
    )

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    recommender_id: int = Field(foreign_key="person.id", sa_type=BigId)
    source: TouchSource = Field(sa_type=word(TouchSource))
    touched_at: datetime = Field(sa_type=UtcDateTime)
