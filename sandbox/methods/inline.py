"""answerInlineQuery."""

import re
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.inline import answer
from sandbox.methods.inline_results import read_results
from sandbox.methods.registry import Call, method, only_fields
from sandbox.models.inline import InlineAnswer, StartButton
from sandbox.models.users import Json

_LONGEST_OFFSET = 64  # bytes
_DAY = 24 * 3600
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_PARAMETER = 64


@method("answerInlineQuery")
async def answer_inline_query(
    call: Call,
    *,
    inline_query_id: str,
    results: list[Any] | None = None,
    cache_time: int = 300,
    is_personal: bool = False,
    next_offset: str = "",
    button: dict[str, Any] | None = None,
) -> bool:
    """Offer results for what somebody typed."""
    world = call.world
    start = _button(button)
    offered = read_results(call, results or [])
    if len(next_offset.encode()) > _LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = world.inline.queries.get(inline_query_id)
    too_old = query is None or world.clock.time() - query.asked_at > world.inline.lifetime
    if query is None or too_old or query.bot_id != call.bot.id:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer(
        world,
        query,
        InlineAnswer(results=offered, next_offset=next_offset, button=start),
        cache_time=min(max(cache_time, 0), _DAY),
        is_personal=is_personal,
    )
    return True


def _button(button: Json | None) -> StartButton | None:
    """Return the button above the results; raises ApiError 400."""
    if not button:
        return None
    only_fields("InlineQueryResultsButton", button, frozenset({"text", "web_app", "start_parameter"}))
    text, parameter = button.get("text"), button.get("start_parameter")
    if not isinstance(text, str) or not text:
        raise _bad_button('Can\'t find field "text"')
    if ("web_app" in button) == (parameter is not None):
        raise _bad_button("InlineQueryResultsButton must have exactly one optional field")
    if "web_app" in button:
        raise bad_request("the sandbox does not simulate Web Apps above inline results")
    if not isinstance(parameter, str):
        raise _bad_button('Field "start_parameter" must be of type String')
    if not parameter:
        raise bad_request("can't use empty switch_pm_parameter")
    if len(parameter) > _LONGEST_PARAMETER:
        raise bad_request("too long switch_pm_parameter specified")
    if not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("unallowed characters in switch_pm_parameter are used")
    return StartButton(text=text, start_parameter=parameter)


def _bad_button(why: str) -> ApiError:
    return bad_request(f"can't parse inline query results button: {why}")
