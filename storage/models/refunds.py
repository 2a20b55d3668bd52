"""What is owed back to members, and what was paid back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, only_where, word
from storage.states import PaymentMethod, RefundReason, RefundStage


class Refund(SQLModel, table=True):
    """An amount that goes back to a person, in minor units of the order's currency."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="ck_refund_amount"),
        Index("ix_refund_order_id", "order_id"),
        Index("ix_refund_payment_id", "payment_id"),
        Index(
            "ix_refund_done_by_id",
            "done_by_id",
            **only_where("done_by_id IS NOT NULL"),
        ),
        Index("ix_refund_group_id_stage_id", "group_id", "stage", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    order_id: int | None = Field(default=None, foreign_key="orders.id", sa_type=Key)
    #: The payment it gives back, whole or in part.
    payment_id: int | None = Field(default=None, foreign_key="payment.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    #: How it goes back.
    method: PaymentMethod = Field(sa_type=word(PaymentMethod))
    stage: RefundStage = Field(sa_type=word(RefundStage))
    reason: RefundReason = Field(sa_type=word(RefundReason))
    amount: int = Field(sa_type=BigId)
    currency: str
    note: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
