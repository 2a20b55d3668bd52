"""answerCallbackQuery."""

from urllib.parse import urlsplit

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method
from sandbox.models.callbacks import Toast

_TOAST_LIMIT = 200
_MONTH = 30 * 24 * 3600
_TELEGRAM = ("t.me", "telegram.me")


@method("answerCallbackQuery")
async def answer_callback_query(
    call: Call,
    *,
    callback_query_id: str,
    text: str = "",
    show_alert: bool = False,
    url: str = "",
    cache_time: int = 0,
) -> bool:
    """Answer a press: with a toast, an alert, or just an end to the waiting."""
    world = call.world
    query = world.callbacks.get(callback_query_id)
    too_old = query is None or world.clock.time() - query.pressed_at > world.callback_lifetime
    if query is None or too_old or query.bot_id != call.bot.id:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not _starts(url, call.bot.username):
        raise bad_request("URL_INVALID")
    query.give(Toast(text=text, alert=show_alert, url=url or None))
    if cache_time > 0:
        query.kept_until = world.clock.time() + min(cache_time, _MONTH)
        world.kept_answers[query.user.id, query.message, query.data] = query
    world.changes.notify("callback_answer", query)
    return True


def _starts(url: str, username: str) -> bool:
    """Whether a link opens just this bot, as t.me/your_bot?start=XXXX does."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    if parts.scheme == "tg":
        return f"domain={username.lower()}" in parts.query.lower().split("&")
    return parts.netloc.lower() in _TELEGRAM and parts.path.strip("/").lower() == username.lower()
