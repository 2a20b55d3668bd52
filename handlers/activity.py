"""What is said in groups is counted; its words go nowhere."""

from bot.services.activity import TalkRequest
from bot.shop import Shop
from handlers.updates import Said


def is_talk(said: Said) -> bool:
    """Whether a person, or the group itself, said something to others."""
    speaks = said.speaks_for_group or (said.has_face and not said.is_bot)
    is_for_bots = said.text.startswith("/") or said.came_through_us
    return speaks and not (said.is_private or said.is_edit or is_for_bots)


async def talk_heard(said: Said, shop: Shop) -> None:
    """Somebody said something in a group, whatever else came of it."""
    await shop.talk.submit(
        TalkRequest(
            update_id=said.update_id,
            chat_id=said.chat.id,
            person=said.person if said.has_face else None,
            said_at=min(said.said_at, shop.now()),
            answers=said.reply_to_person,
            answers_our_message_id=said.reply_to_id if said.reply_to_us else None,
            album_id=said.album_id,
        )
    )
