"""Price tiers, and what becomes of an order whose price is changed under way."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime


class Tier(SQLModel, table=True):
    """From so many on, over all picks of the offer, everybody pays this unit price."""

    __table_args__ = (
        CheckConstraint("quantity > 0", name="ck_tier_quantity"),
        CheckConstraint("unit_amount > 0", name="ck_tier_unit_amount"),
    )

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", sa_type=Key)
    quantity: int = Field(primary_key=True, sa_type=BigId)
    unit_amount: int = Field(sa_type=BigId)


class PriceConsent(SQLModel, table=True):
    """A buyer is asked whether a new unit price is hers; until she agrees, older terms stand.

    Where later orders alone have the new price, nobody is asked.
    """

    __tablename__ = "price_consent"

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    unit_amount: int = Field(sa_type=BigId)
    #: The price and tiers that the order keeps; none once she has agreed.
    kept: dict[str, Any] | None = Field(default=None, sa_type=Document)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted: bool | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
