"""Ordering by tap, by command and by answering a card; one's own orders."""

from telegram import Bot

from bot.callbacks.orders import CancelButton, MyOrderButton, OrderButton
from bot.errors import Anonymous, ButtonOutdated
from bot.i18n import Translator
from bot.rules.order_text import OrderText, read_order, read_order_arguments
from bot.rules.orders import Ask
from bot.rules.team_orders import read_team_order
from bot.services.orders.requests import OrderPlaced, OrderRequest
from bot.services.payments.holds import due_at_once
from bot.services.pricing import prices_now
from bot.shop import Shop
from bot.views.orders import own_order_toast, placed_toast
from handlers.access import group_of, pick_named
from handlers.questions import question_heard
from handlers.speaking import speaker
from handlers.teams import seat_written
from handlers.updates import Said, Tap
from storage.repositories.picks import PostedPick

_LONGEST_PLAIN_ORDER = 60


async def order_tapped(tap: Tap, shop: Shop) -> None:
    """One more or one fewer of a variant."""
    button = OrderButton.read(tap.data)
    ask = Ask(action="change", items=((button.variant_id, button.change),))
    await _place_by_tap(tap, shop, button.pick_id, ask)


async def cancel_tapped(tap: Tap, shop: Shop) -> None:
    """Cancel my whole order on a pick."""
    await _place_by_tap(tap, shop, CancelButton.read(tap.data).pick_id, Ask(action="cancel"))


async def my_order_tapped(tap: Tap, shop: Shop) -> None:
    """Show me my order on a pick."""
    pick_id = MyOrderButton.read(tap.data).pick_id
    async with shop.reading() as uow:
        posted = (await uow.picks.load([pick_id])).get(pick_id)
        if posted is None or posted.group.chat_id != tap.chat_id:
            raise ButtonOutdated
        entry = (await uow.orders.load([(pick_id, tap.person.id)])).get((pick_id, tap.person.id))
        own = (await uow.orders.receipt(entry.id))[1] if entry else []
        prices = await prices_now(uow, {entry.id: posted.pick.offer_id}) if entry else {}
        to_pay = await due_at_once(uow, own[0].order_id, now=shop.now()) if own else None
        t = await speaker(uow, tap.person)
    price = prices[own[0].order_id] if own else None
    await tap.answer(own_order_toast(t, own, price=price, to_pay=to_pay))


async def order_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/order 1 2 red`: pick, quantity, variant."""
    group = await group_of(said, shop, bot)
    async with shop.reading() as uow:
        posted, rest = await pick_named(uow, group, said.arguments)
    text = read_order_arguments(rest, _names(posted))
    await _place_by_text(said, shop, posted, _ask(text, posted))


async def cancel_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/cancel 1`: cancel my whole order on a pick."""
    group = await group_of(said, shop, bot)
    async with shop.reading() as uow:
        posted, _ = await pick_named(uow, group, said.arguments)
    await _place_by_text(said, shop, posted, Ask(action="cancel"))


async def card_answered(said: Said, shop: Shop, bot: Bot) -> None:
    """An answer to a card, or an edited one: an order if it reads as one, else perhaps a question."""
    async with shop.reading() as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
        if group is None or group.id is None or said.reply_to_id is None:
            return
        posted = await uow.picks.find_by_message(group.id, said.reply_to_id)
    if posted is not None:
        has_teams = posted.offer.team_price_amount is not None
        in_team = read_team_order(said.text, _names(posted)) if has_teams else None
        text = in_team or read_order(said.text, _names(posted), to_card=True)
        await question_heard(said, shop, posted, is_order=text is not None)
        if (
            in_team is None
            or said.is_edit
            or not await seat_written(said, shop, posted, _ask(in_team, posted))
        ):
            await _place_what_was_read(said, shop, posted, text)


async def plain_said(said: Said, shop: Shop, bot: Bot) -> None:
    """A plain `+2` that answers nothing: an order where the group wants that and one pick is open."""
    if not said.is_edit and (len(said.text) > _LONGEST_PLAIN_ORDER or not any(map(str.isdigit, said.text))):
        return
    async with shop.reading() as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
        if group is None or group.id is None or not group.reads_plain_orders:
            return
        live = await uow.picks.list_live(group.id)
    if len(live) == 1:
        await _place_what_was_read(said, shop, live[0], read_order(said.text, _names(live[0])))


async def _place_by_tap(tap: Tap, shop: Shop, pick_id: int, ask: Ask) -> None:
    placed, stored = await shop.orders.decide(
        OrderRequest(
            update_id=tap.update_id, person=tap.person, chat_id=tap.chat_id, pick_id=pick_id, ask=ask
        )
    )
    t = Translator(placed.language)
    # What is paid at once is paid in private: whoever has not opened that is led there.
    pay_link = shop.link(f"pay_{to_pay.order_id}") if (to_pay := placed.to_pay) else ""
    words = placed_toast(t, placed)
    url = pay_link if to_pay and not to_pay.private_is_open else None
    await tap.answer(words, url=url, once=stored)


async def _place_what_was_read(said: Said, shop: Shop, posted: PostedPick, text: OrderText | None) -> None:
    if text is None and not said.is_edit:
        return
    # What was an order and is none any more is taken back.
    await _place_by_text(said, shop, posted, _ask(text, posted) if text else Ask(action="nothing"))


async def _place_by_text(said: Said, shop: Shop, posted: PostedPick, ask: Ask) -> OrderPlaced:
    if not said.has_face:
        raise Anonymous
    return await shop.orders.submit(
        OrderRequest(
            update_id=said.update_id,
            person=said.person,
            chat_id=said.chat.id,
            pick_id=posted.id,
            ask=ask,
            message_id=said.message_id,
            is_edit=said.is_edit,
        )
    )


def _names(posted: PostedPick) -> list[str]:
    return [variant.name for variant in posted.variants]


def _ask(text: OrderText, posted: PostedPick) -> Ask:
    keys = [variant.id for variant in posted.variants]
    return Ask(
        action=text.action,
        items=tuple(
            (None if item.variant is None else keys[item.variant], item.quantity) for item in text.items
        ),
    )
