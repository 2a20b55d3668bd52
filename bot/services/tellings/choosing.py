"""Who is likely to care about something, and why: each fact as it is stored now."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from bot.rules.acquaintances import LEAST_SHOWN
from bot.rules.tellings import RESTS, Care, Wanted, Ware, earlier_rounds, wishes_met
from bot.rules.trust_signals import FOR
from storage.models import Group, Offer, Wish
from storage.repositories.picks import PostedPick
from storage.repositories.telling_facts import PostedRound
from storage.unit_of_work import UnitOfWork

_ROUNDS_READ: Final = 2000
_LATEST: Final = 50
"""Of a category or a curator so many picks count: what somebody liked long ago says little of today."""
_MOST_TOGETHER: Final = 20
_WITH_HER: Final = 2
"""She is one of those who bought that and not this: of all others it is not told."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """What a group had before something, rounds by the keys of their picks."""

    group_id: int
    ware: Ware
    rounds: Mapping[int, PostedRound]
    #: The rounds of the same thing, the latest of its category, and the latest of its curator.
    earlier: frozenset[int]
    same_sort: frozenset[int]
    same_hand: frozenset[int]

    @property
    def origin_ids(self) -> set[int]:
        """All by which the same thing is known, each by its first round."""
        own = {self.ware.origin_id} if self.ware.origin_id else set()
        return {self.rounds[pick_id].origin_id for pick_id in self.earlier} | own


def ware_of(posted: PostedPick) -> Ware:
    """What a pick is about."""
    offer: Offer = posted.offer
    return Ware(
        title=offer.title,
        language=posted.group.language,
        curator_id=posted.pick.curator_id,
        category=offer.category,
        origin_id=offer.first_round_id,
        pick_id=posted.id,
    )


async def look_back(uow: UnitOfWork, group: Group, ware: Ware) -> Past:
    """What a group had before something that is to be told."""
    group_id = group.id or 0
    posted = await uow.telling_facts.list_rounds(group_id, limit=_ROUNDS_READ)
    earlier = frozenset(each.pick_id for each in earlier_rounds(ware, posted))
    others = [each for each in posted if each.pick_id != ware.pick_id]
    return Past(
        group_id=group_id,
        ware=ware,
        rounds={each.pick_id: each for each in posted},
        earlier=earlier,
        same_sort=_latest(
            each
            for each in others
            if ware.category and each.category == ware.category and each.pick_id not in earlier
        ),
        same_hand=_latest(each for each in others if ware.curator_id and each.curator_id == ware.curator_id),
    )


class Facts:
    """Who of some people may be told of something, and what each did with it and with its like."""

    def __init__(self, uow: UnitOfWork, past: Past, *, now: datetime) -> None:
        self._uow = uow
        self._past = past
        self._now = now
        self._leads_to: dict[int, bool] = {}

    async def of(self, person_ids: Collection[int], wished: Mapping[int, str]) -> dict[int, Care]:
        """The facts of each who may be told; what she wished for is known already."""
        past, ware, of = self._past, self._past.ware, self._uow.telling_facts
        free = await self._free(person_ids)
        if not free:
            return {}
        purchases = await of.purchases(free, past.earlier | past.same_sort | past.same_hand)
        liked = await of.fans(free, past.earlier, FOR)
        asked = await of.askers(free, past.earlier)
        alike = await self._alike(free)
        follows = await of.followers(past.group_id, free, ware.category) if ware.category else set[int]()
        cares = {}
        for person_id in free:
            bought = purchases.get(person_id, frozenset())
            cares[person_id] = Care(
                wished=wished.get(person_id),
                bought=max(bought & past.earlier, default=None),
                follows=person_id in follows,
                alike=alike.get(person_id),
                asked=asked.get(person_id),
                sort=len(bought & past.same_sort),
                liked=liked.get(person_id),
                faithful=len(bought & past.same_hand),
            )
        return cares

    async def _free(self, person_ids: Collection[int]) -> set[int]:
        ware = self._past.ware
        return await self._uow.telling_people.list_free(
            self._past.group_id,
            person_ids,
            category=ware.category,
            curator_id=ware.curator_id,
            pick_id=ware.pick_id,
            draft_id=ware.draft_id,
            origin_ids=self._past.origin_ids,
            told_since=self._now - RESTS,
        )

    async def _alike(self, person_ids: Collection[int]) -> dict[int, int]:
        """What she bought whose buyers bought this, too: where that are enough to be told of."""
        origin_id = self._past.ware.origin_id
        if origin_id is None:
            return {}
        ranked = await self._uow.telling_facts.ranked(person_ids, origin_id)
        for because_id, _ in Counter(ranked.values()).most_common():
            # Looking for the buyers of both takes a while: of what leads most people to it.
            if because_id not in self._leads_to and len(self._leads_to) < _MOST_TOGETHER:
                self._leads_to[because_id] = await self._uow.recommendations.have_bought_both(
                    because_id, origin_id, both=LEAST_SHOWN, one=_WITH_HER
                )
        return {key: because_id for key, because_id in ranked.items() if self._leads_to.get(because_id)}


async def care_of(uow: UnitOfWork, past: Past, person_id: int, *, now: datetime) -> Care | None:
    """What makes one person likely to care; None: she may not be told."""
    own = await uow.wishes.list_of(person_id)
    wishes = [each.wish for each in own if each.group.id == past.group_id]
    wished = wishes_met(past.ware, as_wanted(wishes))
    return (await Facts(uow, past, now=now).of([person_id], wished)).get(person_id)


def as_wanted(wishes: Iterable[Wish]) -> list[Wanted]:
    """Wishes as far as it matters what they mean."""
    return [Wanted(wish.person_id, wish.words, wish.language) for wish in wishes]


def _latest(rounds: Iterable[PostedRound]) -> frozenset[int]:
    """The newest of these, which come newest first."""
    return frozenset(each.pick_id for each in islice(rounds, _LATEST))
