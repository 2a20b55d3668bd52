"""A buyer answers whether a new price is hers, too."""

from bot.callbacks.orders import PriceButton
from bot.errors import ButtonOutdated
from bot.rules.orders import Ask
from bot.services.orders.requests import OrderRequest
from bot.services.pricing import answer_price, find_question, find_question_of
from bot.shop import Shop
from bot.views.pricing import price_order_cancelled, price_question
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap


async def price_tapped(tap: Tap, shop: Shop) -> None:
    """I agree, I keep my price, or I would rather not buy."""
    button = PriceButton.read(tap.data)
    match button.answer:
        case "yes" | "no":
            async with shop.handling(tap.update_id) as uow:
                question = await answer_price(
                    uow, button.order_id, tap.person.id, accepts=button.answer == "yes", now=shop.now()
                )
                t = await speaker(uow, tap.person)
                await redraw(uow, shop, tap, price_question(t, question))
        case "cancel":
            await _cancel(tap, shop, button.order_id)
        case _:
            raise ButtonOutdated
    await tap.answer()


async def price_opened(said: Said, shop: Shop, pick_id: int) -> None:
    """What I am asked about my order on a pick, by deep link."""
    async with shop.handling(said.update_id) as uow:
        question = await find_question_of(uow, pick_id, said.person.id)
        if question is None:
            raise ButtonOutdated
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, price_question(t, question))


async def _cancel(tap: Tap, shop: Shop, order_id: int) -> None:
    async with shop.reading() as uow:
        question = await find_question(uow, order_id)
    if question is None or question.person_id != tap.person.id:
        raise ButtonOutdated
    posted = question.posted
    await shop.orders.submit(
        OrderRequest(
            update_id=tap.update_id,
            person=tap.person,
            chat_id=posted.group.chat_id,
            pick_id=posted.id,
            ask=Ask(action="cancel"),
        )
    )
    async with shop.writing() as uow:
        t = await speaker(uow, tap.person)
        screen = price_order_cancelled(t, number=posted.pick.number, title=posted.offer.title)
        await redraw(uow, shop, tap, screen)
