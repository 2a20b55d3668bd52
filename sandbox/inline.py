"""Inline mode at work: queries, what is kept of the answers, and what is chosen."""

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.inline import InlineAnswer, InlineQuery, InlineResult
from sandbox.models.messages import Message
from sandbox.models.users import Json, User
from sandbox.updates import Lane
from sandbox.world import World

_EVERY = 100  # per cent


def ask(world: World, bot: Bot, user: User, chat: Chat, text: str, *, offset: str = "") -> InlineQuery:
    """Send what somebody typed to the bot, unless an earlier answer is still kept."""
    query = InlineQuery(
        id=str(world.number()),
        user=user,
        bot_id=bot.id,
        chat=chat,
        text=text,
        offset=offset,
        asked_at=world.clock.time(),
    )
    world.inline.queries[query.id] = query
    kept = world.inline.find_kept(bot.id, text, offset, user, at=world.clock.time())
    if kept is not None:
        query.give(kept)
    else:
        world.send_update(bot, "inline_query", query.to_json(), _lane(user))
    world.changes.notify("inline_query", query)
    return query


def answer(
    world: World, query: InlineQuery, offered: InlineAnswer, *, cache_time: int, is_personal: bool
) -> None:
    """Show somebody what the bot offers, and keep it for equal queries, of everybody or of her alone."""
    query.give(offered)
    if cache_time > 0:
        whose = query.user.id if is_personal else None
        until = world.clock.time() + cache_time
        world.inline.kept[query.bot_id, query.text, query.offset, whose] = (offered, until)
    world.changes.notify("inline_answer", query)


def name_message(world: World, message: Message) -> None:
    """Give a message that came through a bot the name by which the bot edits it."""
    message.inline_id = f"AgAAAInline{world.number():016x}"
    world.inline.messages[message.inline_id] = message


def tell_choice(world: World, query: InlineQuery, result: InlineResult, message: Message) -> None:
    """Tell the bot what was chosen, as often as its inline feedback was set to."""
    bot = world.bots_by_id[query.bot_id]
    percent = bot.inline.feedback_percent if bot.inline is not None else 0
    due = world.inline.feedback.get(bot.id, 0) + percent
    world.inline.feedback[bot.id] = due % _EVERY if due >= _EVERY else due
    if due < _EVERY:
        return
    chosen: Json = {"result_id": result.id, "from": query.user.to_json(), "query": query.text}
    if message.inline_id is not None:
        chosen["inline_message_id"] = message.inline_id
    world.send_update(bot, "chosen_inline_result", chosen, _lane(query.user))


def _lane(user: User) -> Lane:
    return ("inline", user.id)
