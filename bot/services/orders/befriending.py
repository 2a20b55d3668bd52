"""Friends who were brought and order: what both will get for it is set aside with the order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.rules.promotion_friends import LOOK_AGAIN, best_terms
from bot.services.orders.batch import Batch
from storage.models import FriendCredit
from storage.repositories.orders import OrderKey
from storage.repositories.promotion_friends import BroughtFriend, FriendTerms
from storage.states import FriendCreditState, OrderEventKind
from storage.unit_of_work import UnitOfWork


class _FriendsOrder(NamedTuple):
    """An order that was just placed, and where."""

    order_id: int
    group_id: int
    person_id: int
    currency: str


async def expect_friends(uow: UnitOfWork, batch: Batch, keys: Mapping[OrderKey, int]) -> None:
    """Whoever of these buyers was brought while a promotion for friends runs has a credit to wait for.

    What both will get is set aside at once, so that no budget is passed. Costs one statement where no such
    promotion runs.
    """
    placed = _placed(batch, keys)
    if not placed:
        return
    terms = await uow.promotion_friends.in_force({key[0] for key in placed}, now=batch.now)
    if not terms:
        return
    orders = [order.order_id for order in placed.values()]
    for friend in await uow.promotion_friends.list_brought(placed.keys(), except_orders=orders):
        here = [one for one in terms if one.group_id == friend.group_id]
        await _expect(uow, friend, placed[friend.group_id, friend.friend_id], here, now=batch.now)


def _placed(batch: Batch, keys: Mapping[OrderKey, int]) -> dict[tuple[int, int], _FriendsOrder]:
    """The orders of this batch that were placed and stand, by group and person."""
    placed = {}
    for key, _, decision in batch.events:
        posted = batch.picks[key[0]]
        if posted.has_promotions and decision.kind is OrderEventKind.PLACED and batch.lines_of(key):
            order = _FriendsOrder(keys[key], posted.group_id, key[1], posted.currency)
            placed[posted.group_id, key[1]] = order
    return placed


async def _expect(
    uow: UnitOfWork,
    friend: BroughtFriend,
    order: _FriendsOrder,
    here: Sequence[FriendTerms],
    *,
    now: datetime,
) -> None:
    if await uow.flags.withheld(friend.group_id, [friend.person_id, friend.friend_id]):
        return
    for at in best_terms(here, currency=order.currency, referred_at=friend.referred_at):
        terms = here[at]
        if not await uow.promotion_friends.reserve(terms.promotion_id, 2 * terms.amount):
            continue
        # Counted with the promotion held, or friends who order at once would not see one another.
        if await _has_brought_enough(uow, terms, friend.person_id):
            await uow.promotion_friends.release(terms.promotion_id, 2 * terms.amount, uses=1)
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


async def _has_brought_enough(uow: UnitOfWork, terms: FriendTerms, person_id: int) -> bool:
    if terms.uses_per_person is None:
        return False
    brought = await uow.promotion_friends.brought_with(terms.promotion_id, [person_id])
    return brought.get(person_id, 0) >= terms.uses_per_person


async def _forget_old(uow: UnitOfWork, friend: BroughtFriend) -> None:
    """What was set aside for an order that she has cancelled since is free again."""
    key = (friend.group_id, friend.friend_id)
    old = await uow.promotion_friends.find(key)
    if old is None:
        return
    # Whoever lets it come to nothing has its promotion locked; by now that may have happened.
    await uow.promotion_terms.find(old.promotion_id, lock=True)
    old = await uow.promotion_friends.find(key)
    if old is not None and old.state is FriendCreditState.EXPECTED:
        await uow.promotion_friends.release(old.promotion_id, 2 * old.amount, uses=1)
