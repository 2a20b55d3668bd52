"""Stopping what is sold in all groups at once, telling its buyers, taking their answers, and lifting it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.errors import ButtonOutdated
from bot.recall_errors import (
    PickGone,
    RecallAnswered,
    RecallOver,
    StoppedAlready,
)
from bot.rules.recalls import is_too_bad
from storage.models import Recall, RecallBuyer
from storage.repositories.cases import Disputes
from storage.repositories.outbox import Priority
from storage.repositories.recalls import Answers, Concerned, Round
from storage.states import OutboxKind, PickState, RecallAnswer, RecallReason, Role
from storage.unit_of_work import UnitOfWork

RECENT: Final = timedelta(days=90)
"""What was closed longer ago is no longer waited for by anybody, whether it was ticked off or not."""

LATE_ORDERS: Final = timedelta(minutes=10)
"""So long after a stop it is looked for orders that were being decided when it came."""

_POSTED = (PickState.LIVE, PickState.SCHEDULED, PickState.CLOSED)


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """Why somebody stops what a pick offers, and whether its buyers may have their money back."""

    words: str
    offers_refunds: bool
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class RecallSeen:
    """What is, or was, stopped: by whom, where, and what its buyers say to it."""

    recall: Recall
    title: str
    begun_by: str | None
    rounds: Sequence[Round]
    answers: Answers

    @property
    def id(self) -> int:
        """The recall's key."""
        assert self.recall.id is not None
        return self.recall.id

    @property
    def group_count(self) -> int:
        """In how many groups it is, or was, on sale."""
        return len({posted.group_id for posted in self.rounds})


async def stop_by_hand(uow: UnitOfWork, pick_id: int, why: ByHand, *, now: datetime) -> int:
    """Stop what a pick offers, in all its rounds and groups; returns the recall's key.

    Raises StoppedAlready where somebody was quicker, and PickGone for what was withdrawn or never posted.
    """
    posted = await uow.picks.get(pick_id)
    if posted.pick.state not in _POSTED:
        raise PickGone(posted.pick.number)
    origin_id = await uow.recalls.lock_origin(posted.pick.offer_id)
    if await uow.recalls.find_running(origin_id) is not None:
        raise StoppedAlready(posted.pick.number)
    batches = [posted.pick.offer_id]
    rounds = await uow.cases.disputes_by_round(origin_id)
    disputes = rounds.get(posted.pick.offer_id, Disputes(0, 0))
    recall = Recall(
        origin_id=origin_id,
        group_id=posted.pick.group_id,
        reason=RecallReason.BY_HAND,
        words=why.words,
        disputed=disputes.disputed,
        delivered=disputes.delivered,
        offers_refunds=why.offers_refunds,
        begun_at=now,
        begun_by_id=why.by_id,
    )
    return await _stop(uow, recall, pick_id=pick_id, batches=batches, now=now)


async def stop_if_bad(uow: UnitOfWork, origin_id: int, *, now: datetime) -> int | None:
    """Stop an offer if its disputes say that it is too bad; returns the recall's key, None if it goes on.

    Each batch is judged by itself, so that a bad one cannot hide behind many good ones, and all together.
    What somebody put on sale again is judged by what came after that alone.
    """
    origin_id = await uow.recalls.lock_origin(origin_id)
    last = await uow.recalls.find_last(origin_id)
    if last is not None and last.lifted_at is None:
        return None
    found = await _bad_batches(uow, origin_id, since=last.lifted_at if last is not None else None)
    arose = await uow.recalls.find_newest_dispute(origin_id)
    if found is None or arose is None:
        return None
    (batches, disputes), (pick_id, group_id) = found, arose
    recall = Recall(
        origin_id=origin_id,
        group_id=group_id,
        reason=RecallReason.DISPUTES,
        disputed=disputes.disputed,
        delivered=disputes.delivered,
        offers_refunds=True,
        begun_at=now,
    )
    return await _stop(uow, recall, pick_id=pick_id, batches=batches, now=now)


async def looks_bad(uow: UnitOfWork, origin_id: int) -> bool:
    """Whether an offer that is on sale is too bad by now; reads only."""
    last = await uow.recalls.find_last(origin_id)
    if last is not None and last.lifted_at is None:
        return False
    return await _bad_batches(uow, origin_id, since=last.lifted_at if last is not None else None) is not None


