"""What is held of one person in all tables, and taking her out of them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Table, delete, exists, func, insert, or_, update
from sqlalchemy import String as Text
from sqlalchemy import cast as sql_cast
from sqlalchemy import select as core_select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cleaning import Traces
from storage.models import (
    Account,
    AuditEntry,
    Case,
    CaseEvent,
    Draft,
    Group,
    InviteLink,
    LedgerEntry,
    Member,
    Order,
    OutboxEntry,
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
from storage.personal import DELETED_WHERE_NAMED, HOLDINGS, Holding, holding_of
from storage.states import (
    AccountKind,
    CaseAct,
    CaseOutcome,
    CaseSide,
    CaseStage,
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


class OwnLink(NamedTuple):
    """An invite link, and the chat that it leads to."""

    chat_id: int
    url: str


class Audited(NamedTuple):
    """Which entries of the audit log may name a person, and up to which entry it was looked through."""

    entry_ids: Sequence[int]
    last_id: int


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
                query = core_select(of).where(_belongs(holding, person_id)).order_by(*of.primary_key.columns)
                shown = [_shown(holding, row, person_id) for row in (await self._run(query)).mappings()]
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

    async def find_audited(self, person_id: int) -> Audited:
        """Look through the audit log, which grows with each order: not where others wait to write."""
        entry = table(AuditEntry)
        last_id = (await self._run(core_select(func.coalesce(func.max(entry.c.id), 0)))).scalar_one()
        query = core_select(entry.c.id).where(
            or_(_says(entry.c.details, str(person_id)), _of_her_orders(entry, person_id))
        )
        return Audited(entry_ids=list((await self._run(query)).scalars()), last_id=last_id)

    async def erase(
        self, person_id: int, audited: Audited, *, pseudonym: int, alias: str, language: str, now: datetime
    ) -> list[OwnLink]:
        """Give all that is hers and stays to a new person without a name, and delete the rest and her.

        Returns the invite links that were hers. Raises LookupError where nobody has this id.
        """
        person = (
            await self._run(core_select(table(Person)).where(col(Person.id) == person_id))
        ).one_or_none()
        if person is None:
            raise LookupError(f"no person {person_id}")
        links = await self._links(person_id)
        traces = Traces(
            person_id=person_id,
            pseudonym=pseudonym,
            names=[name for name in (person.name, person.username) if name],
            texts=await self._texts(person_id),
        )
        await self._run(
            insert(table(Person)).values(
                id=pseudonym,
                name=alias,
                language=language,
                language_is_chosen=False,
                private_is_open=False,
                hides_name=True,
                shows_purchases=False,
                erased_at=now,
                created_at=now,
            )
        )
        for holding in HOLDINGS:
            if holding.model is not Person:
                await self._move(holding, traces)
        await self._end_all(pseudonym, now=now)
        for holding in HOLDINGS:
            await self._blank(holding, pseudonym)
            for name in holding.documents:
                await self._clean(holding, name, traces, audited)
        await self._run(delete(Person).where(col(Person.id) == person_id))
        return links

    async def _move(self, holding: Holding, traces: Traces) -> None:
        of, old, new = table(holding.model), traces.person_id, traces.pseudonym
        for name, (by, value) in holding.words_by.items():
            await self._run(update(of).where(of.c[by] == old).values({name: value}))
        if holding.goes:
            await self._run(delete(of).where(or_(*(of.c[name] == old for name in holding.goes))))
        for name in (*holding.hers, *holding.mentions):
            if name not in holding.goes:
                await self._run(update(of).where(of.c[name] == old).values({name: new}))
        for name in holding.leaves:
            await self._run(update(of).where(of.c[name] == old).values({name: None}))
        for name in holding.cursors:
            await self._run(update(of).where(of.c[name] == old).values({name: old - 1}))

    async def _blank(self, holding: Holding, pseudonym: int) -> None:
        if set(holding.goes) & set(holding.hers):
            return
        of = table(holding.model)
        for name, value in holding.words.items():
            said = of.c[name].is_not(None) if value is None else of.c[name] != value
            # Where nothing was said, nothing changes: the ledger would take it for a forgery.
            where = _belongs(holding, pseudonym)
            await self._run(update(of).where(where, said).values({name: value}))

    async def _clean(self, holding: Holding, name: str, traces: Traces, audited: Audited) -> None:
        of = table(holding.model)
        keys = list(of.primary_key.columns)
        named = (
            or_(
                of.c.id.in_(audited.entry_ids), of.c.id > audited.last_id, _belongs(holding, traces.pseudonym)
            )
            if holding.model is AuditEntry
            else _may_name(holding, name, traces)
        )
        query = core_select(*keys, of.c[name]).where(named)
        for row in (await self._run(query)).all():
            value = row[-1]
            cleaned = traces.cleaned(value)
            if cleaned == value:
                continue
            this = [key == part for key, part in zip(keys, row[:-1], strict=True)]
            if holding.model in DELETED_WHERE_NAMED:
                await self._run(delete(of).where(*this))
            else:
                await self._run(update(of).where(*this).values({name: cleaned}))

    async def _end_all(self, pseudonym: int, *, now: datetime) -> None:
        """She is in no group any more, and nobody answers what she said was wrong."""
        await self._run(
            update(Member)
            .where(col(Member.person_id) == pseudonym)
            .values(
                presence=Presence.LEFT,
                role=Role.MEMBER,
                is_appointed=False,
                own_picks_only=False,
                active_at=None,
            )
        )
        open_cases = core_select(col(Case.id)).where(
            col(Case.person_id) == pseudonym, col(Case.resolved_at).is_(None)
        )
        for case_id in (await self._run(open_cases)).scalars().all():
            await self._run(
                update(Case)
                .where(col(Case.id) == case_id)
                .values(
                    stage=CaseStage.RESOLVED,
                    outcome=CaseOutcome.NOTHING,
                    offered=None,
                    offered_amount=None,
                    due_at=None,
                    resolved_at=now,
                )
            )
            await self._run(
                insert(table(CaseEvent)).values(
                    case_id=case_id,
                    act=CaseAct.SETTLED,
                    side=CaseSide.BOT,
                    words="",
                    outcome=CaseOutcome.NOTHING,
                    happened_at=now,
                )
            )

    async def _links(self, person_id: int) -> list[OwnLink]:
        query = (
            core_select(col(Group.chat_id), col(InviteLink.url))
            .join(Group, col(Group.id) == col(InviteLink.group_id))
            .where(col(InviteLink.person_id) == person_id, col(Group.is_active))
            .order_by(col(Group.id))
        )
        return [OwnLink(*row) for row in await self._run(query)]

    async def _texts(self, person_id: int) -> set[str]:
        """What she wrote, wherever it may have been written down once more."""
        texts: set[str] = set()
        for holding in HOLDINGS:
            of = table(holding.model)
            if holding.model is Person:
                continue
            for name in holding.words:
                query = core_select(of.c[name]).where(_belongs(holding, person_id)).distinct()
                texts |= set(_strings((await self._run(query)).scalars()))
            for name, (by, _) in holding.words_by.items():
                query = core_select(of.c[name]).where(of.c[by] == person_id)
                texts |= set(_strings((await self._run(query)).scalars()))
        return texts

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


def _belongs(holding: Holding, person_id: int) -> ColumnElement[bool]:
    """Which rows of a table are hers, or part of what is."""
    of = table(holding.model)
    if holding.part_of is None:
        return or_(*(of.c[name] == person_id for name in holding.hers))
    parent = table(holding.part_of.parent)
    theirs = core_select(parent.c[holding.part_of.parent_column])
    return of.c[holding.part_of.column].in_(
        theirs.where(_belongs(holding_of(holding.part_of.parent), person_id))
    )


def _shown(holding: Holding, row: Row, person_id: int) -> Row:
    """A row as its person is shown it: others are somebody else, and documents about them are left out."""
    of = table(holding.model)
    hidden = set(holding.documents) - set(holding.shown)
    people = {*holding.hers, *holding.goes, *holding.mentions}
    return {
        column.name: _who(row[column.name], person_id) if column.name in people else row[column.name]
        for column in of.columns
        if column.name not in hidden
    }


def _who(value: Any, person_id: int) -> str | None:
    if value is None:
        return None
    return YOU if value == person_id else SOMEBODY_ELSE


def _may_name(holding: Holding, name: str, traces: Traces) -> ColumnElement[bool]:
    """Which rows may name her in this column: by her number anywhere, by her name in what is hers."""
    of = table(holding.model)
    conditions: list[ColumnElement[bool]] = []
    if name not in holding.shown:
        conditions.append(_says(of.c[name], str(traces.person_id)))
    if holding.model in (*DELETED_WHERE_NAMED, OutboxEntry):
        forms = {form for written in traces.written for form in (written, json.dumps(written)[1:-1])}
        conditions += [_says(of.c[name], form) for form in sorted(forms)]
    if (holding.hers and not holding.goes) or holding.part_of is not None:
        conditions.append(_belongs(holding, traces.pseudonym))
    if "order_id" in of.c and holding.part_of is None:
        conditions.append(_of_her_orders(of, traces.pseudonym))
    return or_(*conditions)


def _says(column: Any, words: str) -> ColumnElement[bool]:
    return sql_cast(column, Text).contains(words, autoescape=True)


def _of_her_orders(of: Table, person_id: int) -> ColumnElement[bool]:
    return of.c.order_id.in_(core_select(col(Order.id)).where(col(Order.person_id) == person_id))


def _strings(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _strings(value)
