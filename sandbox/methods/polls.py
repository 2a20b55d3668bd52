"""sendPoll and stopPoll."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import SEND_IGNORES, extras, placement
from sandbox.methods.markup import read_inline, read_markup
from sandbox.methods.poll_parts import Wish, make_poll
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.users import Json
from sandbox.polls import close, open_poll
from sandbox.posting import edited, post

_REFUSED = frozenset(
    {"business_connection_id", "media", "explanation_media", "country_codes", "members_only"}
)


@method("sendPoll", ignores=SEND_IGNORES | {"shuffle_options"}, refuses=_REFUSED)
async def send_poll(
    call: Call,
    *,
    chat_id: ChatId,
    question: str = "",
    question_parse_mode: str = "",
    question_entities: list[Any] | None = None,
    options: list[Any] | None = None,
    is_anonymous: bool = True,
    type: str = "regular",
    allows_multiple_answers: bool = False,
    allows_revoting: bool | None = None,
    allow_adding_options: bool = False,
    hide_results_until_closes: bool = False,
    correct_option_ids: list[Any] | None = None,
    explanation: str = "",
    explanation_parse_mode: str = "",
    explanation_entities: list[Any] | None = None,
    description: str = "",
    description_parse_mode: str = "",
    description_entities: list[Any] | None = None,
    open_period: int = 0,
    close_date: int = 0,
    is_closed: bool = False,
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post a poll or a quiz."""
    chat = call.writable(chat_id)
    place = placement(call, chat, message_thread_id, reply_parameters)
    markup = read_markup(chat, reply_markup)
    if not is_anonymous and chat.kind == "channel":
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    wish = Wish(
        question=(question, question_parse_mode, question_entities),
        options=options or [],
        kind=type,
        is_anonymous=is_anonymous,
        allows_multiple_answers=allows_multiple_answers,
        allows_revoting=allows_revoting,
        allows_adding=allow_adding_options,
        hides_results=hide_results_until_closes,
        correct=correct_option_ids or [],
        explanation=(explanation, explanation_parse_mode, explanation_entities),
        description=(description, description_parse_mode, description_entities),
        open_period=open_period,
        close_date=close_date,
        is_closed=is_closed,
    )
    poll = make_poll(call, wish)
    open_poll(call.world, poll)
    message = post(
        call.world,
        chat,
        call.bot.user,
        poll=poll,
        **place,
        **markup,
        **extras(protect_content=protect_content),
    )
    return message.to_json()


@method("stopPoll", refuses=frozenset({"business_connection_id"}))
async def stop_poll(
    call: Call, *, chat_id: ChatId, message_id: int, reply_markup: dict[str, Any] | None = None
) -> Json:
    """End a poll of the bot's own; its message keeps the buttons that are given now."""
    chat = call.world.writable_chat(call.bot, chat_id)
    markup = read_inline(chat, reply_markup)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message with poll to stop not found")
    poll = message.poll
    if poll is None:
        raise bad_request("message is not a poll")
    if message.sender is not call.bot.user or message.forward_origin is not None:
        raise bad_request("poll can't be stopped")
    if poll.is_closed:
        raise bad_request("poll has already been closed")
    message.markup = markup
    close(call.world, poll)
    edited(call.world, message, mark=False)
    return poll.to_json()
