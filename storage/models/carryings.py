"""Which groups sell what another group supplies."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, only_where, word
from storage.states import CarryingEnd


class Carrying(SQLModel, table=True):
    """A group sells what another supplies, as a pick of its own, on the terms of when it began."""

    __table_args__ = (
        CheckConstraint("share_bps >= 0 AND share_bps <= 10000", name="ck_carrying_share"),
        CheckConstraint("group_id <> supplier_id", name="ck_carrying_self"),
        Index("ix_carrying_listing_id", "listing_id"),
        Index("ix_carrying_group_id_ended_at", "group_id", "ended_at"),
        Index("ix_carrying_supplier_id", "supplier_id"),
        Index("ix_carrying_untold", "ended_at", **only_where("told_at IS NULL")),
    )

    #: The carrying group's own pick.
    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    listing_id: int = Field(foreign_key="listing.id", sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    #: The group that supplies.
    supplier_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    begun_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    share_bps: int
    #: Since when it takes no further orders; those that it has stand.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    end_reason: CarryingEnd | None = Field(default=None, sa_type=word(CarryingEnd))
    #: When those whom its end concerns were told, and its pick was withdrawn with the supplier's.
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
