"""What members vouch for and would like to see posted."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import ProposalState


class Proposal(SQLModel, table=True):
    """What a member vouches for; once accepted it is a curator's draft, and then a pick."""

    __table_args__ = (
        Index("ix_proposal_group_id_state", "group_id", "state"),
        Index("ix_proposal_person_id_state", "person_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    title: str
    words: str
    photo_id: str | None = None
    has_bought: bool
    state: ProposalState = Field(default=ProposalState.PENDING, sa_type=word(ProposalState))
    created_at: datetime = Field(sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str | None = None
    #: The draft that it became; a draft that was deleted is forgotten in time.
    draft_id: int | None = Field(default=None, foreign_key="draft.id", sa_type=Key, ondelete="SET NULL")
    pick_id: int | None = Field(default=None, foreign_key="pick.id", sa_type=Key)
