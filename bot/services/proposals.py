"""Members propose what they vouch for; curators accept it as a draft, or decline."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import ButtonOutdated
from bot.member_errors import ProposalDecided, TooManyProposals
from bot.rules.drafts import DraftContent, DraftPlace
from bot.rules.proposals import (
    LONGEST_REASON,
    MOST_PENDING,
    STEPS,
    Recommendation,
    RecommendStep,
    as_document,
    check_ready,
    read_recommendation,
)
from bot.rules.typed_text import one_line
from storage.models import Draft, Proposal
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, ProposalState
from storage.unit_of_work import UnitOfWork

DECLINING = "decline"
"""The step of a draft that waits for a word of why; it holds the proposal's key."""


async def begin_proposal(
    uow: UnitOfWork, person_id: int, group_ids: Sequence[int], *, now: datetime
) -> Draft:
    """Begin a proposal, or go on with the one that was begun. Raises TooManyProposals."""
    begun = await uow.drafts.find_step(person_id, STEPS)
    if begun is not None:
        begun.updated_at = now
        return await uow.drafts.save(begun)
    await _check_room(uow, person_id)
    is_sole = len(group_ids) == 1
    said = Recommendation(group_id=group_ids[0] if is_sole else None)
    return await uow.drafts.save(
        Draft(
            person_id=person_id,
            group_id=said.group_id,
            step=RecommendStep.PHOTO if is_sole else RecommendStep.GROUP,
            content=as_document(said),
            created_at=now,
            updated_at=now,
        )
    )


async def change_proposal(
    uow: UnitOfWork, draft: Draft, said: Recommendation, *, step: RecommendStep, now: datetime
) -> None:
    """Keep what was said and which step it waits at."""
    draft.content, draft.step, draft.updated_at = as_document(said), step, now
    draft.group_id = said.group_id
    await uow.drafts.save(draft)


async def send_proposal(uow: UnitOfWork, draft: Draft, *, now: datetime) -> Proposal:
    """Hand a proposal to the group's curators. Raises ProposalIncomplete and TooManyProposals."""
    said = read_recommendation(draft.content)
    check_ready(said)
    assert said.group_id is not None
    await _check_room(uow, draft.person_id)
    proposal = await uow.proposals.save(
        Proposal(
            group_id=said.group_id,
            person_id=draft.person_id,
            title=said.title,
            words=said.words,
            photo_id=said.photo_id,
            has_bought=bool(said.has_bought),
            created_at=now,
        )
    )
    await uow.drafts.remove(draft)
    await _show_curators(uow, proposal, now=now)
    return proposal


async def accept_proposal(uow: UnitOfWork, proposal_id: int, *, by_id: int, now: datetime) -> Proposal:
    """Take a proposal up. Raises ButtonOutdated, and ProposalDecided where somebody has decided already."""
    return await _decide(uow, proposal_id, ProposalState.ACCEPTED, by_id=by_id, now=now)


async def decline_proposal(
    uow: UnitOfWork, proposal_id: int, *, by_id: int, reason: str, now: datetime
) -> Proposal:
    """Decline it, with or without a word of why. Raises ButtonOutdated and ProposalDecided."""
    words = one_line(reason)[:LONGEST_REASON]
    return await _decide(uow, proposal_id, ProposalState.DECLINED, by_id=by_id, reason=words or None, now=now)


async def note_draft(uow: UnitOfWork, proposal: Proposal, draft_id: int | None) -> None:
    """Note which draft an accepted proposal became."""
    proposal.draft_id = draft_id
    await uow.proposals.save(proposal)


async def pending_proposal(uow: UnitOfWork, proposal_id: int) -> Proposal:
    """A proposal that waits for a decision. Raises ButtonOutdated and ProposalDecided."""
    proposal = await uow.proposals.find(proposal_id, lock=True)
    if proposal is None:
        raise ButtonOutdated
    if proposal.state is not ProposalState.PENDING:
        raise ProposalDecided
    return proposal


async def begin_declining(uow: UnitOfWork, proposal_id: int, person_id: int, *, now: datetime) -> None:
    """Wait for a curator's word of why. Raises ButtonOutdated and ProposalDecided."""
    await pending_proposal(uow, proposal_id)
    await stop_declining(uow, person_id)
    await uow.drafts.save(
        Draft(
            person_id=person_id,
            step=DECLINING,
            content={"proposal_id": proposal_id},
            created_at=now,
            updated_at=now,
        )
    )


async def stop_declining(uow: UnitOfWork, person_id: int) -> None:
    """Wait for no word any more."""
    while (draft := await uow.drafts.find_step(person_id, [DECLINING])) is not None:
        await uow.drafts.remove(draft)


def drafted(proposal: Proposal, *, currency: str) -> DraftContent:
    """What a curator's draft begins with: all but the price is there."""
    return DraftContent(
        title=proposal.title,
        currency=currency,
        photo_ids=(proposal.photo_id,) if proposal.photo_id else (),
        places=(DraftPlace(group_id=proposal.group_id),),
        vouched_by_id=proposal.person_id,
        vouch_words=proposal.words or None,
    )


async def _check_room(uow: UnitOfWork, person_id: int) -> None:
    if await uow.proposals.count_pending(person_id) >= MOST_PENDING:
        raise TooManyProposals(MOST_PENDING)


async def _decide(
    uow: UnitOfWork,
    proposal_id: int,
    state: ProposalState,
    *,
    by_id: int,
    now: datetime,
    reason: str | None = None,
) -> Proposal:
    proposal = await pending_proposal(uow, proposal_id)
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, by_id, now
    proposal.reason = reason
    await uow.proposals.save(proposal)
    await uow.audit.add(
        f"proposal_{state.value}",
        group_id=proposal.group_id,
        person_id=by_id,
        details={"title": proposal.title, "person_id": proposal.person_id},
        now=now,
    )
    return proposal


async def _show_curators(uow: UnitOfWork, proposal: Proposal, *, now: datetime) -> None:
    group = await uow.groups.get(proposal.group_id)
    leaders = [leader for leader in await uow.members.list_leaders(proposal.group_id)]
    readers = [leader.id for leader in leaders if leader.private_is_open]
    for chat_id in readers or [group.chat_id]:
        await uow.outbox.add(
            OutboxKind.PROPOSAL,
            chat_id=chat_id,
            subject_id=proposal.id,
            priority=Priority.RECEIPT,
            now=now,
        )
