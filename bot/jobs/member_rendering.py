"""Draws what members and their curators read in private: details, reminders, questions, proposals."""

from datetime import datetime
from typing import Any, Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, markup, message_call
from bot.rules.pricing import TierPrice
from bot.rules.shares import TOUCH_LASTS
from bot.services.acquaintances import may_be_counted, proof_for
from bot.services.plans import reward_of
from bot.services.pricing import prices_now
from bot.services.promotion_offers import offers_on
from bot.services.questions import distinct
from bot.services.reviews import reviews_of
from bot.services.scores import score_of_curator, score_of_recommender
from bot.views.details import DetailFacts, details
from bot.views.orders import own_order_toast
from bot.views.pricing import price_of_now
from bot.views.proposals import proposal_card, proposal_in_group
from bot.views.questions import answer_in_group, question_in_group, question_notice
from bot.views.reminders import reminder
from storage.repositories.orders import OwnLine
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState, Presence, ProposalState
from storage.unit_of_work import UnitOfWork

ANSWERS_READ = 50
_MOST_IN_ALBUM = 10


async def _details(due: Due) -> Call | None:
    person = await due.uow.members.get(due.entry.chat_id)
    facts = await _facts(due.uow, due.subject_id, person.id, now=due.now)
    screen = details(Translator(person.language), facts, page=due.payload.get("page", 0), now=due.now)
    return message_call(screen.payload(edit=due.payload.get("edit")))


async def _facts(uow: UnitOfWork, pick_id: int, person_id: int, *, now: datetime) -> DetailFacts:
    posted = await uow.picks.get(pick_id)
    pick = posted.pick
    own, price = await _own(uow, posted, person_id)
    entry = (await uow.orders.load([(pick_id, person_id)])).get((pick_id, person_id))
    tiers = (await uow.pricing.tiers([pick.offer_id])).get(pick.offer_id, [])
    told_by_id = await _told_by(uow, pick_id, person_id, now=now)
    return DetailFacts(
        posted=posted,
        tiers=[TierPrice(*tier) for tier in tiers],
        curator=await name_of(uow, pick.curator_id),
        voucher=await name_of(uow, pick.vouched_by_id),
        points=await uow.pickups.list_choices(posted.id),
        answered=await answered_of(uow, posted),
        own=own,
        price=price,
        held=entry.lines if entry else {},
        is_reminded=await uow.reminders.has(pick_id, person_id),
        told_by=await name_of(uow, told_by_id),
        curator_score=await score_of_curator(uow, pick.group_id, pick.curator_id, now=now)
        if pick.curator_id
        else None,
        told_by_score=await score_of_recommender(uow, pick.group_id, told_by_id, now=now)
        if told_by_id
        else None,
        reward=await reward_of(uow, posted, price_of_now(posted, tiers)),
        promotions=await offers_on(uow, posted, price_of_now(posted, tiers), now=now),
        proof=await proof_for(uow, person_id, pick.group_id, posted.offer),
        is_counted=await may_be_counted(uow, person_id, pick.group_id, posted.offer),
        reviews=await reviews_of(uow, posted, with_words=True),
        supply=await uow.carryings.find_supply(pick_id) if pick.is_carried else None,
    )


async def _told_by(uow: UnitOfWork, pick_id: int, person_id: int, *, now: datetime) -> int | None:
    key = (pick_id, person_id)
    told = (await uow.shares.recommenders([key], now=now, lasts=TOUCH_LASTS)).get(key)
    return told.person_id if told is not None else None


async def answered_of(uow: UnitOfWork, posted: PostedPick) -> list[tuple[str, str]]:
    """A pick's questions with their answers, each once, the one answered last first."""
    answered = await uow.questions.list_answered(posted.id, limit=ANSWERS_READ)
    return [(each.text, each.answer or "") for each in distinct(answered, about=posted.offer.title)]


async def name_of(uow: UnitOfWork, person_id: int | None) -> str | None:
    """What a person is called, if anybody is meant."""
    person = await uow.members.find(person_id) if person_id else None
    return person.name if person else None


