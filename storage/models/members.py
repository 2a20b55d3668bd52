"""People and their membership in groups."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Key, UtcDateTime, only_where, word
from storage.states import Presence, Role


class Person(SQLModel, table=True):
    """A Telegram user; the key is Telegram's own id, which never changes."""

    id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    name: str
    username: str | None = None
    language: str
    language_is_chosen: bool = False
    private_is_open: bool = False
    #: Her name is not shown in others' pictures of chains.
    hides_name: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: People who know her may see that she bought something.
    shows_purchases: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: Since when Telegram says that her account is no more.
    deactivated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: She wanted to be forgotten: nothing is earned by her any more, and nobody is told of her.
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Member(SQLModel, table=True):
    """A person in a group."""

    __table_args__ = (
        Index("ix_member_person_id", "person_id"),
        # Partial: most people stay, and who comes in pays nothing for those who left.
        Index(
            "ix_member_group_id_left_at",
            *("group_id", "left_at"),
            **only_where("left_at IS NOT NULL"),
        ),
        Index(
            "ix_member_group_id_active_at",
            *("group_id", "active_at"),
            **only_where("active_at IS NOT NULL"),
        ),
    )

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    role: Role = Field(default=Role.MEMBER, sa_type=word(Role))
    presence: Presence = Field(default=Presence.JOINED, sa_type=word(Presence))
    joined_at: datetime = Field(sa_type=UtcDateTime)
    #: When she left of herself; who was sent away did not.
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When she was last seen to say or do something in the group, to the hour.
    active_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The role was given here, not by Telegram's list of administrators, and outlasts changes of that.
    is_appointed: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: She was not only asked to leave: Telegram lets her in no more.
    is_banned: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: A curator who may touch her own picks alone.
    own_picks_only: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
