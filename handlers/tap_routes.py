"""Which handler takes a tap: the table of buttons."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.callbacks import admins as admin_buttons
from bot.callbacks import balances as balance_buttons
from bot.callbacks import boards as board_buttons
from bot.callbacks import campaigns as campaign_buttons
from bot.callbacks import carried_orders as carried_order_buttons
from bot.callbacks import carryings as carrying_buttons
from bot.callbacks import cases as case_buttons
from bot.callbacks import chains as chain_buttons
from bot.callbacks import details as detail_buttons
from bot.callbacks import discrepancies as discrepancy_buttons
from bot.callbacks import drafts as draft_buttons
from bot.callbacks import flags as flag_buttons
from bot.callbacks import groups as group_buttons
from bot.callbacks import handover as handover_buttons
from bot.callbacks import imports as import_buttons
from bot.callbacks import listings as listing_buttons
from bot.callbacks import members as member_buttons
from bot.callbacks import notices as notice_buttons
from bot.callbacks import offers as offer_buttons
from bot.callbacks import orders as order_buttons
from bot.callbacks import payments as payment_buttons
from bot.callbacks import payouts as payout_buttons
from bot.callbacks import picks as pick_buttons
from bot.callbacks import pickups as pickup_buttons
from bot.callbacks import promotions as promotion_buttons
from bot.callbacks import proposals as proposal_buttons
from bot.callbacks import prospects as prospect_buttons
from bot.callbacks import questions as question_buttons
from bot.callbacks import recalls as recall_buttons
from bot.callbacks import receipts as receipt_buttons
from bot.callbacks import recommendations as recommendation_buttons
from bot.callbacks import refunds as refund_buttons
from bot.callbacks import reviews as review_buttons
from bot.callbacks import roles as role_buttons
from bot.callbacks import shares as share_buttons
from bot.callbacks import statistics as statistic_buttons
from bot.callbacks import teams as team_buttons
from bot.callbacks import tellings as telling_buttons
from bot.callbacks import trust as trust_buttons
from bot.callbacks import wishes as wish_buttons
from bot.callbacks.buttons import Button, ButtonUnreadable, kind_of
from bot.later import the_others
from bot.shop import Shop
from handlers.updates import Tap

if TYPE_CHECKING:
    from handlers import (
        admin_letters,
        admin_rights,
        admins,
        balances,
        boards,
        campaigns,
        carried_orders,
        carryings,
        case_deeds,
        case_opening,
        cases,
        chains,
        details,
        discrepancies,
        drafts,
        earnings,
        flags,
        groups,
        handover,
        imports,
        listing_market,
        listings,
        manage,
        members,
        notices,
        offers,
        orders,
        payment_claims,
        payment_credit,
        payment_proofs,
        payment_requests,
        payment_ways,
        payments,
        payouts,
        pick_rounds,
        pickups,
        plans,
        pricing,
        privacy,
        promotion_drafts,
        promotions,
        proposals,
        prospects,
        questions,
        recalls,
        receipts,
        refund_goodwill,
        refunds,
        reviews,
        roles,
        share_inline,
        share_questions,
        shares,
        statistics,
        suggestions,
        teams,
        tellings,
        trust,
        trust_slots,
        trust_votes,
        wish_needs,
        wishes,
    )
else:
    # Each is loaded when one of its functions is first called.
    globals().update(the_others(__package__, known=globals()))

OnTap = Callable[[Tap, Shop], Awaitable[None]]

_TAPS: dict[type[Button], OnTap] = {
    order_buttons.OrderButton: orders.order_tapped,
    order_buttons.CancelButton: orders.cancel_tapped,
    order_buttons.MyOrderButton: orders.my_order_tapped,
    team_buttons.TeamButton: teams.seat_tapped,
    team_buttons.FallbackButton: teams.fallback_tapped,
    board_buttons.BoardButton: boards.board_turned,
    board_buttons.VariantBoardButton: boards.variants_turned,
    board_buttons.PointBoardButton: boards.point_turned,
    board_buttons.SheetButton: boards.sheet_asked,
    pickup_buttons.PointsButton: pickups.points_turned,
    pickup_buttons.PointButton: pickups.point_turned,
    pickup_buttons.NewPointButton: pickups.new_point_tapped,
    pickup_buttons.PointChangeButton: pickups.point_change_tapped,
    pickup_buttons.ChoosePointButton: pickups.choice_asked,
    pickup_buttons.PointChosenButton: pickups.point_chosen_by_tap,
    pickup_buttons.CodeButton: pickups.code_asked,
    handover_buttons.HandoverButton: handover.handover_turned,
    handover_buttons.HandedButton: handover.handed_turned,
    handover_buttons.OrderToHandButton: handover.order_tapped,
    handover_buttons.HandOverButton: handover.hand_over_tapped,
    handover_buttons.TakeBackButton: handover.take_back_tapped,
    handover_buttons.ReturnedButton: handover.returned_tapped,
    handover_buttons.ArrivedButton: handover.arrived_tapped,
    handover_buttons.RemindButton: handover.remind_tapped,
    member_buttons.LanguageButton: members.language_tapped,
    group_buttons.SettingsButton: groups.settings_turned,
    group_buttons.SettingButton: groups.setting_chosen,
    role_buttons.CuratorsButton: roles.curators_turned,
    role_buttons.PersonButton: roles.person_turned,
    role_buttons.AppointButton: roles.role_chosen,
    role_buttons.HelperButton: roles.helper_chosen,
    role_buttons.AuditButton: roles.audit_turned,
    order_buttons.PriceButton: pricing.price_tapped,
    pick_buttons.ManageGroupButton: manage.managed_group_tapped,
    pick_buttons.ManageButton: manage.managed_pick_tapped,
    pick_buttons.ExtendButton: manage.deadline_tapped,
    pick_buttons.RoundButton: pick_rounds.round_tapped,
    carrying_buttons.CarryButton: carryings.carry_tapped,
    carrying_buttons.CarryingButton: carryings.carrying_tapped,
    carrying_buttons.CarriedPointButton: carryings.carried_point_tapped,
    detail_buttons.DetailsButton: details.details_turned,
    detail_buttons.DetailsOrderButton: details.details_order_tapped,
    detail_buttons.DetailsCancelButton: details.details_cancel_tapped,
    receipt_buttons.ReminderButton: receipts.reminder_tapped,
    receipt_buttons.MyOrdersButton: receipts.my_orders_turned,
    receipt_buttons.ReceiptButton: receipts.receipt_tapped,
    receipt_buttons.PaymentReceiptButton: receipts.payment_receipt_tapped,
    question_buttons.AnswerButton: questions.answer_tapped,
    question_buttons.NotAQuestionButton: questions.not_a_question_tapped,
    question_buttons.StopAnswerButton: questions.stop_tapped,
    proposal_buttons.RecommendButton: proposals.recommend_tapped,
    proposal_buttons.RecommendGroupButton: proposals.recommend_group_tapped,
    proposal_buttons.ProposalButton: proposals.proposal_tapped,
    draft_buttons.DraftButton: drafts.draft_tapped,
    draft_buttons.DraftChoiceButton: drafts.draft_chosen,
    draft_buttons.PreviewButton: drafts.preview_tapped,
    draft_buttons.NewDraftButton: drafts.new_tapped,
    import_buttons.ImportButton: imports.import_tapped,
    import_buttons.ImportGroupButton: imports.import_group_tapped,
    offer_buttons.OffersButton: offers.offers_turned,
    offer_buttons.OfferButton: offers.offer_opened,
    offer_buttons.OfferDeedButton: offers.offer_deed_tapped,
    listing_buttons.MarketButton: listing_market.market_turned,
    listing_buttons.CategoriesButton: listing_market.categories_turned,
    listing_buttons.ListingButton: listing_market.listing_tapped,
    listing_buttons.ListingPhotosButton: listing_market.listing_photos_asked,
    listing_buttons.OwnListingButton: listings.own_listing_tapped,
    listing_buttons.TermsButton: listings.terms_tapped,
    recall_buttons.StopButton: recalls.stop_tapped,
    recall_buttons.RecallButton: recalls.recall_turned,
    recall_buttons.RecallAnswerButton: recalls.recall_answered,
    discrepancy_buttons.DiscrepancyButton: discrepancies.discrepancy_tapped,
    discrepancy_buttons.DecisionButton: discrepancies.decision_tapped,
    flag_buttons.FlagsButton: flags.flags_turned,
    flag_buttons.FlagButton: flags.flag_tapped,
    flag_buttons.FlagDecisionButton: flags.flag_decision_tapped,
    admin_buttons.AdminButton: admins.admin_turned,
    admin_buttons.AdminGroupsButton: admins.admin_groups_turned,
    admin_buttons.AdminGroupButton: admins.admin_group_tapped,
    admin_buttons.AdminAuditButton: admins.admin_audit_turned,
    admin_buttons.AdminRightsButton: admin_rights.rights_tapped,
    admin_buttons.LettersButton: admin_letters.letters_turned,
    admin_buttons.LetterButton: admin_letters.letter_tapped,
    admin_buttons.UnsentListButton: admin_letters.unsent_turned,
    admin_buttons.UnsentButton: admin_letters.unsent_tapped,
    payment_buttons.PayButton: payments.pay_tapped,
    balance_buttons.BalanceButton: balances.balance_turned,
    balance_buttons.AccountsButton: balances.accounts_turned,
    balance_buttons.AccountsSheetButton: balances.accounts_sheet_asked,
    payment_buttons.PayWayButton: payments.way_tapped,
    refund_buttons.RefundsButton: refunds.refunds_turned,
    refund_buttons.RefundButton: refunds.refund_tapped,
    refund_buttons.RefundDeedButton: refunds.refund_deed_tapped,
    refund_buttons.KeepCreditButton: refunds.keep_tapped,
    refund_buttons.GoodwillButton: refund_goodwill.goodwill_tapped,
    refund_buttons.GoodwillSureButton: refund_goodwill.goodwill_sure_tapped,
    payment_buttons.CreditSureButton: payment_credit.credit_sure_tapped,
    payment_buttons.PaymentSettingButton: payment_ways.payments_turned,
    group_buttons.PlanButton: plans.plan_turned,
    payout_buttons.EarningsButton: earnings.earnings_turned,
    payout_buttons.PayoutWishButton: earnings.payout_wished,
    payout_buttons.PayoutBackButton: earnings.payout_taken_back,
    payout_buttons.PayoutsButton: payouts.payouts_turned,
    payout_buttons.PayoutButton: payouts.payout_tapped,
    payout_buttons.PayoutDeedButton: payouts.payout_deed_tapped,
    payout_buttons.PayoutBatchButton: payouts.payout_batch_tapped,
    payout_buttons.PayoutsSheetButton: payouts.payouts_sheet_asked,
    carried_order_buttons.PartnersButton: carried_orders.partners_turned,
    carried_order_buttons.SalesButton: carried_orders.sales_turned,
    carried_order_buttons.SalesSheetButton: carried_orders.sales_sheet_asked,
    carried_order_buttons.CarrierButton: carried_orders.carrier_tapped,
    carried_order_buttons.OwedButton: carried_orders.owed_tapped,
    carried_order_buttons.ReceivedButton: carried_orders.received_tapped,
    carried_order_buttons.ReceivedUndoButton: carried_orders.received_undo_tapped,
    payment_buttons.PickPaymentButton: payment_ways.pick_payments_turned,
    payment_buttons.ClaimButton: payment_proofs.claim_tapped,
    payment_buttons.ClaimDeedButton: payment_claims.claim_deed_tapped,
    payment_buttons.PaymentsButton: payment_requests.payments_turned,
    payment_buttons.UnpaidButton: payment_requests.unpaid_turned,
    payment_buttons.AskToPayButton: payment_requests.ask_to_pay_tapped,
    payment_buttons.CashButton: payment_requests.cash_tapped,
    promotion_buttons.PromotionsButton: promotions.promotions_turned,
    promotion_buttons.PromotionButton: promotions.promotion_tapped,
    promotion_buttons.PromotionDeedButton: promotions.promotion_deed_tapped,
    promotion_buttons.NewPromotionButton: promotion_drafts.new_promotion_tapped,
    promotion_buttons.PromotionStepButton: promotion_drafts.promotion_step_tapped,
    promotion_buttons.PromotionChoiceButton: promotion_drafts.promotion_chosen,
    promotion_buttons.PromotionPageButton: promotion_drafts.promotion_page_turned,
    promotion_buttons.NewCouponsButton: promotions.new_coupons_tapped,
    promotion_buttons.CouponBatchButton: promotions.coupon_batch_tapped,
    campaign_buttons.CampaignsButton: campaigns.campaigns_turned,
    campaign_buttons.CampaignButton: campaigns.campaign_turned,
    campaign_buttons.CampaignDeedButton: campaigns.campaign_deed_tapped,
    campaign_buttons.CampaignPostButton: campaigns.campaign_post_tapped,
    chain_buttons.ChainButton: chains.chain_turned,
    chain_buttons.AllChainsButton: chains.all_chains_turned,
    chain_buttons.ChainPictureButton: chains.chain_picture_asked,
    chain_buttons.ChainSheetButton: chains.chain_sheet_asked,
    chain_buttons.ChainNameButton: chains.chain_name_tapped,
    member_buttons.PrivacyButton: privacy.privacy_turned,
    statistic_buttons.StatisticsButton: statistics.statistics_turned,
    statistic_buttons.StatisticsPictureButton: statistics.statistics_picture_asked,
    statistic_buttons.StatisticsSheetButton: statistics.statistics_sheet_asked,
    share_buttons.LookButton: share_inline.look_tapped,
    share_buttons.GuestButton: shares.guest_tapped,
    share_buttons.SharePickButton: shares.share_tapped,
    share_buttons.PosterButton: shares.poster_tapped,
    share_buttons.SharesButton: shares.shares_turned,
    share_buttons.PickSharesButton: shares.pick_shares_turned,
    case_buttons.CasesButton: cases.cases_turned,
    case_buttons.CaseButton: cases.case_tapped,
    case_buttons.CaseOpenButton: case_opening.case_open_tapped,
    case_buttons.CaseSendButton: case_opening.case_send_tapped,
    case_buttons.CaseDeedButton: case_deeds.case_deed_tapped,
    share_buttons.WhoToldButton: share_questions.who_told_tapped,
    share_buttons.ToldButton: share_questions.told_tapped,
    trust_buttons.TrustButton: trust.trust_turned,
    trust_buttons.SlotButton: trust_slots.slot_tapped,
    trust_buttons.SlotTimeButton: trust_slots.slot_time_tapped,
    trust_buttons.TrustVoteButton: trust_votes.vote_tapped,
    telling_buttons.DraftTellingButton: tellings.draft_telling_tapped,
    telling_buttons.TellingButton: tellings.telling_tapped,
    telling_buttons.TellingNoteButton: tellings.telling_note_tapped,
    telling_buttons.SuggestionsSwitchButton: tellings.suggestions_switched,
    notice_buttons.NoticesButton: notices.notices_turned,
    notice_buttons.NoticeSwitchButton: notices.notice_switched,
    notice_buttons.CategoryButton: notices.category_tapped,
    notice_buttons.ShowPurchasesButton: notices.show_purchases_tapped,
    prospect_buttons.ProspectDraftButton: prospects.prospect_draft_tapped,
    wish_buttons.WishBackButton: wishes.wish_taken_back,
    wish_buttons.WishGroupButton: wishes.wish_group_chosen,
    wish_buttons.DemandButton: wish_needs.demand_turned,
    wish_buttons.NeedButton: wish_needs.need_tapped,
    wish_buttons.NeedDraftButton: wish_needs.need_draft_tapped,
    wish_buttons.NeedPickButton: wish_needs.need_pick_tapped,
    wish_buttons.NeedPickBackButton: wish_needs.need_pick_taken_back,
    wish_buttons.NeedMergeButton: wish_needs.need_merge_tapped,
    wish_buttons.NeedMergeBackButton: wish_needs.need_merge_taken_back,
    wish_buttons.NeedSplitButton: wish_needs.need_split_tapped,
    recommendation_buttons.SuggestionsButton: suggestions.suggestions_turned,
    recommendation_buttons.NotForMeButton: suggestions.not_for_me_tapped,
    review_buttons.OwnReviewsButton: reviews.own_reviews_turned,
    review_buttons.OwnReviewButton: reviews.own_review_tapped,
    review_buttons.StarsButton: reviews.stars_tapped,
    review_buttons.ReviewDeedButton: reviews.review_deed_tapped,
    review_buttons.ReviewsButton: reviews.reviews_turned,
    review_buttons.ReviewButton: reviews.review_tapped,
    review_buttons.ReviewPhotosButton: reviews.review_photos_tapped,
    review_buttons.HelpfulButton: reviews.helpful_tapped,
}

_TAP_OF_KIND = {button.kind: on_tap for button, on_tap in _TAPS.items()}


def route_tap(tap: Tap) -> OnTap:
    """The handler of the button that was tapped."""
    return _TAP_OF_KIND.get(kind_of(tap.data), _unknown_tap)


async def _unknown_tap(_tap: Tap, _shop: Shop) -> None:
    raise ButtonUnreadable
