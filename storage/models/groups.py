"""Groups: the chats that the bot serves."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class Group(SQLModel, table=True):
    """A chat with its language, currency and time zone; its key outlives a change of chat id."""

    __tablename__ = "chat_group"

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    chat_id: int = Field(sa_type=BigId, unique=True)
    title: str
    username: str | None = None
    is_forum: bool = False
    language: str
    currency: str
    time_zone: str
    owner_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    is_active: bool = True
    bot_is_admin: bool = False
    reads_plain_orders: bool = False
    next_pick_number: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
