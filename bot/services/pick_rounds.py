"""A pick may be a further round of an earlier one: whoever posted it is asked once, and says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.carrying_errors import CarriedNotRepeated
from bot.edit_errors import RoundInUse, RoundJoined, RoundStopped
from bot.errors import ButtonOutdated
from bot.rules.roles import curates
from bot.rules.typed_text import fold
from storage.purchases import ON_OFFER
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

_LOOKS_BACK: Final = 500
"""So many of the group's picks that are over are compared."""


@dataclass(frozen=True, kw_only=True)
class EarlierRound:
    """An earlier pick of the same title, and how many people bought it, in all its rounds."""

    posted: PostedPick
    buyers: int


async def ask_whether_same(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    """A new pick's card has appeared: whoever posted it is asked whether it is what was bought before."""
    curator_id = posted.pick.curator_id or posted.group.owner_id
    if curator_id is not None and await find_earlier(uow, posted, curator_id) is not None:
        await uow.outbox.add(
            OutboxKind.ROUND_HINT,
            chat_id=curator_id,
            subject_id=posted.id,
            merge_key=f"{OutboxKind.ROUND_HINT}:{posted.id}",
            now=now,
        )


async def find_earlier(uow: UnitOfWork, posted: PostedPick, curator_id: int) -> EarlierRound | None:
    """The newest pick of the same title that is over, that somebody bought and that she may touch.

    None, too, for what is a further round already, or is sold for another group.
    """
    group_id = posted.pick.group_id
    member = await uow.members.find_member(group_id, curator_id)
    if member is None or posted.pick.is_carried or posted.offer.origin_id is not None:
        return None
    title = fold(posted.offer.title)
    for one in await uow.pick_rounds.list_over(group_id, before_id=posted.id, limit=_LOOKS_BACK):
        is_own = one.curator_id == curator_id
        if (
            fold(one.title) == title
            and one.origin_id != posted.offer.first_round_id
            and curates(member.role, own_picks_only=member.own_picks_only, is_own=is_own)
            and (buyers := await uow.recommendations.count_buyers(one.origin_id))
        ):
            return EarlierRound(posted=await uow.picks.get(one.pick_id), buyers=buyers)
    return None


async def join_rounds(uow: UnitOfWork, pick_id: int, earlier_id: int, *, by_id: int, now: datetime) -> None:
    """A pick is a further round of an earlier one of its group, as if it had been posted again.

    Raises ButtonOutdated where it cannot be that, CarriedNotRepeated, RoundJoined and RoundStopped.
    """
    posted, earlier = await _locked(uow, pick_id, earlier_id)
    _require_alike(posted, earlier)
    own_id, origin_id = await _origins(uow, posted, earlier)
    if own_id == origin_id:
        return
    if own_id != posted.offer.id:
        raise RoundJoined(posted.pick.number)
    if await uow.recalls.is_stopped(origin_id):
        raise RoundStopped(earlier.pick.number)
    # What was stopped is judged by what came after that, and would take the other's past along.
    if await uow.recalls.find_last(own_id) is not None:
        raise RoundStopped(posted.pick.number)
    await uow.pick_rounds.join(own_id, origin_id)
    await _note(uow, "rounds_joined", posted, earlier, by_id=by_id, now=now)
    await _show(uow, origin_id, now=now)


async def keep_apart(uow: UnitOfWork, pick_id: int, earlier_id: int, *, by_id: int, now: datetime) -> None:
    """A pick is no further round of an earlier one; where that was said before, it is undone.

    Raises ButtonOutdated, RoundStopped, and RoundInUse where it is too late to undo it.
    """
    posted, earlier = await _locked(uow, pick_id, earlier_id)
    own_id, origin_id = await _origins(uow, posted, earlier)
    if own_id != origin_id:
        return
    offer_id = posted.pick.offer_id
    if offer_id == origin_id or posted.pick.group_id != earlier.pick.group_id:
        raise ButtonOutdated
    if await uow.recalls.is_stopped(origin_id):
        raise RoundStopped(posted.pick.number)
    later = await uow.pick_rounds.has_later(offer_id, origin_id)
    if later or await uow.pick_rounds.has_orders(offer_id):
        raise RoundInUse(posted.pick.number)
    await _show(uow, origin_id, now=now)
    await uow.pick_rounds.part(offer_id)
    await _note(uow, "rounds_parted", posted, earlier, by_id=by_id, now=now)


async def _locked(uow: UnitOfWork, pick_id: int, earlier_id: int) -> tuple[PostedPick, PostedPick]:
    found = await uow.picks.load([pick_id, earlier_id])
    if len(found) < 2:
        raise ButtonOutdated
    await uow.groups.lock(found[pick_id].pick.group_id)
    locked = await uow.picks.load([pick_id, earlier_id], lock=True)
    return locked[pick_id], locked[earlier_id]


def _require_alike(posted: PostedPick, earlier: PostedPick) -> None:
    for one in (posted, earlier):
        if one.pick.is_carried:
            raise CarriedNotRepeated(one.pick.number)
    is_alike = (
        earlier.pick.group_id == posted.pick.group_id
        and earlier.id < posted.id
        and earlier.pick.state not in ON_OFFER
        and fold(earlier.offer.title) == fold(posted.offer.title)
    )
    if not is_alike:
        raise ButtonOutdated


async def _origins(uow: UnitOfWork, *both: PostedPick) -> tuple[int, int]:
    """The first rounds of two picks, locked in sorted order, like all that two transactions may want."""
    posted, earlier = (one.pick.offer_id for one in both)
    locked = {offer_id: await uow.recalls.lock_origin(offer_id) for offer_id in sorted({posted, earlier})}
    return locked[posted], locked[earlier]


async def _note(
    uow: UnitOfWork, action: str, posted: PostedPick, earlier: PostedPick, *, by_id: int, now: datetime
) -> None:
    await uow.audit.add(
        action,
        group_id=posted.pick.group_id,
        person_id=by_id,
        pick_id=posted.id,
        details={"number": earlier.pick.number},
        now=now,
    )


async def _show(uow: UnitOfWork, origin_id: int, *, now: datetime) -> None:
    """Cards say what buyers say, and rankings know which rounds are one thing."""
    await uow.outbox.add_cards(await uow.review_pages.list_cards(origin_id), now=now)
    await uow.recommendation_facts.ask(now=now)
