"""The list of a group's open picks: which message it is, and showing a group's cards anew."""

from datetime import datetime

from storage.models import Group
from storage.repositories.outbox import Priority
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def note_overview(uow: UnitOfWork, group_id: int, message_id: int, *, now: datetime) -> None:
    """Note which message the overview is, and pin it where the bot may."""
    await uow.groups.set_overview(group_id, message_id)
    group = await uow.groups.get(group_id)
    if group.bot_is_admin:
        await _pin(uow, group, message_id, now=now)


async def show_group(uow: UnitOfWork, group: Group, *, now: datetime) -> None:
    """Bring all that a group sees up to date: the bot is back in it, or was given rights."""
    assert group.id is not None
    live = await uow.picks.list_live(group.id)
    await uow.outbox.add_cards({posted.id: group.chat_id for posted in live}, now=now)
    await uow.outbox.add_overview(group.id, group.chat_id, now=now)
    if group.bot_is_admin and group.overview_message_id is not None:
        await _pin(uow, group, group.overview_message_id, now=now)


async def _pin(uow: UnitOfWork, group: Group, message_id: int, *, now: datetime) -> None:
    await uow.outbox.add(
        OutboxKind.PIN,
        chat_id=group.chat_id,
        subject_id=group.id,
        payload={"message_id": message_id},
        merge_key=f"pin:{group.id}",
        priority=Priority.CARD,
        now=now,
    )
