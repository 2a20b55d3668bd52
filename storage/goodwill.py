"""What was given back for good will by hand, where a group keeps no money here, as all sums count it."""

from sqlalchemy import ColumnElement, and_

from storage.models import Case
from storage.states import CaseOutcome
from storage.tables import table


def given_by_word() -> ColumnElement[bool]:
    """Whether a case ended with money that its group's word stands for: so much less does its order cost."""
    settled = table(Case)
    return and_(settled.c.is_by_word, settled.c.outcome == CaseOutcome.REFUND)
