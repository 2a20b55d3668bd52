"""The words that are stored: states, roles and kinds. This module imports nothing of ours."""

from enum import StrEnum


class Role(StrEnum):
    """What a member may do in a group."""

    MEMBER = "member"
    CURATOR = "curator"
    OWNER = "owner"


class Presence(StrEnum):
    """Whether a person is in the group now."""

    JOINED = "joined"
    LEFT = "left"


class PickState(StrEnum):
    """The life of a pick."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LIVE = "live"
    CLOSED = "closed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class OrderState(StrEnum):
    """The life of an order, apart from its money and its goods."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NEEDS_REVIEW = "needs_review"


class PaymentState(StrEnum):
    """What is known of an order's money."""

    UNPAID = "unpaid"
    CLAIMED = "claimed"
    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


class PaymentMethod(StrEnum):
    """How money goes from a member to her group, or back."""

    CASH = "cash"
    TRANSFER = "transfer"
    CARD = "card"
    STARS = "stars"
    CREDIT = "credit"


class PaysWhen(StrEnum):
    """When an order is to be paid: as it is placed, or when its pick has closed."""

    NOW = "now"
    AFTER_CLOSE = "after_close"


class PaymentStage(StrEnum):
    """How far one payment has come."""

    OPEN = "open"
    PAYING = "paying"
    CLAIMED = "claimed"
    RECEIVED = "received"
    DECLINED = "declined"
    LAPSED = "lapsed"


class PriceBasis(StrEnum):
    """Why a piece cost what it cost."""

    PRICE = "price"
    TIER = "tier"
    TEAM = "team"
    KEPT = "kept"


class RefundStage(StrEnum):
    """How far one refund has come."""

    DUE = "due"
    DONE = "done"


class RefundReason(StrEnum):
    """Why money goes back."""

    CANCELLED = "cancelled"
    OVERPAID = "overpaid"
    GOODWILL = "goodwill"
    RETURNED = "returned"
    UNWANTED = "unwanted"


class DiscrepancyKind(StrEnum):
    """What about money somebody must look at."""

    WRONG_AMOUNT = "wrong_amount"
    FOREIGN_PAYER = "foreign_payer"
    UNKNOWN_INVOICE = "unknown_invoice"
    PAID_TWICE = "paid_twice"
    TOO_LATE = "too_late"
    REFUND_REFUSED = "refund_refused"
    STATES_DISAGREE = "states_disagree"


class AccountKind(StrEnum):
    """The accounts of a group; the first four are a person's in it."""

    MEMBER = "member"
    CREDIT = "credit"
    REFUNDS = "refunds"
    EARNINGS = "earnings"
    SALES = "sales"
    CASH = "cash"
    TRANSFER = "transfer"
    CARD = "card"
    STARS = "stars"
    EXCHANGE = "exchange"
    UNCLEAR = "unclear"
    GOODWILL = "goodwill"
    PROMOTIONS = "promotions"
    COMMISSIONS = "commissions"
    SUPPLIES = "supplies"
    SHARES = "shares"
    PARTNERS = "partners"


class TransactionKind(StrEnum):
    """The business facts that the ledger knows."""

    CHARGE = "charge"
    PAYMENT = "payment"
    REFUND_DUE = "refund_due"
    REFUND = "refund"
    REFUND_MOVED = "refund_moved"
    CREDIT_GIVEN = "credit_given"
    COMMISSION = "commission"
    FRIEND_CREDIT = "friend_credit"
    PAYOUT = "payout"
    CORRECTION = "correction"
    SUPPLY = "supply"
    SUPPLY_PAID = "supply_paid"


class FulfilmentState(StrEnum):
    """Where an order's goods are."""

    WAITING = "waiting"
    READY = "ready"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"


FETCHED = (FulfilmentState.HANDED_OVER, FulfilmentState.RETURNED)
"""The goods were in their buyer's hands, whether or not they came back."""


class OrderEventKind(StrEnum):
    """What happened to an order."""

    PLACED = "placed"
    AMENDED = "amended"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    REPRICED = "repriced"
    READY = "ready"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"
    REMINDED = "reminded"
    PAYMENT_ASKED = "payment_asked"
    LAPSED = "lapsed"
    REVIEW_OPENED = "review_opened"
    REVIEW_SETTLED = "review_settled"


class TeamState(StrEnum):
    """The life of a team."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"
    DISSOLVED = "dissolved"


class TeamFallback(StrEnum):
    """What a member wants if her team does not fill up."""

    SOLO = "solo"
    DROP = "drop"


class ProposalState(StrEnum):
    """What became of a member's proposal."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class DraftStep(StrEnum):
    """What a draft waits for; at home it shows its overview."""

    HOME = "home"
    PLACE = "place"
    PHOTO = "photo"
    TITLE = "title"
    WORDS = "words"
    PRICE = "price"
    VARIANTS = "variants"
    STOCK = "stock"
    TIERS = "tiers"
    MINIMUM = "minimum"
    LIMIT = "limit"
    TEAM = "team"
    DEADLINE = "deadline"
    POINTS = "points"
    TOPIC = "topic"
    START = "start"
    CATEGORY = "category"
    DELETED = "deleted"


