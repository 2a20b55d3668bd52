"""What is held of one person in all tables, and taking her out of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import exists, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Account,
    Draft,
    Group,
    LedgerEntry,
    Member,
    Order,
    Payment,
    Payout,
    Person,
    Pick,
    Question,
    Refund,
    Settlement,
    Team,
    TeamMember,
)
from storage.personal import HOLDINGS, Holding, belongs
from storage.states import (
    AccountKind,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PayoutStage,
    PickState,
    Presence,
    RefundStage,
    Role,
)
from storage.tables import table

Row = Mapping[str, Any]

YOU: Final = "you"
SOMEBODY_ELSE: Final = "somebody else"


class Held(NamedTuple):
    """All that is stored about a person: by table her rows, and how often she is named in others'."""

    rows: Mapping[str, Sequence[Row]]
    named_in: Mapping[str, int]


class OpenOrder(NamedTuple):
    """An order that is not over: its key, its pick's key and state, and what names it."""

    order_id: int
    pick_id: int
    chat_id: int
    group_title: str
    pick_number: int
    title: str
    state: OrderState
    pick_state: PickState


class PrivacyRepository:
    """Looks for a person everywhere, and makes her somebody whom nobody knows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def held(self, person_id: int) -> Held:
        """Everything that is stored about a person, with nobody else's data in it."""
        rows: dict[str, list[Row]] = {}
        named_in: dict[str, int] = {}
        for holding in HOLDINGS:
            of = table(holding.model)
            if holding.hers or holding.part_of is not None:
                query = core_select(of).where(belongs(holding, person_id)).order_by(*of.primary_key.columns)
                found = (await self._run(query)).mappings().all()
                others = await self._others(holding, found, person_id)
                shown = [_shown(holding, row, person_id, others) for row in found]
                if shown:
                    rows[of.name] = shown
            for name, (by, _) in holding.words_by.items():
                query = core_select(of.c.id, of.c[name]).where(of.c[by] == person_id, of.c[name].is_not(None))
                if said := [dict(row) for row in (await self._run(query)).mappings()]:
                    rows.setdefault(of.name, []).extend(said)
            for name in (*holding.mentions, *holding.leaves):
                counted = core_select(func.count()).select_from(of).where(of.c[name] == person_id)
                if count := (await self._run(counted)).scalar_one():
                    named_in[f"{of.name}.{name}"] = count
        return Held(rows=rows, named_in=named_in)

    async def _others(self, holding: Holding, rows: Sequence[Row], person_id: int) -> Mapping[int, str]:
        """Who else is named in what she is shown without others."""
        numbers = {number for row in rows for name in holding.masked for number in _numbers(row[name])}
        known = core_select(col(Person.id)).where(col(Person.id).in_(numbers - {person_id}))
        others = (await self._run(known)).scalars() if numbers else ()
        return dict.fromkeys(others, SOMEBODY_ELSE)

    async def list_open_orders(self, person_id: int) -> list[OpenOrder]:
        """Her orders that are neither completed nor cancelled, the oldest first."""
        order, pick, group = table(Order), table(Pick), table(Group)
        offer = SQLModel.metadata.tables["offer"]
        query = (
            core_select(
                *(order.c.id, order.c.pick_id, group.c.chat_id, group.c.title),
                *(pick.c.number, offer.c.title, order.c.state, pick.c.state),
            )
            .join(pick, pick.c.id == order.c.pick_id)
            .join(group, group.c.id == pick.c.group_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .where(order.c.person_id == person_id)
            .where(order.c.state.not_in([OrderState.COMPLETED, OrderState.CANCELLED]))
            .order_by(order.c.id)
        )
        return [OpenOrder(*row) for row in await self._run(query)]

    async def list_cards(self, person_id: int) -> dict[int, int]:
        """The live picks whose cards may show her: she vouches, posts, asks or is in a team; pick -> chat."""
        pick, group = table(Pick), table(Group)
        teams = core_select(col(Team.pick_id)).join(TeamMember, col(TeamMember.team_id) == col(Team.id))
        query = (
            core_select(pick.c.id, group.c.chat_id)
            .join(group, group.c.id == pick.c.group_id)
            .where(pick.c.state == PickState.LIVE)
            .where(
                or_(
                    pick.c.vouched_by_id == person_id,
                    pick.c.curator_id == person_id,
                    pick.c.id.in_(
                        core_select(col(Question.pick_id)).where(col(Question.person_id) == person_id)
                    ),
                    pick.c.id.in_(teams.where(col(TeamMember.person_id) == person_id)),
                )
            )
        )
        return {pick_id: chat_id for pick_id, chat_id in await self._run(query)}

    async def list_owned(self, person_id: int) -> list[str]:
        """The titles of the groups that she owns and in which the bot still is."""
        query = (
            core_select(col(Group.title))
            .join(Member, col(Member.group_id) == col(Group.id))
            .where(col(Member.person_id) == person_id, col(Member.role) == Role.OWNER)
            .where(col(Member.presence) == Presence.JOINED, col(Group.is_active))
            .order_by(col(Group.id))
        )
        return list((await self._run(query)).scalars())

    async def sums(self, person_id: int) -> list[tuple[str, AccountKind, str, int]]:
        """What groups owe her, in minor units: group, kind (credit, earnings, refunds), currency, amount."""
        account, entry, group = table(Account), table(LedgerEntry), table(Group)
        # What the group owes her stands on the credit side.
        owed = -func.sum(entry.c.amount)
        query = (
            core_select(group.c.title, account.c.kind, account.c.currency, owed)
            .join(entry, entry.c.account_id == account.c.id)
            .join(group, group.c.id == account.c.group_id)
            .where(account.c.person_id == person_id, account.c.kind != AccountKind.MEMBER)
            .group_by(account.c.id, group.c.title)
            .having(owed > 0)
            .order_by(account.c.id)
        )
        return [
            (title, kind, currency, int(amount)) for title, kind, currency, amount in await self._run(query)
        ]

    async def list_open_payouts(self, person_id: int) -> list[int]:
        """Her payouts that are asked for or approved, and not paid."""
        query = core_select(col(Payout.id)).where(
            col(Payout.person_id) == person_id,
            col(Payout.stage).in_([PayoutStage.ASKED, PayoutStage.APPROVED]),
        )
        return list((await self._run(query)).scalars())

    async def is_money_under_way(self, person_id: int, *, now: datetime) -> bool:
        """Whether Telegram is about to take or give money that needs her own number, or is to be reckoned."""
        own = core_select(col(Order.id)).where(col(Order.person_id) == person_id)
        query = core_select(
            or_(
                exists().where(col(Settlement.order_id).in_(own)),
                exists().where(
                    col(Payment.person_id) == person_id,
                    col(Payment.stage) == PaymentStage.PAYING,
                    col(Payment.expires_at) > now,
                ),
                exists().where(
                    col(Refund.person_id) == person_id,
                    col(Refund.method) == PaymentMethod.STARS,
                    col(Refund.stage) == RefundStage.DUE,
                ),
            )
        )
        return bool((await self._run(query)).scalar_one())

    async def list_asked(self, step: str) -> list[tuple[int, datetime]]:
        """Who asked to be forgotten, under this step of drafts, and when; who asked first comes first."""
        query = core_select(col(Draft.person_id), col(Draft.created_at)).where(col(Draft.step) == step)
        return [(who, at) for who, at in await self._run(query.order_by(col(Draft.id)))]

    async def note_deactivated(self, person_id: int, *, now: datetime) -> None:
        """Telegram says that her account is no more."""
        statement = update(Person).where(col(Person.id) == person_id, col(Person.deactivated_at).is_(None))
        await self._run(statement.values(deactivated_at=now, private_is_open=False))

    async def list_deactivated(self, *, before: datetime, limit: int) -> list[int]:
        """Whose account has been no more since before then, and who is not forgotten yet."""
        query = core_select(col(Person.id)).where(
            col(Person.deactivated_at) < before, col(Person.erased_at).is_(None)
        )
        return list((await self._run(query.order_by(col(Person.id)).limit(limit))).scalars())

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


def _shown(holding: Holding, row: Row, person_id: int, others: Mapping[int, str]) -> Row:
    """A row as its person is shown it: others are somebody else, and documents about them are left out."""
    of = table(holding.model)
    hidden = set(holding.documents) - {*holding.shown, *holding.masked}
    people = {*holding.hers, *holding.goes, *holding.mentions}
    whole = {
        column.name: _who(row[column.name], person_id) if column.name in people else row[column.name]
        for column in of.columns
        if column.name not in hidden
    }
    return whole | {name: _masked(row[name], {**others, person_id: YOU}) for name in holding.masked}


def _who(value: Any, person_id: int) -> str | None:
    if value is None:
        return None
    return YOU if value == person_id else SOMEBODY_ELSE


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        yield from _numbers([*value, *value.values()])
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        yield int(value)


def _masked(value: Any, people: Mapping[int, str]) -> Any:
    if isinstance(value, dict):
        return {_masked(key, people): _masked(one, people) for key, one in value.items()}
    if isinstance(value, list):
        return [_masked(one, people) for one in value]
    is_number = isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
    return people.get(int(value), value) if is_number else value
