"""Draws what is sent about shared cards: the pick for a guest, a poster, and who told of an order."""

from typing import Any, Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, markup, message_call
from bot.jobs.late_files import picture_call
from bot.rules.shares import share_payload
from bot.services.acquaintances import proof_for
from bot.services.reviews import reviews_of
from bot.services.shares import CardToShare, ask_who_told, read_cards
from bot.share_errors import OrderSettled
from bot.views.share_posters import poster_caption, poster_data
from bot.views.share_questions import who_told_question
from bot.views.shares import guest_card
from storage.states import OutboxKind


async def _guest_card(due: Due) -> Call | None:
    shared = await _shared(due)
    if shared is None:
        return None
    posted = shared.posted
    proof = await proof_for(due.uow, due.entry.chat_id, posted.pick.group_id, posted.offer)
    t = await _speaker(due)
    reviews = await reviews_of(due.uow, posted, with_words=False)
    screen = guest_card(t, shared, way_in=due.payload["url"], now=due.now, proof=proof, reviews=reviews)
    photo = posted.offer.photo_id
    if photo is None:
        return message_call(screen.payload())
    params: dict[str, Any] = {"photo": photo, "caption": str(screen.text), "parse_mode": "HTML"}
    return "sendPhoto", {**params, **markup(screen.keyboard())}


async def _poster(due: Due) -> Call | None:
    shared = await _shared(due)
    if shared is None:
        return None
    t = await _speaker(due)
    link = due.shop.link(share_payload(shared.card.token))
    data = {**poster_data(t, shared, link=link, now=due.now), "photo": due.payload["photo"]}
    return picture_call(t, "poster", data, name="poster.png", caption=poster_caption(t, link=link))


async def _who_told(due: Due) -> Call | None:
    """Nobody is asked who cancelled meanwhile, or whose recommender is known, or who reads nothing here."""
    person = await due.uow.members.get(due.entry.chat_id)
    if not person.private_is_open:
        return None
    try:
        asked = await ask_who_told(due.uow, due.subject_id, person.id)
    except OrderSettled:
        return None
    if asked.named is not None:
        return None
    return message_call(who_told_question(Translator(person.language), asked).payload())


async def _shared(due: Due) -> CardToShare | None:
    card = await due.uow.shares.find(due.subject_id)
    return (await read_cards(due.uow, [card]))[0] if card is not None else None


async def _speaker(due: Due) -> Translator:
    person = await due.uow.members.get(due.entry.chat_id)
    return Translator(person.language)


SHARE_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.SHARED_CARD: _guest_card,
    OutboxKind.POSTER: _poster,
    OutboxKind.WHO_TOLD: _who_told,
}
