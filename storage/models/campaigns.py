"""Campaigns: one message to many groups, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime, word
from storage.states import CampaignPostState, CampaignState


class Campaign(SQLModel, table=True):
    """A message, mostly of a promotion, that an admin sends to many groups."""

    __table_args__ = (Index("ix_campaign_state", "state"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    promotion_id: int | None = Field(default=None, foreign_key="promotion.id", sa_type=Key)
    #: Names it in links.
    token: str = Field(unique=True)
    title: str
    words: str
    photo_id: str | None = None
    #: Which groups are meant: as `bot.rules.campaigns.Audience` keeps it.
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    state: CampaignState = Field(sa_type=word(CampaignState))
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by_id: int = Field(foreign_key="person.id", sa_type=BigId)
    launched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CampaignPost(SQLModel, table=True):
    """A campaign in one group: it waits, is on its way, or was sent; never twice."""

    __tablename__ = "campaign_post"
    __table_args__ = (Index("ix_campaign_post_state_due_at", "campaign_id", "state", "due_at"),)

    campaign_id: int = Field(primary_key=True, foreign_key="campaign.id", sa_type=Key)
    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    state: CampaignPostState = Field(sa_type=word(CampaignPostState))
    #: Not before: its group is quiet until then.
    due_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_id: int | None = Field(default=None, sa_type=BigId)
    failure: str | None = None


class CampaignVisit(SQLModel, table=True):
    """Somebody opened a campaign's link, first in this group."""

    __tablename__ = "campaign_visit"

    campaign_id: int = Field(primary_key=True, foreign_key="campaign.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    #: When she joined the group, if that was after.
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
