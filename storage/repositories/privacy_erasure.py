"""Taking a person out of all tables: what is hers is deleted, or becomes somebody's whom nobody knows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, or_, update
from sqlalchemy import String as Text
from sqlalchemy import cast as sql_cast
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cleaning import Traces
from storage.models import (
    AuditEntry,
    Case,
    CaseEvent,
    Group,
    InviteLink,
    Member,
    Order,
    OutboxEntry,
    Person,
    Refund,
)
from storage.personal import DELETED_WHERE_NAMED, HOLDINGS, Holding, belongs
from storage.states import (
    CaseAct,
    CaseOutcome,
    CaseSide,
    CaseStage,
    PaymentMethod,
    Presence,
    RefundStage,
    Role,
)
from storage.tables import table

_VALUE: Final = "cleaned"
_OF_ROW: Final = "_of_row"


class OwnLink(NamedTuple):
    """An invite link, and the chat that it leads to."""

    chat_id: int
    url: str


class Audited(NamedTuple):
    """Which entries of the audit log may name a person, and up to which entry it was looked through."""

    entry_ids: Sequence[int]
    last_id: int


class ErasureRepository:
    """Makes a person somebody whom nobody knows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

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
        gone = await self._run(delete(Person).where(col(Person.id) == person_id))
        if not gone.rowcount:
            # Another process was first: there shall be no second pseudonym, with nothing in it.
            raise LookupError(f"no person {person_id} any more")
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
            where = belongs(holding, pseudonym)
            await self._run(update(of).where(where, said).values({name: value}))

    async def _clean(self, holding: Holding, name: str, traces: Traces, audited: Audited) -> None:
        of = table(holding.model)
        keys = list(of.primary_key.columns)
        named = (
            or_(of.c.id.in_(audited.entry_ids), of.c.id > audited.last_id, belongs(holding, traces.pseudonym))
            if holding.model is AuditEntry
            else _may_name(holding, name, traces)
        )
        query = core_select(*keys, of.c[name]).where(named)
        found = [(row[:-1], row[-1], traces.cleaned(row[-1])) for row in await self._run(query)]
        changed = [
            {_VALUE: cleaned, **{key.name + _OF_ROW: part for key, part in zip(keys, these, strict=True)}}
            for these, value, cleaned in found
            if cleaned != value
        ]
        if not changed:
            return
        this = [key == bindparam(key.name + _OF_ROW, type_=key.type) for key in keys]
        # In one go: those with rights have done thousands of things, and everybody waits.
        if holding.model in DELETED_WHERE_NAMED:
            for row in changed:
                del row[_VALUE]
            await self._run(delete(of).where(*this), changed)
        else:
            value = bindparam(_VALUE, type_=of.c[name].type)
            await self._run(update(of).where(*this).values({name: value}), changed)

    async def _end_all(self, pseudonym: int, *, now: datetime) -> None:
        """She is in no group, nobody answers what she said was wrong, and Telegram gives her nothing."""
        # Whoever leads the group sees it among what is owed back, and ticks it off.
        await self._run(
            update(Refund)
            .where(
                col(Refund.person_id) == pseudonym,
                col(Refund.method) == PaymentMethod.STARS,
                col(Refund.stage) == RefundStage.DUE,
            )
            .values(method=PaymentMethod.TRANSFER)
        )
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
                query = core_select(of.c[name]).where(belongs(holding, person_id)).distinct()
                texts |= set(_strings((await self._run(query)).scalars()))
            for name, (by, _) in holding.words_by.items():
                query = core_select(of.c[name]).where(of.c[by] == person_id)
                texts |= set(_strings((await self._run(query)).scalars()))
        return texts

    async def _run(self, statement: Any, rows: Sequence[Mapping[str, Any]] | None = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)


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
        conditions.append(belongs(holding, traces.pseudonym))
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
