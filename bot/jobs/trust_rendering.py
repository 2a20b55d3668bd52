"""Draws picks that wait for their slot, and the poll of a group's vote; counts it when it is stopped."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.trust_votes import choice_of
from bot.services.trust_slots import waiting_pick
from bot.services.trust_votes import Decided, current_choice, decide, note_poll
from bot.shop import Shop
from bot.telegram.parcels import Refusal
from bot.views.trust_slots import slot_screen
from bot.views.trust_votes import poll_option, poll_question, vote_result
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def _slot(due: Due) -> Call | None:
    waiting = await waiting_pick(due.uow, due.subject_id, now=due.now)
    if waiting is None:
        return None
    reader = await due.uow.members.get(due.entry.chat_id)
    asked_by = await due.uow.members.find(due.payload["asked_by"]) if due.payload.get("asked_by") else None
    screen = slot_screen(
        Translator(reader.language),
        waiting,
        is_owner=reader.id == waiting.posted.group.owner_id,
        now=due.now,
        asked_by=asked_by.name if asked_by is not None else None,
    )
    return message_call(screen.payload())


async def _vote(due: Due) -> Call | None:
    vote = await due.uow.trust.get_vote(due.subject_id)
    if vote.decided_at is not None or vote.message_id is not None:
        return None
    group = await due.uow.groups.get(vote.group_id)
    t, was = Translator(group.language), current_choice(group)
    choices = [choice_of(option) for option in vote.options]
    return "sendPoll", {
        "question": poll_question(t, group, vote, now=due.now),
        "options": [{"text": poll_option(t, choice, is_current=choice == was)} for choice in choices],
        "is_anonymous": True,
    }


async def _vote_end(due: Due) -> Call | None:
    vote = await due.uow.trust.get_vote(due.subject_id)
    if vote.decided_at is not None or vote.message_id is None:
        return None
    return "stopPoll", {"message_id": vote.message_id}


async def poll_posted(uow: UnitOfWork, vote_id: int, result: Mapping[str, Any]) -> None:
    """Telegram has posted a vote's poll."""
    await note_poll(uow, vote_id, poll_id=result["poll"]["id"], message_id=result["message_id"])


async def poll_stopped(uow: UnitOfWork, shop: Shop, vote_id: int, result: object) -> None:
    """Telegram has stopped a vote's poll and says how it stands."""
    options = result.get("options", ()) if isinstance(result, dict) else ()
    await _count(uow, shop, vote_id, [option["voter_count"] for option in options])


async def poll_refused(uow: UnitOfWork, shop: Shop, vote_id: int, error: Refusal) -> None:
    """A poll that somebody closed before is counted as Telegram last told; one that there is not, is not."""
    vote = await uow.trust.get_vote(vote_id)
    is_closed = "already been closed" in error.description.lower()
    await _count(uow, shop, vote_id, vote.counts if is_closed else None)


async def _count(uow: UnitOfWork, shop: Shop, vote_id: int, counts: Sequence[int] | None) -> None:
    decided = await decide(uow, vote_id, counts, now=shop.now())
    if decided is not None:
        await tell_group(uow, shop, decided)


async def tell_group(uow: UnitOfWork, shop: Shop, decided: Decided) -> None:
    """Say in the group what came of its vote."""
    await uow.outbox.add(
        OutboxKind.MESSAGE,
        chat_id=decided.group.chat_id,
        payload=vote_result(Translator(decided.group.language), decided).payload(),
        now=shop.now(),
    )


TRUST_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.SLOT: _slot,
    OutboxKind.TRUST_VOTE: _vote,
    OutboxKind.TRUST_VOTE_END: _vote_end,
}
