"""A payment's way: the form, the bot's yes to delivery and to the money, the charge, the refund."""

import asyncio

from sandbox.models.chats import Chat
from sandbox.models.invoices import Invoice
from sandbox.models.messages import Message
from sandbox.models.payments import Charge, Payment, State
from sandbox.models.users import Json, User
from sandbox.posting import post
from sandbox.world import World

_TOO_LATE = {"shipping": "BOT_SHIPPING_TIMEOUT", "checkout": "BOT_PRECHECKOUT_TIMEOUT"}


def ask_shipping(world: World, payment: Payment) -> None:
    """Ask the bot how it can deliver to the address that was given."""
    _ask(world, payment, "shipping")
    _tell(world, payment, "shipping_query", payment.shipping_json())


def ask_checkout(world: World, payment: Payment) -> None:
    """Ask the bot for its last yes before money moves."""
    _ask(world, payment, "checkout")
    _tell(world, payment, "pre_checkout_query", payment.checkout_json())


def offer_options(world: World, payment: Payment, options: list[Json]) -> None:
    """Let the payer choose among ways of delivery."""
    payment.options = options
    _move(world, payment, "options")


def refuse(world: World, payment: Payment, why: str) -> None:
    """End a payment in the bot's own words; nothing is charged."""
    payment.reason = why
    _move(world, payment, "refused")


def charge(world: World, payment: Payment) -> None:
    """Take the money that the bot agreed to, unless the bank or the balance says no."""
    stars = payment.invoice.is_in_stars
    if stars and world.payments.stars[payment.payer.id] < payment.total_amount:
        _fail(world, payment, "BALANCE_TOO_LOW")
        return
    if payment.card_fails:
        _fail(world, payment, "PAYMENT_FAILED")
        return
    done = world.payments.add_charge(payment)
    if stars:
        world.payments.move_stars(done)
    receipt = payment.receipt_json(done)
    _post_service(world, _receipt_chat(world, payment), done, successful_payment=receipt)
    _move(world, payment, "paid")


def refund(world: World, done: Charge) -> None:
    """Give Stars back and say so in the payer's private chat with the bot."""
    world.payments.refunded.add(done.id)
    world.payments.move_stars(done, back=True)
    refunded: Json = {
        "currency": done.invoice.currency,
        "total_amount": done.amount,
        "invoice_payload": done.invoice.payload,
        "telegram_payment_charge_id": done.id,
    }
    _post_service(world, _private(world, done.invoice, done.payer), done, refunded_payment=refunded)


def expire(world: World, payment: Payment) -> None:
    """End a payment if the bot has let the time for its answer go by; nothing is charged."""
    if world.payments.is_late(payment):
        _fail(world, payment, _TOO_LATE[payment.state])


def _ask(world: World, payment: Payment, state: State) -> None:
    world.payments.ask(payment)
    _move(world, payment, state)
    # Who watches the world in real time sees the payment end by itself.
    asyncio.get_running_loop().call_later(world.payments.answer_time + 0.05, expire, world, payment)


def _tell(world: World, payment: Payment, kind: str, query: Json) -> None:
    bot = world.bots_by_id[payment.invoice.bot.id]
    world.send_update(bot, kind, query, (kind, payment.payer.id))


def _fail(world: World, payment: Payment, why: str) -> None:
    payment.reason = why
    _move(world, payment, "failed")


def _move(world: World, payment: Payment, state: State) -> None:
    payment.state = state
    world.changes.notify("payment", payment)


def _receipt_chat(world: World, payment: Payment) -> Chat:
    """Return where successful_payment appears; in a channel nobody but the channel itself speaks."""
    chat = payment.message.chat if payment.message is not None else None
    if chat is None or chat.is_channel or world.payments.receipts_in == "private":
        return _private(world, payment.invoice, payment.payer)
    while chat.migrated_to is not None:
        chat = world.chats[chat.migrated_to]
    return chat


def _private(world: World, invoice: Invoice, payer: User) -> Chat:
    return world.private_chat(world.bots_by_id[invoice.bot.id], payer)


def _post_service(world: World, chat: Chat, done: Charge, **service: Json) -> Message:
    """Post a service message that no bot but the seller is told of."""
    return post(world, chat, done.payer, service=service, only_for=done.invoice.bot.id)
