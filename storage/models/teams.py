"""Teams: people of a group who buy together."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key, UtcDateTime, word
from storage.states import TeamFallback, TeamState


class Team(SQLModel, table=True):
    """So many people who buy one pick together at the team price, until a deadline of their own."""

    __table_args__ = (
        Index("ix_team_state_expires_at", "state", "expires_at"),
        Index("ix_team_pick_id_state", "pick_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    leader_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    size: int
    state: TeamState = Field(default=TeamState.OPEN, sa_type=word(TeamState))
    opened_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TeamMember(SQLModel, table=True):
    """A person in a team, and what she wants if it does not fill up."""

    __tablename__ = "team_member"

    team_id: int = Field(primary_key=True, foreign_key="team.id", sa_type=Key)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId, index=True)
    fallback: TeamFallback = Field(default=TeamFallback.DROP, sa_type=word(TeamFallback))
    #: The unit price at which she agreed to buy alone, where that is her fallback.
    solo_amount: int | None = Field(default=None, sa_type=BigId)
    joined_at: datetime = Field(sa_type=UtcDateTime)
