"""Draws what is said of goods that are stopped, as things stand when it is sent."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.money import Money
from bot.rules.cases import back_at_once, bounds
from bot.services.recalls import see_recall
from bot.views.recalls import BuyerFacts, recall_in_group, recall_news, recall_notice
from storage.repositories.pickups import OrderInHand
from storage.states import FulfilmentState, OrderState, OutboxKind
from storage.unit_of_work import UnitOfWork


async def _recall(due: Due) -> Call | None:
    order_id = due.payload["order_id"]
    order = await due.uow.pickups.find(order_id)
    buyer = await due.uow.recalls.find_buyer(due.subject_id, order_id)
    person = await due.uow.members.find(due.entry.chat_id)
    if order is None or buyer is None or person is None or _is_void(order):
        return None
    seen = await see_recall(due.uow, due.subject_id, counted=False)
    if seen.recall.lifted_at is not None and not due.payload.get("asked"):
        return None
    facts = BuyerFacts(seen=seen, order=order, money=await _to_give_back(due.uow, order), answer=buyer.answer)
    return message_call(recall_notice(Translator(person.language), facts).payload())


def _is_void(order: OrderInHand) -> bool:
    return order.state is OrderState.CANCELLED or order.fulfilment is FulfilmentState.RETURNED


async def _to_give_back(uow: UnitOfWork, order: OrderInHand) -> Money | None:
    facts = (await uow.payments.money([order.id]))[order.id]
    is_fetched = order.fulfilment is FulfilmentState.HANDED_OVER
    amount = back_at_once(bounds(facts, is_tracked=facts.is_tracked), is_fetched=is_fetched)
    if not amount or order.state is OrderState.NEEDS_REVIEW:
        return None
    return Money(amount=amount, currency=order.currency)


async def _in_group(due: Due) -> Call | None:
    seen = await see_recall(due.uow, due.subject_id, counted=False)
    if seen.recall.lifted_at is not None:
        return None
    posted = await due.uow.picks.get(due.payload["pick_id"])
    screen = recall_in_group(
        Translator(posted.group.language), seen, posted, link=due.shop.link(f"recall_{seen.id}")
    )
    return message_call(screen.payload(reply_to=posted.pick.message_id, topic_id=posted.pick.topic_id))


async def _news(due: Due) -> Call | None:
    person = await due.uow.members.find(due.entry.chat_id)
    if person is None or not person.private_is_open:
        return None
    seen = await see_recall(due.uow, due.subject_id)
    return message_call(recall_news(Translator(person.language), seen).payload())


RECALL_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.RECALL: _recall,
    OutboxKind.RECALL_IN_GROUP: _in_group,
    OutboxKind.RECALL_NEWS: _news,
}
"""Renderers by what they draw."""
