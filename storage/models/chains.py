"""What the chains of a group come to: derived from its referrals, kept so that reading never walks a tree."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key


class ChainPlace(SQLModel, table=True):
    """A person who brought somebody or was brought, and how many stand below her at any depth."""

    __tablename__ = "chain_place"
    __table_args__ = (Index("ix_chain_place_below", "group_id", "referrer_id", "people_below", "person_id"),)

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    #: Who brought her; nobody, where a chain begins.
    referrer_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId, index=True)
    people_below: int = Field(default=0, sa_type=BigId)


class Downline(SQLModel, table=True):
    """How many people stand below a person at one level; level 1 are those whom she brought herself."""

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    level: int = Field(primary_key=True)
    people: int = Field(sa_type=BigId)
