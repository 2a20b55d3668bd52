"""What counts as a dispute, as all counts of trust count it."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from storage.models import Case
from storage.states import CaseOutcome


def is_dispute() -> ColumnElement[bool]:
    """Whether a case was not withdrawn, and no recall invited it: whoever answers one says nothing new."""
    stands = or_(col(Case.outcome).is_(None), col(Case.outcome) != CaseOutcome.WITHDRAWN)
    return and_(stands, col(Case.recall_id).is_(None))
