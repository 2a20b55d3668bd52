"""Codes of promotions, who has entered them, and wrong guesses."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime


class Coupon(SQLModel, table=True):
    """A code that opens a promotion, in the form in which look-alike letters are one."""

    __table_args__ = (
        CheckConstraint(
            "used_count >= 0 AND (uses_limit IS NULL OR used_count <= uses_limit)", name="ck_coupon_uses"
        ),
        Index("ix_coupon_promotion_id_batch", "promotion_id", "batch"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    promotion_id: int = Field(foreign_key="promotion.id", sa_type=Key)
    #: As it is compared; `shown` is how it is written.
    code: str = Field(unique=True)
    shown: str
    #: Codes made together count up as one batch.
    batch: int = 0
    #: One for a code of its own; none: as often as its promotion allows.
    uses_limit: int | None = None
    used_count: int = 0
    is_active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


class CouponHolder(SQLModel, table=True):
    """Somebody entered a code: it counts for her next order that it fits."""

    __tablename__ = "coupon_holder"

    coupon_id: int = Field(primary_key=True, foreign_key="coupon.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    entered_at: datetime = Field(sa_type=UtcDateTime)


class CouponGuess(SQLModel, table=True):
    """A code that nobody made was tried; whoever tries too many waits."""

    __tablename__ = "coupon_guess"
    __table_args__ = (Index("ix_coupon_guess_person_id_guessed_at", "person_id", "guessed_at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    guessed_at: datetime = Field(sa_type=UtcDateTime)