async def _own(uow: UnitOfWork, posted: PostedPick, person_id: int) -> tuple[list[OwnLine], int | None]:
    entry = (await uow.orders.load([(posted.id, person_id)])).get((posted.id, person_id))
    if entry is None or not entry.lines:
        return [], None
    own = await uow.orders.list_own_lines([entry.id])
    if posted.pick.state is not PickState.LIVE:
        return own, None
    return own, (await prices_now(uow, {entry.id: posted.pick.offer_id})).get(entry.id)


async def _album(due: Due) -> Call | None:
    posted = await due.uow.picks.get(due.subject_id)
    whole = await due.uow.posts.get_offer(posted.pick.offer_id)
    photos = list(
        dict.fromkeys(filter(None, (whole.offer.photo_id, *(each.photo_id for each in whole.photos))))
    )
    if not photos:
        return None
    if len(photos) == 1:
        return "sendPhoto", {"photo": photos[0]}
    media = [{"type": "photo", "media": photo} for photo in photos[:_MOST_IN_ALBUM]]
    return "sendMediaGroup", {"media": media}


async def _reminder(due: Due) -> Call | None:
    posted = await due.uow.picks.get(due.subject_id)
    if not posted.takes_orders or posted.pick.closes_at <= due.now:
        return None
    person = await due.uow.members.get(due.entry.chat_id)
    t = Translator(person.language)
    own, price = await _own(due.uow, posted, person.id)
    ordered = own_order_toast(t, own, price=price)
    return message_call(reminder(t, posted, ordered=ordered, now=due.now).payload())


async def _question(due: Due) -> Call | None:
    question = await due.uow.questions.find(due.subject_id)
    if question is None or (question.answered_at is not None and not due.payload.get("asked_for")):
        return None
    posted = await due.uow.picks.get(question.pick_id)
    asker = await due.uow.members.get(question.person_id)
    if due.entry.chat_id > 0:
        reader = await due.uow.members.get(due.entry.chat_id)
        screen = question_notice(Translator(reader.language), posted, question, asker=asker.name)
        return message_call(screen.payload(edit=due.payload.get("edit")))
    screen = question_in_group(
        Translator(posted.group.language),
        posted,
        curator=await name_of(due.uow, due.payload.get("reader_id")),
        asker=asker.name,
        link=due.shop.link(f"question_{question.id}"),
    )
    return message_call(screen.payload(reply_to=question.message_id, topic_id=posted.pick.topic_id))


async def _answer(due: Due) -> Call | None:
    question = await due.uow.questions.find(due.subject_id)
    if question is None or question.answer is None:
        return None
    posted = await due.uow.picks.get(question.pick_id)
    member = await due.uow.members.find_member(posted.pick.group_id, question.person_id)
    if member is None or member.presence is not Presence.JOINED:
        return None
    curator = await name_of(due.uow, question.answered_by_id)
    screen = answer_in_group(Translator(posted.group.language), posted, question, curator=curator)
    return message_call(screen.payload(reply_to=question.message_id, topic_id=posted.pick.topic_id))


async def _proposal(due: Due) -> Call | None:
    proposal = await due.uow.proposals.find(due.subject_id)
    if proposal is None:
        return None
    if proposal.state is not ProposalState.PENDING and not due.payload.get("asked_for"):
        return None
    group = await due.uow.groups.get(proposal.group_id)
    name = await name_of(due.uow, proposal.person_id) or ""
    if due.entry.chat_id < 0:
        link = due.shop.link(f"proposal_{proposal.id}")
        return message_call(proposal_in_group(Translator(group.language), name=name, link=link).payload())
    reader = await due.uow.members.get(due.entry.chat_id)
    screen = proposal_card(
        Translator(reader.language), proposal, group, name=name, is_asking=bool(due.payload.get("is_asking"))
    )
    if proposal.photo_id is None:
        return message_call(screen.payload(edit=due.payload.get("edit")))
    caption: dict[str, Any] = {
        "caption": str(screen.text),
        "parse_mode": "HTML",
        **markup(screen.keyboard()),
    }
    if due.payload.get("edit"):
        return "editMessageCaption", {"message_id": due.payload["edit"], **caption}
    return "sendPhoto", {"photo": proposal.photo_id, **caption}


MEMBER_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.DETAILS: _details,
    OutboxKind.ALBUM: _album,
    OutboxKind.REMINDER: _reminder,
    OutboxKind.QUESTION: _question,
    OutboxKind.ANSWER: _answer,
    OutboxKind.PROPOSAL: _proposal,
}
