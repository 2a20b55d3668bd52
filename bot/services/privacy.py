"""What is held about a person, what she would lose, and forgetting her."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.i18n import DEFAULT_LANGUAGE
from bot.money import Money
from bot.rules.privacy import ASKED, alias
from storage.personal import FAR_BELOW
from storage.repositories.outbox import Priority
from storage.repositories.privacy import OpenOrder
from storage.repositories.privacy_erasure import Audited
from storage.states import AccountKind, OrderState, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_FURTHEST_BELOW: Final = -(2**62)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a group owes somebody, as which kind of money."""

    group_title: str
    kind: AccountKind
    money: Money


@dataclass(frozen=True, kw_only=True)
class Losses:
    """What somebody loses who is forgotten, and what stands in the way."""

    owed: Sequence[Owed]
    #: They are cancelled.
    cancelled: Sequence[OpenOrder]
    #: They stay as they are: their picks have closed.
    bound: Sequence[OpenOrder]
    #: The groups that she owns: while she does, Telegram names her to us again and again.
    owned: Sequence[str]
    #: She waits already.
    is_asked: bool


@dataclass(frozen=True, kw_only=True)
class MyData:
    """All that is held about somebody, and when it was gathered."""

    gathered_at: datetime
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    named_in: Mapping[str, int]


class StillUnderWay(Exception):
    """She has an order that can be cancelled: nobody is forgotten before it is."""


async def my_data(uow: UnitOfWork, person_id: int, *, now: datetime) -> MyData:
    """Everything that is held about a person, and nobody else's data."""
    held = await uow.privacy.held(person_id)
    return MyData(gathered_at=now, rows=held.rows, named_in=held.named_in)


async def losses_of(uow: UnitOfWork, person_id: int) -> Losses:
    """What a person would lose by being forgotten now."""
    orders = await uow.privacy.list_open_orders(person_id)
    return Losses(
        owed=[
            Owed(group_title=title, kind=kind, money=Money(amount=amount, currency=currency))
            for title, kind, currency, amount in await uow.privacy.sums(person_id)
        ],
        cancelled=[order for order in orders if may_be_cancelled(order)],
        bound=[order for order in orders if not may_be_cancelled(order)],
        owned=await uow.privacy.list_owned(person_id),
        is_asked=await uow.pickups.find_waiting(person_id, ASKED) is not None,
    )


def may_be_cancelled(order: OpenOrder) -> bool:
    """Whether a member can still cancel an order herself."""
    return order.state is OrderState.PLACED and order.pick_state is PickState.LIVE


async def ask_to_be_forgotten(uow: UnitOfWork, person_id: int, *, now: datetime) -> bool:
    """A person wants to be forgotten, for good; a job does it. Says no to whoever owns a group."""
    if await uow.privacy.list_owned(person_id):
        return False
    if await uow.pickups.find_waiting(person_id, ASKED) is None:
        await uow.pickups.wait_for(person_id, ASKED, {}, now=now)
    return True


async def forget(uow: UnitOfWork, person_id: int, audited: Audited, *, now: datetime, may_wait: bool) -> int:
    """Forget a person, in one transaction; returns the number, which says nothing, of what is left of her.

    Raises StillUnderWay for whoever may wait, and LookupError.
    """
    person = await uow.members.get(person_id)
    if may_wait and any(map(may_be_cancelled, await uow.privacy.list_open_orders(person_id))):
        raise StillUnderWay
    reads, language = person.private_is_open and person.deactivated_at is None, person.language
    cards = await uow.privacy.list_cards(person_id)
    pseudonym = FAR_BELOW - 1 - secrets.randbelow(FAR_BELOW - _FURTHEST_BELOW)
    links = await uow.erasure.erase(
        person_id, audited, pseudonym=pseudonym, alias=alias(pseudonym), language=DEFAULT_LANGUAGE, now=now
    )
    for link in links:
        # Whoever administers the group sees its links, with the names that they were made under.
        for deed in ("rename", "revoke"):
            await uow.outbox.add(
                OutboxKind.LINK_REVOKED,
                chat_id=link.chat_id,
                payload={"url": link.url, "deed": deed},
                priority=Priority.CARD,
                now=now,
            )
    await uow.outbox.add_cards(cards, now=now)
    if reads:
        await uow.outbox.add(OutboxKind.FAREWELL, chat_id=person_id, payload={"language": language}, now=now)
    return pseudonym
