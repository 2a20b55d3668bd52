"""Every table, so that one import gives the whole schema."""

from storage.models.acquaintances import Acquaintance
from storage.models.activity import GroupActivity, Uptime
from storage.models.admins import Admin
from storage.models.audit import AuditEntry
from storage.models.campaigns import Campaign, CampaignPost, CampaignVisit
from storage.models.carried_orders import CarriedOrder, CarriedPayment
from storage.models.carryings import Carrying
from storage.models.cases import Case, CaseEvent
from storage.models.chains import ChainPlace, Downline
from storage.models.commissions import Commission
from storage.models.coupons import Coupon, CouponGuess, CouponHolder
from storage.models.drafts import Draft
from storage.models.flags import Flag
from storage.models.groups import Group, PickupPoint, PointHelper
from storage.models.ledger import Account, LedgerEntry, LedgerTransaction
from storage.models.listings import Listing
from storage.models.members import Member, Person
from storage.models.notices import CategoryChoice, NoticeChoice, PickNotice
from storage.models.orders import Order, OrderEvent, OrderLine
from storage.models.outbox import OutboxEntry
from storage.models.payments import Discrepancy, Hold, Payment, PaymentWay, Settlement
from storage.models.payouts import Payout
from storage.models.picks import (
    AnonymousReaction,
    Offer,
    OfferPhoto,
    Pick,
    PickPoint,
    Reaction,
    Variant,
)
from storage.models.plans import Plan
from storage.models.pricing import PriceConsent, Tier
from storage.models.promotions import (
    FriendCredit,
    Promotion,
    PromotionGroup,
    PromotionOffer,
    PromotionPoint,
    Redemption,
)
from storage.models.proposals import Proposal
from storage.models.questions import Question
from storage.models.recalls import Recall, RecallBuyer
from storage.models.recommendations import Dismissal, Ranking, RankingRun
from storage.models.referrals import Introduction, InviteLink, Referral
from storage.models.refunds import Refund
from storage.models.reminders import Reminder
from storage.models.reviews import Review, ReviewVote
from storage.models.shares import Share, ShareVisit, Touch
from storage.models.teams import Team, TeamMember
from storage.models.tellings import Telling, Told
from storage.models.topics import Topic
from storage.models.trust import TrustChange, TrustEntry, TrustVote
from storage.models.updates import DeadLetter, SeenUpdate
from storage.models.wishes import Need, Wish

__all__ = [
    "Account",
    "Acquaintance",
    "Admin",
    "AnonymousReaction",
    "AuditEntry",
    "Campaign",
    "CampaignPost",
    "CampaignVisit",
    "CarriedOrder",
    "CarriedPayment",
    "Carrying",
    "Case",
    "CaseEvent",
    "CategoryChoice",
    "ChainPlace",
    "Commission",
    "Coupon",
    "CouponGuess",
    "CouponHolder",
    "DeadLetter",
    "Discrepancy",
    "Dismissal",
    "Downline",
    "Draft",
    "Flag",
    "FriendCredit",
    "Group",
    "GroupActivity",
    "Hold",
    "Introduction",
    "InviteLink",
    "LedgerEntry",
    "LedgerTransaction",
    "Listing",
    "Member",
    "Need",
    "NoticeChoice",
    "Offer",
    "OfferPhoto",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OutboxEntry",
    "Payment",
    "PaymentWay",
    "Payout",
    "Person",
    "Pick",
    "PickNotice",
    "PickPoint",
    "PickupPoint",
    "Plan",
    "PointHelper",
    "PriceConsent",
    "Promotion",
    "PromotionGroup",
    "PromotionOffer",
    "PromotionPoint",
    "Proposal",
    "Question",
    "Ranking",
    "RankingRun",
    "Reaction",
    "Recall",
    "RecallBuyer",
    "Redemption",
    "Referral",
    "Refund",
    "Reminder",
    "Review",
    "ReviewVote",
    "SeenUpdate",
    "Settlement",
    "Share",
    "ShareVisit",
    "Team",
    "TeamMember",
    "Telling",
    "Tier",
    "Told",
    "Topic",
    "Touch",
    "TrustChange",
    "TrustEntry",
    "TrustVote",
    "Uptime",
    "Variant",
    "Wish",
]
