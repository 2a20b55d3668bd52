"""What is done with each kind of update: it is read, finds its handler, and refusals are answered."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from telegram import Message, Update

from bot.later import the_others
from bot.shop import Shop
from handlers import activity
from handlers.errors import answer_quietly, answer_said, answer_tap
from handlers.message_routes import may_unsay, route_message
from handlers.speaking import in_the_groups_language
from handlers.tap_routes import route_tap
from handlers.updates import (
    asked_of,
    chosen_of,
    counted_of,
    moved_of,
    reacted_of,
    said_of,
    seen,
    tap_of,
    typed_of,
)

if TYPE_CHECKING:
    from handlers import (
        groups,
        members,
        payment_invoices,
        picks,
        referrals,
        share_inline,
        topics,
        trust_votes,
        wishes,
    )
else:
    # Each is loaded when one of its functions is first called.
    globals().update(the_others(__package__, known=globals()))


async def on_tap(shop: Shop, update: Update, _context: Any) -> None:
    """Somebody tapped a button."""
    tap = tap_of(update)
    await answer_tap(shop, tap, route_tap(tap))


async def on_message(shop: Shop, update: Update, context: Any) -> None:
    """Somebody wrote a message, or edited one."""
    said = said_of(update, context.bot)
    handle = route_message(said)
    if may_unsay(said):
        await answer_quietly(lambda: wishes.message_edited(said, shop))
    if handle is not None:
        heard = said if said.has_face else await in_the_groups_language(said, shop)
        await answer_said(shop, heard, lambda: handle(heard, shop, context.bot))
    if activity.is_talk(said):
        await activity.talk_heard(said, shop)


async def on_typed(shop: Shop, update: Update, context: Any) -> None:
    """Somebody types behind our name, to share a pick."""
    await share_inline.pick_typed(typed_of(update), shop, context.bot)


async def on_chosen(shop: Shop, update: Update, _context: Any) -> None:
    """Somebody sent one of the cards that were offered for sharing."""
    await answer_quietly(lambda: share_inline.card_chosen(chosen_of(update), shop))


async def on_checkout(shop: Shop, update: Update, _context: Any) -> None:
    """Somebody is about to pay an invoice."""
    await payment_invoices.checkout_asked(update, shop)


async def on_charge(shop: Shop, update: Update, _context: Any) -> None:
    """An invoice was paid."""
    await payment_invoices.charge_told(update, shop)


async def on_charge_given_back(shop: Shop, update: Update, _context: Any) -> None:
    """What was paid by an invoice was given back."""
    await payment_invoices.given_back_told(update, shop)


async def on_service_message(shop: Shop, update: Update, context: Any) -> None:
    """Telegram tells in a group what happened to it."""
    message = update.effective_message
    assert message is not None
    handle = _service_handler(shop, update, message, context.bot)
    if handle is not None:
        await answer_said(shop, said_of(update, context.bot), handle)


async def on_reaction(shop: Shop, update: Update, _context: Any) -> None:
    """Somebody reacted to a message, or the reactions to one were counted."""
    if update.message_reaction_count is not None:
        await answer_quietly(lambda: picks.reactions_counted(counted_of(update), shop))
    elif (event := reacted_of(update)) is not None:
        await answer_quietly(lambda: picks.reacted(event, shop))


async def on_poll(shop: Shop, update: Update, _context: Any) -> None:
    """The votes of a poll changed."""
    await answer_quietly(lambda: trust_votes.poll_changed(update, shop))


async def on_member(shop: Shop, update: Update, context: Any) -> None:
    """Somebody, or the bot itself, came, went or got other rights."""
    event = moved_of(update, context.bot)
    if update.my_chat_member is not None:
        await answer_quietly(lambda: groups.bot_moved(event, shop, context.bot))
    else:
        await answer_quietly(lambda: members.member_moved(event, shop))


async def on_join_request(shop: Shop, update: Update, _context: Any) -> None:
    """Somebody asks to be let into a group."""
    await answer_quietly(lambda: referrals.join_asked(asked_of(update), shop))


def _service_handler(
    shop: Shop, update: Update, message: Message, bot: Any
) -> Callable[[], Awaitable[None]] | None:
    if message.migrate_to_chat_id:
        old, new = message.chat.id, message.migrate_to_chat_id
    elif message.migrate_from_chat_id:
        old, new = message.migrate_from_chat_id, message.chat.id
    else:
        return _arrival_handler(shop, update, message, bot)
    return lambda: groups.group_migrated(
        update_id=update.update_id, old_chat_id=old, new_chat_id=new, shop=shop
    )


def _arrival_handler(
    shop: Shop, update: Update, message: Message, bot: Any
) -> Callable[[], Awaitable[None]] | None:
    if message.new_chat_members:
        arrivals = [seen(user) for user in message.new_chat_members if not user.is_bot]
        return lambda: members.members_arrived(said_of(update, bot), shop, arrivals)
    if topics.is_of_topic(message):
        return lambda: topics.topic_changed(update_id=update.update_id, message=message, shop=shop)
    if message.left_chat_member and not message.left_chat_member.is_bot:
        left = seen(message.left_chat_member)
        return lambda: members.member_left(said_of(update, bot), shop, left)
    return None
