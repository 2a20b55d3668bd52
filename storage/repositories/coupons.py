"""Codes of promotions, who has entered them, and wrong guesses."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Coupon, CouponGuess, CouponHolder
from storage.tables import table, upsert


class CouponRepository:
    """Coupons as buyers meet them, who holds them, and guesses; whose promotion is locked before they are."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, code: str) -> Coupon | None:
        """The coupon with this code, as it is compared."""
        return (await self._session.exec(select(Coupon).where(col(Coupon.code) == code))).first()

    async def hold(self, coupon_id: int, person_id: int, *, now: datetime) -> bool:
        """Somebody entered a code; whether she had not before."""
        statement = upsert(self._session, CouponHolder).values(
            coupon_id=coupon_id, person_id=person_id, entered_at=now
        )
        statement = statement.on_conflict_do_nothing()
        return bool((await (await self._session.connection()).execute(statement)).rowcount)

    async def list_held(self, person_id: int, *, limit: int) -> Sequence[Coupon]:
        """The codes that somebody has entered, the last first."""
        query = (
            select(Coupon)
            .join(CouponHolder, col(CouponHolder.coupon_id) == col(Coupon.id))
            .where(col(CouponHolder.person_id) == person_id)
            .order_by(col(CouponHolder.entered_at).desc(), col(Coupon.id).desc())
            .limit(limit)
        )
        return (await self._session.exec(query)).all()

    async def in_hand(
        self, promotion_ids: Collection[int], person_ids: Collection[int]
    ) -> list[tuple[int, Coupon]]:
        """The codes of these locked promotions that these people have entered: (person, coupon) each."""
        if not promotion_ids or not person_ids:
            return []
        query = (
            select(col(CouponHolder.person_id), Coupon)
            .join(CouponHolder, col(CouponHolder.coupon_id) == col(Coupon.id))
            .where(col(Coupon.promotion_id).in_(sorted(promotion_ids)))
            .where(col(CouponHolder.person_id).in_(sorted(person_ids)))
            .order_by(col(Coupon.id), col(CouponHolder.entered_at))
            # What was read before the promotion was locked may be used up by now.
            .execution_options(populate_existing=True)
        )
        return [(person_id, coupon) for person_id, coupon in await self._session.exec(query)]

    async def count(self, more: Mapping[int, int]) -> None:
        """Move how often coupons were used; the database itself refuses more than their limit."""
        coupon = table(Coupon)
        connection = await self._session.connection()
        for coupon_id, change in sorted(more.items()):
            if change:
                await connection.execute(
                    update(coupon)
                    .where(coupon.c.id == coupon_id)
                    .values(used_count=coupon.c.used_count + change)
                )

    async def add_guess(self, person_id: int, *, now: datetime) -> None:
        """Somebody tried a code that nobody made."""
        await (await self._session.connection()).execute(
            insert(table(CouponGuess)).values(person_id=person_id, guessed_at=now)
        )

    async def guesses(self, person_id: int, *, since: datetime) -> list[datetime]:
        """When somebody tried codes that nobody made."""
        guess = table(CouponGuess)
        query = core_select(guess.c.guessed_at).where(
            guess.c.person_id == person_id, guess.c.guessed_at >= since
        )
        return list((await (await self._session.connection()).execute(query)).scalars())
