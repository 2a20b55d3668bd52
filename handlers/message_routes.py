"""Which handler takes what somebody wrote: the tables of commands and of conversations."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.later import the_others
from bot.shop import Shop
from handlers.conversation import Part, not_understood, spoken
from handlers.updates import Said

if TYPE_CHECKING:
    from handlers import (
        admin_rights,
        admins,
        balances,
        boards,
        campaign_answers,
        campaigns,
        carried_order_answers,
        carried_orders,
        case_answers,
        cases,
        chains,
        coupons,
        discrepancies,
        draft_answers,
        drafts,
        earnings,
        edits,
        flags,
        groups,
        handover,
        handover_answers,
        imports,
        listing_market,
        listings,
        manage,
        manage_answers,
        members,
        notices,
        offers,
        orders,
        payment_claim_answers,
        payment_claims,
        payment_credit,
        payment_way_answers,
        payments,
        payout_answers,
        payouts,
        picks,
        pickup_answers,
        plans,
        privacy,
        promotion_answers,
        promotions,
        proposal_answers,
        proposals,
        prospects,
        question_answers,
        questions,
        recalls,
        receipts,
        referrals,
        refund_answers,
        refund_goodwill,
        refunds,
        review_answers,
        reviews,
        roles,
        share_questions,
        shares,
        statistics,
        suggestions,
        trust,
        wish_needs,
        wish_replies,
        wishes,
    )
else:
    # Each is loaded when one of its functions is first called.
    globals().update(the_others(__package__, known=globals()))

OnSaid = Callable[[Said, Shop, Any], Awaitable[None]]

_COMMANDS: dict[str, OnSaid] = {
    "start": members.start_said,
    "help": members.help_asked,
    "language": members.language_asked,
    "pick": picks.pick_written,
    "picks": picks.picks_asked,
    "order": orders.order_written,
    "cancel": orders.cancel_written,
    "my": receipts.my_orders_asked,
    "reviews": reviews.reviews_asked,
    "recommend": proposals.recommend_asked,
    "board": boards.board_asked,
    "handover": handover.handover_asked,
    "close": edits.close_written,
    "extend": edits.extend_written,
    "edit": edits.edit_written,
    "withdraw": edits.withdraw_written,
    "repost": edits.repost_written,
    "stop": recalls.stop_written,
    "manage": manage.manage_asked,
    "invite": referrals.invite_asked,
    "chain": chains.chain_asked,
    "shares": shares.shares_asked,
    "settings": groups.settings_asked,
    "curators": roles.curators_asked,
    "appoint": roles.appoint_written,
    "audit": roles.audit_asked,
    "review": discrepancies.review_asked,
    "flags": flags.flags_asked,
    "cases": cases.cases_asked,
    "admin": admins.admin_asked,
    "grant": admin_rights.rights_asked_for,
    "revoke": admin_rights.rights_asked_for,
    "new": drafts.new_asked,
    "drafts": drafts.drafts_asked,
    "copy": drafts.copy_asked,
    "import": imports.import_asked,
    "offers": offers.offers_asked,
    "market": listing_market.market_asked,
    "pay": payments.pay_asked,
    "balance": balances.balance_asked,
    "accounts": balances.accounts_asked,
    "coupon": coupons.coupon_written,
    "earnings": earnings.earnings_asked,
    "payouts": payouts.payouts_asked,
    "partners": carried_orders.partners_asked,
    "payments": payment_claims.payments_asked,
    "promotions": promotions.promotions_asked,
    "refunds": refunds.refunds_asked,
    "refund": refund_goodwill.refund_written,
    "credit": payment_credit.credit_written,
    "campaigns": campaigns.campaigns_asked,
    "stats": statistics.statistics_asked,
    "trust": trust.trust_asked,
    "privacy": privacy.privacy_asked,
    "mydata": privacy.my_data_asked,
    "forgetme": privacy.forget_me_asked,
    "notices": notices.notices_asked,
    "want": wishes.wish_written,
    "wishes": wishes.wishes_asked,
    "demand": wish_needs.demand_asked,
    "next": prospects.prospects_asked,
    "foryou": suggestions.suggestions_asked,
}

_EDITED = frozenset({"want"})
"""Commands that are heard again when their message is edited."""

_CONVERSATIONS: tuple[Part, ...] = (
    question_answers.PART,
    proposal_answers.PART,
    proposal_answers.REASON_PART,
    draft_answers.PART,
    draft_answers.COPY_PART,
    imports.PART,
    manage_answers.PART,
    pickup_answers.PART,
    handover_answers.PART,
    discrepancies.NOTE_PART,
    flags.NOTE_PART,
    refund_answers.PART,
    payment_way_answers.PART,
    plans.PART,
    earnings.PART,
    payout_answers.PART,
    carried_order_answers.PART,
    payment_claim_answers.PROOF_PART,
    payment_claim_answers.DECISION_PART,
    promotion_answers.PART,
    promotion_answers.CODES_PART,
    campaign_answers.PART,
    case_answers.PART,
    share_questions.PART,
    recalls.PART,
    notices.PART,
    review_answers.WRITING_PART,
    listings.PART,
)


def route_message(said: Said) -> OnSaid | None:
    """The handler of what somebody wrote; most of what is said in a group has none."""
    if said.came_through_us:
        return None
    if said.command is not None and (not said.is_edit or said.command in _EDITED):
        return _COMMANDS.get(said.command, not_understood if said.is_private else None)
    if said.is_private:
        return partial(spoken, parts=_CONVERSATIONS)
    if not said.text or said.text.startswith("/"):
        return None
    if said.reply_to_id is not None:
        if said.reply_to_us:
            return orders.card_answered
        # Most questions ask for no wishes: what reads them is loaded for those that may.
        return wish_replies.question_answered if _answers_question(said) else questions.member_answered
    return orders.plain_said


def may_unsay(said: Said) -> bool:
    """Whether a message may have said a wish before it was edited, and says none now."""
    return said.is_edit and said.command not in _EDITED and not _answers_question(said)


def _answers_question(said: Said) -> bool:
    is_to_member = not said.is_private and said.reply_to_id is not None and not said.reply_to_us
    return is_to_member and any(mark in said.reply_to_text for mark in "?？")
