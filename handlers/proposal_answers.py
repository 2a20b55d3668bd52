"""What members send while they recommend something, and a curator's word of why not."""

from dataclasses import replace

from telegram import Bot

from bot.errors import ButtonOutdated, NotAllowed
from bot.member_errors import (
    ProposalChoiceNeeded,
    ProposalDecided,
    ProposalPhotoNeeded,
    ProposalTextNeeded,
)
from bot.rules.proposals import (
    STEPS,
    Recommendation,
    RecommendStep,
    read_recommendation,
    with_title,
    with_words,
)
from bot.services.proposals import DECLINING, stop_declining
from bot.shop import Shop
from bot.views.proposals import proposal_settled
from handlers.conversation import Part, Waiting, waiting_by
from handlers.proposals import curated_proposal, decline, move_on, step_screen
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.unit_of_work import UnitOfWork


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    draft = await uow.drafts.find_step(said.person.id, STEPS)
    return waiting_by(draft)


async def _step_answered(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    """A photo or words for the step that waits."""
    async with shop.handling(said.update_id) as uow:
        draft = await uow.drafts.find(key, lock=True)
        if draft is None or draft.step not in STEPS:
            return
        content = read_recommendation(draft.content)
        if said.album_id is not None and said.album_id == content.album_id:
            # The other photos of an album whose first one was taken.
            return
        await move_on(uow, shop, draft, _with(content, said, RecommendStep(draft.step)), by=1)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await step_screen(uow, t, draft))


def _with(content: Recommendation, said: Said, step: RecommendStep) -> Recommendation:
    if step is RecommendStep.PHOTO:
        if not said.photos:
            raise ProposalPhotoNeeded
        return replace(content, photo_id=said.photos[-1].id, album_id=said.album_id)
    if step in (RecommendStep.TITLE, RecommendStep.WORDS):
        if not said.text:
            raise ProposalTextNeeded
        return (
            with_title(content, said.text) if step is RecommendStep.TITLE else with_words(content, said.text)
        )
    raise ProposalChoiceNeeded


async def _finds_reason(uow: UnitOfWork, said: Said) -> Waiting | None:
    draft = await uow.drafts.find_step(said.person.id, [DECLINING])
    return waiting_by(draft)


async def _reason_typed(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    """A word of why."""
    async with shop.reading() as uow:
        draft = await uow.drafts.find(key)
    if draft is None:
        return
    try:
        async with shop.handling(said.update_id) as uow:
            if not said.text:
                raise ProposalTextNeeded
            proposal = await curated_proposal(uow, int(draft.content["proposal_id"]), said.person.id)
            await decline(uow, shop, proposal, by_id=said.person.id, reason=said.text)
            await stop_declining(uow, said.person.id)
            t = await speaker(uow, said.person)
            name = (await uow.members.get(proposal.person_id)).name
            await send(uow, shop, said.person.id, proposal_settled(t, name=name))
    except (NotAllowed, ButtonOutdated, ProposalDecided):
        async with shop.writing() as uow:
            await stop_declining(uow, said.person.id)
        raise


PART = Part(finds=_finds, handles=_step_answered)
REASON_PART = Part(finds=_finds_reason, handles=_reason_typed)
