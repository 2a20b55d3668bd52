"""Ways to pay, what was paid, what is paid back, and what somebody must look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime, only_where, word
from storage.states import DiscrepancyKind, PaymentMethod, PaymentStage


class PaymentWay(SQLModel, table=True):
    """A way to pay that a group takes; a group without any keeps its money out of the bot."""

    __tablename__ = "payment_way"

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    method: PaymentMethod = Field(primary_key=True, sa_type=word(PaymentMethod))
    is_active: bool = True
    #: Where the money goes, in the curator's words: an account, a wallet, "exact change, please".
    instructions: str = ""
    #: How many Stars stand for one whole unit of the group's currency; for Stars alone.
    stars_per_unit: int | None = None


class Payment(SQLModel, table=True):
    """One payment, from the moment it is begun; amounts in minor units of the order's currency."""

    __table_args__ = (
        # What a payment provider tells twice is one payment.
        UniqueConstraint("provider", "charge_id", name="uq_payment_provider_charge_id"),
        UniqueConstraint("group_id", "receipt_number", name="uq_payment_group_id_receipt_number"),
        CheckConstraint("amount > 0", name="ck_payment_amount"),
        Index("ix_payment_order_id", "order_id"),
        Index("ix_payment_group_id_stage_id", "group_id", "stage", "id"),
        Index("ix_payment_stage_expires_at", "stage", "expires_at"),
        Index(
            "ix_payment_decided_by_id",
            "decided_by_id",
            **only_where("decided_by_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    #: None where nobody knows which order it is for.
    order_id: int | None = Field(default=None, foreign_key="orders.id", sa_type=Key)
    #: Who pays, who need not be who ordered.
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    method: PaymentMethod = Field(sa_type=word(PaymentMethod))
    stage: PaymentStage = Field(sa_type=word(PaymentStage))
    amount: int = Field(sa_type=BigId)
    currency: str
    #: What the payer was charged, where that is not the order's currency: whole Stars.
    charged_amount: int | None = Field(default=None, sa_type=BigId)
    charged_currency: str | None = None
    #: The invoice's payload, which nobody can guess.
    token: str | None = Field(default=None, unique=True)
    #: "telegram" for cards, "stars" for Stars: with the charge it names a payment once and for all.
    provider: str | None = None
    charge_id: str | None = None
    provider_charge_id: str | None = None
    proof_file_id: str | None = None
    proof_is_photo: bool = True
    note: str = ""
    #: Counts the group's receipts up, without a gap.
    receipt_number: int | None = None
    #: What its receipt said when it was issued; it says so for good.
    receipt: dict[str, Any] | None = Field(default=None, sa_type=Document)
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: Until when a payment under way keeps others from paying the same.
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)


class Discrepancy(SQLModel, table=True):
    """Money and state disagree: the facts, until a person has decided."""

    __table_args__ = (Index("ix_discrepancy_group_id_settled_at", "group_id", "settled_at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    order_id: int | None = Field(default=None, foreign_key="orders.id", sa_type=Key, index=True)
    payment_id: int | None = Field(default=None, foreign_key="payment.id", sa_type=Key)
    kind: DiscrepancyKind = Field(sa_type=word(DiscrepancyKind))
    #: Amounts, states and names as they were found; with `state`, what the order was before.
    facts: dict[str, Any] = Field(sa_type=Document)
    #: The same finding is written down once.
    merge_key: str | None = Field(default=None, unique=True)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    outcome: str | None = None


class Hold(SQLModel, table=True):
    """Stock kept for somebody who has to pay at once, and what her order falls back to."""

    __table_args__ = (Index("ix_hold_expires_at", "expires_at"),)

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    #: The quantities, by variant, that are paid; none: the order is cancelled.
    keeps: dict[str, int] = Field(sa_type=Document)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Settlement(SQLModel, table=True):
    """An order whose money is to be reckoned anew, since something about it changed."""

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    asked_at: datetime = Field(sa_type=UtcDateTime)
