"""The words of an answer, typed in private."""

from telegram import Bot

from bot.errors import ButtonOutdated, NotAllowed
from bot.member_errors import QuestionAnswered, QuestionGone
from bot.services.questions import ANSWERING, answer_question, stop_answering
from bot.shop import Shop
from bot.views.questions import answer_taken
from handlers.conversation import Part, Waiting, waiting_by
from handlers.questions import curated_question
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.unit_of_work import UnitOfWork


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    draft = await uow.drafts.find_step(said.person.id, [ANSWERING])
    return waiting_by(draft)


async def _answer_typed(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    """The words of an answer."""
    async with shop.reading() as uow:
        draft = await uow.drafts.find(key)
    if draft is None:
        return
    question_id = int(draft.content["question_id"])
    try:
        async with shop.handling(said.update_id) as uow:
            await curated_question(uow, question_id, said.person.id)
            settled = await answer_question(
                uow, question_id, text=said.text, by_id=said.person.id, now=shop.now()
            )
            await stop_answering(uow, said.person.id)
            t = await speaker(uow, said.person)
            await send(uow, shop, said.person.id, answer_taken(t, settled.posted))
    except (NotAllowed, ButtonOutdated, QuestionAnswered, QuestionGone):
        async with shop.writing() as uow:
            await stop_answering(uow, said.person.id)
        raise


PART = Part(finds=_finds, handles=_answer_typed)
