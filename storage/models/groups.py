"""Groups: the chats that the bot serves, and their pick-up points."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, true
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Key, UtcDateTime, word
from storage.states import PaysWhen


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
    overview_message_id: int | None = Field(default=None, sa_type=BigId)
    #: It wants no pinned list of its open picks.
    hides_overview: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: When orders are paid where a pick says nothing; one whose price can fall waits for its close.
    pays_when: PaysWhen = Field(
        default=PaysWhen.AFTER_CLOSE,
        sa_type=word(PaysWhen),
        sa_column_kwargs={"server_default": PaysWhen.AFTER_CLOSE.value},
    )
    #: How long stock is kept for somebody who has to pay at once.
    hold_minutes: int = Field(default=10, sa_column_kwargs={"server_default": "10"})
    next_receipt_number: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    #: Since when it keeps its money here: what closed before was paid without us.
    payments_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When nobody is to be woken, in minutes of its own day; from and until are the same: never quiet.
    quiet_from: int = Field(default=21 * 60, sa_column_kwargs={"server_default": "1260"})
    quiet_until: int = Field(default=8 * 60, sa_column_kwargs={"server_default": "480"})
    #: Whether admins may post their campaigns in it.
    takes_campaigns: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    #: Whether commercial posts spend an allowance here. Of the caps below 0 means none.
    keeps_allowance: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    posts_a_day: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    posts_a_week: int = Field(default=3, sa_column_kwargs={"server_default": "3"})
    #: In so many days a curator posts once, unless she owns the group.
    curator_days: int = Field(default=7, sa_column_kwargs={"server_default": "7"})
    #: So many ordinary messages lie between two posts.
    messages_between: int = Field(default=5, sa_column_kwargs={"server_default": "5"})
    #: How much of its caps it may use, in basis points: bad signs halve it, time restores it.
    trust_bps: int = Field(default=10_000, sa_column_kwargs={"server_default": "10000"})
    #: Since when that is so.
    trust_changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Since when the bot is told of leaves and reactions, as administrators alone are.
    admin_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Within how many hours its curators promise to answer when something is wrong.
    answer_hours: int = Field(default=48, sa_column_kwargs={"server_default": "48"})


class PickupPoint(SQLModel, table=True):
    """Where a group's members fetch their goods."""

    __tablename__ = "pickup_point"
    __table_args__ = (UniqueConstraint("group_id", "name", name="uq_pickup_point_group_id_name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    name: str
    words: str = ""
    position: int = 0
    is_active: bool = True
    #: What fetching an order there costs, in the group's minor units.
    fee_amount: int = Field(default=0, sa_type=BigId, sa_column_kwargs={"server_default": "0"})


class PointHelper(SQLModel, table=True):
    """A person who hands goods over at a pick-up point, and may do nothing else."""

    __tablename__ = "point_helper"

    point_id: int = Field(primary_key=True, foreign_key="pickup_point.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
