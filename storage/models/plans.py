"""What a group pays for recommendations."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class Plan(SQLModel, table=True):
    """The reward that a group pays, and its bounds: rates in basis points, amounts in its own minor units."""

    __table_args__ = (
        CheckConstraint("first_bps >= 0 AND second_bps >= 0", name="ck_plan_rates"),
        CheckConstraint("first_bps + second_bps <= 10000", name="ck_plan_whole"),
    )

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    is_active: bool = True
    #: For whoever recommended it.
    first_bps: int = 0
    #: For whoever brought that person; there is no third.
    second_bps: int = 0
    #: Where nobody recommended an order, whoever brought its buyer into the group counts as who did.
    inviter_recommends: bool = True
    #: How long goods may be given back; a commission is due one day later.
    return_days: int = 7
    order_cap_amount: int | None = Field(default=None, sa_type=BigId)
    #: For one recommender in a calendar month of the group.
    month_cap_amount: int | None = Field(default=None, sa_type=BigId)
    #: For one recommender out of one buyer's orders, in all.
    pair_cap_amount: int | None = Field(default=None, sa_type=BigId)
    minimum_payout_amount: int = Field(default=0, sa_type=BigId)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
