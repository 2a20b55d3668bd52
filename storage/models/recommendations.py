"""What may please people, as it was last worked out, and what they said of it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import BigId, Document, Key, UtcDateTime


class Dismissal(SQLModel, table=True):
    """A person said "not for me" of an offer, in all its rounds."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    origin_id: int = Field(primary_key=True, foreign_key="offer.id", sa_type=Key)
    dismissed_at: datetime = Field(sa_type=UtcDateTime)


class Ranking(SQLModel, table=True):
    """What one person may like best of what was on offer to her, as the model said last."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigId)
    #: The best first: pairs of an offer, by its first round, and what she bought that speaks for it (or 0).
    best: list[list[int]] = Field(sa_type=Document)
    ranked_at: datetime = Field(sa_type=UtcDateTime)


class RankingRun(SQLModel, table=True):
    """The one row that says when rankings were last worked out, from what, and when they are to be again."""

    __tablename__ = "ranking_run"

    id: int = Field(primary_key=True, sa_type=Key)
    #: Whoever begins keeps others from doing the same for a while.
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: How far the facts went from which it was worked out.
    mark: str = ""
    #: How long it took.
    seconds: int = 0
    #: Since when somebody waits for her first ranking.
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What is bought most of all that is on offer, the most first: for whom nothing is known of.
    popular: list[int] | None = Field(default=None, sa_type=Document)
