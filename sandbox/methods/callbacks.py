"""answerCallbackQuery."""

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method
from sandbox.models.callbacks import Toast

_TOAST_LIMIT = 200


@method("answerCallbackQuery", ignores=frozenset({"cache_time"}))
async def answer_callback_query(
    call: Call, *, callback_query_id: str, text: str = "", show_alert: bool = False, url: str = ""
) -> bool:
    """Answer a press: with a toast, an alert, or just an end to the waiting."""
    world = call.world
    query = world.callbacks.get(callback_query_id)
    too_old = query is None or world.clock.time() - query.pressed_at > world.callback_lifetime
    if query is None or too_old or query.bot_id != call.bot.id:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.give(Toast(text=text, alert=show_alert, url=url or None))
    world.changes.notify("callback_answer", query)
    return True
