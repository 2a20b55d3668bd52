"""Rows of the outbox that are drawn at the moment when they are sent become calls of the Bot API."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.balance_rendering import BALANCE_RENDERERS
from bot.jobs.campaign_rendering import CAMPAIGN_RENDERERS
from bot.jobs.carried_order_rendering import CARRIED_ORDER_RENDERERS
from bot.jobs.carrying_rendering import CARRYING_RENDERERS
from bot.jobs.case_rendering import CASE_RENDERERS
from bot.jobs.chain_rendering import CHAIN_RENDERERS
from bot.jobs.commission_rendering import COMMISSION_RENDERERS
from bot.jobs.discrepancy_rendering import DISCREPANCY_RENDERERS
from bot.jobs.draft_rendering import DRAFT_RENDERERS
from bot.jobs.due import Call, Due, Renderer, markup, message_call
from bot.jobs.handing_over import RENDERERS as GOODS_RENDERERS
from bot.jobs.hold_rendering import HOLD_RENDERERS
from bot.jobs.import_rendering import IMPORT_RENDERERS
from bot.jobs.invoice_rendering import INVOICE_RENDERERS
from bot.jobs.member_rendering import MEMBER_RENDERERS, answered_of, name_of
from bot.jobs.notice_rendering import NOTICE_RENDERERS, is_wanted
from bot.jobs.payment_receipts import RECEIPT_RENDERERS
from bot.jobs.payment_rendering import PAYMENT_RENDERERS
from bot.jobs.payout_rendering import PAYOUT_RENDERERS
from bot.jobs.pick_rendering import PICK_RENDERERS
from bot.jobs.price_rendering import PRICE_RENDERERS
from bot.jobs.privacy_rendering import PRIVACY_RENDERERS
from bot.jobs.promotion_rendering import PROMOTION_RENDERERS
from bot.jobs.recall_rendering import RECALL_RENDERERS
from bot.jobs.recommendation_rendering import RECOMMENDATION_RENDERERS
from bot.jobs.refund_rendering import REFUND_RENDERERS
from bot.jobs.review_rendering import REVIEW_RENDERERS
from bot.jobs.share_rendering import SHARE_RENDERERS
from bot.jobs.statistics_rendering import STATISTICS_RENDERERS
from bot.jobs.team_rendering import TEAM_RENDERERS
from bot.jobs.telling_rendering import TELLING_RENDERERS
from bot.jobs.trust_rendering import TRUST_RENDERERS
from bot.jobs.wish_rendering import WISH_RENDERERS
from bot.services.boards import page_of, sums_of
from bot.services.payments.bills import find_bill
from bot.services.plans import reward_of
from bot.services.pricing import offer_terms
from bot.services.promotion_offers import offers_on
from bot.services.reviews import reviews_of
from bot.services.teams import teams_of_pick
from bot.views.boards import board
from bot.views.cards import CardFacts
from bot.views.orders import no_list, receipt, roll_up_elsewhere
from bot.views.overview import overview
from bot.views.picks import pick_card
from bot.views.pricing import price_of_now
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, Screen
from bot.views.teams import MOST_SHOWN
from bot.views.withdrawals import withdrawn_in_group, withdrawn_notice
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_LISTED_FROM = 2


async def render(due: Due) -> Call | None:
    """The call that a row stands for; None where there is nothing that she wants to hear."""
    if not await is_wanted(due):
        return None
    return await RENDERERS[due.entry.kind](due)


async def _card(due: Due) -> Call | None:
    posted = await due.uow.picks.get(due.subject_id)
    pick, photo = posted.pick, posted.offer.photo_id
    if pick.message_id is None and (pick.state is not PickState.LIVE or pick.is_personal):
        return None
    screen = await _card_screen(due, posted)
    params = markup(screen.keyboard())
    text = {"caption" if photo else "text": str(screen.text), "parse_mode": "HTML"}
    if pick.message_id is not None and photo and due.payload.get("new_photo"):
        media = {"type": "photo", "media": photo, "caption": str(screen.text), "parse_mode": "HTML"}
        return "editMessageMedia", {"message_id": pick.message_id, "media": media, **params}
    if pick.message_id is not None:
        method = "editMessageCaption" if photo else "editMessageText"
        return method, {"message_id": pick.message_id, **text, **params}
    if pick.topic_id is not None:
        params["message_thread_id"] = pick.topic_id
    if photo:
        return "sendPhoto", {"photo": photo, **text, **params}
    return "sendMessage", {**text, **params}


async def _card_screen(due: Due, posted: PostedPick) -> Screen:
    uow, now = due.uow, due.now
    curator = await uow.members.find(posted.pick.curator_id) if posted.pick.curator_id else None
    tiers = (await offer_terms(uow, posted.pick.offer_id)).tiers
    facts = CardFacts(
        posted=posted,
        curator=curator.name if curator else None,
        reactions=await uow.picks.reaction_counts(posted.id),
        tiers=tiers,
        teams=await teams_of_pick(uow, posted, most=MOST_SHOWN),
        voucher=await name_of(uow, posted.pick.vouched_by_id),
        answered=await answered_of(uow, posted),
        details_link=due.shop.link(f"d_{posted.id}"),
        share_link=due.shop.link(f"share_{posted.id}"),
        everywhere=await uow.posts.everywhere(posted.pick.offer_id),
        reward=await reward_of(uow, posted, price_of_now(posted, tiers)),
        promotions=await offers_on(uow, posted, price_of_now(posted, tiers), now=now),
        reviews=await reviews_of(uow, posted, with_words=False),
        supply=await uow.carryings.find_supply(posted.id) if posted.pick.is_carried else None,
    )
    limit = LONGEST_CAPTION if posted.offer.photo_id else LONGEST_TEXT
    return pick_card(Translator(posted.group.language), facts, now=now, limit=limit)


async def _receipt(due: Due) -> Call | None:
    person_id, own = await due.uow.orders.receipt(due.subject_id)
    if not own:
        return None
    person = await due.uow.members.get(person_id)
    return message_call(
        receipt(
            Translator(person.language),
            own,
            bill=await find_bill(due.uow, due.subject_id),
            has_fallen=bool(due.payload.get("has_fallen")),
            now=due.now,
        ).payload()
    )


async def _roll_up(due: Due) -> Call:
    payload, pick_id = due.payload, due.subject_id
    posted = await due.uow.picks.get(pick_id)
    reader = await due.uow.members.find(payload["reader_id"]) if payload["reader_id"] else None
    if payload["in_private"] and reader is not None:
        screen = await _list_of(due.uow, posted, Translator(reader.language))
        return message_call(screen.payload())
    screen = roll_up_elsewhere(
        Translator(posted.group.language),
        posted,
        name=reader.name if reader else None,
        link=due.shop.link(f"board_{pick_id}"),
    )
    return message_call(screen.payload(topic_id=posted.pick.topic_id))


async def _list_of(uow: UnitOfWork, posted: PostedPick, t: Translator) -> Screen:
    facts = await sums_of(uow, posted)
    if posted.pick.state is PickState.FAILED or not (facts.orders or facts.elsewhere):
        return no_list(t, posted)
    entries, page = await page_of(uow, facts, 0)
    return board(t, facts, entries, page=page)


async def _overview(due: Due) -> Call | None:
    group = await due.uow.groups.get(due.subject_id)
    live = await due.uow.picks.list_live(due.subject_id)
    if group.hides_overview and group.overview_message_id is not None:
        return "deleteMessage", {"message_id": group.overview_message_id}
    # One pick alone is its own overview.
    if group.overview_message_id is None and (group.hides_overview or len(live) < _LISTED_FROM):
        return None
    details = {posted.id: due.shop.link(f"d_{posted.id}") for posted in live}
    tiers = await due.uow.pricing.tiers({posted.pick.offer_id for posted in live})
    screen = overview(Translator(group.language), live, now=due.now, details=details, tiers=tiers)
    return message_call(screen.payload(edit=group.overview_message_id))


async def _withdrawn(due: Due) -> Call:
    posted = await due.uow.picks.get(due.subject_id)
    if "person_ids" not in due.payload:
        person = await due.uow.members.get(due.entry.chat_id)
        return message_call(withdrawn_notice(Translator(person.language), posted).payload())
    people = [await due.uow.members.get(person_id) for person_id in due.payload["person_ids"]]
    screen = withdrawn_in_group(Translator(posted.group.language), posted, people)
    return message_call(screen.payload(reply_to=posted.pick.message_id, topic_id=posted.pick.topic_id))


RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.CARD: _card,
    OutboxKind.RECEIPT: _receipt,
    OutboxKind.ROLL_UP: _roll_up,
    OutboxKind.OVERVIEW: _overview,
    OutboxKind.WITHDRAWN: _withdrawn,
    **PICK_RENDERERS,
    **PRICE_RENDERERS,
    **GOODS_RENDERERS,
    **DRAFT_RENDERERS,
    **MEMBER_RENDERERS,
    **IMPORT_RENDERERS,
    **TEAM_RENDERERS,
    **BALANCE_RENDERERS,
    **CAMPAIGN_RENDERERS,
    **CARRYING_RENDERERS,
    **CASE_RENDERERS,
    **CHAIN_RENDERERS,
    **COMMISSION_RENDERERS,
    **HOLD_RENDERERS,
    **RECALL_RENDERERS,
    **RECOMMENDATION_RENDERERS,
    **REFUND_RENDERERS,
    **DISCREPANCY_RENDERERS,
    **PAYMENT_RENDERERS,
    **PAYOUT_RENDERERS,
    **CARRIED_ORDER_RENDERERS,
    **PROMOTION_RENDERERS,
    **INVOICE_RENDERERS,
    **RECEIPT_RENDERERS,
    **NOTICE_RENDERERS,
    **REVIEW_RENDERERS,
    **SHARE_RENDERERS,
    **STATISTICS_RENDERERS,
    **TELLING_RENDERERS,
    **TRUST_RENDERERS,
    **WISH_RENDERERS,
    **PRIVACY_RENDERERS,
}
