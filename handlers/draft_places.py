"""What is chosen by buttons in a draft, where it may be posted, and the pick that it becomes."""

import re
from dataclasses import replace
from datetime import datetime

from bot.draft_errors import (
    DraftGroupLeft,
    DraftNotYours,
    TopicClosed,
    TopicUnknown,
)
from bot.errors import ButtonOutdated
from bot.posting import Place
from bot.rules.drafts import DraftContent, DraftPlace, cleared, closing_time
from bot.services.picks import NewPick, NewVariant
from handlers.access import is_leader, may_curate
from storage.models import Draft, Group
from storage.states import DraftStep
from storage.unit_of_work import UnitOfWork

_LONGEST_RUN_HOURS = 24 * 30
_TOPIC_LINK = re.compile(
    r"(?:https?://)?(?:t\.me|telegram\.me)/(?:c/(?P<chat>\d{1,15})|(?P<name>[A-Za-z]\w{3,}))/(?P<topic>\d{1,12})"
    r"(?:/\d+)?(?:\?.*)?"
)


async def chosen(
    uow: UnitOfWork, draft: Draft, content: DraftContent, step: DraftStep, value: str
) -> DraftContent:
    """The draft with a value that a button named; an empty one clears the step. Raises ButtonOutdated."""
    if not value:
        places = tuple(replace(place, topic_id=None) for place in content.places)
        return replace(content, places=places) if step is DraftStep.TOPIC else cleared(content, step)
    match step:
        case DraftStep.PLACE:
            return await _with_group(uow, draft, content, _key(value))
        case DraftStep.POINTS:
            return await _with_point(uow, content, _key(value))
        case DraftStep.TOPIC:
            group_id, _, topic_id = value.partition(".")
            return _with_topic(content, _key(group_id), _key(topic_id))
        case DraftStep.DEADLINE if 0 < _key(value) <= _LONGEST_RUN_HOURS:
            return replace(content, runs_hours=_key(value), closes_at=None)
    raise ButtonOutdated


async def topic_linked(uow: UnitOfWork, content: DraftContent, text: str) -> DraftContent:
    """The draft with the topic that a pasted link leads to. Raises TopicUnknown."""
    match = _TOPIC_LINK.fullmatch(text.strip())
    for group_id in content.group_ids if match is not None else ():
        group = await uow.groups.find(group_id)
        if match is not None and group is not None and group.is_forum and _is_meant(match, group):
            return _with_topic(content, group_id, int(match["topic"]))
    raise TopicUnknown(text)


async def places_to_post(uow: UnitOfWork, content: DraftContent, person_id: int) -> list[Place]:
    """Where the draft is posted, each place looked at once more.

    Raises DraftGroupLeft, DraftNotYours and TopicClosed.
    """
    return [await _place(uow, content, place, person_id) for place in content.places]


def new_pick(content: DraftContent, curator_id: int, *, now: datetime) -> NewPick:
    """The pick that a complete draft becomes."""
    assert content.price_amount is not None
    return NewPick(
        title=content.title,
        words=content.words,
        price_amount=content.price_amount,
        currency=content.currency,
        unit=content.unit,
        variants=[NewVariant(name=v.name, stock=v.stock, options=v.options) for v in content.kinds],
        curator_id=curator_id,
        closes_at=closing_time(content, now=now),
        opens_at=content.opens_at,
        photo_id=next(iter(content.photo_ids), None),
        photo_ids=content.photo_ids[1:],
        option_names=content.option_names,
        tiers=dict(content.tiers),
        minimum_quantity=content.minimum_quantity,
        limit_per_person=content.limit_per_person,
        team_price_amount=content.team_price_amount,
        team_size=content.team_size,
        team_hours=content.team_hours,
        vouched_by_id=content.vouched_by_id,
        vouch_words=content.vouch_words,
        code=content.code,
        category=content.category,
    )


def new_payload(group_id: int, topic_id: int | None) -> str:
    """What a deep link that begins a pick for a group says."""
    return f"new_{group_id}_{topic_id}" if topic_id else f"new_{group_id}"


async def _place(uow: UnitOfWork, content: DraftContent, place: DraftPlace, person_id: int) -> Place:
    group = await uow.groups.find(place.group_id)
    if group is None or not group.is_active:
        raise DraftGroupLeft(group.title if group else "")
    if not await may_curate(uow, place.group_id, person_id):
        raise DraftNotYours(group.title)
    topic = await uow.topics.find(place.group_id, place.topic_id) if place.topic_id else None
    if topic is not None and topic.is_closed:
        raise TopicClosed(topic.name or f"#{topic.topic_id}")
    points = await uow.pickups.list_points(place.group_id, in_use=True)
    own = [point.id for point in points if point.id in content.point_ids]
    return Place(group=group, topic_id=place.topic_id, point_ids=[key for key in own if key is not None])


async def _with_group(uow: UnitOfWork, draft: Draft, content: DraftContent, group_id: int) -> DraftContent:
    if group_id in content.group_ids:
        kept = tuple(place for place in content.places if place.group_id != group_id)
        return replace(content, places=kept)
    if not await is_leader(uow, group_id, draft.person_id):
        raise ButtonOutdated
    return replace(content, places=(*content.places, DraftPlace(group_id=group_id)))


async def _with_point(uow: UnitOfWork, content: DraftContent, point_id: int) -> DraftContent:
    point = await uow.pickups.find_point(point_id)
    if point is None or point.group_id not in content.group_ids:
        raise ButtonOutdated
    if point_id in content.point_ids:
        return replace(content, point_ids=tuple(key for key in content.point_ids if key != point_id))
    return replace(content, point_ids=(*content.point_ids, point_id))


def _with_topic(content: DraftContent, group_id: int, topic_id: int) -> DraftContent:
    if group_id not in content.group_ids:
        raise ButtonOutdated
    places = (
        replace(place, topic_id=topic_id or None) if place.group_id == group_id else place
        for place in content.places
    )
    return replace(content, places=tuple(places))


def _is_meant(match: re.Match[str], group: Group) -> bool:
    if match["chat"]:
        return str(group.chat_id) == f"-100{match['chat']}"
    return (group.username or "").lower() == match["name"].lower()


def _key(value: str) -> int:
    if not value.isdecimal() or len(value) > 18:
        raise ButtonOutdated
    return int(value)
