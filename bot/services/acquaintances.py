"""Proof at the point of deciding: who got it before, among those whom a person knows and in all."""

from bot.rules.acquaintances import Proof, shown_proof
from storage.models import Offer
from storage.unit_of_work import UnitOfWork


async def proof_for(uow: UnitOfWork, person_id: int, group_id: int, offer: Offer) -> Proof:
    """What a person may be told of those who got an offer, or an earlier round of it."""
    origin_id = offer.first_round_id
    known = await uow.acquaintance_buyers.known(person_id, group_id, origin_id)
    all_buyers = await uow.acquaintance_buyers.count(group_id, origin_id)
    return shown_proof(
        known=known.known,
        bought=known.bought,
        again=known.again,
        here=all_buyers.here,
        elsewhere=all_buyers.elsewhere,
    )


async def may_be_counted(uow: UnitOfWork, person_id: int, group_id: int, offer: Offer) -> bool | None:
    """Whether somebody who got it lets people who know her count her; None: she has not got it."""
    origin_id = offer.first_round_id
    if not await uow.acquaintance_buyers.has_received(person_id, group_id, origin_id):
        return None
    return (await uow.members.get(person_id)).shows_purchases
