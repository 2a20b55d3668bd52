"""Offers, their variants, and the picks that post them in groups."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Document, Key, UtcDateTime, word
from storage.states import PaysWhen, PickState


class Offer(SQLModel, table=True):
    """What is sold: title, words, photo and price in minor units."""

    __table_args__ = (
        CheckConstraint("price_amount > 0", name="ck_offer_price"),
        Index("ix_offer_group_id_title", "group_id", "title"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    title: str
    words: str = ""
    photo_id: str | None = None
    price_amount: int = Field(sa_type=BigId)
    currency: str
    unit: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    #: Whose catalogue it is in: the group's and the curator's who wrote it.
    group_id: int | None = Field(default=None, foreign_key="chat_group.id", sa_type=Key)
    curator_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: The curator's own article number.
    code: str | None = None
    #: Since when the catalogue lists it no more.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What its variants differ in, such as ["Size", "Colour"].
    option_names: list[str] | None = Field(default=None, sa_type=Document)
    minimum_quantity: int | None = Field(default=None, sa_type=BigId)
    limit_per_person: int | None = Field(default=None, sa_type=BigId)
    team_price_amount: int | None = Field(default=None, sa_type=BigId)
    team_size: int | None = None
    team_hours: int | None = None
    #: The offer that this one is a further round of, the first of all; None: it is that itself.
    origin_id: int | None = Field(default=None, foreign_key="offer.id", sa_type=Key, index=True)
    #: What sort of thing it is, in the curator's own word, folded: notices are chosen by it.
    category: str | None = None
    #: Since when it takes no orders anywhere, because something is wrong with it.
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def first_round_id(self) -> int:
        """The key of the offer that this one is a round of, or its own."""
        first = self.origin_id or self.id
        assert first is not None
        return first


class OfferPhoto(SQLModel, table=True):
    """A further photo of an offer, beside the one on its card."""

    __tablename__ = "offer_photo"

    offer_id: int = Field(primary_key=True, foreign_key="offer.id", sa_type=Key)
    position: int = Field(primary_key=True)
    photo_id: str


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
    #: Its value of each of the offer's option names, such as ["L", "red"].
    options: list[str] | None = Field(default=None, sa_type=Document)


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
    #: When it was meant to be posted, while it waits for a free slot of its group's allowance.
    wanted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    vouched_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    vouch_words: str | None = None
    #: Why it was withdrawn.
    reason: str | None = None
    #: The unit price that everybody pays, known from the close on.
    final_amount: int | None = Field(default=None, sa_type=BigId)
    #: How many its offer had sold in all its groups when it ended.
    final_quantity: int | None = Field(default=None, sa_type=BigId)
    #: The ways to pay that it takes of its group's; none named: all of them.
    payment_methods: list[str] | None = Field(default=None, sa_type=Document)
    #: When it is paid, where that is not as its group does.
    pays_when: PaysWhen | None = Field(default=None, sa_type=word(PaysWhen))
    #: How many ordinary answers its card got; orders and questions are counted apart.
    reply_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    #: Recommending it earns nobody anything, whatever its group's plan says.
    pays_no_commission: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: Told to some members in private instead of being posted: it has no card in its group.
    is_personal: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: Sold for another group, the supplier: what it offers and when it closes is not its own to change.
    is_carried: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: Since when it takes no further orders until it closes; those that it has stand.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: How many pieces it can sell at most, whatever its offer still has.
    quantity_limit: int | None = Field(default=None, sa_type=BigId)


class PickPoint(SQLModel, table=True):
    """A pick-up point at which a pick is handed over; a pick without any uses all of its group's."""

    __tablename__ = "pick_point"

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    point_id: int = Field(primary_key=True, foreign_key="pickup_point.id", sa_type=Key)


class Reaction(SQLModel, table=True):
    """One member's reaction to a pick's card."""

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    emoji: str = Field(primary_key=True)
    reacted_at: datetime = Field(sa_type=UtcDateTime)


class AnonymousReaction(SQLModel, table=True):
    """How many unnamed reactions of a kind a card has, as Telegram last told."""

    __tablename__ = "anonymous_reaction"

    pick_id: int = Field(primary_key=True, foreign_key="pick.id", sa_type=Key)
    emoji: str = Field(primary_key=True)
    count: int
