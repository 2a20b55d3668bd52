"""Raw update to PTB's Update, without parsing what nobody reads."""

from typing import Any

from telegram import Bot, Update


def parse(raw: dict[str, Any], bot: Bot) -> Update:
    """Build the Update; of the message under a tap only its chat and its plain values are kept.

    That message is our own card, which handlers render anew and never read, while its photo,
    buttons and entities would take two thirds of the time of a tap. Raises whatever PTB raises.
    """
    query = raw.get("callback_query")
    if type(query) is dict and type(query.get("message")) is dict:
        card = {
            name: value
            for name, value in query["message"].items()
            if name == "chat" or (type(value) is not dict and type(value) is not list)
        }
        raw = {**raw, "callback_query": {**query, "message": card}}
    return Update.de_json(raw, bot)
