"""Every table, so that one import gives the whole schema."""

from storage.models.groups import Group
from storage.models.members import Member, Person
from storage.models.orders import Order, OrderEvent, OrderLine
from storage.models.outbox import OutboxEntry
from storage.models.picks import AnonymousReaction, Offer, Pick, Reaction, Variant
from storage.models.referrals import Introduction, InviteLink, Referral
from storage.models.updates import DeadLetter, SeenUpdate

__all__ = [
    "AnonymousReaction",
    "DeadLetter",
    "Group",
    "Introduction",
    "InviteLink",
    "Member",
    "Offer",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OutboxEntry",
    "Person",
    "Pick",
    "Reaction",
    "Referral",
    "SeenUpdate",
    "Variant",
]
