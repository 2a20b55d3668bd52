"""Posting, closing and extending picks, and counting the reactions to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import PickClosed
from storage.models import Group, Offer, Person, Pick, Variant
from storage.repositories.members import Seen
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class NewVariant:
    """One kind of what is offered; no stock means no limit."""

    name: str
    stock: int | None


@dataclass(frozen=True, kw_only=True)
class NewPick:
    """What a curator typed, read and found good; the price is in minor units."""

    title: str
    words: str
    price_amount: int
    currency: str
    unit: str
    variants: Sequence[NewVariant]
    closes_at: datetime
    curator_id: int | None
    photo_id: str | None
    topic_id: int | None


@dataclass(frozen=True, kw_only=True)
class ReactionRequest:
    """What one person's reactions to a message are now."""

    update_id: int
    person: Seen
    chat_id: int
    message_id: int
    emojis: tuple[str, ...]


async def post_pick(uow: UnitOfWork, group: Group, new: NewPick, *, now: datetime) -> Pick:
    """Open a pick in a group; its card follows through the outbox."""
    assert group.id is not None
    pick = Pick(
        group_id=group.id,
        offer_id=0,
        number=await uow.groups.take_pick_number(group.id),
        curator_id=new.curator_id,
        state=PickState.LIVE,
        topic_id=new.topic_id,
        opens_at=now,
        closes_at=new.closes_at,
    )
    offer = Offer(
        title=new.title,
        words=new.words,
        photo_id=new.photo_id,
        price_amount=new.price_amount,
        currency=new.currency,
        unit=new.unit,
        created_at=now,
    )
    variants = [
        Variant(offer_id=0, position=position, name=variant.name, stock=variant.stock)
        for position, variant in enumerate(new.variants)
    ]
    await uow.picks.add(offer=offer, variants=variants, pick=pick)
    assert pick.id is not None
    await uow.outbox.add_cards({pick.id: group.chat_id}, now=now)
    return pick


async def close_pick(uow: UnitOfWork, pick_id: int, *, now: datetime) -> PostedPick:
    """Close a live pick: confirm its orders, tell its curator and its buyers. Raises PickClosed."""
    posted = (await uow.picks.load([pick_id], lock=True)).get(pick_id)
    if posted is None:
        raise LookupError(f"no pick {pick_id}")
    pick = posted.pick
    if pick.state is not PickState.LIVE:
        raise PickClosed(pick.number)
    pick.state = PickState.CLOSED
    pick.closed_at = now
    await uow.picks.save(pick)
    await uow.orders.confirm(pick_id, now=now)
    await uow.outbox.add_cards({pick_id: posted.group.chat_id}, now=now)
    await _send_roll_up(uow, posted, now=now)
    await _send_receipts(uow, pick_id, now=now)
    return posted


async def extend_pick(uow: UnitOfWork, pick_id: int, *, closes_at: datetime, now: datetime) -> PostedPick:
    """Give a live pick another deadline. Raises PickClosed."""
    posted = (await uow.picks.load([pick_id], lock=True)).get(pick_id)
    if posted is None:
        raise LookupError(f"no pick {pick_id}")
    if posted.pick.state is not PickState.LIVE:
        raise PickClosed(posted.pick.number)
    posted.pick.closes_at = closes_at
    await uow.picks.save(posted.pick)
    await uow.outbox.add_cards({pick_id: posted.group.chat_id}, now=now)
    return posted


async def record_reactions(
    uow: UnitOfWork, requests: Sequence[ReactionRequest], *, now: datetime
) -> list[None]:
    """Note many people's reactions to cards; what is no card is passed over."""
    fresh = await uow.updates.record((request.update_id for request in requests), now=now)
    cards = await uow.picks.find_cards({(r.chat_id, r.message_id) for r in requests})
    told = [r for r in requests if r.update_id in fresh and (r.chat_id, r.message_id) in cards]
    if told:
        await uow.members.meet({r.person.id: r.person for r in told}.values(), now=now)
        newest = {(cards[r.chat_id, r.message_id], r.person.id): r.emojis for r in told}
        await uow.picks.replace_reactions(
            [(pick_id, person_id, emojis) for (pick_id, person_id), emojis in newest.items()], now=now
        )
        await uow.outbox.add_cards({cards[r.chat_id, r.message_id]: r.chat_id for r in told}, now=now)
    return [None] * len(requests)


async def record_anonymous_reactions(
    uow: UnitOfWork, *, chat_id: int, message_id: int, counts: Mapping[str, int], now: datetime
) -> None:
    """Note how many unnamed reactions a card has now."""
    cards = await uow.picks.find_cards({(chat_id, message_id)})
    for pick_id in cards.values():
        await uow.picks.replace_anonymous_reactions(pick_id, counts)
        await uow.outbox.add_cards({pick_id: chat_id}, now=now)


async def _send_roll_up(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    reader = await _reader(uow, posted)
    in_private = reader is not None and reader.private_is_open
    await uow.outbox.add(
        OutboxKind.ROLL_UP,
        chat_id=reader.id if reader is not None and in_private else posted.group.chat_id,
        subject_id=posted.id,
        payload={"reader_id": reader.id if reader is not None else None, "in_private": in_private},
        priority=Priority.RECEIPT,
        now=now,
    )


async def _reader(uow: UnitOfWork, posted: PostedPick) -> Person | None:
    """Whose list it is: the curator's; a pick posted in the group's name is its owner's, or a leader's."""
    reader_id = posted.pick.curator_id or posted.group.owner_id
    if reader_id is not None:
        return await uow.members.find(reader_id)
    return next(iter(await uow.members.list_leaders(posted.pick.group_id)), None)


async def _send_receipts(uow: UnitOfWork, pick_id: int, *, now: datetime) -> None:
    rows = [
        {
            "kind": OutboxKind.RECEIPT,
            "chat_id": person_id,
            "subject_id": order_id,
            "payload": None,
            "merge_key": None,
            "priority": int(Priority.RECEIPT),
            "due_at": now,
        }
        for order_id, person_id in await uow.orders.list_private_buyers(pick_id)
    ]
    await uow.outbox.add_all(rows, now=now)
