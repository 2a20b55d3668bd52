"""Draws what is said of prices: questions to buyers, and picks that did not come about."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.services.pricing import find_question, offer_terms
from bot.views.pricing import order_failed_notice, pick_failed_in_group, price_notice, price_question
from storage.states import OutboxKind


async def _order_failed(due: Due) -> Call:
    posted = await due.uow.picks.get(due.subject_id)
    person = await due.uow.members.get(due.entry.chat_id)
    return message_call(order_failed_notice(Translator(person.language), posted).payload())


async def _pick_failed(due: Due) -> Call:
    posted = await due.uow.picks.get(due.subject_id)
    people = [await due.uow.members.get(person_id) for person_id in due.payload["person_ids"]]
    screen = pick_failed_in_group(Translator(posted.group.language), posted, people)
    return message_call(screen.payload(reply_to=posted.pick.message_id, topic_id=posted.pick.topic_id))


async def _price_question(due: Due) -> Call | None:
    question = await find_question(due.uow, due.subject_id)
    if question is None:
        return None
    person = await due.uow.members.get(question.person_id)
    return message_call(price_question(Translator(person.language), question).payload())


async def _price_notice(due: Due) -> Call:
    posted = await due.uow.picks.get(due.subject_id)
    terms = await offer_terms(due.uow, posted.pick.offer_id)
    link = due.shop.link(f"price_{posted.id}")
    screen = price_notice(Translator(posted.group.language), posted, terms, link=link)
    return message_call(screen.payload(reply_to=posted.pick.message_id, topic_id=posted.pick.topic_id))


PRICE_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.ORDER_FAILED: _order_failed,
    OutboxKind.PICK_FAILED: _pick_failed,
    OutboxKind.PRICE_QUESTION: _price_question,
    OutboxKind.PRICE_NOTICE: _price_notice,
}
