"""Draws what is said when a group does not sell something for another any more."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.carryings import end_told_to_buyer, end_told_to_carrier, end_told_to_supplier
from bot.views.screens import Screen
from storage.states import OutboxKind


async def _ended(due: Due) -> Call | None:
    posted = await due.uow.picks.get(due.subject_id)
    carrying = await due.uow.carryings.find(due.subject_id)
    supply = await due.uow.carryings.find_supply(due.subject_id)
    if carrying is None or supply is None:
        return None
    person = await due.uow.members.find(due.entry.chat_id)
    reader = person or await due.uow.groups.find_by_chat(due.entry.chat_id) or posted.group
    t = Translator(reader.language)
    orders = await due.uow.carryings.count_open_orders(posted.id)
    match due.payload["side"]:
        case "supplier":
            screen = end_told_to_supplier(t, posted, carrying, orders=orders)
        case "carrier":
            screen = end_told_to_carrier(t, posted, carrying, supply, orders=orders)
        case _:
            screen = end_told_to_buyer(t, posted, carrying, supply)
    if person is not None:
        return message_call(screen.payload())
    # Where nobody reads it in private it is told in the group, where nothing is managed.
    is_where_sold = due.entry.chat_id == posted.group.chat_id
    topic_id = posted.pick.topic_id if is_where_sold else None
    return message_call(Screen(text=screen.text).payload(topic_id=topic_id))


CARRYING_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.CARRYING_ENDED: _ended}
"""Renderers by what they draw."""