async def lift(uow: UnitOfWork, recall_id: int, *, by_id: int | None, now: datetime) -> RecallSeen:
    """Put what was stopped on sale again, wherever it was. Raises ButtonOutdated, RecallOver."""
    recall = await uow.recalls.find(recall_id)
    if recall is None:
        raise ButtonOutdated
    await uow.recalls.lock_origin(recall.origin_id)
    recall = await uow.recalls.find_running(recall.origin_id)
    if recall is None or recall.id != recall_id:
        raise RecallOver
    recall.lifted_at, recall.lifted_by_id = now, by_id
    await uow.recalls.save(recall)
    await uow.recalls.set_stopped(recall.origin_id, None)
    await uow.audit.add(
        "recall_lifted",
        group_id=recall.group_id,
        person_id=by_id,
        details={"title": await _title(uow, recall)},
        now=now,
    )
    await _show_everywhere(uow, await uow.recalls.list_rounds(recall.origin_id), now=now)
    await uow.outbox.add_all(
        [_notice(one, now=now) for one in await uow.recalls.list_waiting(recall_id)], now=now
    )
    seen = await see_recall(uow, recall_id)
    await _tell_leaders(uow, seen, now=now)
    return seen


async def see_recall(uow: UnitOfWork, recall_id: int, *, counted: bool = True) -> RecallSeen:
    """One recall with all that is shown of it, without where it was and the answers if nobody looks at them.

    Raises ButtonOutdated.
    """
    recall = await uow.recalls.find(recall_id)
    if recall is None:
        raise ButtonOutdated
    by = await uow.members.find(recall.begun_by_id) if recall.begun_by_id is not None else None
    rounds = await uow.recalls.list_rounds(recall.origin_id) if counted else []
    return RecallSeen(
        recall=recall,
        title=await _title(uow, recall),
        begun_by=by.name if by else None,
        rounds=[one for one in rounds if one.state in _POSTED],
        answers=await uow.recalls.answers(recall_id) if counted else Answers(0, 0, 0, 0),
    )


async def tell_buyers(uow: UnitOfWork, recall_id: int, *, limit: int, now: datetime) -> int:
    """Tell so many of those who were not told yet, in private; returns how many orders that were."""
    recall = await uow.recalls.find(recall_id)
    if recall is None or recall.lifted_at is not None:
        return 0
    if now - recall.begun_at < LATE_ORDERS:
        # An order that was being decided when the stop came may have been written down after it.
        await uow.recalls.gather(recall_id, recall.origin_id, batches=(), closed_since=recall.begun_at)
    concerned = await uow.recalls.list_untold(recall_id, limit=limit)
    await uow.outbox.add_all([_notice(one, now=now) for one in concerned if one.private_is_open], now=now)
    await uow.recalls.mark_told(recall_id, [one.order_id for one in concerned], now=now)
    return len(concerned)


async def say_fine(
    uow: UnitOfWork, recall_id: int, order_id: int, *, person_id: int, now: datetime
) -> RecallBuyer:
    """Nothing is wrong with hers. Raises ButtonOutdated, RecallOver and RecallAnswered."""
    return await _answer(uow, recall_id, order_id, RecallAnswer.FINE, person_id=person_id, now=now)


async def want_back(
    uow: UnitOfWork, recall_id: int, order_id: int, *, person_id: int, now: datetime
) -> RecallBuyer:
    """She wants her money back, which a case sees to. Raises ButtonOutdated, RecallOver, RecallAnswered."""
    recall = await uow.recalls.find(recall_id)
    if recall is None or not recall.offers_refunds:
        raise ButtonOutdated
    return await _answer(uow, recall_id, order_id, RecallAnswer.WANTS_BACK, person_id=person_id, now=now)


async def _bad_batches(
    uow: UnitOfWork, origin_id: int, *, since: datetime | None
) -> tuple[Sequence[int], Disputes] | None:
    """The offers of the rounds that are too bad, or of all where only that tells, with their numbers."""
    rounds = await uow.cases.disputes_by_round(origin_id, since=since)
    bad = [offer_id for offer_id, found in rounds.items() if is_too_bad(*found)]
    batches = bad or list(rounds)
    disputes = Disputes(
        sum(rounds[offer_id].disputed for offer_id in batches),
        sum(rounds[offer_id].delivered for offer_id in batches),
    )
    return (batches, disputes) if bad or is_too_bad(*disputes) else None


