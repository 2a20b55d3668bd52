"""What a group needs, as its curators see it: counted, merged, split, and made a draft of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.errors import ButtonOutdated
from bot.rules.drafts import read_content
from bot.rules.typed_text import fold
from bot.rules.wishes import Demand, Wished, demand_of
from bot.wish_errors import NeedInWork, NeedOver
from storage.models import AuditEntry, Group, Need, Wish
from storage.states import DraftStep
from storage.unit_of_work import UnitOfWork

_MERGED: Final = "needs_merged"


@dataclass(frozen=True, kw_only=True)
class NeedSeen:
    """A need with its wishes of those who are in the group, the oldest first, and what they come to."""

    need: Need
    wishes: Sequence[Wish]
    demand: Demand

    @property
    def title(self) -> str:
        """What is needed; where its first words are forgotten with whoever said them, those of the next."""
        return self.need.title or self.wishes[0].words


async def see_needs(uow: UnitOfWork, group: Group, *, now: datetime) -> list[NeedSeen]:
    """What a group needs, that of most people first."""
    assert group.id is not None
    needs = {need.id: need for need in await uow.wishes.list_needs(group.id)}
    wishes: dict[int, list[Wish]] = {}
    for wish in await uow.wishes.list_counted(group.id, now=now):
        if wish.need_id in needs:
            wishes.setdefault(wish.need_id, []).append(wish)
    seen = [_seen(needs[need_id], group, mine, now=now) for need_id, mine in wishes.items()]
    return sorted(seen, key=lambda each: (-each.demand.people, -each.demand.quantity, each.need.id))


async def see_need(uow: UnitOfWork, need_id: int, *, now: datetime) -> NeedSeen:
    """One need. Raises NeedOver."""
    need = await uow.wishes.find_need(need_id)
    if need is None or need.closed_at is not None:
        raise NeedOver
    wishes = await uow.wishes.list_counted(need.group_id, need_id=need_id, now=now)
    if not wishes:
        raise NeedOver
    return _seen(need, await uow.groups.get(need.group_id), wishes, now=now)


async def merge_needs(
    uow: UnitOfWork, need_id: int, other_id: int, *, by_id: int, now: datetime
) -> AuditEntry:
    """Two needs are one: that of `need_id`; returns the act that can be undone. Raises NeedOver."""
    need = await open_need(uow, need_id)
    other = await open_need(uow, other_id)
    if need.group_id != other.group_id or need.id == other.id:
        raise NeedOver
    moved = [wish for wish in await uow.wishes.list_open(need.group_id) if wish.need_id == other_id]
    moved_ids = [wish.id or 0 for wish in moved]
    await uow.wishes.move(moved_ids, need_id=need_id)
    was = {"was_by_hand": need.is_by_hand, "had_draft": need.draft_id is not None}
    need.is_by_hand = True
    need.draft_id = need.draft_id or other.draft_id
    other.closed_at, other.merged_into_id = now, need_id
    await uow.wishes.save(need)
    await uow.wishes.save(other)
    return await note_act(
        uow, _MERGED, need, by_id=by_id, now=now, other_id=other_id, wish_ids=moved_ids, **was
    )


async def undo_merge(uow: UnitOfWork, merge: AuditEntry, *, by_id: int, now: datetime) -> Need:
    """Two needs that were merged are what they were; returns the first. Raises NeedOver, ButtonOutdated."""
    did = merge.details or {}
    if merge.action != _MERGED or "wish_ids" not in did:
        raise ButtonOutdated
    need = await open_need(uow, did["need_id"])
    other = await uow.wishes.find_need(did["other_id"])
    if other is None or other.merged_into_id != need.id:
        raise ButtonOutdated
    other.closed_at = other.merged_into_id = None
    need.is_by_hand = did["was_by_hand"]
    if not did["had_draft"] and need.draft_id == other.draft_id:
        need.draft_id = None
    await uow.wishes.save(other)
    await uow.wishes.save(need)
    open_wishes = await uow.wishes.list_open(need.group_id)
    moved = {wish.id or 0 for wish in open_wishes if wish.need_id == need.id}.intersection(did["wish_ids"])
    await uow.wishes.move(moved, need_id=did["other_id"])
    await uow.wishes.close_empty([did["need_id"], did["other_id"]], now=now)
    await note_act(uow, "needs_parted", need, by_id=by_id, now=now)
    return need


async def split_need(uow: UnitOfWork, need_id: int, wish_id: int, *, by_id: int, now: datetime) -> Need:
    """Those who wished in the words of this wish want something else: that is a need of its own.

    Raises NeedOver, too where nothing would be left.
    """
    need = await open_need(uow, need_id)
    wishes = [wish for wish in await uow.wishes.list_open(need.group_id) if wish.need_id == need_id]
    chosen = next((wish for wish in wishes if wish.id == wish_id), None)
    if chosen is None:
        raise NeedOver
    apart = [wish for wish in wishes if fold(wish.words) == fold(chosen.words)]
    if len(apart) == len(wishes):
        raise NeedOver
    own = Need(group_id=need.group_id, title=chosen.words, is_by_hand=True, created_at=now)
    await uow.wishes.add_need(own)
    await uow.wishes.move([wish.id or 0 for wish in apart], need_id=own.id or 0)
    need.is_by_hand = True
    if fold(need.title) == fold(chosen.words):
        need.title = next(wish.words for wish in wishes if fold(wish.words) != fold(chosen.words))
    await uow.wishes.save(need)
    await note_act(uow, "need_split", own, by_id=by_id, now=now)
    return own


async def own_draft_of(uow: UnitOfWork, need: Need, person_id: int) -> int | None:
    """The open draft that she made of a need before. Raises NeedInWork, NeedOver where it is posted."""
    if need.pick_id is not None:
        raise NeedOver
    draft = await uow.drafts.find(need.draft_id) if need.draft_id is not None else None
    if draft is None or draft.step == DraftStep.DELETED or draft.pick_id is not None:
        return None
    if need.group_id not in read_content(draft.content).group_ids:
        return None
    if draft.person_id != person_id:
        raise NeedInWork
    return draft.id


async def open_need(uow: UnitOfWork, need_id: int) -> Need:
    """A need that no pick answers yet, with its group locked. Raises NeedOver."""
    need = await uow.wishes.find_need(need_id)
    if need is not None:
        await uow.groups.lock(need.group_id)
        need = await uow.wishes.find_need(need_id)
    if need is None or need.closed_at is not None or need.pick_id is not None:
        raise NeedOver
    return need


async def note_act(
    uow: UnitOfWork, action: str, need: Need, *, by_id: int, now: datetime, **details: Any
) -> AuditEntry:
    """Note what a curator did with a need."""
    return await uow.audit.add(
        action, group_id=need.group_id, person_id=by_id, details={"need_id": need.id, **details}, now=now
    )


def _seen(need: Need, group: Group, wishes: Sequence[Wish], *, now: datetime) -> NeedSeen:
    # A limit of before the group chose another currency says nothing in the new one.
    wished = [
        Wished(
            person_id=wish.person_id,
            quantity=wish.quantity,
            limit_amount=wish.limit_amount if wish.currency == group.currency else None,
            wanted_by=wish.wanted_by,
        )
        for wish in wishes
    ]
    return NeedSeen(need=need, wishes=wishes, demand=demand_of(wished, now=now))
