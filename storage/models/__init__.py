"""Every table, so that one import gives the whole schema."""

from storage.models.audit import AuditEntry
from storage.models.drafts import Draft
from storage.models.groups import Group, PickupPoint, PointHelper
from storage.models.ledger import Account, LedgerEntry, LedgerTransaction
from storage.models.members import Member, Person
from storage.models.orders import Order, OrderEvent, OrderLine
from storage.models.outbox import OutboxEntry
from storage.models.payments import Discrepancy, Hold, Payment, PaymentWay, Settlement
from storage.models.picks import (
    AnonymousReaction,
    Offer,
    OfferPhoto,
    Pick,
    PickPoint,
    Reaction,
    Variant,
)
from storage.models.pricing import PriceConsent, Tier
from storage.models.proposals import Proposal
from storage.models.questions import Question
from storage.models.referrals import Introduction, InviteLink, Referral
from storage.models.refunds import Refund
from storage.models.reminders import Reminder
from storage.models.teams import Team, TeamMember
from storage.models.topics import Topic
from storage.models.updates import DeadLetter, SeenUpdate

__all__ = [
    "Account",
    "AnonymousReaction",
    "AuditEntry",
    "DeadLetter",
    "Discrepancy",
    "Draft",
    "Group",
    "Hold",
    "Introduction",
    "InviteLink",
    "LedgerEntry",
    "LedgerTransaction",
    "Member",
    "Offer",
    "OfferPhoto",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OutboxEntry",
    "Payment",
    "PaymentWay",
    "Person",
    "Pick",
    "PickPoint",
    "PickupPoint",
    "PointHelper",
    "PriceConsent",
    "Proposal",
    "Question",
    "Reaction",
    "Referral",
    "Refund",
    "Reminder",
    "SeenUpdate",
    "Settlement",
    "Team",
    "TeamMember",
    "Tier",
    "Topic",
    "Variant",
]
