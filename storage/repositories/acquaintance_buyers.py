"""Who got what is on offer before: people whom somebody knows, and all."""

from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, union
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Acquaintance, Member, Offer, Order, Person, Pick, Referral, Review
from storage.states import FulfilmentState, OrderState, Presence
from storage.tables import table


class KnownBuyers(NamedTuple):
    """How many people somebody knows in a group, how many of those bought, and would do so again."""

    known: int
    bought: int
    again: int


class Receivers(NamedTuple):
    """How many people have got something, in one group and in all others."""

    here: int
    elsewhere: int


class AcquaintanceBuyerRepository:
    """Buyers whose goods were handed over; all rounds of one offer count together."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def known(self, person_id: int, group_id: int, origin_id: int) -> KnownBuyers:
        """Whom a person knows in a group, and who of them agreed to be counted and bought it there.

        She knows whom she answered, who brought her and whom she brought; who left the group is not counted.
        """
        person, member = table(Person), table(Member)
        people = _known(person_id, group_id)
        mine = people.c.known_id
        theirs = _received(origin_id).where(
            table(Order).c.person_id == mine, table(Pick).c.group_id == group_id
        )
        bought = and_(person.c.shows_purchases, theirs.exists())
        again = func.coalesce(_said_last(mine, group_id, origin_id), False)
        query = (
            core_select(func.count(), _sum(bought), _sum(and_(bought, again)))
            .select_from(
                people.join(person, person.c.id == mine).join(
                    member, and_(member.c.person_id == mine, member.c.group_id == group_id)
                )
            )
            .where(member.c.presence == Presence.JOINED, person.c.erased_at.is_(None), mine != person_id)
        )
        row = (await self._run(query)).one()
        return KnownBuyers(*(int(count) for count in row))

    async def count(self, group_id: int, origin_id: int) -> Receivers:
        """How many people have got it, each once."""
        pick, order = table(Pick), table(Order)
        is_here = pick.c.group_id == group_id
        query = _received(origin_id).with_only_columns(
            func.count(case((is_here, order.c.person_id)).distinct()),
            func.count(case((~is_here, order.c.person_id)).distinct()),
        )
        return Receivers(*(await self._run(query)).one())

    async def has_received(self, person_id: int, group_id: int, origin_id: int) -> bool:
        """Whether a person has got it in a group."""
        query = _received(origin_id).where(
            table(Order).c.person_id == person_id, table(Pick).c.group_id == group_id
        )
        return (await self._run(query.limit(1))).first() is not None

    async def _run(self, query: Any) -> Any:
        return await (await self._session.connection()).execute(query)


def _known(person_id: int, group_id: int) -> Any:
    met, referral = table(Acquaintance), table(Referral)
    return union(
        core_select(met.c.other_id.label("known_id")).where(
            met.c.group_id == group_id, met.c.person_id == person_id
        ),
        core_select(referral.c.referrer_id).where(
            referral.c.group_id == group_id, referral.c.person_id == person_id
        ),
        core_select(referral.c.person_id).where(
            referral.c.group_id == group_id, referral.c.referrer_id == person_id
        ),
    ).subquery("known")


def _received(origin_id: int) -> Select[Any]:
    """Orders of all rounds of an offer whose goods were handed over."""
    order, pick, offer = table(Order), table(Pick), table(Offer)
    rounds = core_select(offer.c.id).where(offer.c.origin_id == origin_id)
    return (
        core_select(order.c.id)
        .select_from(order.join(pick, pick.c.id == order.c.pick_id))
        .where(pick.c.offer_id.in_(rounds.union(core_select(offer.c.id).where(offer.c.id == origin_id))))
        .where(order.c.fulfilment_state == FulfilmentState.HANDED_OVER, order.c.state != OrderState.CANCELLED)
    )


def _said_last(person_id: Any, group_id: int, origin_id: int) -> Any:
    """Whether a person would buy an offer again, by the last of her reviews here that says so or not."""
    review = table(Review)
    return (
        core_select(review.c.would_again)
        .where(review.c.person_id == person_id, review.c.origin_id == origin_id)
        .where(review.c.group_id == group_id, review.c.would_again.is_not(None))
        .order_by(review.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _sum(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
