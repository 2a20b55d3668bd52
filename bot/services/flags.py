"""Looking for what may be abuse of rewards, writing it down, and deciding about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ButtonOutdated
from bot.flag_errors import FlagAboutYourself, FlagDecided
from bot.rules.flags import (
    LOOKED_BACK,
    MOST_GUESSES,
    Arrival,
    Edge,
    Finding,
    Known,
    PaidFor,
    bursts,
    guessers,
    is_news,
    one_payers,
    rings,
    self_referrals,
)
from storage.models import Flag
from storage.repositories.flags import OpenedFlag
from storage.states import FlagKind, FlagOutcome
from storage.unit_of_work import UnitOfWork

GUESSES_WITHIN: Final = timedelta(days=1)

Series = tuple[FlagKind, int, int | None]
"""The kind of a suspicion, whom it is about, and who else: what is found again and again is one series."""


@dataclass(frozen=True, kw_only=True)
class FlagSeen:
    """One suspicion with the names of all whom it is about, and what waits for it, in minor units."""

    flag: OpenedFlag
    names: Mapping[int, str]
    pending_amount: int


@dataclass(frozen=True, kw_only=True)
class FlagSettled:
    """What was decided, and for whom it changed something: whose rewards are withheld now, or no longer."""

    seen: FlagSeen
    withheld: Sequence[int]
    released: Sequence[int]


async def find_abuse(uow: UnitOfWork, group_id: int, *, now: datetime) -> list[Finding]:
    """What looks like abuse in a group in which rewards are still to be paid; reads only."""
    since = now - LOOKED_BACK
    edges = [
        Edge(earner_id=e.earner_id, buyer_id=e.buyer_id, orders=e.orders, is_pending=e.pending > 0)
        for e in await uow.flag_facts.edges(group_id, since=since)
    ]
    paid = [
        PaidFor(earner_id=p.earner_id, buyer_id=p.buyer_id, payer_id=p.payer_id, order_id=p.order_id)
        for p in await uow.flag_facts.paid_by_others(group_id)
    ]
    arrivals = [
        Arrival(
            referrer_id=b.referrer_id,
            person_id=b.person_id,
            at=b.at,
            has_ordered=b.has_ordered,
            has_left=b.has_left,
        )
        for b in await uow.flag_facts.brought(group_id, since=since)
    ]
    return [*rings(edges), *self_referrals(paid), *one_payers(paid), *bursts(arrivals)]


async def find_guessers(uow: UnitOfWork, *, now: datetime) -> dict[int, list[Finding]]:
    """Who guesses codes, by each group in which that could get her something; reads only."""
    guesses = await uow.flag_facts.count_guesses(since=now - GUESSES_WITHIN, at_least=MOST_GUESSES)
    found: dict[int, list[Finding]] = {}
    for finding in guessers(guesses):
        for group_id in await uow.flag_facts.groups_with_codes(finding.person_id):
            found.setdefault(group_id, []).append(finding)
    return found


async def raise_flags(uow: UnitOfWork, group_id: int, findings: Sequence[Finding], *, now: datetime) -> int:
    """Write down what is new of these findings; returns how many suspicions were opened."""
    if not findings:
        return 0
    series = _series(await uow.flags.list_known(group_id, {one.person_id for one in findings}))
    opened = 0
    for finding in findings:
        known = series.get((finding.kind, finding.person_id, finding.other_id), [])
        if not is_news(finding, _newest(known)):
            continue
        place = sum(flag.settled_at is not None for flag in known)
        opened += not known or known[-1].settled_at is not None
        await uow.flags.raise_flag(
            finding.kind,
            group_id=group_id,
            person_id=finding.person_id,
            other_id=finding.other_id,
            order_id=finding.order_id,
            evidence=finding.evidence,
            merge_key=f"{finding.kind}:{group_id}:{finding.person_id}:{finding.other_id or 0}:{place}",
            now=now,
        )
    return opened


async def see_flag(uow: UnitOfWork, flag_id: int) -> FlagSeen:
    """One suspicion with all that is shown of it. Raises ButtonOutdated."""
    flag = await uow.flags.find(flag_id)
    if flag is None:
        raise ButtonOutdated
    people = {flag.person_id, *flag.evidence.get("people", ())}
    if flag.other_id is not None:
        people.add(flag.other_id)
    found = [await uow.members.find(person_id) for person_id in sorted(people)]
    return FlagSeen(
        flag=flag,
        names={person.id: person.name for person in found if person is not None},
        pending_amount=await uow.flag_facts.pending_amount(flag.group_id, flag.person_id),
    )


async def settle_flag(
    uow: UnitOfWork,
    flag_id: int,
    outcome: FlagOutcome,
    *,
    was: FlagOutcome | None,
    note: str,
    by_id: int,
    now: datetime,
) -> FlagSettled:
    """A person decides, for all who are in it alike; `was` is what she saw decided before.

    Raises ButtonOutdated, FlagDecided where somebody was quicker, and FlagAboutYourself.
    """
    flag = await _locked(uow, flag_id)
    if flag.outcome != was:
        raise FlagDecided
    flags = [flag, *await _siblings(uow, flag)]
    if by_id in {person for one in flags for person in (one.person_id, one.other_id)}:
        raise FlagAboutYourself
    before = await _withheld(uow, flags)
    for one in flags:
        one.outcome, one.note = outcome, note
        one.settled_at, one.settled_by_id = now, by_id
        await uow.flags.save(one)
        await uow.audit.add(
            "flag_settled",
            group_id=one.group_id,
            person_id=by_id,
            order_id=one.order_id,
            now=now,
            details={"person_id": one.person_id, "kind": one.kind, "outcome": outcome, "note": note},
        )
    after = await _withheld(uow, flags)
    return FlagSettled(
        seen=await see_flag(uow, flag_id), withheld=sorted(after - before), released=sorted(before - after)
    )


async def _locked(uow: UnitOfWork, flag_id: int) -> Flag:
    try:
        return await uow.flags.get(flag_id, lock=True)
    except LookupError:
        raise ButtonOutdated from None


async def _siblings(uow: UnitOfWork, flag: Flag) -> list[Flag]:
    """The others in the same ring, in the same state; each row stands for one of them."""
    if flag.kind not in (FlagKind.CLOSED_PAIR, FlagKind.LOOP):
        return []
    people = flag.evidence["people"]
    known = await uow.flags.list_known(flag.group_id, people)
    found = [
        one.id
        for one in known
        if one.id != flag.id
        and one.kind is flag.kind
        and one.evidence["people"] == people
        and one.outcome == flag.outcome
    ]
    return [await uow.flags.get(key, lock=True) for key in found if key is not None]


async def _withheld(uow: UnitOfWork, flags: Sequence[Flag]) -> set[int]:
    return await uow.flags.withheld(flags[0].group_id, {one.person_id for one in flags})


def _series(flags: Sequence[Flag]) -> dict[Series, list[Flag]]:
    series: dict[Series, list[Flag]] = {}
    for flag in flags:
        series.setdefault((flag.kind, flag.person_id, flag.other_id), []).append(flag)
    return series


def _newest(flags: Sequence[Flag]) -> Known | None:
    if not flags:
        return None
    last = flags[-1]
    return Known(weight=last.evidence["weight"], is_settled=last.settled_at is not None, outcome=last.outcome)
