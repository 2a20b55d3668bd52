"""Bringing friends: what is expected as one of them orders, and the credit that both get for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.rules import ledger
from bot.rules.promotion_friends import LOOK_AGAIN, FriendOrder, best_terms, decide
from storage.models import FriendCredit
from storage.repositories.promotion_friends import BroughtFriend, FriendFacts, FriendKey, FriendTerms
from storage.states import FriendCreditState, OutboxKind, TransactionKind
from storage.unit_of_work import UnitOfWork


class FriendsOrder(NamedTuple):
    """An order that was just placed, and where."""

    order_id: int
    group_id: int
    person_id: int
    currency: str


async def expect_credits(uow: UnitOfWork, orders: Sequence[FriendsOrder], *, now: datetime) -> None:
    """Whoever of these buyers was brought while a promotion for friends runs has a credit to wait for.

    What both will get is set aside at once, so that no budget is passed. Costs one statement where no such
    promotion runs.
    """
    by_key = {(order.group_id, order.person_id): order for order in orders}
    if not by_key:
        return
    terms = await uow.promotion_friends.in_force({key[0] for key in by_key}, now=now)
    if not terms:
        return
    placed = [order.order_id for order in orders]
    for friend in await uow.promotion_friends.list_brought(by_key.keys(), except_orders=placed):
        order = by_key[friend.group_id, friend.friend_id]
        here = [one for one in terms if one.group_id == friend.group_id]
        await _expect(uow, friend, order, here, now=now)


async def look_at(uow: UnitOfWork, key: FriendKey, *, now: datetime) -> None:
    """Give a friend's credit to both, let it wait, or let it come to nothing."""
    facts = await uow.promotion_friends.lock(key)
    if facts is None or facts.credit.state is not FriendCreditState.EXPECTED or facts.credit.due_at > now:
        return
    verdict = decide(await _order(uow, facts), now=now)
    if verdict.deed == "give":
        await _give(uow, facts, now=now)
    elif verdict.deed == "void":
        await _void(uow, facts, now=now)
    else:
        facts.credit.due_at = verdict.until or now + LOOK_AGAIN
        await uow.promotion_friends.save(facts.credit)


async def _expect(
    uow: UnitOfWork, friend: BroughtFriend, order: FriendsOrder, here: Sequence[FriendTerms], *, now: datetime
) -> None:
    if await uow.flags.withheld(friend.group_id, [friend.person_id, friend.friend_id]):
        return
    for at in best_terms(here, currency=order.currency, referred_at=friend.referred_at):
        terms = here[at]
        if terms.uses_per_person is not None:
            brought = await uow.promotion_friends.brought_with(terms.promotion_id, [friend.person_id])
            if brought.get(friend.person_id, 0) >= terms.uses_per_person:
                continue
        if not await uow.promotion_friends.reserve(terms.promotion_id, 2 * terms.amount):
            continue
        await _forget_old(uow, friend)
        await uow.promotion_friends.expect(
            FriendCredit(
                group_id=friend.group_id,
                friend_id=friend.friend_id,
                person_id=friend.person_id,
                promotion_id=terms.promotion_id,
                order_id=order.order_id,
                state=FriendCreditState.EXPECTED,
                amount=terms.amount,
                currency=terms.currency,
                created_at=now,
                due_at=now + LOOK_AGAIN,
            )
        )
        return


async def _forget_old(uow: UnitOfWork, friend: BroughtFriend) -> None:
    """What was set aside for an order that she has cancelled since is free again."""
    old = await uow.promotion_friends.find((friend.group_id, friend.friend_id))
    if old is not None and old.state is FriendCreditState.EXPECTED:
        await uow.promotion_friends.release(old.promotion_id, 2 * old.amount, uses=1)


async def _order(uow: UnitOfWork, facts: FriendFacts) -> FriendOrder:
    credit = facts.credit
    money = (await uow.payments.money([credit.order_id]))[credit.order_id]
    both = [credit.person_id, credit.friend_id]
    withheld = await uow.flags.withheld(credit.group_id, both)
    suspected = await uow.flags.suspected(credit.group_id, both)
    return FriendOrder(
        money=money,
        fulfilment_state=facts.fulfilment_state,
        handed_over_at=facts.handed_over_at,
        is_tracked=money.is_tracked,
        minimum_amount=facts.minimum_amount,
        return_days=facts.return_days,
        present=0 if withheld else len(facts.present),
        is_suspected=bool(suspected),
    )


async def _give(uow: UnitOfWork, facts: FriendFacts, *, now: datetime) -> None:
    credit = facts.credit
    given_to = [key for key in (credit.friend_id, credit.person_id) if key in facts.present]
    await uow.ledger.post(
        TransactionKind.FRIEND_CREDIT,
        ledger.friend_credit(given_to, credit.amount, credit.currency),
        group_id=credit.group_id,
        order_id=credit.order_id,
        now=now,
    )
    if len(given_to) < 2:
        # Whoever has left the group could spend nothing in it.
        await uow.promotion_friends.release(credit.promotion_id, credit.amount, uses=0)
    credit.state, credit.given_at = FriendCreditState.GIVEN, now
    await uow.promotion_friends.save(credit)
    for person_id in await uow.pickups.readers(given_to):
        await uow.outbox.add(
            OutboxKind.FRIEND_CREDIT,
            chat_id=person_id,
            subject_id=credit.group_id,
            payload={
                "amount": credit.amount,
                "currency": credit.currency,
                "was_brought": person_id == credit.friend_id,
            },
            now=now,
        )


async def _void(uow: UnitOfWork, facts: FriendFacts, *, now: datetime) -> None:
    """Another order of hers may take the place of one that came to nothing."""
    credit = facts.credit
    key = (credit.group_id, credit.friend_id)
    other = await uow.promotion_friends.next_order(key, since=credit.created_at, but=credit.order_id)
    if other is not None and facts.present:
        credit.order_id, credit.due_at = other, now
        await uow.promotion_friends.save(credit)
        return
    credit.state = FriendCreditState.VOID
    await uow.promotion_friends.save(credit)
    await uow.promotion_friends.release(credit.promotion_id, 2 * credit.amount, uses=1)
