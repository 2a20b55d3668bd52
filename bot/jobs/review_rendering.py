"""Draws what is asked of buyers a week later, their own reviews, the photos in them, and curators' news."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.reviews import is_reviewable
from bot.services.reviews import to_review
from bot.views.reviews import MOST_NEWS, own_review, review_news, reviews_asked
from storage.states import OutboxKind


async def _asked(due: Due) -> Call | None:
    person_id = due.entry.chat_id
    lines = to_review(await due.uow.reviews.list_lines(due.payload["order_ids"]))
    mine = [line for line in lines if line.person_id == person_id]
    if not mine:
        return None
    person = await due.uow.members.get(person_id)
    offers = bool(due.payload.get("offers_suggestions"))
    screen = reviews_asked(Translator(person.language), mine, offers_suggestions=offers, now=due.now)
    return _quietly(message_call(screen.payload()))


async def _own(due: Due) -> Call | None:
    line = await due.uow.reviews.find_line(due.subject_id, due.payload["variant_id"])
    if line is None or line.person_id != due.entry.chat_id or not is_reviewable(line):
        return None
    person = await due.uow.members.get(line.person_id)
    screen = own_review(Translator(person.language), line, is_writing=True, now=due.now)
    return message_call(screen.payload())


async def _album(due: Due) -> Call | None:
    review = await due.uow.reviews.find(due.subject_id)
    return _photos(review.photo_ids or ()) if review is not None else None


async def _news(due: Due) -> Call | None:
    curator = await due.uow.members.find(due.entry.chat_id)
    if curator is None or not curator.private_is_open:
        return None
    group_ids = [group.id or 0 for group in await due.uow.groups.list_led_by(curator.id)]
    since = datetime.fromisoformat(due.payload["since"])
    news = await due.uow.review_pages.news(curator.id, group_ids, since=since, limit=MOST_NEWS + 1)
    if not news:
        return None
    screen = review_news(Translator(curator.language), news[:MOST_NEWS], has_more=len(news) > MOST_NEWS)
    return _quietly(message_call(screen.payload()))


def _photos(photo_ids: Sequence[str]) -> Call | None:
    if not photo_ids:
        return None
    if len(photo_ids) == 1:
        return "sendPhoto", {"photo": photo_ids[0]}
    return "sendMediaGroup", {"media": [{"type": "photo", "media": photo} for photo in photo_ids]}


def _quietly(call: Call) -> Call:
    """Nothing that somebody waits for: it must not ring."""
    method, params = call
    more: dict[str, Any] = {"disable_notification": True}
    return method, {**params, **more}


REVIEW_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.REVIEW_ASKED: _asked,
    OutboxKind.REVIEW: _own,
    OutboxKind.REVIEW_ALBUM: _album,
    OutboxKind.REVIEW_NEWS: _news,
}
