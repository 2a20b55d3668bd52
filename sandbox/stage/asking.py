"""Votes and inline bots on the page."""

from typing import Any

from sandbox.changes import NeverHappened
from sandbox.groups import Group
from sandbox.models.inline import InlineResult
from sandbox.models.users import Json
from sandbox.stage.acting import Act, Acts
from sandbox.stage.places import Refused, find_bot, find_chat

# Real seconds; a bot that is slower is as good as silent to somebody who types.
_PATIENCE = 6.0
_LONGEST_QUERY = 256


async def _vote(act: Act) -> None:
    """Vote for options by their places; for none, take the vote back."""
    message, places = act.message(), act.numbers("options")
    if message.poll is None:
        raise Refused("That message is no poll.")
    if places:
        await act.person.votes(message, *places)
    else:
        await act.person.retracts_vote(message)


async def _ask(act: Act) -> Json:
    """Type a bot's name and words, and return what it offers."""
    bot, words = find_bot(act.world, act.number("bot")), act.text("query", most=_LONGEST_QUERY)
    chat, partner = find_chat(act.world, act.text("chat"), viewer=act.person.user)
    where: dict[str, Any] = {"to": partner} if partner is not None else {"in_": Group(act.world, chat)}
    query = await act.person.types_inline(bot, words, **where)
    try:
        answer = await query.answered(_PATIENCE)
    except NeverHappened:
        raise Refused(f"@{bot.username} does not answer inline queries.") from None
    button = answer.button
    return {
        "query": query.id,
        "results": [_result_view(result) for result in answer.results],
        "button": None if button is None else {"text": button.text, "payload": button.start_parameter},
    }


async def _choose(act: Act) -> Json:
    """Send one of the results that were offered."""
    query = act.world.inline.queries.get(act.text("query"))
    if query is None or query.answer is None or query.user is not act.person.user:
        raise Refused("Those results are not there any more.")
    wanted = act.text("result")
    result = next((result for result in query.answer.results if result.id == wanted), None)
    if result is None:
        raise Refused("That result is not there any more.")
    return {"message": (await act.person.chooses(query, result)).id}


def _result_view(result: InlineResult) -> Json:
    photo = result.content.get("photo")
    return {
        "id": result.id,
        "title": result.title or result.kind.replace("_", " ").capitalize(),
        "description": result.description,
        "photo": photo.file_id if photo is not None else None,
    }


ASKING: Acts = {"vote": _vote, "ask": _ask, "choose": _choose}
