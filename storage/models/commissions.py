"""What members earn by others' orders."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Key, UtcDateTime, only_where, word
from storage.states import CommissionSource, CommissionState


class Commission(SQLModel, table=True):
    """What one person earns by one order of another; amounts in minor units of the order's currency.

    Who earns at which rate is frozen as the order is placed. What it comes to is reckoned anew whenever the
    order or its money changes; the ledger follows.
    """

    __table_args__ = (
        CheckConstraint("earner_id <> buyer_id", name="ck_commission_self"),
        CheckConstraint("level IN (1, 2)", name="ck_commission_level"),
        CheckConstraint("bps > 0", name="ck_commission_bps"),
        Index("ix_commission_buyer_id_earner_id", "buyer_id", "earner_id"),
        Index("ix_commission_earner_id_group_id", "earner_id", "group_id", "accrued_at"),
        Index("ix_commission_group_id_state", "group_id", "state"),
        Index("ix_commission_state_due_at", "state", "due_at"),
        Index(
            "ix_commission_stale",
            "order_id",
            **only_where("is_stale"),
        ),
    )

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    level: int = Field(primary_key=True)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    buyer_id: int = Field(foreign_key="person.id", sa_type=BigId)
    earner_id: int = Field(foreign_key="person.id", sa_type=BigId)
    #: How it is known that she recommended it.
    source: CommissionSource = Field(sa_type=word(CommissionSource))
    bps: int
    order_cap_amount: int | None = Field(default=None, sa_type=BigId)
    return_days: int
    currency: str
    state: CommissionState = Field(sa_type=word(CommissionState))
    #: What it comes to if the order stays as it is.
    expected_amount: int = Field(default=0, sa_type=BigId)
    #: What the ledger has of it: accruals less reversals.
    accrued_amount: int = Field(default=0, sa_type=BigId)
    frozen_at: datetime = Field(sa_type=UtcDateTime)
    #: When the order was completed.
    accrued_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: From when on it can be paid out.
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Something about its order or the money of it changed since it was reckoned.
    is_stale: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: Since when, where it was reckoned before; else it waits since it was frozen.
    stale_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
