"""Who brought whom into a group, and the links that tell."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import ReferralSource


class Referral(SQLModel, table=True):
    """One edge: who brought this person into this group. The first is permanent."""

    __table_args__ = (
        CheckConstraint("person_id <> referrer_id", name="ck_referral_self"),
        Index("ix_referral_group_id_referrer_id", "group_id", "referrer_id"),
    )

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    referrer_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    source: ReferralSource = Field(sa_type=word(ReferralSource))
    referred_at: datetime = Field(sa_type=UtcDateTime)


class Introduction(SQLModel, table=True):
    """A weaker sign of who brings somebody, kept until she joins; the first of each kind stands."""

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    source: ReferralSource = Field(primary_key=True, sa_type=word(ReferralSource))
    referrer_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    introduced_at: datetime = Field(sa_type=UtcDateTime)


class InviteLink(SQLModel, table=True):
    """A member's own invite link to a group."""

    __tablename__ = "invite_link"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id", name="uq_invite_link_group_id_person_id"),
        Index("ix_invite_link_person_id_created_at", "person_id", "created_at"),
        Index("ix_invite_link_group_id_created_at", "group_id", "created_at"),
    )

    url: str = Field(primary_key=True)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcDateTime)
