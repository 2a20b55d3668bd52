"""Forum topics are made, renamed, closed and opened again; Telegram lists them to no bot."""

from telegram import Message

from bot.rules.typed_text import one_line
from bot.shop import Shop

_GENERAL = 1


async def topic_changed(*, update_id: int, message: Message, shop: Shop) -> None:
    """Note what Telegram's line in a topic says of it."""
    topic_id = message.message_thread_id
    async with shop.handling(update_id) as uow:
        group = await uow.groups.find_by_chat(message.chat.id)
        if group is None or group.id is None or topic_id in (None, _GENERAL):
            return
        assert topic_id is not None
        await uow.topics.note(group.id, topic_id, name=_name(message), is_closed=_is_closed(message))


def is_of_topic(message: Message) -> bool:
    """Whether this is Telegram's line about a topic."""
    return bool(
        message.forum_topic_created
        or message.forum_topic_edited
        or message.forum_topic_closed
        or message.forum_topic_reopened
    )


def _name(message: Message) -> str | None:
    told = message.forum_topic_created or message.forum_topic_edited
    return one_line(told.name) if told is not None and told.name else None


def _is_closed(message: Message) -> bool | None:
    if message.forum_topic_closed:
        return True
    return False if message.forum_topic_reopened or message.forum_topic_created else None
