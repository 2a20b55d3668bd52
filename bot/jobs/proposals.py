"""Tells members that what they recommended is on offer."""

from typing import Final

import structlog

from bot.i18n import Translator
from bot.shop import Shop
from bot.views.proposals import proposal_posted
from storage.repositories.outbox import Priority
from storage.states import NoticeKind, OutboxKind
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100


async def tell_posted(shop: Shop) -> int:
    """Tell whoever recommended a pick that has opened, once; returns how many picks were new."""
    async with shop.reading() as uow:
        posted = await uow.proposals.list_posted(limit=MOST_AT_ONCE)
    for proposal_id, pick_id in posted:
        async with shop.writing() as uow:
            await _tell(uow, shop, proposal_id, pick_id)
    return len(posted)


async def _tell(uow: UnitOfWork, shop: Shop, proposal_id: int, pick_id: int) -> None:
    proposal = await uow.proposals.find(proposal_id, lock=True)
    if proposal is None or proposal.pick_id is not None:
        return
    proposal.pick_id = pick_id
    await uow.proposals.save(proposal)
    member = await uow.members.get(proposal.person_id)
    if not member.private_is_open or not await uow.notices.wants([member.id], NoticeKind.ANSWERS):
        return
    posted = await uow.picks.get(pick_id)
    screen = proposal_posted(
        Translator(member.language),
        proposal,
        posted.group,
        number=posted.pick.number,
        link=shop.link(f"d_{pick_id}"),
    )
    await uow.outbox.add(
        OutboxKind.MESSAGE,
        chat_id=member.id,
        payload=screen.payload(),
        priority=Priority.RECEIPT,
        now=shop.now(),
    )
    log.info("proposal_posted", proposal_id=proposal_id, pick_id=pick_id)
