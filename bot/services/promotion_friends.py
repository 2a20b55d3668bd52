"""The credit that both get once a friend who was brought has ordered, and has kept it."""

from datetime import datetime

from bot.rules import ledger
from bot.rules.promotion_friends import LOOK_AGAIN, FriendOrder, decide
from storage.repositories.promotion_friends import FriendFacts, FriendKey
from storage.states import FriendCreditState, OutboxKind, TransactionKind
from storage.unit_of_work import UnitOfWork


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
        has_case=bool(await uow.cases.has_open([credit.order_id])),
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
    other = await uow.promotion_friends.next_order(key, after=credit.order_id)
    if other is not None and facts.present:
        credit.order_id, credit.due_at = other, now
        await uow.promotion_friends.save(credit)
        return
    credit.state = FriendCreditState.VOID
    await uow.promotion_friends.save(credit)
    await uow.promotion_friends.release(credit.promotion_id, 2 * credit.amount, uses=1)
