"""Codes as those who make them see them: in batches, with how many of them were used."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Coupon
from storage.tables import table

_CHUNK = 500


class CouponBatch(NamedTuple):
    """Codes that were made together; `shown` is the code of a batch that has one alone."""

    batch: int
    codes: int
    #: How often they were used, together.
    uses: int
    #: How many of them were used at all.
    used: int
    #: How often they may be used, together; none: as often as the promotion allows.
    limit: int | None
    is_active: bool
    shown: str
    created_at: datetime


class NewCode(NamedTuple):
    """A code to be kept: as it is compared, and as it is written."""

    code: str
    shown: str


class CouponBatchRepository:
    """The batches of codes that each promotion has."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def taken(self, codes: Collection[str]) -> set[str]:
        """Those of these codes, as they are compared, that somebody has made before."""
        found: set[str] = set()
        wanted = list(codes)
        for start in range(0, len(wanted), _CHUNK):
            query = core_select(col(Coupon.code)).where(col(Coupon.code).in_(wanted[start : start + _CHUNK]))
            found.update((await self._session.execute(query)).scalars())
        return found

    async def add(
        self, promotion_id: int, codes: Sequence[NewCode], *, uses_limit: int | None, now: datetime
    ) -> int:
        """Keep new codes of a promotion that is locked as its next batch; returns the batch's number.

        Raises IntegrityError for a code that stands already: see `taken`.
        """
        newest = core_select(func.coalesce(func.max(col(Coupon.batch)), 0)).where(
            col(Coupon.promotion_id) == promotion_id
        )
        batch = int((await self._session.execute(newest)).scalar_one()) + 1
        shared = {
            "promotion_id": promotion_id,
            "batch": batch,
            "uses_limit": uses_limit,
            "used_count": 0,
            "is_active": True,
            "created_at": now,
        }
        connection = await self._session.connection()
        # In sorted order, like all that two transactions may want at once.
        ordered = sorted(codes)
        for start in range(0, len(ordered), _CHUNK):
            rows = [{**shared, **code._asdict()} for code in ordered[start : start + _CHUNK]]
            await connection.execute(insert(table(Coupon)), rows)
        return batch

    async def list_batches(self, promotion_id: int) -> list[CouponBatch]:
        """The batches of a promotion, the first made first."""
        of = table(Coupon).c
        query = (
            core_select(
                of.batch,
                func.count(),
                func.sum(of.used_count),
                func.count().filter(of.used_count > 0),
                # One without a limit makes the whole without one.
                func.sum(of.uses_limit),
                func.count(of.uses_limit),
                func.count().filter(of.is_active),
                func.min(of.shown),
                func.min(of.created_at),
            )
            .where(of.promotion_id == promotion_id)
            .group_by(of.batch)
            .order_by(of.batch)
        )
        rows = await (await self._session.connection()).execute(query)
        return [
            CouponBatch(
                batch=batch,
                codes=codes,
                uses=int(uses),
                used=used,
                limit=int(limit) if limit is not None and limited == codes else None,
                is_active=active > 0,
                shown=shown if codes == 1 else "",
                created_at=created_at,
            )
            for batch, codes, uses, used, limit, limited, active, shown, created_at in rows
        ]

    async def list_codes(self, promotion_id: int, batch: int) -> list[Coupon]:
        """The codes of a batch, in the order in which they are written."""
        query = select(Coupon).where(Coupon.promotion_id == promotion_id, Coupon.batch == batch)
        return list(await self._session.exec(query.order_by(col(Coupon.shown))))

    async def count(self, promotion_id: int) -> int:
        """How many codes a promotion has."""
        query = core_select(func.count()).where(col(Coupon.promotion_id) == promotion_id)
        return int((await self._session.execute(query)).scalar_one())

    async def switch(self, promotion_id: int, batch: int, *, on: bool) -> None:
        """Let the codes of a batch open their promotion, or no longer."""
        statement = (
            update(table(Coupon))
            .where(col(Coupon.promotion_id) == promotion_id, col(Coupon.batch) == batch)
            .values(is_active=on)
        )
        await (await self._session.connection()).execute(statement)
