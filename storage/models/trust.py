"""What a group's trust was spent on, what came of it, and how its caps changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Document, Key, UtcDateTime, only_where, word
from storage.states import TrustChangeReason


class TrustEntry(SQLModel, table=True):
    """One commercial post in a group, a pick or a campaign, and what could be seen of it a day later."""

    __tablename__ = "trust_entry"
    __table_args__ = (
        UniqueConstraint("pick_id", name="uq_trust_entry_pick_id"),
        UniqueConstraint("group_id", "campaign_id", name="uq_trust_entry_group_id_campaign_id"),
        Index("ix_trust_entry_group_id_posted_at", "group_id", "posted_at"),
        Index(
            "ix_trust_entry_unmeasured",
            "posted_at",
            **only_where("measured_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    pick_id: int | None = Field(default=None, foreign_key="pick.id", sa_type=Key)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", sa_type=Key)
    #: Whose post it was; None: somebody who spoke as the group, or an admin.
    curator_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    posted_at: datetime = Field(sa_type=UtcDateTime)
    #: How much of a whole post it spends: what is told to some in private spends less.
    weight_bps: int = Field(default=10_000, sa_column_kwargs={"server_default": "10000"})
    #: How many ordinary messages the group had written until then.
    messages_before: int = Field(default=0, sa_type=BigId)
    #: It did not fit, and the owner wanted it all the same.
    is_override: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    overridden_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    #: When the day after it was looked at; the numbers below are of that day.
    measured_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    active_members: int | None = None
    reactions_for: int | None = None
    reactions_against: int | None = None
    buyers: int | None = None
    replies: int | None = None
    #: None where the bot could not see them: it was no administrator, or not running.
    leaves: int | None = None


class TrustChange(SQLModel, table=True):
    """How much of its caps a group may use was lowered or raised, and why; append-only."""

    __tablename__ = "trust_change"
    __table_args__ = (Index("ix_trust_change_group_id_id", "group_id", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    reason: TrustChangeReason = Field(sa_type=word(TrustChangeReason))
    #: Basis points of its caps, before and after.
    was_bps: int
    is_bps: int
    pick_id: int | None = Field(default=None, foreign_key="pick.id", sa_type=Key)
    #: The numbers that caused it.
    numbers: dict[str, Any] | None = Field(default=None, sa_type=Document)
    happened_at: datetime = Field(sa_type=UtcDateTime)


class TrustVote(SQLModel, table=True):
    """A poll in the group on its caps."""

    __tablename__ = "trust_vote"
    __table_args__ = (Index("ix_trust_vote_closes_at", "decided_at", "closes_at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    started_by_id: int = Field(foreign_key="person.id", sa_type=BigId)
    started_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    #: What can be voted for, in the order of the poll: caps, by name.
    options: list[dict[str, Any]] = Field(sa_type=Document)
    #: Telegram's own name of the poll, and its message, once it is posted.
    poll_id: str | None = Field(default=None, unique=True)
    message_id: int | None = Field(default=None, sa_type=BigId)
    counts: list[int] | None = Field(default=None, sa_type=Document)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Which option was taken; None: nothing changed.
    outcome: int | None = None
