"""Who is likely to care about something, and why: each fact as it is stored now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from bot.rules.recommendations import tells_of_many
from bot.rules.tellings import RESTS, Care, Wanted, Ware, earlier_rounds, wishes_met
from bot.rules.trust_signals import FOR
from storage.models import Group, Offer
from storage.repositories.picks import PostedPick
from storage.repositories.telling_facts import PostedRound
from storage.unit_of_work import UnitOfWork

_ROUNDS_READ: Final = 2000
_LATEST: Final = 50
"""Of a category or a curator so many picks count: what somebody liked long ago says little of today."""
_MOST_TOGETHER: Final = 20


@dataclass(frozen=True, kw_only=True)
class Known:
    """Who may be told of something, with what makes each likely to care; and all rounds by key."""

    people: Mapping[int, Care]
    rounds: Mapping[int, PostedRound]


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


async def who_may_care(
    uow: UnitOfWork, group: Group, ware: Ware, *, now: datetime, person_id: int | None = None
) -> Known:
    """Everybody who may be told, with her facts; or what is known of one person, if she may be told."""
    group_id = group.id or 0
    posted = await uow.telling_facts.list_rounds(group_id, limit=_ROUNDS_READ)
    earlier = earlier_rounds(ware, posted)
    free = await uow.telling_facts.list_free(
        group_id,
        category=ware.category,
        curator_id=ware.curator_id,
        pick_id=ware.pick_id,
        draft_id=ware.draft_id,
        origin_ids={each.origin_id for each in earlier} | ({ware.origin_id} if ware.origin_id else set()),
        told_since=now - RESTS,
        person_id=person_id,
    )
    facts = _Facts(uow, ware, {each.pick_id for each in earlier}, person_id)
    people = await facts.read(group_id, posted)
    return Known(
        people={key: care for key, care in people.items() if key in free},
        rounds={each.pick_id: each for each in posted},
    )


@dataclass(frozen=True)
class _Facts:
    """What members did with something, its earlier rounds, its category and its curator."""

    uow: UnitOfWork
    ware: Ware
    earlier: set[int]
    person_id: int | None

    async def read(self, group_id: int, posted: Iterable[PostedRound]) -> dict[int, Care]:
        """Each fact by itself, then put together by person."""
        of, ware, only = self.uow.telling_facts, self.ware, self.person_id
        others = [each for each in posted if each.pick_id != ware.pick_id]
        same_sort = _latest(
            each for each in others if each.pick_id not in self.earlier and each.category == ware.category
        )
        same_hand = _latest(each for each in others if each.curator_id == ware.curator_id)
        wished = await self._wished(group_id)
        bought = await of.buyers(self.earlier, person_id=only)
        sort = await of.buyers(same_sort, person_id=only) if ware.category else {}
        faithful = await of.buyers(same_hand, person_id=only) if ware.curator_id else {}
        liked = await of.fans(self.earlier, FOR, person_id=only)
        asked = await of.askers(self.earlier, person_id=only)
        alike = await self._alike()
        follows = await of.followers(group_id, ware.category, person_id=only) if ware.category else set[int]()
        return {
            key: Care(
                wished=wished.get(key),
                bought=bought[key].newest_id if key in bought else None,
                follows=key in follows,
                alike=alike.get(key),
                asked=asked.get(key),
                sort=sort[key].picks if key in sort else 0,
                liked=liked.get(key),
                faithful=faithful[key].picks if key in faithful else 0,
            )
            for key in {*wished, *bought, *follows, *alike, *asked, *sort, *liked, *faithful}
        }

    async def _wished(self, group_id: int) -> dict[int, str]:
        if self.person_id is None:
            wishes = await self.uow.wishes.list_open(group_id)
        else:
            own = await self.uow.wishes.list_of(self.person_id)
            wishes = [each.wish for each in own if each.group.id == group_id]
        return wishes_met(self.ware, [Wanted(wish.person_id, wish.words, wish.language) for wish in wishes])

    async def _alike(self) -> dict[int, int]:
        """What she bought whose buyers bought this, too: where that are enough to be told of."""
        origin_id = self.ware.origin_id
        if origin_id is None:
            return {}
        ranked = await self.uow.telling_facts.ranked(origin_id, person_id=self.person_id)
        told = set()
        # Counting the buyers of both takes a while: of what led most people to it.
        for because_id, _ in Counter(ranked.values()).most_common(_MOST_TOGETHER):
            found = await self.uow.recommendations.bought_together(because_id, origin_id, person_id=0)
            # She is one of those who bought that: of the others it is told.
            if tells_of_many(found.both, found.others - 1):
                told.add(because_id)
        return {person_id: because_id for person_id, because_id in ranked.items() if because_id in told}


def _latest(rounds: Iterable[PostedRound]) -> set[int]:
    """The newest of these, which come newest first."""
    return {each.pick_id for each in islice(rounds, _LATEST)}
