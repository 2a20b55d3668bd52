"""What members propose to be posted."""

from sqlalchemy import func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Draft, Pick, Proposal
from storage.states import PickState, ProposalState


class ProposalRepository:
    """Proposals, pending and decided."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, proposal_id: int, *, lock: bool = False) -> Proposal | None:
        """The proposal with this key; a lock holds until the commit."""
        query = select(Proposal).where(Proposal.id == proposal_id)
        return (await self._session.exec(locked(query, key_share=True) if lock else query)).first()

    async def save(self, proposal: Proposal) -> Proposal:
        """Keep a proposal, new or changed, and give it its key."""
        self._session.add(proposal)
        await self._session.flush()
        return proposal

    async def count_pending(self, person_id: int) -> int:
        """How many of a person's proposals nobody has decided."""
        query = select(func.count()).where(
            Proposal.person_id == person_id, Proposal.state == ProposalState.PENDING
        )
        return (await self._session.exec(query)).one()

    async def list_own(self, person_id: int, *, limit: int) -> list[Proposal]:
        """A person's proposals, the newest first."""
        query = (
            select(Proposal)
            .where(Proposal.person_id == person_id)
            .order_by(col(Proposal.id).desc())
            .limit(limit)
        )
        return list(await self._session.exec(query))

    async def list_posted(self, *, limit: int) -> list[tuple[int, int]]:
        """Accepted proposals whose picks have opened since, and nobody was told: (proposal, pick) each."""
        query = (
            core_select(col(Proposal.id), col(Pick.id))
            .join(Draft, col(Draft.id) == col(Proposal.draft_id))
            .join(Pick, col(Pick.id) == col(Draft.pick_id))
            .where(col(Proposal.state) == ProposalState.ACCEPTED, col(Proposal.pick_id).is_(None))
            .where(
                col(Pick.state).not_in([PickState.DRAFT, PickState.SCHEDULED]),
                col(Pick.message_id).is_not(None),
            )
            .order_by(col(Proposal.id))
            .limit(limit)
        )
        rows = await self._session.execute(query)
        return [(proposal_id, pick_id) for proposal_id, pick_id in rows if proposal_id and pick_id]
