"""The one ordered list of handlers: the first that fits an update takes it."""

from functools import partial
from typing import Any

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatJoinRequestHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    PollHandler,
    PreCheckoutQueryHandler,
    filters,
)

from bot.shop import Shop
from handlers import dispatch
from handlers.commands import publish
from handlers.errors import gave_up_on

__all__ = ["publish", "register"]

Handler = BaseHandler[Any, Any, Any]


def register(application: Any, shop: Shop) -> None:
    """Give the application its handlers, in order."""
    for handler in _handlers(shop):
        application.add_handler(handler)
    application.add_error_handler(gave_up_on)


def _handlers(shop: Shop) -> list[Handler]:
    any_member = ChatMemberHandler.ANY_CHAT_MEMBER
    given_back = filters.StatusUpdate.REFUNDED_PAYMENT
    return [
        CallbackQueryHandler(partial(dispatch.on_tap, shop)),
        InlineQueryHandler(partial(dispatch.on_typed, shop)),
        ChosenInlineResultHandler(partial(dispatch.on_chosen, shop)),
        MessageReactionHandler(partial(dispatch.on_reaction, shop)),
        PollHandler(partial(dispatch.on_poll, shop)),
        ChatMemberHandler(partial(dispatch.on_member, shop), any_member),
        ChatJoinRequestHandler(partial(dispatch.on_join_request, shop)),
        PreCheckoutQueryHandler(partial(dispatch.on_checkout, shop)),
        MessageHandler(filters.SUCCESSFUL_PAYMENT, partial(dispatch.on_charge, shop)),
        MessageHandler(given_back, partial(dispatch.on_charge_given_back, shop)),
        MessageHandler(filters.StatusUpdate.ALL, partial(dispatch.on_service_message, shop)),
        MessageHandler(filters.UpdateType.MESSAGES, partial(dispatch.on_message, shop)),
    ]
