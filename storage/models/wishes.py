"""What members want, by when and at what price, and the needs that their wishes make together."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Key, UtcDateTime, only_where


class Need(SQLModel, table=True):
    """What several members of a group want: their wishes are close enough for one pick."""

    __table_args__ = (
        Index("ix_need_group_id_closed_at", "group_id", "closed_at"),
        Index("ix_need_draft_id", "draft_id"),
        Index("ix_need_pick_id", "pick_id"),
        Index("ix_need_answered", "pick_id", **only_where("closed_at IS NULL AND pick_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    #: In the words of its first wish, or of the curator who merged it.
    title: str
    #: A curator made it what it is: merged or split; what is alike is not moved out of it any more.
    is_by_hand: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: The draft that it became, and the pick that answers it.
    draft_id: int | None = Field(default=None, foreign_key="draft.id", ondelete="SET NULL", sa_type=Key)
    pick_id: int | None = Field(default=None, foreign_key="pick.id", sa_type=Key)
    #: Since when nobody waits for it: answered, merged into another, or all its wishes are over.
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="need.id", sa_type=Key)


class Wish(SQLModel, table=True):
    """What one member would take: how many, until when, and for how much at most, in minor units."""

    __table_args__ = (
        CheckConstraint("quantity > 0", name="ck_wish_quantity"),
        UniqueConstraint("group_id", "message_id", name="uq_wish_group_id_message_id"),
        Index("ix_wish_need_id", "need_id"),
        Index("ix_wish_person_id_id", "person_id", "id"),
        Index("ix_wish_group_id_closed_at", "group_id", "closed_at"),
        Index(
            "ix_wish_expires_at",
            "expires_at",
            **only_where("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    need_id: int = Field(foreign_key="need.id", sa_type=Key)
    #: The goods, as they were typed, and the language in which.
    words: str
    language: str
    quantity: int = Field(default=1, sa_type=BigId)
    limit_amount: int | None = Field(default=None, sa_type=BigId)
    currency: str
    wanted_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The message in the group that said it; none where it was said in private or by a tap.
    message_id: int | None = Field(default=None, sa_type=BigId)
    #: The message in private that did.
    private_message_id: int | None = Field(default=None, sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    #: Since when it counts no more: taken back, over, or answered by a pick.
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When she was told of the pick that answers it: once.
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