class ReferralSource(StrEnum):
    """How it is known who brought whom, most certain first."""

    INVITE_LINK = "invite_link"
    ADDED = "added"
    START = "start"
    JOIN_REQUEST = "join_request"


class TouchSource(StrEnum):
    """How it is known who told somebody of a pick; what she says herself counts before what she opened."""

    OPENED = "opened"
    SAID = "said"


class CommissionSource(StrEnum):
    """Why somebody earns by an order: her card was opened, she was named, or she brought the person."""

    OPENED = "opened"
    SAID = "said"
    INVITED = "invited"


class CommissionState(StrEnum):
    """The life of a commission: expected, accrued with the completed order, due after the return window."""

    EXPECTED = "expected"
    ACCRUED = "accrued"
    DUE = "due"
    VOID = "void"


class PayoutMethod(StrEnum):
    """How earnings are paid out: as store credit, or by the curator's own means."""

    CREDIT = "credit"
    OWN_MEANS = "own_means"


class PayoutStage(StrEnum):
    """How far a payout has come."""

    ASKED = "asked"
    APPROVED = "approved"
    PAID = "paid"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class FlagKind(StrEnum):
    """What looks like abuse of rewards."""

    SELF_REFERRAL = "self_referral"
    LOOP = "loop"
    CLOSED_PAIR = "closed_pair"
    BURST = "burst"
    ONE_PAYER = "one_payer"
    COUPON_GUESSES = "coupon_guesses"


class FlagOutcome(StrEnum):
    """What a person decided of a suspicion: nothing in it, keep an eye on it, pay no rewards."""

    FINE = "fine"
    WATCH = "watch"
    WITHHOLD = "withhold"


class PromotionKind(StrEnum):
    """What a promotion gives."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FLASH_PRICE = "flash_price"
    BUY_N_PAY_M = "buy_n_pay_m"
    FREE_PICKUP = "free_pickup"
    FRIEND = "friend"


class PromotionState(StrEnum):
    """The life of a promotion; before its start an active one waits."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class FriendCreditState(StrEnum):
    """The life of the credit for a friend who was brought."""

    EXPECTED = "expected"
    GIVEN = "given"
    VOID = "void"


class CampaignState(StrEnum):
    """The life of a campaign."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class CampaignPostState(StrEnum):
    """How far a campaign has come in one group: in the outbox (sending), with Telegram (trying).

    What was with Telegram when the bot was cut off is unclear: only a person can see whether it arrived.
    """

    WAITING = "waiting"
    SENDING = "sending"
    TRYING = "trying"
    SENT = "sent"
    UNCLEAR = "unclear"
    SKIPPED = "skipped"
    FAILED = "failed"


class TrustChangeReason(StrEnum):
    """Why a group may use less of its caps, or more again."""

    LEAVES = "leaves"
    DISPUTES = "disputes"
    REACTIONS = "reactions"
    RESTORED = "restored"


class CaseKind(StrEnum):
    """What is wrong with an order."""

    LATE = "late"
    DAMAGED = "damaged"
    WRONG = "wrong"
    MISSING = "missing"
    NOT_AS_DESCRIBED = "not_as_described"
    OTHER = "other"


class CaseStage(StrEnum):
    """Whose turn it is in a case: the group's side, the member's (something is offered), nobody's."""

    OPEN = "open"
    OFFERED = "offered"
    RESOLVED = "resolved"


class CaseLevel(StrEnum):
    """Who decides a case."""

    CURATOR = "curator"
    OWNER = "owner"
    ADMIN = "admin"


class CaseSide(StrEnum):
    """In which role somebody did something in a case."""

    MEMBER = "member"
    CURATOR = "curator"
    OWNER = "owner"
    ADMIN = "admin"
    BOT = "bot"


class CaseOutcome(StrEnum):
    """How a case ends, or would end."""

    REPLACEMENT = "replacement"
    REFUND = "refund"
    CREDIT = "credit"
    NOTHING = "nothing"
    WITHDRAWN = "withdrawn"


class CaseAct(StrEnum):
    """What happened in a case."""

    OPENED = "opened"
    SAID = "said"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ESCALATED = "escalated"
    OVERDUE = "overdue"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class RecallReason(StrEnum):
    """Why goods are stopped: too many are disputed, or somebody says so."""

    DISPUTES = "disputes"
    BY_HAND = "by_hand"


