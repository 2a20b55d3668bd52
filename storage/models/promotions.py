"""Promotions, where they hold, and what each order got by them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import FriendCreditState, PromotionKind, PromotionState


class Promotion(SQLModel, table=True):
    """A rule by which orders cost less; amounts in minor units of its currency.

    What is counted of it never passes its bounds: the database refuses it.
    """

    __table_args__ = (
        CheckConstraint(
            "used_count >= 0 AND used_quantity >= 0 AND spent_amount >= 0", name="ck_promotion_used"
        ),
        CheckConstraint("uses_limit IS NULL OR used_count <= uses_limit", name="ck_promotion_uses"),
        CheckConstraint(
            "quantity_limit IS NULL OR used_quantity <= quantity_limit", name="ck_promotion_quantity"
        ),
        CheckConstraint("budget_amount IS NULL OR spent_amount <= budget_amount", name="ck_promotion_budget"),
        Index("ix_promotion_group_id_state", "group_id", "state"),
        Index("ix_promotion_state_ends_at", "state", "ends_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: The group whose it is; none: an admin's, which holds in the groups it names, or in all of them.
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    in_all_groups: bool = False
    title: str
    kind: PromotionKind = Field(sa_type=word(PromotionKind))
    state: PromotionState = Field(sa_type=word(PromotionState))
    currency: str
    #: For a percentage.
    bps: int | None = None
    #: For an amount off, for a credit to friends.
    amount: int | None = Field(default=None, sa_type=BigId)
    #: For a flash price: what a piece costs.
    unit_amount: int | None = Field(default=None, sa_type=BigId)
    #: For "buy n, pay m".
    buy_quantity: int | None = None
    pay_quantity: int | None = None
    #: It needs a code; else it holds by itself.
    by_coupon: bool = False
    #: Only for whoever has never ordered in the group.
    first_order_only: bool = False
    minimum_amount: int | None = Field(default=None, sa_type=BigId)
    minimum_quantity: int | None = Field(default=None, sa_type=BigId)
    #: It joins others that allow it, too; else the single best counts.
    stacks: bool = False
    #: Orders that it makes cheaper earn nobody a commission.
    pays_no_commission: bool = False
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    budget_amount: int | None = Field(default=None, sa_type=BigId)
    uses_limit: int | None = Field(default=None, sa_type=BigId)
    uses_per_person: int | None = None
    #: For a flash price: how many pieces have it.
    quantity_limit: int | None = Field(default=None, sa_type=BigId)
    used_count: int = Field(default=0, sa_type=BigId)
    used_quantity: int = Field(default=0, sa_type=BigId)
    spent_amount: int = Field(default=0, sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)


class PromotionGroup(SQLModel, table=True):
    """A group in which an admin's promotion holds."""

    __tablename__ = "promotion_group"

    promotion_id: int = Field(primary_key=True, foreign_key="promotion.id", sa_type=Key)
    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key, index=True)


class PromotionOffer(SQLModel, table=True):
    """An offer for which a promotion holds; one that names none holds for all."""

    __tablename__ = "promotion_offer"

    promotion_id: int = Field(primary_key=True, foreign_key="promotion.id", sa_type=Key)
    offer_id: int = Field(primary_key=True, foreign_key="offer.id", sa_type=Key, index=True)


class PromotionPoint(SQLModel, table=True):
    """A pick-up point that a promotion makes free; one that names none frees all."""

    __tablename__ = "promotion_point"

    promotion_id: int = Field(primary_key=True, foreign_key="promotion.id", sa_type=Key)
    point_id: int = Field(primary_key=True, foreign_key="pickup_point.id", sa_type=Key)


class Redemption(SQLModel, table=True):
    """What one order costs less by one promotion; what is given up is deleted, and counted back."""

    __table_args__ = (
        CheckConstraint("amount >= 0", name="ck_redemption_amount"),
        Index("ix_redemption_promotion_id_person_id", "promotion_id", "person_id"),
    )

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    promotion_id: int = Field(primary_key=True, foreign_key="promotion.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    coupon_id: int | None = Field(default=None, foreign_key="coupon.id", sa_type=Key, index=True)
    amount: int = Field(sa_type=BigId)
    #: How many pieces had the flash price.
    quantity: int = Field(default=0, sa_type=BigId)
    redeemed_at: datetime = Field(sa_type=UtcDateTime)


class FriendCredit(SQLModel, table=True):
    """A friend was brought, and ordered: both get a credit once her order is completed and kept."""

    __tablename__ = "friend_credit"
    __table_args__ = (
        CheckConstraint("person_id <> friend_id", name="ck_friend_credit_self"),
        Index("ix_friend_credit_state_due_at", "state", "due_at"),
    )

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    #: Who was brought; she brings it once.
    friend_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    promotion_id: int = Field(foreign_key="promotion.id", sa_type=Key, index=True)
    order_id: int = Field(foreign_key="orders.id", sa_type=Key, index=True)
    state: FriendCreditState = Field(sa_type=word(FriendCreditState))
    #: What each of the two gets.
    amount: int = Field(sa_type=BigId)
    currency: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    given_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
