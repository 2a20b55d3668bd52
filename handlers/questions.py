"""Questions in answer to a card, and the curator's answers: in private, or by a reply in the group."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot

from bot.callbacks.questions import AnswerButton, NotAQuestionButton, StopAnswerButton
from bot.errors import ButtonOutdated
from bot.member_errors import MemberRefused
from bot.rules.questions import reads_as_question
from bot.services.orders.requests import ACKNOWLEDGED
from bot.services.questions import (
    answer_question,
    begin_answer,
    change_answer,
    collect_question,
    set_aside,
    stop_answering,
    take_question_back,
)
from bot.shop import Shop
from bot.views.questions import answer_wanted
from handlers.access import may_curate, require_curator
from handlers.speaking import send, speaker
from handlers.updates import Said, Tap
from storage.models import Question
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def question_heard(said: Said, shop: Shop, posted: PostedPick, *, is_order: bool) -> None:
    """An answer to a card that is no order, or is edited into one: collected if it asks something."""
    if not said.has_face or said.person.id == posted.pick.curator_id:
        return
    asks = not is_order and reads_as_question(said.text, curators=await _curators(said, shop, posted))
    if not said.is_edit:
        if asks:
            async with shop.handling(said.update_id) as uow:
                await _collect(uow, said, shop, posted)
        return
    async with shop.reading() as uow:
        earlier = await uow.questions.find_by_message(posted.pick.group_id, said.message_id)
    # What an edit does to an order is noted under this update; a question's message is its own key.
    if asks:
        async with shop.writing() as uow:
            await _collect(uow, said, shop, posted)
    elif earlier is not None:
        async with shop.writing() as uow:
            await take_question_back(uow, posted.pick.group_id, said.message_id, now=shop.now())


async def member_answered(said: Said, shop: Shop, bot: Bot) -> None:
    """A reply to somebody's message in the group: the answer, if that asked and a curator speaks."""
    async with shop.reading() as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
        if group is None or group.id is None or said.reply_to_id is None:
            return
        question = await uow.questions.find_by_message(group.id, said.reply_to_id)
        if question is None or question.id is None or not await _may_answer(uow, said, question):
            return
    # Who asks back does not answer yet.
    if not said.text or reads_as_question(said.text):
        return
    if said.is_edit:
        if question.answer_message_id == said.message_id:
            async with shop.handling(said.update_id) as uow:
                await change_answer(uow, question, text=said.text, now=shop.now())
        return
    if question.answered_at is not None:
        return
    async with shop.handling(said.update_id) as uow:
        by_id = said.person.id if said.has_face else None
        await answer_question(
            uow, question.id, text=said.text, by_id=by_id, message_id=said.message_id, now=shop.now()
        )
        await uow.outbox.add(
            OutboxKind.REACTION,
            chat_id=said.chat.id,
            payload={"message_id": said.message_id, "emoji": ACKNOWLEDGED},
            now=shop.now(),
        )


async def question_opened(said: Said, shop: Shop, question_id: int) -> None:
    """One question, by deep link."""
    async with shop.handling(said.update_id) as uow:
        await curated_question(uow, question_id, said.person.id)
        await _show(uow, shop, said.person.id, question_id)


async def answer_tapped(tap: Tap, shop: Shop) -> None:
    """I want to answer."""
    question_id = AnswerButton.read(tap.data).question_id
    async with _showing_anew(tap, shop, question_id), shop.handling(tap.update_id) as uow:
        posted = await curated_question(uow, question_id, tap.person.id)
        question = await begin_answer(uow, question_id, tap.person.id, now=shop.now())
        asker = await uow.members.get(question.person_id)
        t = await speaker(uow, tap.person)
        await send(uow, shop, tap.person.id, answer_wanted(t, posted, question, asker=asker.name))
    await tap.answer()


async def not_a_question_tapped(tap: Tap, shop: Shop) -> None:
    """It was no question."""
    question_id = NotAQuestionButton.read(tap.data).question_id
    async with _showing_anew(tap, shop, question_id), shop.handling(tap.update_id) as uow:
        await curated_question(uow, question_id, tap.person.id)
        await set_aside(uow, question_id, by_id=tap.person.id, now=shop.now())
        await _show(uow, shop, tap.person.id, question_id, edit=tap.message_id)
    await tap.answer()


async def stop_tapped(tap: Tap, shop: Shop) -> None:
    """I will not answer now."""
    question_id = StopAnswerButton.read(tap.data).question_id
    async with shop.handling(tap.update_id) as uow:
        await curated_question(uow, question_id, tap.person.id)
        await stop_answering(uow, tap.person.id)
        await _show(uow, shop, tap.person.id, question_id, edit=tap.message_id)
    await tap.answer()


async def _collect(uow: UnitOfWork, said: Said, shop: Shop, posted: PostedPick) -> None:
    await collect_question(
        uow, posted, said.person, message_id=said.message_id, text=said.text, now=shop.now()
    )


async def _curators(said: Said, shop: Shop, posted: PostedPick) -> set[str]:
    """The usernames of those whom a question may be addressed to; most messages address nobody."""
    if not said.text.lstrip().startswith("@"):
        return set()
    async with shop.reading() as uow:
        leaders = await uow.members.list_leaders(posted.pick.group_id)
    return {shop.bot_username, *(leader.username for leader in leaders if leader.username)}


async def _may_answer(uow: UnitOfWork, said: Said, question: Question) -> bool:
    if said.speaks_for_group:
        return True
    posted = await uow.picks.get(question.pick_id)
    return await may_curate(uow, posted.pick.group_id, said.person.id, posted.pick)


async def curated_question(uow: UnitOfWork, question_id: int, person_id: int) -> PostedPick:
    """The pick of a question that a person may answer. Raises ButtonOutdated, NotACurator, NotYourPick."""
    question = await uow.questions.find(question_id)
    if question is None:
        raise ButtonOutdated
    posted = await uow.picks.get(question.pick_id)
    await require_curator(uow, person_id, posted)
    return posted


@asynccontextmanager
async def _showing_anew(tap: Tap, shop: Shop, question_id: int) -> AsyncIterator[None]:
    """Where somebody else was quicker, the notice that was tapped shows it."""
    try:
        yield
    except MemberRefused:
        async with shop.writing() as uow:
            await _show(uow, shop, tap.person.id, question_id, edit=tap.message_id)
        raise


async def _show(
    uow: UnitOfWork, shop: Shop, person_id: int, question_id: int, *, edit: int | None = None
) -> None:
    await uow.outbox.add(
        OutboxKind.QUESTION,
        chat_id=person_id,
        subject_id=question_id,
        payload={"reader_id": person_id, "edit": edit, "asked_for": True},
        now=shop.now(),
    )
