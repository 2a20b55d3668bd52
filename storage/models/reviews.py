"""What buyers say of what they got."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime


class Review(SQLModel, table=True):
    """A verified buyer's word on one order line."""

    __table_args__ = (
        UniqueConstraint("order_id", "variant_id", name="uq_review_order_id_variant_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="ck_review_stars"),
        Index("ix_review_origin_id_group_id", "origin_id", "group_id"),
        Index("ix_review_origin_id_helpful_count_id", "origin_id", "helpful_count", "id"),
        Index("ix_review_person_id", "person_id"),
        Index("ix_review_pick_id", "pick_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    order_id: int = Field(foreign_key="orders.id", sa_type=Key)
    variant_id: int = Field(foreign_key="variant.id", sa_type=Key)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    #: The offer of which the one that was bought is a further round: all rounds share their reviews.
    origin_id: int = Field(foreign_key="offer.id", sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    stars: int
    words: str = ""
    photo_ids: list[str] | None = Field(default=None, sa_type=Document)
    #: Whether she would buy it again; None: she did not say.
    would_again: bool | None = None
    #: How many found it helpful; each of them has a row of her own.
    helpful_count: int = Field(default=0)
    created_at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReviewVote(SQLModel, table=True):
    """Somebody found a review helpful."""

    __tablename__ = "review_vote"
    __table_args__ = (Index("ix_review_vote_person_id", "person_id"),)

    review_id: int = Field(primary_key=True, foreign_key="review.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    voted_at: datetime = Field(sa_type=UtcDateTime)
