"""People who come, go, open a private chat and choose their language."""

from collections.abc import Mapping
from datetime import datetime

from bot.rules.referrals import Attribution, attribute, obstacle
from storage.models import Introduction, Referral
from storage.repositories.members import Seen
from storage.states import ReferralSource, Role
from storage.unit_of_work import UnitOfWork


async def join_group(
    uow: UnitOfWork,
    group_id: int,
    person: Seen,
    *,
    link_url: str | None,
    added_by: Seen | None,
    now: datetime,
) -> Attribution | None:
    """Note that a person is in a group, and who brought her, if that is known and was not before."""
    await uow.members.meet([person], now=now)
    await uow.campaigns.note_joined(group_id, person.id, now=now)
    await uow.members.enter(group_id, [person.id], now=now)
    signs = dict(await uow.referrals.introductions(group_id, person.id))
    link = await uow.referrals.find_link_by_url(link_url) if link_url else None
    if link is not None and link.group_id == group_id:
        signs[ReferralSource.INVITE_LINK] = link.person_id
    if added_by is not None and added_by.id != person.id:
        await uow.members.meet([added_by], now=now)
        signs[ReferralSource.ADDED] = added_by.id
    return await _attribute(uow, group_id, person.id, signs, now=now)


async def leave_group(
    uow: UnitOfWork,
    group_id: int,
    person: Seen,
    *,
    now: datetime,
    was_in: bool = True,
    is_banned: bool = False,
) -> None:
    """Note that a person left, or was banned, with every role; her orders and her place in the chain stay."""
    await uow.members.meet([person], now=now)
    if was_in:
        # Most people have never said a word: without this nobody would know that they were there.
        await uow.members.enter(group_id, [person.id], now=now)
    await uow.members.leave(group_id, person.id, now=now, is_banned=is_banned)
    await uow.roles.remove_helper_everywhere(group_id, person.id)


async def set_role(uow: UnitOfWork, group_id: int, person: Seen, role: Role, *, now: datetime) -> None:
    """Note what a member may do from now on."""
    await uow.members.meet([person], now=now)
    await uow.members.enter(group_id, [person.id], now=now)
    await uow.members.set_role(group_id, person.id, role)


async def open_private(uow: UnitOfWork, person: Seen, *, now: datetime) -> None:
    """Note that the bot may write to a person."""
    await uow.members.meet([person], now=now)
    await uow.members.open_private(person.id, is_open=True)


async def introduce(
    uow: UnitOfWork,
    group_id: int,
    person: Seen,
    *,
    referrer_id: int,
    source: ReferralSource,
    now: datetime,
) -> bool:
    """Keep a sign of who brings a person until she joins; says whether the referrer is known here."""
    await uow.members.meet([person], now=now)
    referrer = await uow.members.find_member(group_id, referrer_id)
    if referrer is None or referrer_id == person.id:
        return False
    await uow.referrals.introduce(
        Introduction(
            group_id=group_id,
            person_id=person.id,
            source=source,
            referrer_id=referrer_id,
            introduced_at=now,
        )
    )
    return True


async def _attribute(
    uow: UnitOfWork, group_id: int, person_id: int, signs: Mapping[ReferralSource, int], *, now: datetime
) -> Attribution | None:
    named = attribute(signs)
    if named is None or await uow.referrals.find(group_id, person_id) is not None:
        return None
    # Two joins at once could otherwise close a loop that neither of them sees.
    await uow.groups.lock(group_id)
    upline = await uow.referrals.list_above(group_id, named.referrer_id)
    if obstacle(person_id, named.referrer_id, upline=upline) is not None:
        return None
    edge = Referral(
        group_id=group_id,
        person_id=person_id,
        referrer_id=named.referrer_id,
        source=named.source,
        referred_at=now,
    )
    if not await uow.referrals.add(edge):
        return None
    await uow.chains.extend(group_id, person_id, named.referrer_id)
    return named
