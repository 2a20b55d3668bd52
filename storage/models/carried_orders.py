"""What one group owes another for goods that it sold for it, and what was paid of that."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Key, UtcDateTime, only_where


class CarriedOrder(SQLModel, table=True):
    """What an order of a carried pick comes to, as it was reckoned last; the ledger follows.

    Amounts are in minor units of the order's currency. The row comes with the first change of the order or
    of its money that is looked at; its rate is its carrying's.
    """

    __tablename__ = "carried_order"
    __table_args__ = (
        CheckConstraint("goods_amount >= 0", name="ck_carried_order_goods"),
        CheckConstraint("share_amount >= 0 AND share_amount <= goods_amount", name="ck_carried_order_share"),
        Index("ix_carried_order_pick_id", "pick_id"),
        Index("ix_carried_order_stale", "order_id", **only_where("is_stale")),
    )

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    currency: str
    #: What the goods cost of it that somebody received and kept, before discounts of the carrying group's.
    goods_amount: int = Field(default=0, sa_type=BigId)
    #: The carrying group's part of that; the rest is the supplier's.
    share_amount: int = Field(default=0, sa_type=BigId)
    #: Something about the order or its money changed since it was reckoned.
    is_stale: bool = Field(default=True, sa_column_kwargs=AT_FIRST_NO)
    stale_since: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CarriedPayment(SQLModel, table=True):
    """A carrying group gave its supplier money for what it sold; in minor units."""

    __tablename__ = "carried_payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="ck_carried_payment_amount"),
        Index("ix_carried_payment_pick_id", "pick_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: The carrying group's pick for which it is.
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    amount: int = Field(sa_type=BigId)
    currency: str
    #: The supplier's curator who says that it came.
    received_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    received_at: datetime = Field(sa_type=UtcDateTime)
    #: It was a mistake.
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