class RecallAnswer(StrEnum):
    """What a buyer says to a recall."""

    FINE = "fine"
    WANTS_BACK = "wants_back"


class NoticeKind(StrEnum):
    """Private notices that a person may switch off; what is about her money or her goods always comes."""

    NEW_PICKS = "new_picks"
    ANSWERS = "answers"
    REMINDERS = "reminders"
    REVIEWS = "reviews"
    EARNINGS = "earnings"
    SUGGESTIONS = "suggestions"
    WISHES = "wishes"


class CategoryWish(StrEnum):
    """Whether a member wants to hear of a category alone (with others so marked), or not at all."""

    ONLY = "only"
    MUTE = "mute"


class CarryingEnd(StrEnum):
    """Why a group does not carry another's offer any more."""

    BY_CARRIER = "by_carrier"
    BY_SUPPLIER = "by_supplier"
    WITHDRAWN = "withdrawn"
    SUPPLIER_GONE = "supplier_gone"
    CARRIER_GONE = "carrier_gone"


class OutboxKind(StrEnum):
    """What an outbox row asks to be sent."""

    MESSAGE = "message"
    CARD = "card"
    REACTION = "reaction"
    RECEIPT = "receipt"
    ROLL_UP = "roll_up"
    OVERVIEW = "overview"
    PIN = "pin"
    WITHDRAWN = "withdrawn"
    PICK_FAILED = "pick_failed"
    ORDER_FAILED = "order_failed"
    PRICE_QUESTION = "price_question"
    PRICE_NOTICE = "price_notice"
    DRAFT = "draft"
    PREVIEW = "preview"
    TIDY = "tidy"
    POINT_QUESTION = "point_question"
    ARRIVED = "arrived"
    PICKUP_REMINDER = "pickup_reminder"
    PICKUP_CODE = "pickup_code"
    SHEET = "sheet"
    IMPORT = "import"
    IMPORT_FAULTS = "import_faults"
    IMPORT_TEMPLATE = "import_template"
    TEAM = "team"
    DETAILS = "details"
    ALBUM = "album"
    REMINDER = "reminder"
    QUESTION = "question"
    PROPOSAL = "proposal"
    ANSWER = "answer"
    PAYMENT_REQUEST = "payment_request"
    INVOICE = "invoice"
    PAYMENT_CLAIM = "payment_claim"
    PAYMENT_DECLINED = "payment_declined"
    PAYMENT_RECEIPT = "payment_receipt"
    REFUND_DUE = "refund_due"
    REFUND_DONE = "refund_done"
    REFUNDS_OWED = "refunds_owed"
    STAR_REFUND = "star_refund"
    HOLD_LAPSED = "hold_lapsed"
    DISCREPANCY = "discrepancy"
    ACCOUNTS = "accounts"
    CHAIN_PICTURE = "chain_picture"
    CHAIN_SHEET = "chain_sheet"
    PAYOUT = "payout"
    PAYOUTS_ASKED = "payouts_asked"
    PAYOUTS_SHEET = "payouts_sheet"
    SALES_SHEET = "sales_sheet"
    CAMPAIGN = "campaign"
    CAMPAIGN_SHEET = "campaign_sheet"
    CAMPAIGN_CHART = "campaign_chart"
    SHARED_CARD = "shared_card"
    POSTER = "poster"
    WHO_TOLD = "who_told"
    FRIEND_CREDIT = "friend_credit"
    COUPONS = "coupons"
    EARNINGS = "earnings"
    STATISTICS_PICTURE = "statistics_picture"
    STATISTICS_SHEET = "statistics_sheet"
    MY_DATA = "my_data"
    FAREWELL = "farewell"
    LINK_REVOKED = "link_revoked"
    REVIEW_ASKED = "review_asked"
    REVIEW = "review"
    REVIEW_ALBUM = "review_album"
    REVIEW_NEWS = "review_news"
    SLOT = "slot"
    TRUST_VOTE = "trust_vote"
    TRUST_VOTE_END = "trust_vote_end"
    CASE = "case"
    CASE_REMINDER = "case_reminder"
    CASE_PHOTOS = "case_photos"
    NEW_PICKS = "new_picks"
    RECALL = "recall"
    RECALL_IN_GROUP = "recall_in_group"
    RECALL_NEWS = "recall_news"
    WISH_ANSWERED = "wish_answered"
    WISH_HINT = "wish_hint"
    ROUND_HINT = "round_hint"
    NEED_ANSWERED = "need_answered"
    SUGGESTIONS = "suggestions"
    CARRYING_ENDED = "carrying_ended"
    TELLING = "telling"


NO_POINT = 0
"""Stands in for the key of a pick-up point where a member has chosen none."""
