"""Members recommend what they vouch for, in private; curators accept, edit or decline it there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from telegram import Bot

from bot.callbacks.proposals import ProposalButton, RecommendButton, RecommendGroupButton
from bot.errors import (
    Anonymous,
    ButtonOutdated,
    NotACurator,
    NotInGroup,
)
from bot.i18n import Translator
from bot.member_errors import MemberRefused
from bot.rules.proposals import (
    STEPS,
    Recommendation,
    RecommendStep,
    cleared,
    neighbour,
    read_recommendation,
)
from bot.services.drafts import start_draft
from bot.services.proposals import (
    accept_proposal,
    begin_declining,
    begin_proposal,
    change_proposal,
    decline_proposal,
    drafted,
    note_draft,
    send_proposal,
    stop_declining,
)
from bot.shop import Shop
from bot.views.members import look_in_private
from bot.views.proposals import (
    own_proposals,
    proposal_accepted,
    proposal_declined,
    reason_put_off,
    reason_wanted,
    recommend_nowhere,
    recommend_sent,
    recommend_step,
    recommend_stopped,
)
from bot.views.screens import Screen
from handlers.access import group_of, may_curate
from handlers.speaking import redraw, reply, send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft, Group, Proposal
from storage.states import DraftStep, OutboxKind
from storage.unit_of_work import UnitOfWork

_OWN_SHOWN = 5


async def recommend_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/recommend`: I know something good. Begun in a group, it is for that one."""
    if said.is_private:
        await _begin(said, shop, None)
        return
    if not said.has_face:
        raise Anonymous
    group = await group_of(said, shop, bot)
    assert group.id is not None
    async with shop.writing() as uow:
        await uow.members.meet([said.person], now=shop.now())
        await uow.members.enter(group.id, [said.person.id], now=shop.now())
        reads_private = (await uow.members.get(said.person.id)).private_is_open
    if reads_private:
        await _begin(said, shop, group.id)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        door = look_in_private(t, name=said.person.name, link=shop.link(f"recommend_{group.id}"))
        await reply(uow, shop, said, door)


async def recommend_opened(said: Said, shop: Shop, group_id: int) -> None:
    """Recommending something to one group, by deep link."""
    await _begin(said, shop, group_id)


async def recommend_tapped(tap: Tap, shop: Shop) -> None:
    """Back, skip, yes, no, stop or send."""
    button = RecommendButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        draft = await _own(uow, button.draft_id, tap.person.id)
        if button.step == draft.step and button.action == "stop":
            await uow.drafts.remove(draft)
            await redraw(uow, shop, tap, recommend_stopped(t))
        elif button.step == draft.step and button.action == "send":
            await _send(uow, shop, tap, t, draft)
        else:
            # A button of an older screen only shows where she is.
            if button.step == draft.step:
                await _walk(uow, shop, draft, button.action)
            await redraw(uow, shop, tap, await step_screen(uow, t, draft))
    await tap.answer()


async def recommend_group_tapped(tap: Tap, shop: Shop) -> None:
    """The group that it is for."""
    button = RecommendGroupButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        draft = await _own(uow, button.draft_id, tap.person.id)
        await _joined(uow, tap.person.id, button.group_id)
        said = replace(read_recommendation(draft.content), group_id=button.group_id)
        await change_proposal(uow, draft, said, step=RecommendStep.PHOTO, now=shop.now())
        await redraw(uow, shop, tap, await step_screen(uow, t, draft))
    await tap.answer()


async def proposal_opened(said: Said, shop: Shop, proposal_id: int) -> None:
    """One proposal, by deep link, for a curator."""
    async with shop.handling(said.update_id) as uow:
        await curated_proposal(uow, proposal_id, said.person.id)
        await _show(uow, shop, said.person.id, proposal_id)


async def proposal_tapped(tap: Tap, shop: Shop) -> None:
    """A curator accepts, edits first, declines, or thinks again."""
    button = ProposalButton.read(tap.data)
    words = ""
    if button.action == "later":
        await _put_off(tap, shop)
        return
    async with _showing_anew(tap, shop, button.proposal_id), shop.handling(tap.update_id) as uow:
        proposal = await curated_proposal(uow, button.proposal_id, tap.person.id)
        t = await speaker(uow, tap.person)
        match button.action:
            case "accept" | "edit":
                step = DraftStep.PRICE if button.action == "accept" else DraftStep.HOME
                await _accept(uow, shop, proposal, tap.person.id, step=step)
                words = proposal_accepted(t)
            case "plain":
                await decline(uow, shop, proposal, by_id=tap.person.id, reason="")
            case "why":
                await begin_declining(uow, button.proposal_id, tap.person.id, now=shop.now())
                name = (await uow.members.get(proposal.person_id)).name
                await send(uow, shop, tap.person.id, reason_wanted(t, proposal, name=name))
            case "keep":
                await stop_declining(uow, tap.person.id)
            case "decline":
                pass
            case _:
                raise ButtonOutdated
        is_asking = button.action == "decline"
        await _show(uow, shop, tap.person.id, button.proposal_id, edit=tap.message_id, is_asking=is_asking)
    await tap.answer(words)


