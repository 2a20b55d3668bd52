"""Stopping what is bad, putting it on sale again, and what buyers of it say."""

from typing import Final

from telegram import Bot

from bot.callbacks.recalls import RecallAnswerButton, RecallButton, StopButton
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.recall_errors import NotYoursToLift, StopReasonMissing
from bot.rules.recalls import read_reason
from bot.services.cases.opening import open_from_recall
from bot.services.cases.seeing import see_case
from bot.services.cases.telling import tell_member
from bot.services.recalls import ByHand, RecallSeen, lift, say_fine, see_recall, stop_by_hand, want_back
from bot.shop import Shop
from bot.views.recalls import (
    BuyerFacts,
    answered_fine,
    lift_question,
    nothing_of_it,
    recall_notice,
    recall_page,
    stop_question,
    stop_sure,
    stopped_notice,
)
from bot.views.screens import Screen
from handlers.access import group_of, is_admin, is_owner, pick_named, require_curator
from handlers.case_opening import own_order
from handlers.case_settling import accept_and_pay
from handlers.cases import tell_of
from handlers.conversation import Part, not_understood, written_for
from handlers.edits import pick_meant
from handlers.speaking import redraw, reply, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Recall
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.repositories.pickups import OrderInHand
from storage.states import CaseStage, OrderState, OutboxKind, RecallAnswer
from storage.unit_of_work import UnitOfWork

ASKED: Final = "recall_words"
"""The step under which the reason is waited for, and kept until somebody says yes."""


