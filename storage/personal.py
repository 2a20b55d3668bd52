"""What every table holds about people, and what becomes of it when one of them is forgotten.

Each column that names a person or holds free text is named here; a test finds those that are not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as core_select
from sqlmodel import SQLModel

from storage import models
from storage.tables import table


@dataclass(frozen=True, kw_only=True)
class PartOf:
    """A row belongs to a row of another table: this column is that one's."""

    column: str
    parent: type[SQLModel]
    parent_column: str = "id"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one table holds about people. A reference that is named nowhere else moves to the pseudonym."""

    model: type[SQLModel]
    #: Whose row it is: she is shown it, with all that is not another person's.
    hers: tuple[str, ...] = ()
    #: Where one of these names her, the row is deleted.
    goes: tuple[str, ...] = ()
    #: Who else has to do with it: moves to the pseudonym, and is shown to nobody else.
    mentions: tuple[str, ...] = ()
    #: Who else has to do with it, and need not be anybody: becomes nobody.
    leaves: tuple[str, ...] = ()
    #: The row is hers where that one is.
    part_of: PartOf | None = None
    #: Her own words, files and numbers of her messages, with what they become in rows of hers.
    words: Mapping[str, Any] = field(default_factory=dict)
    #: The same, where another column than whose row it is says whose words they are.
    words_by: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    #: Documents and keys in which people may be named: she becomes her pseudonym in them.
    documents: tuple[str, ...] = ()
    #: Those of them that are about nobody else, so that they are shown to her.
    shown: tuple[str, ...] = ()
    #: Those of them in which she wrote others down by number alone: she is shown them without those numbers.
    masked: tuple[str, ...] = ()
    #: How far a list of people was gone through: at her, it becomes the place before her.
    cursors: tuple[str, ...] = ()
    #: Texts and numbers of Telegram's that are about goods, groups or money, and stay.
    kept: tuple[str, ...] = ()
    #: It grows with what groups sell, not with their members and orders: looking at all of it is no matter.
    is_small: bool = False


_OF_ORDER: Final = PartOf(column="order_id", parent=models.Order)

HOLDINGS: Final[tuple[Holding, ...]] = (
    # Groups, goods and the shop itself: about people only by the way.
    Holding(
        model=models.Group,
        leaves=("owner_id",),
        kept=(
            *("chat_id", "title", "username", "language", "currency", "time_zone"),
            "overview_message_id",
        ),
        is_small=True,
    ),
    Holding(model=models.PickupPoint, kept=("name", "words")),
    Holding(model=models.Topic, kept=("topic_id", "name")),
    Holding(model=models.GroupActivity),
    Holding(model=models.Uptime),
    Holding(model=models.PaymentWay, kept=("instructions",)),
    Holding(model=models.Plan, mentions=("changed_by_id",), is_small=True),
    Holding(
        model=models.Offer,
        leaves=("curator_id",),
        kept=("title", "words", "photo_id", "currency", "unit", "code", "option_names", "category"),
        is_small=True,
    ),
    Holding(model=models.OfferPhoto, kept=("photo_id",)),
    Holding(model=models.Variant, kept=("name", "options")),
    Holding(model=models.Tier),
    Holding(
        model=models.Pick,
        leaves=("curator_id", "vouched_by_id"),
        words_by={"vouch_words": ("vouched_by_id", None)},
        kept=("topic_id", "message_id", "reason", "payment_methods"),
        is_small=True,
    ),
    Holding(model=models.PickPoint),
    Holding(model=models.AnonymousReaction, kept=("emoji",)),
    Holding(model=models.Promotion, mentions=("created_by_id",), kept=("title", "currency"), is_small=True),
    Holding(model=models.PromotionGroup),
    Holding(model=models.PromotionOffer),
    Holding(model=models.PromotionPoint),
    Holding(model=models.Coupon, kept=("code", "shown")),
    Holding(
        model=models.Campaign,
        mentions=("created_by_id",),
        kept=("token", "title", "words", "photo_id", "audience"),
        is_small=True,
    ),
    Holding(model=models.CampaignPost, kept=("message_id", "failure")),
    Holding(model=models.TrustEntry, mentions=("curator_id", "overridden_by_id"), is_small=True),
    Holding(model=models.TrustChange, documents=("numbers",)),
    Holding(
        model=models.TrustVote,
        mentions=("started_by_id",),
        kept=("options", "poll_id", "message_id", "counts"),
        is_small=True,
    ),
    Holding(model=models.Recall, mentions=("begun_by_id", "lifted_by_id"), kept=("words",), is_small=True),
    Holding(model=models.PickNotice, cursors=("after_id",)),
    Holding(model=models.RankingRun, kept=("mark", "popular"), is_small=True),
    Holding(model=models.SeenUpdate, kept=("update_id",)),
    # What groups sell for one another.
    Holding(model=models.Listing, mentions=("opened_by_id", "ended_by_id"), is_small=True),
    Holding(model=models.Carrying, mentions=("begun_by_id", "ended_by_id"), is_small=True),
    Holding(model=models.CarriedOrder, part_of=_OF_ORDER, kept=("currency",)),
    Holding(
        model=models.CarriedPayment,
        mentions=("received_by_id", "undone_by_id"),
        kept=("currency",),
        is_small=True,
    ),
    Holding(model=models.Telling, mentions=("begun_by_id",), is_small=True),
    # Where she is, and whom she knows.
    Holding(model=models.Member, hers=("person_id",)),
    Holding(model=models.PointHelper, hers=("person_id",), goes=("person_id",)),
    Holding(
        model=models.Admin,
        hers=("person_id",),
        goes=("person_id",),
        mentions=("granted_by_id",),
        is_small=True,
    ),
    Holding(model=models.Referral, hers=("person_id",), mentions=("referrer_id",)),
    Holding(model=models.Introduction, hers=("person_id",), goes=("person_id", "referrer_id")),
    Holding(model=models.InviteLink, hers=("person_id",), goes=("person_id",), kept=("url",)),
    Holding(model=models.ChainPlace, hers=("person_id",), mentions=("referrer_id",)),
    Holding(model=models.Downline, hers=("person_id",)),
    Holding(model=models.Told, hers=("person_id",), kept=("reasons",)),
    Holding(model=models.Acquaintance, hers=("person_id",), goes=("person_id", "other_id")),
    Holding(model=models.CampaignVisit, hers=("person_id",)),
    # What she orders, and what becomes of it.
    Holding(
        model=models.Order,
        hers=("person_id",),
        mentions=("handed_over_by_id", "recommender_id"),
        kept=("code",),
    ),
    Holding(model=models.OrderLine, part_of=_OF_ORDER),
    Holding(
        model=models.OrderEvent,
        part_of=_OF_ORDER,
        mentions=("by_id",),
        words={"message_id": None},
        kept=("changes", "update_id"),
    ),
    Holding(model=models.Hold, part_of=_OF_ORDER, kept=("keeps",)),
    Holding(model=models.Settlement, part_of=_OF_ORDER),
    Holding(model=models.PriceConsent, part_of=_OF_ORDER, kept=("kept",)),
    Holding(model=models.RecallBuyer, part_of=_OF_ORDER),
    Holding(model=models.Team, hers=("leader_id",)),
    Holding(model=models.TeamMember, hers=("person_id",)),
    Holding(model=models.Reaction, hers=("person_id",), kept=("emoji",)),
    Holding(model=models.Reminder, hers=("person_id",), goes=("person_id",)),
    # What she pays, gets back and earns.
    Holding(
        model=models.Payment,
        hers=("person_id",),
        mentions=("decided_by_id",),
        words={"proof_file_id": None, "note": ""},
        documents=("receipt",),
        shown=("receipt",),
        kept=(
            *("currency", "charged_currency", "token", "provider", "charge_id"),
            "provider_charge_id",
        ),
    ),
    Holding(
        model=models.Refund,
        hers=("person_id",),
        mentions=("done_by_id",),
        words={"note": ""},
        kept=("currency",),
    ),
    Holding(
        model=models.Discrepancy,
        part_of=_OF_ORDER,
        mentions=("settled_by_id",),
        documents=("facts", "merge_key"),
        kept=("outcome",),
        is_small=True,
    ),
    Holding(model=models.Account, hers=("person_id",), kept=("currency",)),
    Holding(
        model=models.LedgerEntry,
        part_of=PartOf(column="account_id", parent=models.Account),
        kept=("currency",),
    ),
    Holding(
        model=models.LedgerTransaction,
        part_of=PartOf(column="id", parent=models.LedgerEntry, parent_column="transaction_id"),
        mentions=("by_id",),
        words={"note": ""},
    ),
    Holding(model=models.Commission, hers=("earner_id",), mentions=("buyer_id",), kept=("currency",)),
    Holding(
        model=models.Payout,
        hers=("person_id",),
        mentions=("decided_by_id", "paid_by_id"),
        words={"details": "", "note": ""},
        kept=("currency",),
        is_small=True,
    ),
    Holding(
        model=models.FriendCredit,
        hers=("person_id", "friend_id"),
        kept=("currency",),
    ),
    Holding(model=models.Redemption, hers=("person_id",)),
    Holding(model=models.CouponHolder, hers=("person_id",), goes=("person_id",)),
    Holding(model=models.CouponGuess, hers=("person_id",), goes=("person_id",)),
    Holding(
        model=models.Flag,
        hers=("person_id",),
        mentions=("other_id", "settled_by_id"),
        words={"note": ""},
        documents=("evidence", "merge_key"),
        is_small=True,
    ),
    # What she shares and says.
    Holding(model=models.Share, hers=("person_id",), kept=("token",)),
    Holding(model=models.ShareVisit, hers=("person_id",)),
    Holding(model=models.Touch, hers=("person_id",), goes=("person_id", "recommender_id")),
    Holding(
        model=models.Proposal,
        hers=("person_id",),
        goes=("person_id",),
        mentions=("decided_by_id",),
        words={"title": "", "words": "", "photo_id": None, "reason": None},
        is_small=True,
    ),
    Holding(
        model=models.Question,
        hers=("person_id",),
        goes=("person_id",),
        mentions=("answered_by_id",),
        words={"text": "", "message_id": None},
        kept=("answer", "answer_message_id"),
    ),
    Holding(model=models.Review, hers=("person_id",), words={"words": "", "photo_ids": None}),
    Holding(model=models.ReviewVote, hers=("person_id",)),
    Holding(model=models.Case, hers=("person_id",), mentions=("resolved_by_id",), is_small=True),
    Holding(
        model=models.CaseEvent,
        part_of=PartOf(column="case_id", parent=models.Case),
        mentions=("person_id",),
        words={"words": "", "photo_ids": None},
        is_small=True,
    ),
    Holding(model=models.NoticeChoice, hers=("person_id",), goes=("person_id",)),
    Holding(model=models.CategoryChoice, hers=("person_id",), goes=("person_id",), kept=("category",)),
    Holding(model=models.Need, documents=("title",)),
    Holding(
        model=models.Wish,
        hers=("person_id",),
        goes=("person_id",),
        words={"words": "", "message_id": None, "private_message_id": None},
        kept=("language", "currency"),
    ),
    Holding(model=models.Dismissal, hers=("person_id",), goes=("person_id",)),
    Holding(model=models.Ranking, hers=("person_id",), goes=("person_id",), kept=("best",)),
    # What is under way, and what was noted of it.
    Holding(
        model=models.Draft,
        hers=("person_id",),
        goes=("person_id",),
        words={"message_id": None},
        documents=("content",),
        masked=("content",),
        kept=("step",),
    ),
    Holding(
        model=models.OutboxEntry,
        hers=("chat_id",),
        goes=("chat_id",),
        documents=("payload", "merge_key", "failure"),
        kept=("subject_id",),
    ),
    Holding(model=models.DeadLetter, documents=("raw", "error"), kept=("update_id",)),
    Holding(model=models.AuditEntry, hers=("person_id",), documents=("details",), kept=("action",)),
    # Last, when nothing refers to her any more.
    Holding(
        model=models.Person,
        hers=("id",),
        goes=("id",),
        words={"name": "", "username": None},
        kept=("language",),
    ),
)
"""Every table, in the order in which its rows are locked."""

DELETED_WHERE_NAMED: Final = (models.DeadLetter,)
"""Of what could not be handled nothing is kept that has to do with somebody who is forgotten."""

FAR_BELOW: Final = -(2**53)
"""Pseudonyms are below: Telegram's own ids fit into 52 bits, so that none of them is ever one of ours."""


def holding_of(model: type[SQLModel]) -> Holding:
    """What a table holds about people. Raises KeyError for one that nobody has named."""
    return _BY_MODEL[model]


def belongs(holding: Holding, person_id: int) -> ColumnElement[bool]:
    """Which rows of a table are hers, or part of what is."""
    of = table(holding.model)
    if holding.part_of is None:
        return or_(*(of.c[name] == person_id for name in holding.hers))
    parent = table(holding.part_of.parent)
    theirs = core_select(parent.c[holding.part_of.parent_column])
    return of.c[holding.part_of.column].in_(
        theirs.where(belongs(holding_of(holding.part_of.parent), person_id))
    )


_BY_MODEL: Final = {holding.model: holding for holding in HOLDINGS}
