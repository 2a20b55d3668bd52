"""What a person wants to be told in private, and what not."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, only_where, word
from storage.states import CategoryWish, NoticeKind


class NoticeChoice(SQLModel, table=True):
    """A person switched one kind of private notices on or off; without a row it is as usual."""

    __tablename__ = "notice_choice"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    kind: NoticeKind = Field(primary_key=True, sa_type=word(NoticeKind))
    is_on: bool
    chosen_at: datetime = Field(sa_type=UtcDateTime)


class CategoryChoice(SQLModel, table=True):
    """A member wants to hear of one category of a group's goods, or nothing of it."""

    __tablename__ = "category_choice"
    __table_args__ = (Index("ix_category_choice_person_id", "person_id"),)

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    #: Folded, as offers keep it.
    category: str = Field(primary_key=True)
    wish: CategoryWish = Field(sa_type=word(CategoryWish))
    chosen_at: datetime = Field(sa_type=UtcDateTime)


class PickNotice(SQLModel, table=True):
    """How far a new pick was told to those who want to hear of it: a portion of people at a time."""

    __tablename__ = "pick_notice"
    __table_args__ = (
        Index(
            "ix_pick_notice_due_at",
            "due_at",
            **only_where("done_at IS NULL"),
        ),
    )

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    #: Everybody up to this person was told or wants nothing; people are taken by their ids.
    after_id: int = Field(default=0, sa_type=BigId)
    #: Not before: nobody is woken.
    due_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
