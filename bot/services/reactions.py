"""Counting the reactions to cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.repositories.members import Seen
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class ReactionRequest:
    """What one person's reactions to a message are now."""

    update_id: int
    person: Seen
    chat_id: int
    message_id: int
    emojis: tuple[str, ...]


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
