"""Payouts of what members have earned."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import PaymentMethod, PayoutMethod, PayoutStage


class Payout(SQLModel, table=True):
    """An amount that a member asked to be paid of her earnings in a group, in minor units."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="ck_payout_amount"),
        Index("ix_payout_group_id_stage_id", "group_id", "stage", "id"),
        Index("ix_payout_person_id_group_id", "person_id", "group_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    amount: int = Field(sa_type=BigId)
    currency: str
    method: PayoutMethod = Field(sa_type=word(PayoutMethod))
    stage: PayoutStage = Field(sa_type=word(PayoutStage))
    #: Where to send it, in her own words.
    details: str = ""
    #: Why it was declined, or how it was paid.
    note: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    paid_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paid_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: What it was paid with: cash, a transfer or store credit.
    paid_with: PaymentMethod | None = Field(default=None, sa_type=word(PaymentMethod))
