"""Orders, their lines and their append-only history."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime, only_where, word
from storage.states import FulfilmentState, OrderEventKind, OrderState, PaymentState


class Order(SQLModel, table=True):
    """One member's entry on one pick, adjustable until the close."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("pick_id", "person_id", name="uq_orders_pick_id_person_id"),
        UniqueConstraint("pick_id", "number", name="uq_orders_pick_id_number"),
        Index("ix_orders_person_id_id", "person_id", "id"),
        # Partial, for most orders have neither: they are read where somebody wants to be forgotten.
        Index(
            "ix_orders_handed_over_by_id",
            "handed_over_by_id",
            **only_where("handed_over_by_id IS NOT NULL"),
        ),
        Index(
            "ix_orders_recommender_id",
            "recommender_id",
            **only_where("recommender_id IS NOT NULL"),
        ),
        # Partial: an order has no code while orders are being placed, and none shall be paid for then.
        Index(
            "uq_orders_code",
            "code",
            unique=True,
            **only_where("code IS NOT NULL"),
        ),
        # Partial, too: whose buyers are still to be asked how it was.
        Index(
            "ix_orders_to_review",
            "handed_over_at",
            **only_where("handed_over_at IS NOT NULL AND review_asked_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    number: int
    state: OrderState = Field(sa_type=word(OrderState))
    payment_state: PaymentState = Field(default=PaymentState.UNPAID, sa_type=word(PaymentState))
    fulfilment_state: FulfilmentState = Field(default=FulfilmentState.WAITING, sa_type=word(FulfilmentState))
    placed_at: datetime = Field(sa_type=UtcDateTime)
    pickup_point_id: int | None = Field(default=None, foreign_key="pickup_point.id", sa_type=Key)
    team_id: int | None = Field(default=None, foreign_key="team.id", sa_type=Key)
    #: What a member shows to get her goods.
    code: str | None = None
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_over_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: When its member was asked how it was: once.
    review_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What fetching it at its point costs.
    fee_amount: int = Field(default=0, sa_type=BigId, sa_column_kwargs={"server_default": "0"})
    #: Who recommended it: whose card its member opened last, or whom she named.
    recommender_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)


class OrderLine(SQLModel, table=True):
    """So many of one variant at one unit price, in minor units."""

    __tablename__ = "order_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="ck_order_line_quantity"),)

    order_id: int = Field(primary_key=True, foreign_key="orders.id", sa_type=Key)
    variant_id: int = Field(primary_key=True, foreign_key="variant.id", sa_type=Key)
    quantity: int = Field(sa_type=BigId)
    unit_amount: int = Field(sa_type=BigId)


class OrderEvent(SQLModel, table=True):
    """One change of an order; `changes` maps a variant's key to the quantity added or taken."""

    __tablename__ = "order_event"
    __table_args__ = (
        Index("ix_order_event_order_id_id", "order_id", "id"),
        Index(
            "ix_order_event_by_id",
            "by_id",
            **only_where("by_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    order_id: int = Field(foreign_key="orders.id", sa_type=Key)
    kind: OrderEventKind = Field(sa_type=word(OrderEventKind))
    changes: dict[str, int] = Field(sa_type=Document)
    message_id: int | None = Field(default=None, sa_type=BigId)
    update_id: int | None = Field(default=None, sa_type=BigId)
    #: Who did it, where that is not the member herself.
    by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: The unit price of the whole order from here on, where that is what changed; of what lapsed, its own.
    unit_amount: int | None = Field(default=None, sa_type=BigId)
    happened_at: datetime = Field(sa_type=UtcDateTime)
