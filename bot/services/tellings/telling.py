"""Telling a pick to those who are likely to care, instead of posting it; and posting it after all.

Whoever tells locks the group first, then the pick, as those do who post. Messages go out as notices of new
picks do: awake, behind everything that somebody waits for, and never twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.allowance import go_live, pull_forward, reschedule, slot_for, spend
from bot.errors import ButtonOutdated, PickClosed
from bot.posting import require_on_sale
from bot.rules.quiet_hours import quiet_ends
from bot.rules.tellings import FEWEST, RESTS, Draw, Reason, Ware, held_back, weight_bps
from bot.rules.trust_allowance import Slot
from bot.services.tellings.choosing import look_back
from bot.services.tellings.searching import find_likely
from bot.telling_errors import NotToldPersonally, OverBeforeMorning, TooFewToTell
from bot.trust_errors import OnlyOwnerOverrides
from storage.models import Group, Telling
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who would be told of something, the likeliest first, each with her reasons."""

    people: Mapping[int, Sequence[Reason]]
    members: int

    @property
    def is_enough(self) -> bool:
        """Whether it is worth doing."""
        return len(self.people) >= FEWEST

    @property
    def weight_bps(self) -> int:
        """How much of a post it would spend at most."""
        return weight_bps(len(self.people), self.members)


async def find_audience(uow: UnitOfWork, group: Group, ware: Ware, *, lot: Random, now: datetime) -> Audience:
    """Who is likely to care about something and may be told, as many as are told at most."""
    found = await find_likely(uow, await look_back(uow, group, ware), Draw.by(lot), now=now)
    members = await uow.trust.count_members(group.id or 0)
    return Audience(people={key: care.reasons for key, care in found.items()}, members=members)


async def tell(
    uow: UnitOfWork, pick_id: int, audience: Audience, *, lot: Random, by_id: int, now: datetime
) -> Telling:
    """Open a scheduled pick for those alone who are likely to care, and tell them; some the lot leaves out.

    Raises ButtonOutdated, OfferStopped, NotToldPersonally, PickClosed, OverBeforeMorning, TooFewToTell.
    """
    posted = await _locked(uow, pick_id, PickState.SCHEDULED)
    pick, group = posted.pick, posted.group
    await require_on_sale(uow, pick.offer_id)
    listing = await uow.listings.find_by_pick(pick_id)
    if not can_be_told(posted) or (listing is not None and listing.ended_at is None):
        raise NotToldPersonally
    # Another telling may have been faster.
    taken = await uow.tellings.told_since(
        pick.group_id, audience.people, origin_id=posted.offer.first_round_id, since=now - RESTS
    )
    reasons = {key: why for key, why in audience.people.items() if key not in taken}
    if len(reasons) < FEWEST:
        raise TooFewToTell(FEWEST)
    held = held_back(reasons, lot)
    told = [key for key in reasons if key not in held]
    reschedule(group, pick, at=now)
    if pick.closes_at <= now:
        # Another group supplies it, whose deadline stays.
        raise PickClosed(pick.number)
    awake = quiet_ends(
        now, time_zone=group.time_zone, quiet_from=group.quiet_from, quiet_until=group.quiet_until
    )
    if awake is not None and pick.closes_at <= awake:
        raise OverBeforeMorning
    pick.state, pick.is_personal, pick.wanted_at = PickState.LIVE, True, None
    await uow.picks.save(pick)
    await spend(uow, pick, weight_bps=weight_bps(len(told), audience.members), now=now)
    telling = Telling(
        pick_id=pick_id,
        group_id=pick.group_id,
        begun_by_id=by_id,
        begun_at=now,
        member_count=audience.members,
        told_count=len(told),
        held_count=len(held),
    )
    await uow.tellings.add(telling, reasons=reasons, held=held)
    await _hand_over(uow, pick_id, told, now=now)
    await uow.audit.add(
        "pick_told",
        group_id=pick.group_id,
        person_id=by_id,
        pick_id=pick_id,
        details={"told": len(told), "held_back": len(held)},
        now=now,
    )
    # Its slot is free for what waits.
    await pull_forward(uow, group, now=now)
    return telling


async def post_after_all(uow: UnitOfWork, pick_id: int, *, by_id: int, now: datetime) -> PostedPick:
    """Post in its group what was told to some; where it does not fit, its owner alone may, and that is noted.

    From now on those who were left out can see it: what came of the telling is counted before.
    Raises ButtonOutdated, PickClosed, OfferStopped, OnlyOwnerOverrides.
    """
    posted = await _locked(uow, pick_id, PickState.LIVE)
    pick, group = posted.pick, posted.group
    if not pick.is_personal:
        raise ButtonOutdated
    if pick.closes_at <= now or pick.ended_at is not None:
        # A deadline that people were told of does not begin anew.
        raise PickClosed(pick.number)
    await require_on_sale(uow, pick.offer_id)
    slot = await slot_now(uow, posted, now=now)
    if not slot.fits and by_id != group.owner_id:
        raise OnlyOwnerOverrides
    buyers = await uow.tellings.count_buyers(pick_id, until=now)
    await uow.tellings.note_measured(pick_id, buyers, now=now)
    pick.is_personal = False
    # It becomes a whole post: what the telling spent is part of it.
    await uow.trust.forget_pick(pick_id)
    await go_live(uow, group, pick, now=now, overridden_by_id=None if slot.fits else by_id)
    await uow.audit.add(
        "told_pick_posted" if slot.fits else "allowance_overridden",
        group_id=pick.group_id,
        person_id=by_id,
        pick_id=pick_id,
        now=now,
    )
    return posted


async def slot_now(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> Slot:
    """Whether a pick that was told to some can be posted in its group now, or what keeps it from that."""
    curator_id = posted.pick.curator_id
    return await slot_for(uow, posted.group, curator_id=curator_id, wanted=now, now=now, opening=posted.id)


def can_be_told(posted: PostedPick) -> bool:
    """Whether a pick can be told to some instead of being posted: teams find each other in the group."""
    return posted.offer.team_price_amount is None and posted.pick.ended_at is None


async def _locked(uow: UnitOfWork, pick_id: int, state: PickState) -> PostedPick:
    found = (await uow.picks.load([pick_id])).get(pick_id)
    if found is None:
        raise ButtonOutdated
    await uow.groups.lock(found.pick.group_id)
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    if posted.pick.state is not state:
        raise ButtonOutdated
    return posted


async def _hand_over(uow: UnitOfWork, pick_id: int, told: Sequence[int], *, now: datetime) -> None:
    await uow.outbox.add_all(
        [
            {
                "kind": OutboxKind.TELLING,
                "chat_id": person_id,
                "subject_id": pick_id,
                "payload": {"pick_ids": [pick_id]},
                "merge_key": f"{OutboxKind.TELLING}:{pick_id}:{person_id}",
                "priority": int(Priority.BROADCAST),
                "due_at": now,
            }
            for person_id in told
        ],
        now=now,
    )