async def _answer(
    uow: UnitOfWork,
    recall_id: int,
    order_id: int,
    answer: RecallAnswer,
    *,
    person_id: int,
    now: datetime,
) -> RecallBuyer:
    if order_id not in await uow.recalls.list_mine(recall_id, person_id):
        raise ButtonOutdated
    # The order before what hangs on it, as everybody locks.
    await uow.payments.money([order_id], lock=True)
    buyer = await uow.recalls.find_buyer(recall_id, order_id, lock=True)
    recall = await uow.recalls.find(recall_id)
    assert buyer is not None
    assert recall is not None
    if recall.lifted_at is not None:
        raise RecallOver
    if buyer.answer is RecallAnswer.WANTS_BACK:
        # What follows from that is a case's business.
        raise RecallAnswered
    buyer.answer, buyer.answered_at = answer, now
    buyer.told_at = buyer.told_at or now
    await uow.recalls.save(buyer)
    return buyer


async def _stop(
    uow: UnitOfWork, recall: Recall, *, pick_id: int, batches: Collection[int], now: datetime
) -> int:
    recall_id = await uow.recalls.add(recall)
    await uow.recalls.set_stopped(recall.origin_id, now)
    await uow.recalls.gather(recall_id, recall.origin_id, batches=batches, closed_since=now - RECENT)
    await uow.audit.add(
        "offer_stopped",
        group_id=recall.group_id,
        person_id=recall.begun_by_id,
        pick_id=pick_id,
        details={
            "title": await _title(uow, recall),
            "reason": recall.words,
            "disputed": recall.disputed,
            "delivered": recall.delivered,
            "refunds": recall.offers_refunds,
        },
        now=now,
    )
    seen = await see_recall(uow, recall_id)
    await _show_everywhere(uow, seen.rounds, now=now)
    await _tell_groups(uow, seen, now=now)
    await _tell_leaders(uow, seen, now=now)
    return recall_id


async def _show_everywhere(uow: UnitOfWork, rounds: Sequence[Round], *, now: datetime) -> None:
    live = [one for one in rounds if one.state is PickState.LIVE and one.is_active]
    await uow.outbox.add_cards({one.pick_id: one.chat_id for one in live}, now=now)
    for group_id, chat_id in sorted({(one.group_id, one.chat_id) for one in live}):
        await uow.outbox.add_overview(group_id, chat_id, now=now)


async def _tell_groups(uow: UnitOfWork, seen: RecallSeen, *, now: datetime) -> None:
    """One message in each group that has it, for those who read nothing in private."""
    concerned = await uow.recalls.list_concerned_picks(seen.id)
    newest = {one.group_id: one for one in seen.rounds if one.is_active and one.pick_id in concerned}
    for posted in newest.values():
        await uow.outbox.add(
            OutboxKind.RECALL_IN_GROUP,
            chat_id=posted.chat_id,
            subject_id=seen.id,
            payload={"pick_id": posted.pick_id},
            priority=Priority.RECEIPT,
            now=now,
        )


async def _tell_leaders(uow: UnitOfWork, seen: RecallSeen, *, now: datetime) -> None:
    """Those whose picks they are, and the owners of all the groups, each once."""
    people = {one.curator_id for one in seen.rounds if one.curator_id is not None}
    for group_id in {one.group_id for one in seen.rounds} | {seen.recall.group_id}:
        leaders = await uow.roles.list_leaders(group_id)
        people |= {one.person_id for one in leaders if one.role is Role.OWNER}
    readers = await uow.posts.list_private_readers(people)
    for person_id in sorted(readers):
        await uow.outbox.add(
            OutboxKind.RECALL_NEWS,
            chat_id=person_id,
            subject_id=seen.id,
            merge_key=f"recall_news:{seen.id}:{person_id}",
            priority=Priority.RECEIPT,
            now=now,
        )


async def _title(uow: UnitOfWork, recall: Recall) -> str:
    return (await uow.posts.get_offer(recall.origin_id)).offer.title


def _notice(one: Concerned, *, now: datetime) -> dict[str, Any]:
    return {
        "kind": OutboxKind.RECALL,
        "chat_id": one.person_id,
        "subject_id": one.recall_id,
        "payload": {"order_id": one.order_id, "asked": one.is_over},
        "merge_key": None,
        # Thousands may have it: nobody else's answer waits for that.
        "priority": int(Priority.BROADCAST),
        "due_at": now,
    }
