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


class FulfilmentState(StrEnum):
    """Where an order's goods are."""

    WAITING = "waiting"
    READY = "ready"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"


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
    REMINDED = "reminded"


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
    DELETED = "deleted"


class ReferralSource(StrEnum):
    """How it is known who brought whom, most certain first."""

    INVITE_LINK = "invite_link"
    ADDED = "added"
    START = "start"
    JOIN_REQUEST = "join_request"


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


NO_POINT = 0
"""Stands in for the key of a pick-up point where a member has chosen none."""
