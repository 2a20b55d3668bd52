"""Appointing curators and helpers, and taking it back."""

from datetime import datetime

from bot.role_errors import AppointedByTelegram, PersonUnknown
from storage.models import Member
from storage.states import Presence, Role
from storage.unit_of_work import UnitOfWork


async def appoint_curator(
    uow: UnitOfWork, group_id: int, person_id: int, *, own_picks_only: bool, by_id: int, now: datetime
) -> bool:
    """Make a member a curator, or change what she may; False if she was that before.

    Raises PersonUnknown. Whoever leads as Telegram's administrator is only limited or freed.
    """
    member = await _present(uow, group_id, person_id)
    if member.role is Role.CURATOR and member.own_picks_only == own_picks_only:
        return False
    if member.role is Role.OWNER:
        return False
    if member.role is Role.CURATOR:
        await uow.roles.limit(group_id, person_id, own_picks_only=own_picks_only)
    else:
        await uow.roles.appoint(group_id, person_id, own_picks_only=own_picks_only)
    await uow.audit.add(
        "curator_appointed",
        group_id=group_id,
        person_id=by_id,
        now=now,
        details={"person_id": person_id, "own_picks_only": own_picks_only},
    )
    return True


async def dismiss_curator(
    uow: UnitOfWork, group_id: int, person_id: int, *, by_id: int, now: datetime
) -> bool:
    """Make an appointed curator a plain member; False if she was none. Raises AppointedByTelegram."""
    member = await _present(uow, group_id, person_id)
    if member.role is Role.MEMBER:
        return False
    if not member.is_appointed:
        raise AppointedByTelegram((await uow.members.get(person_id)).name)
    await uow.roles.dismiss(group_id, person_id)
    await uow.audit.add(
        "curator_dismissed", group_id=group_id, person_id=by_id, now=now, details={"person_id": person_id}
    )
    return True


async def set_helper(
    uow: UnitOfWork,
    group_id: int,
    person_id: int,
    *,
    point_id: int,
    helps: bool,
    by_id: int,
    now: datetime,
) -> bool:
    """Let a member hand over at a point, or no longer; False if nothing changed. Raises PersonUnknown."""
    await _present(uow, group_id, person_id)
    if helps == (point_id in await uow.roles.points_helped(group_id, person_id)):
        return False
    if helps:
        await uow.roles.add_helper(point_id, person_id)
    else:
        await uow.roles.remove_helper(point_id, person_id)
    await uow.audit.add(
        "helper_appointed" if helps else "helper_dismissed",
        group_id=group_id,
        person_id=by_id,
        now=now,
        details={"person_id": person_id, "point_id": point_id},
    )
    return True


async def _present(uow: UnitOfWork, group_id: int, person_id: int) -> Member:
    member = await uow.members.find_member(group_id, person_id)
    if member is None or member.presence is not Presence.JOINED:
        person = await uow.members.find(person_id)
        raise PersonUnknown(person.name if person is not None else "")
    return member
