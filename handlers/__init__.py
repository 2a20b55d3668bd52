"""The one ordered list of handlers: the first that fits an update takes it."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatJoinRequestHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    PollHandler,
    PreCheckoutQueryHandler,
    filters,
)

from bot import callbacks
from bot.later import the_others
from bot.shop import Shop
from handlers import (
    activity,
    groups,
    members,
    orders,
    picks,
    questions,
    receipts,
    referrals,
    share_inline,
    teams,
    topics,
    trust,
    trust_slots,
    trust_votes,
)
from handlers.commands import publish
from handlers.conversation import Part, not_understood, spoken
from handlers.errors import answer_quietly, answer_said, answer_tap, gave_up_on
from handlers.updates import (
    Said,
    Tap,
    asked_of,
    chosen_of,
    counted_of,
    moved_of,
    reacted_of,
    said_of,
    seen,
    tap_of,
    typed_of,
)

if TYPE_CHECKING:
    from handlers import (
        admin_letters,
        admin_rights,
        admins,
        balances,
        boards,
        campaign_answers,
        campaigns,
        case_answers,
        cases,
        chains,
        coupons,
        details,
        discrepancies,
        draft_answers,
        drafts,
        earnings,
        edits,
        flags,
        handover,
        handover_answers,
        imports,
        manage,
        manage_answers,
        notices,
        offers,
        payment_claim_answers,
        payment_claims,
        payment_credit,
        payment_invoices,
        payment_proofs,
        payment_requests,
        payment_way_answers,
        payment_ways,
        payments,
        payout_answers,
        payouts,
        pickup_answers,
        pickups,
        plans,
        pricing,
        privacy,
        promotion_answers,
        promotion_drafts,
        promotions,
        proposal_answers,
        proposals,
        question_answers,
        recalls,
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
        wish_needs,
        wish_replies,
        wishes,
    )
else:
    # Each is loaded when one of its functions is first called; what every day needs is loaded above.
    globals().update(the_others(__name__, __path__, known=globals()))

__all__ = ["publish", "register"]

Handler = BaseHandler[Any, Any, Any]
OnTap = Callable[[Tap, Shop], Awaitable[None]]
Run = Callable[[Update, Any], Coroutine[Any, Any, None]]
OnSaid = Callable[[Said, Shop, Any], Awaitable[None]]

_TAPS: dict[type[callbacks.Button], OnTap] = {
    callbacks.OrderButton: orders.order_tapped,
    callbacks.CancelButton: orders.cancel_tapped,
    callbacks.MyOrderButton: orders.my_order_tapped,
    callbacks.TeamButton: teams.seat_tapped,
    callbacks.FallbackButton: teams.fallback_tapped,
    callbacks.BoardButton: boards.board_turned,
    callbacks.VariantBoardButton: boards.variants_turned,
    callbacks.PointBoardButton: boards.point_turned,
    callbacks.SheetButton: boards.sheet_asked,
    callbacks.PointsButton: pickups.points_turned,
    callbacks.PointButton: pickups.point_turned,
    callbacks.NewPointButton: pickups.new_point_tapped,
    callbacks.PointChangeButton: pickups.point_change_tapped,
    callbacks.ChoosePointButton: pickups.choice_asked,
    callbacks.PointChosenButton: pickups.point_chosen_by_tap,
    callbacks.CodeButton: pickups.code_asked,
    callbacks.HandoverButton: handover.handover_turned,
    callbacks.HandedButton: handover.handed_turned,
    callbacks.OrderToHandButton: handover.order_tapped,
    callbacks.HandOverButton: handover.hand_over_tapped,
    callbacks.TakeBackButton: handover.take_back_tapped,
    callbacks.ArrivedButton: handover.arrived_tapped,
    callbacks.RemindButton: handover.remind_tapped,
    callbacks.LanguageButton: members.language_tapped,
    callbacks.SettingsButton: groups.settings_turned,
    callbacks.SettingButton: groups.setting_chosen,
    callbacks.CuratorsButton: roles.curators_turned,
    callbacks.PersonButton: roles.person_turned,
    callbacks.AppointButton: roles.role_chosen,
    callbacks.HelperButton: roles.helper_chosen,
    callbacks.AuditButton: roles.audit_turned,
    callbacks.PriceButton: pricing.price_tapped,
    callbacks.ManageGroupButton: manage.managed_group_tapped,
    callbacks.ManageButton: manage.managed_pick_tapped,
    callbacks.ExtendButton: manage.deadline_tapped,
    callbacks.DetailsButton: details.details_turned,
    callbacks.DetailsOrderButton: details.details_order_tapped,
    callbacks.DetailsCancelButton: details.details_cancel_tapped,
    callbacks.ReminderButton: receipts.reminder_tapped,
    callbacks.MyOrdersButton: receipts.my_orders_turned,
    callbacks.ReceiptButton: receipts.receipt_tapped,
    callbacks.PaymentReceiptButton: receipts.payment_receipt_tapped,
    callbacks.AnswerButton: questions.answer_tapped,
    callbacks.NotAQuestionButton: questions.not_a_question_tapped,
    callbacks.StopAnswerButton: questions.stop_tapped,
    callbacks.RecommendButton: proposals.recommend_tapped,
    callbacks.RecommendGroupButton: proposals.recommend_group_tapped,
    callbacks.ProposalButton: proposals.proposal_tapped,
    callbacks.DraftButton: drafts.draft_tapped,
    callbacks.DraftChoiceButton: drafts.draft_chosen,
    callbacks.PreviewButton: drafts.preview_tapped,
    callbacks.NewDraftButton: drafts.new_tapped,
    callbacks.ImportButton: imports.import_tapped,
    callbacks.ImportGroupButton: imports.import_group_tapped,
    callbacks.OffersButton: offers.offers_turned,
    callbacks.OfferButton: offers.offer_opened,
    callbacks.OfferDeedButton: offers.offer_deed_tapped,
    callbacks.StopButton: recalls.stop_tapped,
    callbacks.RecallButton: recalls.recall_turned,
    callbacks.RecallAnswerButton: recalls.recall_answered,
    callbacks.DiscrepancyButton: discrepancies.discrepancy_tapped,
    callbacks.DecisionButton: discrepancies.decision_tapped,
    callbacks.FlagsButton: flags.flags_turned,
    callbacks.FlagButton: flags.flag_tapped,
    callbacks.FlagDecisionButton: flags.flag_decision_tapped,
    callbacks.AdminButton: admins.admin_turned,
    callbacks.AdminGroupsButton: admins.admin_groups_turned,
    callbacks.AdminGroupButton: admins.admin_group_tapped,
    callbacks.AdminAuditButton: admins.admin_audit_turned,
    callbacks.AdminRightsButton: admin_rights.rights_tapped,
    callbacks.LettersButton: admin_letters.letters_turned,
    callbacks.LetterButton: admin_letters.letter_tapped,
    callbacks.UnsentListButton: admin_letters.unsent_turned,
    callbacks.UnsentButton: admin_letters.unsent_tapped,
    callbacks.PayButton: payments.pay_tapped,
    callbacks.BalanceButton: balances.balance_turned,
    callbacks.AccountsButton: balances.accounts_turned,
    callbacks.AccountsSheetButton: balances.accounts_sheet_asked,
    callbacks.PayWayButton: payments.way_tapped,
    callbacks.RefundsButton: refunds.refunds_turned,
    callbacks.RefundButton: refunds.refund_tapped,
    callbacks.RefundDeedButton: refunds.refund_deed_tapped,
    callbacks.KeepCreditButton: refunds.keep_tapped,
    callbacks.GoodwillButton: refund_goodwill.goodwill_tapped,
    callbacks.GoodwillSureButton: refund_goodwill.goodwill_sure_tapped,
    callbacks.CreditSureButton: payment_credit.credit_sure_tapped,
    callbacks.PaymentSettingButton: payment_ways.payments_turned,
    callbacks.PlanButton: plans.plan_turned,
    callbacks.EarningsButton: earnings.earnings_turned,
    callbacks.PayoutWishButton: earnings.payout_wished,
    callbacks.PayoutBackButton: earnings.payout_taken_back,
    callbacks.PayoutsButton: payouts.payouts_turned,
    callbacks.PayoutButton: payouts.payout_tapped,
    callbacks.PayoutDeedButton: payouts.payout_deed_tapped,
    callbacks.PayoutBatchButton: payouts.payout_batch_tapped,
    callbacks.PayoutsSheetButton: payouts.payouts_sheet_asked,
    callbacks.PickPaymentButton: payment_ways.pick_payments_turned,
    callbacks.ClaimButton: payment_proofs.claim_tapped,
    callbacks.ClaimDeedButton: payment_claims.claim_deed_tapped,
    callbacks.PaymentsButton: payment_requests.payments_turned,
    callbacks.UnpaidButton: payment_requests.unpaid_turned,
    callbacks.AskToPayButton: payment_requests.ask_to_pay_tapped,
    callbacks.CashButton: payment_requests.cash_tapped,
    callbacks.PromotionsButton: promotions.promotions_turned,
    callbacks.PromotionButton: promotions.promotion_tapped,
    callbacks.PromotionDeedButton: promotions.promotion_deed_tapped,
    callbacks.NewPromotionButton: promotion_drafts.new_promotion_tapped,
    callbacks.PromotionStepButton: promotion_drafts.promotion_step_tapped,
    callbacks.PromotionChoiceButton: promotion_drafts.promotion_chosen,
    callbacks.PromotionPageButton: promotion_drafts.promotion_page_turned,
    callbacks.NewCouponsButton: promotions.new_coupons_tapped,
    callbacks.CouponBatchButton: promotions.coupon_batch_tapped,
    callbacks.CampaignsButton: campaigns.campaigns_turned,
    callbacks.CampaignButton: campaigns.campaign_turned,
    callbacks.CampaignDeedButton: campaigns.campaign_deed_tapped,
    callbacks.CampaignPostButton: campaigns.campaign_post_tapped,
    callbacks.ChainButton: chains.chain_turned,
    callbacks.AllChainsButton: chains.all_chains_turned,
    callbacks.ChainPictureButton: chains.chain_picture_asked,
    callbacks.ChainSheetButton: chains.chain_sheet_asked,
    callbacks.ChainNameButton: chains.chain_name_tapped,
    callbacks.PrivacyButton: privacy.privacy_turned,
    callbacks.StatisticsButton: statistics.statistics_turned,
    callbacks.StatisticsPictureButton: statistics.statistics_picture_asked,
    callbacks.StatisticsSheetButton: statistics.statistics_sheet_asked,
    callbacks.LookButton: share_inline.look_tapped,
    callbacks.GuestButton: shares.guest_tapped,
    callbacks.SharePickButton: shares.share_tapped,
    callbacks.PosterButton: shares.poster_tapped,
    callbacks.SharesButton: shares.shares_turned,
    callbacks.PickSharesButton: shares.pick_shares_turned,
    callbacks.CasesButton: cases.cases_turned,
    callbacks.CaseButton: cases.case_tapped,
    callbacks.CaseOpenButton: cases.case_open_tapped,
    callbacks.CaseSendButton: cases.case_send_tapped,
    callbacks.CaseDeedButton: cases.case_deed_tapped,
    callbacks.WhoToldButton: share_questions.who_told_tapped,
    callbacks.ToldButton: share_questions.told_tapped,
    callbacks.TrustButton: trust.trust_turned,
    callbacks.SlotButton: trust_slots.slot_tapped,
    callbacks.SlotTimeButton: trust_slots.slot_time_tapped,
    callbacks.TrustVoteButton: trust_votes.vote_tapped,
    callbacks.NoticesButton: notices.notices_turned,
    callbacks.NoticeSwitchButton: notices.notice_switched,
    callbacks.CategoryButton: notices.category_tapped,
    callbacks.ShowPurchasesButton: notices.show_purchases_tapped,
    callbacks.WishBackButton: wishes.wish_taken_back,
    callbacks.WishGroupButton: wishes.wish_group_chosen,
    callbacks.DemandButton: wish_needs.demand_turned,
    callbacks.NeedButton: wish_needs.need_tapped,
    callbacks.NeedDraftButton: wish_needs.need_draft_tapped,
    callbacks.NeedMergeButton: wish_needs.need_merge_tapped,
    callbacks.NeedSplitButton: wish_needs.need_split_tapped,
    callbacks.SuggestionsButton: suggestions.suggestions_turned,
    callbacks.NotForMeButton: suggestions.not_for_me_tapped,
    callbacks.OwnReviewsButton: reviews.own_reviews_turned,
    callbacks.OwnReviewButton: reviews.own_review_tapped,
    callbacks.StarsButton: reviews.stars_tapped,
    callbacks.ReviewDeedButton: reviews.review_deed_tapped,
    callbacks.ReviewsButton: reviews.reviews_turned,
    callbacks.ReviewButton: reviews.review_tapped,
    callbacks.ReviewPhotosButton: reviews.review_photos_tapped,
    callbacks.HelpfulButton: reviews.helpful_tapped,
}

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
    "pay": payments.pay_asked,
    "balance": balances.balance_asked,
    "accounts": balances.accounts_asked,
    "coupon": coupons.coupon_written,
    "earnings": earnings.earnings_asked,
    "payouts": payouts.payouts_asked,
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
)


def register(application: Any, shop: Shop) -> None:
    """Give the application its handlers, in order."""
    for handler in _handlers(shop):
        application.add_handler(handler)
    application.add_error_handler(gave_up_on)


def _handlers(shop: Shop) -> list[Handler]:
    return [
        CallbackQueryHandler(_on_tap(shop)),
        InlineQueryHandler(_on_typed(shop)),
        ChosenInlineResultHandler(_on_chosen(shop)),
        MessageReactionHandler(_on_reaction(shop)),
        PollHandler(_on_poll(shop)),
        ChatMemberHandler(_on_member(shop), ChatMemberHandler.ANY_CHAT_MEMBER),
        ChatJoinRequestHandler(_on_request(shop)),
        PreCheckoutQueryHandler(_on_payment(shop, payment_invoices.checkout_asked)),
        MessageHandler(filters.SUCCESSFUL_PAYMENT, _on_payment(shop, payment_invoices.charge_told)),
        MessageHandler(
            filters.StatusUpdate.REFUNDED_PAYMENT, _on_payment(shop, payment_invoices.given_back_told)
        ),
        MessageHandler(filters.StatusUpdate.ALL, _on_service_message(shop)),
        MessageHandler(filters.UpdateType.MESSAGES, _on_message(shop)),
    ]


def _on_tap(shop: Shop) -> Run:
    async def run(update: Update, _context: Any) -> None:
        tap = tap_of(update)
        await answer_tap(shop, tap, _TAPS.get(callbacks.kind_of(tap.data), _unknown_tap))

    return run


async def _unknown_tap(_tap: Tap, _shop: Shop) -> None:
    raise callbacks.ButtonUnreadable


def _on_message(shop: Shop) -> Run:
    async def run(update: Update, context: Any) -> None:
        said = said_of(update, context.bot)
        handle = _handler_of(said)
        if _may_unsay(said):
            await answer_quietly(lambda: wishes.message_edited(said, shop))
        if handle is not None:
            await answer_said(shop, said, lambda: handle(said, shop, context.bot))
        if activity.is_talk(said):
            await activity.talk_heard(said, shop)

    return run


def _handler_of(said: Said) -> OnSaid | None:
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
        asks = said.reply_to_text.rstrip().endswith(("?", "？"))
        return wish_replies.question_answered if asks else questions.member_answered
    return orders.plain_said


def _may_unsay(said: Said) -> bool:
    """Whether a message of a group may have said a wish before it was edited, and says none now."""
    is_wish = said.command in _EDITED or said.reply_to_id is not None
    return said.is_edit and not said.is_private and not is_wish


def _on_typed(shop: Shop) -> Run:
    async def run(update: Update, context: Any) -> None:
        await share_inline.pick_typed(typed_of(update), shop, context.bot)

    return run


def _on_chosen(shop: Shop) -> Run:
    async def run(update: Update, _context: Any) -> None:
        await answer_quietly(lambda: share_inline.card_chosen(chosen_of(update), shop))

    return run


def _on_payment(shop: Shop, handle: Callable[[Update, Shop], Awaitable[None]]) -> Run:
    async def run(update: Update, _context: Any) -> None:
        await handle(update, shop)

    return run


def _on_service_message(shop: Shop) -> Run:
    async def run(update: Update, context: Any) -> None:
        message = update.effective_message
        assert message is not None
        handle = _service_handler(shop, update, message, context.bot)
        if handle is not None:
            await answer_said(shop, said_of(update, context.bot), handle)

    return run


def _service_handler(
    shop: Shop, update: Update, message: Message, bot: Any
) -> Callable[[], Awaitable[None]] | None:
    if message.migrate_to_chat_id:
        old, new = message.chat.id, message.migrate_to_chat_id
    elif message.migrate_from_chat_id:
        old, new = message.migrate_from_chat_id, message.chat.id
    else:
        return _arrival_handler(shop, update, message, bot)
    return lambda: groups.group_migrated(
        update_id=update.update_id, old_chat_id=old, new_chat_id=new, shop=shop
    )


def _arrival_handler(
    shop: Shop, update: Update, message: Message, bot: Any
) -> Callable[[], Awaitable[None]] | None:
    if message.new_chat_members:
        arrivals = [seen(user) for user in message.new_chat_members if not user.is_bot]
        return lambda: members.members_arrived(said_of(update, bot), shop, arrivals)
    if topics.is_of_topic(message):
        return lambda: topics.topic_changed(update_id=update.update_id, message=message, shop=shop)
    if message.left_chat_member and not message.left_chat_member.is_bot:
        left = seen(message.left_chat_member)
        return lambda: members.member_left(said_of(update, bot), shop, left)
    return None


def _on_reaction(shop: Shop) -> Run:
    async def run(update: Update, _context: Any) -> None:
        if update.message_reaction_count is not None:
            await answer_quietly(lambda: picks.reactions_counted(counted_of(update), shop))
        elif (event := reacted_of(update)) is not None:
            await answer_quietly(lambda: picks.reacted(event, shop))

    return run


def _on_poll(shop: Shop) -> Run:
    async def run(update: Update, _context: Any) -> None:
        await answer_quietly(lambda: trust_votes.poll_changed(update, shop))

    return run


def _on_member(shop: Shop) -> Run:
    async def run(update: Update, context: Any) -> None:
        event = moved_of(update, context.bot)
        if update.my_chat_member is not None:
            await answer_quietly(lambda: groups.bot_moved(event, shop, context.bot))
        else:
            await answer_quietly(lambda: members.member_moved(event, shop))

    return run


def _on_request(shop: Shop) -> Run:
    async def run(update: Update, _context: Any) -> None:
        await answer_quietly(lambda: referrals.join_asked(asked_of(update), shop))

    return run
