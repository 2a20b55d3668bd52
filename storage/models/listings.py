"""Offers that a group opens to other groups, and on which terms."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, only_where


class Listing(SQLModel, table=True):
    """An offer that its supplier, a group, lets other groups sell, and what each of them has of it.

    Terms are frozen where a group begins to carry it: a change holds for those who come later.
    """

    __table_args__ = (
        CheckConstraint("share_bps >= 0 AND share_bps <= 10000", name="ck_listing_share"),
        CheckConstraint("groups_limit IS NULL OR groups_limit > 0", name="ck_listing_groups"),
        CheckConstraint("pieces_limit IS NULL OR pieces_limit > 0", name="ck_listing_pieces"),
        Index("ix_listing_group_id_ended_at", "group_id", "ended_at"),
        Index("ix_listing_opens_at", "opens_at", **only_where("ended_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: The supplier's own pick of it: its offer is what is carried, its deadline is everybody's.
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key, unique=True)
    offer_id: int = Field(foreign_key="offer.id", sa_type=Key, index=True)
    #: The supplier.
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    opened_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: What a carrying group keeps of what its orders cost.
    share_bps: int
    #: From when on others can carry it.
    opens_at: datetime = Field(sa_type=UtcDateTime)
    #: How many groups at most; None: any number.
    groups_limit: int | None = None
    #: How many pieces each of them can sell at most; None: as many as there are.
    pieces_limit: int | None = Field(default=None, sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: Since when nobody else can carry it, and whoever does takes no further orders.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: How good the market finds it, in basis points each; None: too little is known. At the least so many of
    #: its buyers are pleased.
    rating_bps: int | None = None
    #: So many of its orders are disputed, supposing little at first.
    dispute_bps: int | None = None
    #: At the least so many orders of its supplier were handed over, and not called off.
    completion_bps: int | None = None
    #: When that was counted.
    measured_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