async def stop_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/stop 3 the jars leak`: it is asked once more, in private, whether that is meant."""
    posted, words = await _meant(said, shop, bot)
    words = read_reason(words)
    if not said.has_face:
        await _stop_for_group(said, shop, posted, words)
        return
    async with shop.handling(said.update_id) as uow:
        screen = await ask_to_stop(uow, shop, said.person.id, posted, words=words)
        await tell(uow, shop, said, screen, payload=f"stop_{posted.id}")


async def stop_opened(said: Said, shop: Shop, pick_id: int) -> None:
    """The same question, by deep link."""
    async with shop.handling(said.update_id) as uow:
        posted = await _stoppable(uow, shop, pick_id, said.person.id)
        words = await _kept_words(uow, said.person.id, pick_id)
        await send(
            uow, shop, said.person.id, await ask_to_stop(uow, shop, said.person.id, posted, words=words)
        )


async def ask_to_stop(
    uow: UnitOfWork, shop: Shop, person_id: int, posted: PostedPick, *, words: str = ""
) -> Screen:
    """Why shall it be stopped, or is it meant; what is stopped already is shown as it is."""
    known = await uow.members.get(person_id)
    t = Translator(known.language)
    origin_id = posted.offer.first_round_id
    running = await uow.recalls.find_running(origin_id)
    if running is not None:
        return await _page(uow, shop, t, await see_recall(uow, running.id or 0), person_id)
    await uow.pickups.wait_for(person_id, ASKED, {"pick_id": posted.id, "words": words}, now=shop.now())
    if words:
        return stop_sure(t, posted, words=words)
    rounds = await uow.recalls.list_rounds(origin_id)
    return stop_question(t, posted, groups=len({one.group_id for one in rounds}))


async def stop_tapped(tap: Tap, shop: Shop) -> None:
    """Yes, it is stopped everywhere."""
    button = StopButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _stoppable(uow, shop, button.pick_id, tap.person.id)
        words = await _kept_words(uow, tap.person.id, posted.id)
        if not words:
            raise ButtonOutdated
        why = ByHand(words=words, offers_refunds=bool(button.refunds), by_id=tap.person.id)
        recall_id = await stop_by_hand(uow, posted.id, why, now=shop.now())
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        seen = await see_recall(uow, recall_id)
        await redraw(uow, shop, tap, await _page(uow, shop, t, seen, tap.person.id))
    await tap.answer()


async def recall_turned(tap: Tap, shop: Shop) -> None:
    """What is stopped; shall it go on; yes, it shall."""
    button = RecallButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        seen = await see_recall(uow, button.recall_id)
        await _require_concerned(uow, shop, seen, tap.person.id)
        t = await speaker(uow, tap.person)
        if button.act == "page":
            screen = await _page(uow, shop, t, seen, tap.person.id)
        else:
            if not await _may_lift(uow, shop, seen.recall, tap.person.id):
                raise NotYoursToLift
            screen = await _lift(uow, shop, t, seen, button.act, tap.person.id)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def recall_opened(said: Said, shop: Shop, recall_id: int) -> None:
    """What a recall means for one's own orders, by deep link."""
    async with shop.handling(said.update_id) as uow:
        mine = await uow.recalls.list_mine(recall_id, said.person.id)
        for order_id in mine:
            await uow.outbox.add(
                OutboxKind.RECALL,
                chat_id=said.person.id,
                subject_id=recall_id,
                payload={"order_id": order_id, "asked": True},
                priority=Priority.ANSWER,
                now=shop.now(),
            )
        if not mine:
            t = await speaker(uow, said.person)
            await send(uow, shop, said.person.id, nothing_of_it(t))


async def recall_answered(tap: Tap, shop: Shop) -> None:
    """Mine is fine, or I want my money back."""
    button = RecallAnswerButton.read(tap.data)
    if button.answer not in list(RecallAnswer) or not tap.is_private:
        raise ButtonOutdated
    answer, now = RecallAnswer(button.answer), shop.now()
    about = {"recall_id": button.recall_id, "order_id": button.order_id, "person_id": tap.person.id}
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        if answer is RecallAnswer.FINE:
            await say_fine(uow, **about, now=now)
            order = await uow.pickups.find(button.order_id)
            assert order is not None
            await redraw(uow, shop, tap, answered_fine(t, order))
        else:
            order = await own_order(uow, button.order_id, tap.person.id)
            seen = await see_recall(uow, button.recall_id, counted=False)
            await _give_back(uow, shop, order, button.recall_id)
            facts = BuyerFacts(seen=seen, order=order, money=None, answer=answer)
            await redraw(uow, shop, tap, recall_notice(t, facts))
    await tap.answer()


async def _give_back(uow: UnitOfWork, shop: Shop, order: OrderInHand, recall_id: int) -> None:
    """A buyer has said that she wants her money back, and how much that is she has read: she gets it."""
    about, now = {"recall_id": recall_id, "order_id": order.id, "person_id": order.person_id}, shop.now()
    await uow.picks.lock([order.pick_id])
    await want_back(uow, **about, now=now)
    case, is_new = await open_from_recall(uow, **about, now=now)
    is_offered = case.stage is CaseStage.OFFERED
    if is_offered and order.state is not OrderState.NEEDS_REVIEW:
        seen = await see_case(uow, case.id or 0)
        await accept_and_pay(uow, shop, seen, seen_id=None, person_id=order.person_id)
    if is_offered and is_new:
        await tell_member(uow, case.id or 0, now=now)
    else:
        await tell_of(uow, shop, case.id or 0, but_id=None)


async def _lift(
    uow: UnitOfWork, shop: Shop, t: Translator, seen: RecallSeen, act: str, person_id: int
) -> Screen:
    match act:
        case "lift":
            return lift_question(t, seen)
        case "lifted":
            lifted = await lift(uow, seen.id, by_id=person_id, now=shop.now())
            return await _page(uow, shop, t, lifted, person_id)
    raise ButtonOutdated


async def _meant(said: Said, shop: Shop, bot: Bot) -> tuple[PostedPick, str]:
    """The pick that a command is about; an admin may name any in a group where she says it."""
    if not said.is_private and said.has_face:
        async with shop.reading() as uow:
            by_admin = await is_admin(uow, shop, said.person.id)
        if by_admin:
            group = await group_of(said, shop, bot)
            async with shop.reading() as uow:
                return await pick_named(uow, group, said.arguments)
    return await pick_meant(said, shop, bot)


async def _stop_for_group(said: Said, shop: Shop, posted: PostedPick, words: str) -> None:
    """Somebody speaks in the group's name: there is nobody to be asked in private."""
    if not words:
        raise StopReasonMissing(posted.pick.number)
    async with shop.handling(said.update_id) as uow:
        why = ByHand(words=words, offers_refunds=False, by_id=None)
        await stop_by_hand(uow, posted.id, why, now=shop.now())
        t = await speaker(uow, said.person)
        await reply(uow, shop, said, stopped_notice(t, number=posted.pick.number))


async def _stoppable(uow: UnitOfWork, shop: Shop, pick_id: int, person_id: int) -> PostedPick:
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    if not await is_admin(uow, shop, person_id):
        await require_curator(uow, person_id, posted)
    return posted


async def _kept_words(uow: UnitOfWork, person_id: int, pick_id: int) -> str:
    draft = await uow.pickups.find_waiting(person_id, ASKED)
    if draft is None or draft.content["pick_id"] != pick_id:
        return ""
    return str(draft.content["words"])


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, seen: RecallSeen, person_id: int) -> Screen:
    group = await uow.groups.get(seen.recall.group_id)
    may_lift = await _may_lift(uow, shop, seen.recall, person_id)
    return recall_page(t, seen, time_zone=group.time_zone, may_lift=may_lift, now=shop.now())


async def _may_lift(uow: UnitOfWork, shop: Shop, recall: Recall, person_id: int) -> bool:
    """Whoever stopped it, the owner of the group in which it arose, or an admin, who has the last word.

    What arose where others sell it is its supplier's owner's, too.
    """
    if await is_admin(uow, shop, person_id):
        return True
    if recall.begun_by_id is not None and await is_admin(uow, shop, recall.begun_by_id):
        return False
    if recall.begun_by_id == person_id:
        return True
    concerned = {recall.group_id, *await uow.recalls.list_suppliers(recall.origin_id)}
    return any([await is_owner(uow, group_id, person_id) for group_id in sorted(concerned)])


async def _require_concerned(uow: UnitOfWork, shop: Shop, seen: RecallSeen, person_id: int) -> None:
    """Raise NotACurator unless it is somebody's pick, or on sale in a group of hers."""
    if await is_admin(uow, shop, person_id) or person_id == seen.recall.begun_by_id:
        return
    if any(one.curator_id == person_id for one in seen.rounds):
        return
    for group_id in {one.group_id for one in seen.rounds} | {seen.recall.group_id}:
        if await is_owner(uow, group_id, person_id):
            return
    raise NotACurator


async def _worded(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
    """What is wrong, in the words of whoever wants it stopped."""
    words = read_reason(said.text)
    async with shop.reading() as uow:
        draft = await uow.pickups.find_waiting(said.person.id, ASKED)
    if draft is None or not words:
        await not_understood(said, shop, bot)
        return
    async with shop.handling(said.update_id) as uow:
        posted = await _stoppable(uow, shop, draft.content["pick_id"], said.person.id)
        screen = await ask_to_stop(uow, shop, said.person.id, posted, words=words)
        await send(uow, shop, said.person.id, screen)


PART = Part(finds=written_for(ASKED), handles=_worded)
"""Takes a sentence about why something is stopped."""
