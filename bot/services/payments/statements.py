"""What members and groups have, owe and did: put together for a page or a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.balances import month_of, span_of
from bot.services.payments.bills import Bill, owed_by
from storage.models import Group
from storage.repositories.balances import JournalEntry, MemberStanding, Movement, Standing, Turnover
from storage.states import AccountKind
from storage.unit_of_work import UnitOfWork

MOST_IN_JOURNAL = 50_000
"""So many entries a sheet holds; more than that are for the operator's own tools."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is between a member and one group, in minor units by currency, and what happened last."""

    group: Group
    bills: Sequence[Bill]
    #: What she gets back.
    back: Mapping[str, int]
    credit: Mapping[str, int]
    #: What recommending has earned and was not paid out; less than nothing is set off against what comes.
    earned: Mapping[str, int]
    #: What was paid for orders on picks that are still open.
    ahead: Mapping[str, int]
    movements: Sequence[Movement]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """A group's accounts: what they come to, and what was posted in a month (0: in all time)."""

    group: Group
    month: int
    #: The month in which the first money was written down, and the one that it is now.
    first: int
    last: int
    #: At the month's end, or now where it is not over.
    standings: Sequence[Standing]
    turnover: Sequence[Turnover]


@dataclass(frozen=True, kw_only=True)
class Books:
    """All that a sheet holds of a group's accounts."""

    accounts: Accounts
    opening: Sequence[Standing]
    members: Sequence[MemberStanding]
    journal: Sequence[JournalEntry] = field(repr=False)
    is_cut: bool


async def statement_of(
    uow: UnitOfWork, group: Group, person_id: int, *, page: int, movements_a_page: int
) -> Statement:
    """A page of what is between a member and one group."""
    group_id = group.id or 0
    balances = await uow.ledger.balances(group_id=group_id, person_id=person_id)
    found = await uow.balances.list_movements(
        group_id, person_id, limit=movements_a_page + 1, offset=page * movements_a_page
    )

    def of(kind: AccountKind) -> dict[str, int]:
        # What the group owes her stands on the credit side.
        return {key.currency: -amount for key, amount in balances.items() if key.kind is kind}

    return Statement(
        group=group,
        bills=[bill for bill in await owed_by(uow, person_id) if bill.order.group_id == group_id],
        back=of(AccountKind.REFUNDS),
        credit=of(AccountKind.CREDIT),
        earned=of(AccountKind.EARNINGS),
        ahead=await uow.balances.paid_ahead(group_id, person_id),
        movements=found[:movements_a_page],
        page=page,
        has_more=len(found) > movements_a_page,
    )


async def accounts_of(uow: UnitOfWork, group: Group, month: int, *, now: datetime) -> Accounts:
    """A group's accounts, with what was posted in a month."""
    group_id = group.id or 0
    since, until = span_of(month, group.time_zone)
    first = await uow.balances.first_posted_at(group_id)
    return Accounts(
        group=group,
        month=month,
        first=month_of(first or now, group.time_zone),
        last=month_of(now, group.time_zone),
        standings=await uow.balances.standings(group_id, until=until),
        turnover=await uow.balances.turnover(group_id, since=since, until=until),
    )


async def books_of(uow: UnitOfWork, group: Group, month: int, *, now: datetime) -> Books:
    """The same with all that it consists of."""
    group_id = group.id or 0
    since, until = span_of(month, group.time_zone)
    journal = await uow.balances.list_journal(group_id, since=since, until=until, limit=MOST_IN_JOURNAL + 1)
    return Books(
        accounts=await accounts_of(uow, group, month, now=now),
        opening=await uow.balances.standings(group_id, until=since) if since is not None else (),
        members=await uow.balances.member_standings(group_id, until=until),
        journal=journal[:MOST_IN_JOURNAL],
        is_cut=len(journal) > MOST_IN_JOURNAL,
    )
