"""Why somebody is told of a pick, in facts that are counted as it is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.rules.pricing import TierPrice
from bot.rules.recommendations import tells_of_many
from bot.rules.tellings import Care
from bot.services.tellings.choosing import care_of, look_back, ware_of
from storage.repositories.carryings import Supply
from storage.repositories.picks import PostedPick
from storage.repositories.telling_facts import PostedRound
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class BoughtTogether:
    """She bought something, and so many of the others who did bought this, too."""

    title: str
    both: int
    others: int


@dataclass(frozen=True, kw_only=True)
class Why:
    """All that speaks for telling one person of a pick, as it is now."""

    care: Care
    bought: PostedRound | None
    asked: PostedRound | None
    liked: PostedRound | None
    together: BoughtTogether | None
    #: What its curator is called.
    curator: str | None


@dataclass(frozen=True, kw_only=True)
class NoteFacts:
    """A pick as it is told to one person, and why."""

    posted: PostedPick
    why: Why
    tiers: Sequence[TierPrice] = ()
    voucher: str | None = None
    #: Whose it is, where its group sells it for another.
    supply: Supply | None = None


async def note_facts(uow: UnitOfWork, posted: PostedPick, why: Why) -> NoteFacts:
    """All that a person reads who is told of a pick for such reasons."""
    pick, offer_id = posted.pick, posted.pick.offer_id
    tiers = (await uow.pricing.tiers([offer_id])).get(offer_id, [])
    voucher = await uow.members.find(pick.vouched_by_id) if pick.vouched_by_id is not None else None
    return NoteFacts(
        posted=posted,
        why=why,
        tiers=[TierPrice(*tier) for tier in tiers],
        voucher=voucher.name if voucher is not None else None,
        supply=await uow.carryings.find_supply(posted.id) if pick.is_carried else None,
    )


async def why_told(uow: UnitOfWork, posted: PostedPick, person_id: int, *, now: datetime) -> Why | None:
    """Why a person is told of a pick; None: she may not be told, or there is no reason any more."""
    past = await look_back(uow, posted.group, ware_of(posted))
    care = await care_of(uow, past, person_id, now=now)
    if care is None:
        return None
    together = await _together(uow, posted, person_id, care.alike) if care.alike is not None else None
    if together is None:
        care = replace(care, alike=None)
    if not care.reasons:
        return None

    def named(pick_id: int | None) -> PostedRound | None:
        return past.rounds.get(pick_id) if pick_id is not None else None

    curator_id = posted.pick.curator_id
    curator = await uow.members.find(curator_id) if curator_id is not None else None
    return Why(
        care=care,
        bought=named(care.bought),
        asked=named(care.asked),
        liked=named(care.liked),
        together=together,
        curator=curator.name if curator is not None else None,
    )


async def _together(
    uow: UnitOfWork, posted: PostedPick, person_id: int, because_id: int
) -> BoughtTogether | None:
    """What was worked out a while ago, if she still has what she bought, and others enough of both."""
    titles = await uow.recommendations.titles_of_own(person_id, {because_id})
    found = await uow.recommendations.bought_together(
        because_id, posted.offer.first_round_id, person_id=person_id
    )
    if because_id not in titles or not tells_of_many(found.both, found.others):
        return None
    return BoughtTogether(title=titles[because_id], both=found.both, others=found.others)
