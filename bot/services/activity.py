"""Counting talk: how much is said, in which hour somebody was there, and who answers whom; never what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final

from storage.repositories.members import Seen
from storage.unit_of_work import UnitOfWork

_BEYOND_UPDATES: Final = 2**56


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkRequest:
    """Somebody said something in a chat; None: she spoke as the group."""

    update_id: int
    chat_id: int
    person: Seen | None
    said_at: datetime
    #: Whom she answered, or which message of ours.
    answers: Seen | None = None
    answers_our_message_id: int | None = None
    #: The same for all messages of one album, which say one thing.
    album_id: str | None = None

    @property
    def key(self) -> int:
        """Under which number its talk is noted: below all that are noted of updates."""
        if self.album_id is None:
            return -self.update_id
        name = f"{self.chat_id}:{self.album_id}".encode()
        return -_BEYOND_UPDATES - int.from_bytes(blake2b(name, digest_size=6).digest())


async def record_talk(uow: UnitOfWork, requests: Sequence[TalkRequest], *, now: datetime) -> list[None]:
    """Count what many said; who ordered or asked by it was there, but said nothing ordinary.

    A message may be an order, too, and have its effect under its update's own number: its talk is noted
    under the negative one, which Telegram never gives; that of an album once.
    """
    groups = await uow.activity.find_groups({request.chat_id for request in requests})
    known = [request for request in requests if request.chat_id in groups]
    # The first of those that are noted as one.
    firsts = {request.key: request for request in reversed(known)}
    fresh = await uow.updates.record(firsts, now=now) if known else ()
    heard = [request for request in known if request.key in fresh and firsts[request.key] is request]
    if heard:
        meant = await uow.updates.list_known(request.update_id for request in heard)
        ordinary = [request for request in heard if request.update_id not in meant]
        # Picks are locked first, as they are by those who order.
        await _count_answers_to_cards(uow, ordinary)
        await _note_people(uow, heard, groups, now=now)
        await uow.activity.count_messages(Counter(groups[request.chat_id] for request in ordinary))
    return [None] * len(requests)


async def _count_answers_to_cards(uow: UnitOfWork, ordinary: Sequence[TalkRequest]) -> None:
    answered = [
        (request.chat_id, request.answers_our_message_id)
        for request in ordinary
        if request.answers_our_message_id is not None
    ]
    if answered:
        cards = await uow.picks.find_cards(set(answered))
        await uow.activity.count_replies(Counter(cards[place] for place in answered if place in cards))


async def _note_people(
    uow: UnitOfWork, heard: Sequence[TalkRequest], groups: Mapping[int, int], *, now: datetime
) -> None:
    """When people were there, by the hour, and who answered whom."""
    seen, hours = dict[int, Seen](), dict[datetime, list[tuple[int, int]]]()
    answers = []
    for request in heard:
        if (person := request.person) is None:
            continue
        group_id, hour = groups[request.chat_id], request.said_at.replace(minute=0, second=0, microsecond=0)
        seen[person.id] = person
        hours.setdefault(hour, []).append((group_id, person.id))
        if (other := request.answers) is not None and other.id != person.id:
            answers.append((group_id, person.id, other.id))
    await uow.members.meet(seen.values(), now=now)
    for hour in sorted(hours):
        await uow.activity.note_active(hours[hour], hour=hour)
    await uow.acquaintances.count_replies(answers, now=now)
