"""Offers, their variants, and the picks that post them in groups."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import PickState


class Offer(SQLModel, table=True):
    """What is sold: title, words, photo and price in minor units."""

    __table_args__ = (CheckConstraint("price_amount > 0", name="ck_offer_price"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    title: str
    words: str = ""
    photo_id: str | None = None
    price_amount: int = Field(sa_type=BigId)
    currency: str
    unit: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)


class Variant(SQLModel, table=True):
    """One kind of an offer; the sole kind has no name. No stock means no limit."""

    __table_args__ = (
        UniqueConstraint("offer_id", "position", name="uq_variant_offer_id_position"),
        CheckConstraint("sold >= 0", name="ck_variant_sold"),
        CheckConstraint("stock IS NULL OR sold <= stock", name="ck_variant_oversold"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    offer_id: int = Field(foreign_key="offer.id", sa_type=Key)
    position: int
    name: str = ""
    stock: int | None = Field(default=None, sa_type=BigId)
    sold: int = Field(default=0, sa_type=BigId)


class Pick(SQLModel, table=True):
    """An offer posted in one group: its number there, its card, its curator and its deadline."""

    __table_args__ = (
        UniqueConstraint("group_id", "number", name="uq_pick_group_id_number"),
        Index("ix_pick_state_closes_at", "state", "closes_at"),
        Index("ix_pick_group_id_state", "group_id", "state"),
        Index("ix_pick_group_id_message_id", "group_id", "message_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    offer_id: int = Field(foreign_key="offer.id", sa_type=Key, index=True)
    number: int
    curator_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    state: PickState = Field(sa_type=word(PickState))
    topic_id: int | None = Field(default=None, sa_type=BigId)
    message_id: int | None = Field(default=None, sa_type=BigId)
    next_order_number: int = 1
    order_count: int = 0
    quantity: int = Field(default=0, sa_type=BigId)
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Reaction(SQLModel, table=True):
    """One member's reaction to a pick's card."""

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    emoji: str = Field(primary_key=True)
    reacted_at: datetime = Field(sa_type=UtcDateTime)


class AnonymousReaction(SQLModel, table=True):
    """How many unnamed reactions of a kind a card has, as Telegram last told."""

    __tablename__ = "anonymous_reaction"

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    emoji: str = Field(primary_key=True)
    count: int
