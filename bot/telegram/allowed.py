"""The kinds of updates that Vouch asks Telegram for, by polling and by webhook alike."""

from typing import Final

# chat_member, message_reaction and message_reaction_count come only when asked for by name, and
# leaving the list out would keep whatever an earlier program had set.
ALLOWED_UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
    "pre_checkout_query",
    "poll",
)
