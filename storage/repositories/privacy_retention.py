"""What was kept long enough: found beside those who write, and then let go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, tuple_, update
from sqlalchemy import select as core_select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Acquaintance,
    AuditEntry,
    CampaignVisit,
    Case,
    CouponGuess,
    Introduction,
    Need,
    Payment,
    Payout,
    Pick,
    Question,
    ShareVisit,
    Touch,
    Wish,
)
from storage.states import PayoutStage
from storage.tables import table


class Outlived(NamedTuple):
    """Rows that were kept long enough: they are deleted, or these columns in them blanked."""

    model: type[SQLModel]
    keys: Sequence[tuple[Any, ...]]
    values: Mapping[str, Any]


class RetentionRepository:
    """Rows by their age."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_outlived(self, before: Mapping[str, datetime], *, limit: int) -> list[Outlived]:
        """What is older than these moments, by what it is: `proofs`, `visits`, `questions` and so on.

        Of each table at most so many rows, so that nobody who writes has to wait.
        """
        found = []
        for what, model, where, values in _AGEING:
            if what in before:
                keys = list(table(model).primary_key.columns)
                query = core_select(*keys).where(where(before[what])).limit(limit)
                if rows := [tuple(row) for row in await self._run(query)]:
                    found.append(Outlived(model=model, keys=rows, values=values))
        return found

    async def drop(self, outlived: Iterable[Outlived]) -> None:
        """Delete such rows, or blank what is too old in them."""
        for one in outlived:
            of = table(one.model)
            these = tuple_(*of.primary_key.columns).in_(one.keys)
            await self._run(
                update(of).where(these).values(dict(one.values)) if one.values else delete(of).where(these)
            )

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


_merged = table(Need).alias("merged")
_Ageing = tuple[str, type[SQLModel], Callable[[datetime], ColumnElement[bool]], Mapping[str, Any]]

_AGEING: Final[tuple[_Ageing, ...]] = (
    (
        "proofs",
        Payment,
        lambda before: and_(
            col(Payment.decided_at) < before,
            or_(col(Payment.proof_file_id).is_not(None), col(Payment.note) != ""),
            # Who says that something is wrong may need them.
            ~exists().where(col(Case.order_id) == col(Payment.order_id), col(Case.resolved_at).is_(None)),
        ),
        {"proof_file_id": None, "note": ""},
    ),
    (
        "proofs",
        Payout,
        lambda before: and_(
            func.coalesce(col(Payout.paid_at), col(Payout.decided_at)) < before,
            col(Payout.stage).not_in([PayoutStage.ASKED, PayoutStage.APPROVED]),
            col(Payout.details) != "",
        ),
        {"details": ""},
    ),
    ("visits", Touch, lambda before: col(Touch.touched_at) < before, {}),
    (
        "visits",
        ShareVisit,
        lambda before: (
            func.coalesce(
                *(col(ShareVisit.ordered_at), col(ShareVisit.joined_at)),
                *(col(ShareVisit.opened_at), col(ShareVisit.seen_at)),
            )
            < before
        ),
        {},
    ),
    ("visits", CampaignVisit, lambda before: col(CampaignVisit.opened_at) < before, {}),
    ("visits", Introduction, lambda before: col(Introduction.introduced_at) < before, {}),
    ("visits", CouponGuess, lambda before: col(CouponGuess.guessed_at) < before, {}),
    ("acquaintances", Acquaintance, lambda before: col(Acquaintance.last_at) < before, {}),
    (
        "questions",
        Question,
        lambda before: and_(
            col(Question.asked_at) < before,
            col(Question.pick_id).in_(core_select(col(Pick.id)).where(col(Pick.closed_at).is_not(None))),
        ),
        {},
    ),
    ("questions", Wish, lambda before: col(Wish.closed_at) < before, {}),
    (
        "questions",
        Need,
        lambda before: and_(
            # Whoever is forgotten takes her wishes along: a need that they were all of is never closed.
            func.coalesce(col(Need.closed_at), col(Need.created_at)) < before,
            col(Need.id).not_in(core_select(col(Wish.need_id))),
            col(Need.id).not_in(
                core_select(_merged.c.merged_into_id).where(_merged.c.merged_into_id.is_not(None))
            ),
        ),
        {},
    ),
    ("audit", AuditEntry, lambda before: col(AuditEntry.happened_at) < before, {}),
)