async def _put_off(tap: Tap, shop: Shop) -> None:
    async with shop.handling(tap.update_id) as uow:
        await stop_declining(uow, tap.person.id)
        await redraw(uow, shop, tap, reason_put_off(await speaker(uow, tap.person)))
    await tap.answer()


async def _begin(said: Said, shop: Shop, group_id: int | None) -> None:
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.groups.list_joined_by(said.person.id)
        if not groups:
            await send(uow, shop, said.person.id, recommend_nowhere(t))
            return
        keys = [group.id or 0 for group in groups]
        chosen = [group_id] if group_id is not None and group_id in keys else keys
        earlier = own_proposals(t, await uow.proposals.list_own(said.person.id, limit=_OWN_SHOWN))
        draft = await begin_proposal(uow, said.person.id, chosen, now=shop.now())
        if earlier:
            await send(uow, shop, said.person.id, earlier)
        await send(uow, shop, said.person.id, await step_screen(uow, t, draft))


async def _walk(uow: UnitOfWork, shop: Shop, draft: Draft, action: str) -> None:
    step, said = RecommendStep(draft.step), read_recommendation(draft.content)
    by = -1 if action == "back" else 1
    if action in ("yes", "no"):
        said = replace(said, has_bought=action == "yes")
    elif action == "skip":
        said = cleared(said, step)
    elif action != "back":
        raise ButtonOutdated
    await move_on(uow, shop, draft, said, by=by)


async def move_on(uow: UnitOfWork, shop: Shop, draft: Draft, said: Recommendation, *, by: int) -> None:
    """Keep what was said and go a step on (1) or back (-1)."""
    choosing = len(await uow.groups.list_joined_by(draft.person_id)) > 1
    step = neighbour(RecommendStep(draft.step), by=by, choosing_group=choosing)
    if said.group_id is None:
        step = RecommendStep.GROUP
    await change_proposal(uow, draft, said, step=step, now=shop.now())


async def _send(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, draft: Draft) -> None:
    group = await _joined(uow, tap.person.id, draft.group_id or 0)
    await send_proposal(uow, draft, now=shop.now())
    await redraw(uow, shop, tap, recommend_sent(t, group))


async def _accept(
    uow: UnitOfWork, shop: Shop, proposal: Proposal, person_id: int, *, step: DraftStep
) -> None:
    group = await uow.groups.get(proposal.group_id)
    accepted = await accept_proposal(uow, proposal.id or 0, by_id=person_id, now=shop.now())
    content = drafted(accepted, currency=group.currency)
    draft = await start_draft(uow, person_id, content, step=step, now=shop.now())
    await note_draft(uow, accepted, draft.id)


async def decline(uow: UnitOfWork, shop: Shop, proposal: Proposal, *, by_id: int, reason: str) -> None:
    """Decline a proposal and tell its member. Raises ButtonOutdated and ProposalDecided."""
    declined = await decline_proposal(uow, proposal.id or 0, by_id=by_id, reason=reason, now=shop.now())
    member = await uow.members.get(declined.person_id)
    group = await uow.groups.get(declined.group_id)
    if member.private_is_open:
        await send(uow, shop, member.id, proposal_declined(Translator(member.language), declined, group))


async def step_screen(uow: UnitOfWork, t: Translator, draft: Draft) -> Screen:
    """What a member is asked at the step where her proposal waits."""
    said = read_recommendation(draft.content)
    groups = await uow.groups.list_joined_by(draft.person_id)
    return recommend_step(t, draft, said, groups=groups, group=_named(groups, said.group_id))


def _named(groups: Sequence[Group], group_id: int | None) -> Group | None:
    return next((group for group in groups if group.id == group_id), None)


async def _own(uow: UnitOfWork, draft_id: int, person_id: int) -> Draft:
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is None or draft.person_id != person_id or draft.step not in STEPS:
        raise ButtonOutdated
    return draft


async def _joined(uow: UnitOfWork, person_id: int, group_id: int) -> Group:
    group = _named(await uow.groups.list_joined_by(person_id), group_id)
    if group is None:
        raise NotInGroup
    return group


async def curated_proposal(uow: UnitOfWork, proposal_id: int, person_id: int) -> Proposal:
    """A proposal on which a person may decide. Raises ButtonOutdated and NotACurator."""
    proposal = await uow.proposals.find(proposal_id)
    if proposal is None:
        raise ButtonOutdated
    if not await may_curate(uow, proposal.group_id, person_id):
        raise NotACurator
    return proposal


@asynccontextmanager
async def _showing_anew(tap: Tap, shop: Shop, proposal_id: int) -> AsyncIterator[None]:
    """Where another curator was quicker, the message that was tapped shows it."""
    try:
        yield
    except MemberRefused:
        async with shop.writing() as uow:
            await _show(uow, shop, tap.person.id, proposal_id, edit=tap.message_id)
        raise


async def _show(
    uow: UnitOfWork,
    shop: Shop,
    person_id: int,
    proposal_id: int,
    *,
    edit: int | None = None,
    is_asking: bool = False,
) -> None:
    await uow.outbox.add(
        OutboxKind.PROPOSAL,
        chat_id=person_id,
        subject_id=proposal_id,
        payload={"edit": edit, "is_asking": is_asking, "asked_for": True},
        now=shop.now(),
    )
