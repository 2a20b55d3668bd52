"""Something is wrong with an order, until it is settled."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import AT_FIRST_NO, BigId, Document, Key, UtcDateTime, only_where, word
from storage.states import CaseAct, CaseKind, CaseLevel, CaseOutcome, CaseSide, CaseStage


class Case(SQLModel, table=True):
    """What a member says is wrong, who has to answer next and until when, and what came of it."""

    __tablename__ = "trust_case"
    __table_args__ = (
        # One at a time: whoever opens it twice gets the same.
        Index(
            "uq_trust_case_open",
            "order_id",
            unique=True,
            **only_where("resolved_at IS NULL"),
        ),
        Index("ix_trust_case_order_id", "order_id"),
        Index("ix_trust_case_group_id_resolved_at", "group_id", "resolved_at"),
        Index("ix_trust_case_pick_id", "pick_id"),
        Index("ix_trust_case_person_id", "person_id"),
        Index(
            "ix_trust_case_due_at",
            "due_at",
            **only_where("resolved_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    group_id: int = Field(foreign_key="chat_group.id", sa_type=Key)
    pick_id: int = Field(foreign_key="pick.id", sa_type=Key)
    order_id: int = Field(foreign_key="orders.id", sa_type=Key)
    #: Who says so.
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    kind: CaseKind = Field(sa_type=word(CaseKind))
    stage: CaseStage = Field(sa_type=word(CaseStage))
    #: Who has to decide.
    level: CaseLevel = Field(default=CaseLevel.CURATOR, sa_type=word(CaseLevel))
    opened_at: datetime = Field(sa_type=UtcDateTime)
    #: Until when whoever has to answer next promised to.
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When whoever decides now first answered.
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: What is offered now, or was settled: how it ends, and how much, in minor units of the order's currency.
    offered: CaseOutcome | None = Field(default=None, sa_type=word(CaseOutcome))
    offered_amount: int | None = Field(default=None, sa_type=BigId)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_by_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    outcome: CaseOutcome | None = Field(default=None, sa_type=word(CaseOutcome))
    #: It ended with what no books of ours keep: a replacement, or money of a group that keeps none here.
    is_by_word: bool = Field(default=False, sa_column_kwargs=AT_FIRST_NO)
    #: When somebody who decides said that it was given.
    given_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: It was opened by what a recall offers.
    recall_id: int | None = Field(default=None, foreign_key="recall.id", sa_type=Key)


class CaseEvent(SQLModel, table=True):
    """One step of a case, for both sides to read; append-only."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_case_id_id", "case_id", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    case_id: int = Field(foreign_key="trust_case.id", sa_type=Key)
    act: CaseAct = Field(sa_type=word(CaseAct))
    #: In which role somebody did it; the bot itself has no person.
    side: CaseSide = Field(sa_type=word(CaseSide))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    words: str = ""
    photo_ids: list[str] | None = Field(default=None, sa_type=Document)
    #: What was offered or settled.
    outcome: CaseOutcome | None = Field(default=None, sa_type=word(CaseOutcome))
    amount: int | None = Field(default=None, sa_type=BigId)
    happened_at: datetime = Field(sa_type=UtcDateTime)
