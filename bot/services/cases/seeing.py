"""Who may see and decide which cases."""

from dataclasses import dataclass

from bot.errors import ButtonOutdated
from bot.rules.cases import Bounds, Parties, bounds, levels
from bot.rules.roles import configures, curates
from storage.models import Member
from storage.repositories.case_lists import CaseReach, SeenCase
from storage.states import CaseLevel, PaymentMethod, Presence, Role
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Decider:
    """Somebody, and at which levels she may decide one case; at none of a case of her own."""

    person_id: int
    levels: frozenset[CaseLevel]
    #: Credit is the whole group's money: whoever is limited to her own picks gives none.
    may_give_credit: bool = False


async def see_case(uow: UnitOfWork, case_id: int) -> SeenCase:
    """One case with all that is shown of it. Raises ButtonOutdated."""
    seen = await uow.case_lists.find(case_id)
    if seen is None:
        raise ButtonOutdated
    return seen


async def decider_of(uow: UnitOfWork, seen: SeenCase, person_id: int, *, is_admin: bool) -> Decider:
    """At which levels a person may decide a case."""
    if person_id == seen.person_id:
        return Decider(person_id=person_id, levels=frozenset())
    member = await _present(uow, seen.group_id, person_id)
    may = levels(
        member.role if member is not None else None,
        own_picks_only=member is not None and member.own_picks_only,
        is_own=seen.curator_id == person_id,
        is_admin=is_admin,
    )
    configuring = member is not None and configures(member.role, own_picks_only=member.own_picks_only)
    return Decider(person_id=person_id, levels=may, may_give_credit=is_admin or configuring)


async def reach_of(uow: UnitOfWork, person_id: int, *, is_admin: bool) -> CaseReach:
    """Which cases a person can be asked to decide."""
    curated: list[int] = []
    own_picks_in: list[int] = []
    owned: list[int] = []
    for group in await uow.groups.list_led_by(person_id):
        member = await _present(uow, group.id or 0, person_id)
        if member is None:
            continue
        if member.role is Role.OWNER:
            owned.append(group.id or 0)
        is_limited = not curates(member.role, own_picks_only=member.own_picks_only, is_own=False)
        (own_picks_in if is_limited else curated).append(group.id or 0)
    return CaseReach(person_id, curated, own_picks_in, owned, is_admin)


async def parties_of(uow: UnitOfWork, seen: SeenCase) -> Parties:
    """Whom a case concerns; a curator who has left, or leads no more, cannot be asked."""
    curator_id = await _still(uow, seen.group_id, seen.curator_id)
    return Parties(seen.person_id, curator_id, await _still(uow, seen.group_id, seen.owner_id))


async def bounds_of(uow: UnitOfWork, order_id: int) -> Bounds:
    """What can be given for an order at most, as it is known now."""
    facts = (await uow.payments.money([order_id]))[order_id]
    return bounds(facts, is_tracked=facts.is_tracked)


async def gives_credit(uow: UnitOfWork, seen: SeenCase) -> bool:
    """Whether its group gives store credit."""
    return any(way.method is PaymentMethod.CREDIT for way in await uow.payments.list_ways(seen.group_id))


async def _still(uow: UnitOfWork, group_id: int, person_id: int | None) -> int | None:
    member = await _present(uow, group_id, person_id) if person_id is not None else None
    is_there = member is not None and curates(member.role, own_picks_only=False, is_own=True)
    return person_id if is_there else None


async def _present(uow: UnitOfWork, group_id: int, person_id: int) -> Member | None:
    member = await uow.members.find_member(group_id, person_id)
    return member if member is not None and member.presence is Presence.JOINED else None
