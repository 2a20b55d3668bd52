"""Cases: who decides, until when, what may be offered, and what was typed about one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.case_errors import (
    CaseAmountMissing,
    CaseAmountTooLarge,
    CaseWordsMissing,
    CaseWordsTooLong,
    NothingToRefund,
)
from bot.money import Money
from bot.rules.refunds import most_to_give, read_wish
from bot.rules.roles import curates
from bot.rules.settlements import Facts, costs_of
from bot.rules.typed_text import one_line, says_something
from storage.states import CaseKind, CaseLevel, CaseOutcome, CaseSide, CaseStage, Role

LONGEST_WORDS: Final = 1000
"""In UTF-16 units, as Telegram counts: three steps of a history fit into one message."""
MOST_PHOTOS: Final = 10
MOST_OF_ORDER: Final = 3
"""So many cases about one order; whoever needs more than that needs a person to talk to."""

OFFER_STANDS: Final = timedelta(days=14)
"""How long a member has to answer an offer; after that the case is closed, and she may open another."""
REMINDED_BEFORE: Final = timedelta(days=3)
"""How long before that she is reminded."""

MOST_HOURS: Final = 14 * 24
USUAL_HOURS: Final = (12, 24, 48, 72)
"""Offered as buttons; any other promise can be typed."""


class Parties(NamedTuple):
    """Whom a case concerns: its member, and who can be asked to decide; None: nobody is there."""

    member_id: int
    curator_id: int | None
    owner_id: int | None


class Offer(NamedTuple):
    """How a case would end; the amount is in minor units of the order's currency, where there is one."""

    outcome: CaseOutcome
    amount: int | None = None
    words: str = ""


class Bounds(NamedTuple):
    """What can be given for an order at most, in minor units; by word: its group keeps no money here."""

    refund: int
    credit: int
    is_by_word: bool

    def of(self, outcome: CaseOutcome) -> int | None:
        """The bound of what this outcome gives; None where it gives no money."""
        return {CaseOutcome.REFUND: self.refund, CaseOutcome.CREDIT: self.credit}.get(outcome)


def first_level(parties: Parties) -> CaseLevel:
    """Who has to answer first: the pick's curator, unless nobody but the member herself is that."""
    if parties.curator_id is not None and parties.curator_id != parties.member_id:
        return CaseLevel.CURATOR
    return _above_curator(parties)


def next_level(level: CaseLevel, parties: Parties) -> CaseLevel | None:
    """Who decides where a case goes on to; nobody is asked twice, and nobody about herself."""
    if level is CaseLevel.ADMIN:
        return None
    return _above_curator(parties) if level is CaseLevel.CURATOR else CaseLevel.ADMIN


def levels(role: Role | None, *, own_picks_only: bool, is_own: bool, is_admin: bool) -> frozenset[CaseLevel]:
    """At which levels somebody may decide a case about a pick; her role counts while she is there."""
    found = set()
    if role is not None and curates(role, own_picks_only=own_picks_only, is_own=is_own):
        found.add(CaseLevel.CURATOR)
    if role is Role.OWNER:
        found.add(CaseLevel.OWNER)
    if is_admin:
        found.add(CaseLevel.ADMIN)
    return frozenset(found)


def side_of(level: CaseLevel, may: frozenset[CaseLevel]) -> CaseSide:
    """In which role somebody who may decide at these levels acts in a case that is at one."""
    if level is CaseLevel.ADMIN and CaseLevel.ADMIN in may:
        return CaseSide.ADMIN
    if CaseLevel.OWNER in may:
        return CaseSide.OWNER
    return CaseSide.CURATOR if CaseLevel.CURATOR in may else CaseSide.ADMIN


def promised(now: datetime, hours: int) -> datetime:
    """Until when whoever has to answer promised to."""
    return now + timedelta(hours=hours)


def may_go_on(
    *,
    stage: CaseStage,
    level: CaseLevel,
    answered_at: datetime | None,
    due_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a member may go on to whoever decides next: after an answer, or when it is late."""
    if stage is CaseStage.RESOLVED or level is CaseLevel.ADMIN:
        return False
    return stage is CaseStage.OFFERED or answered_at is not None or (due_at is not None and due_at <= now)


def bounds(facts: Facts, *, is_tracked: bool) -> Bounds:
    """What can go back of an order: what is held of it, or what it cost where others keep the money.

    Credit is bounded by what it cost: so far a slip of the finger can go.
    """
    cost = max(0, facts.lines_amount + facts.fee_amount - facts.discount_amount)
    credit = max(cost, facts.received_amount)
    if facts.received_amount or is_tracked:
        return Bounds(most_to_give(facts), credit, False)
    return Bounds(costs_of(facts), credit, True)


def back_at_once(most: Bounds, *, is_fetched: bool) -> int:
    """What a recall gives back without asking anybody, in minor units.

    Where no money is kept here, nobody knows whether somebody has paid for what she has not fetched.
    """
    return most.refund if is_fetched or not most.is_by_word else 0


def read_offer(outcome: CaseOutcome, text: str, *, currency: str) -> Offer:
    """What was typed to offer this.

    Raises CaseWordsMissing, CaseWordsTooLong, CaseAmountMissing and what is wrong with an amount.
    """
    if outcome not in (CaseOutcome.REFUND, CaseOutcome.CREDIT):
        return Offer(outcome, None, read_words(text))
    wish = read_wish(text, currency)
    if wish.money is None:
        raise CaseAmountMissing
    return Offer(outcome, wish.money.amount, wish.reason)


def check_offer(offer: Offer, most: Bounds, *, currency: str) -> None:
    """Raise NothingToRefund or CaseAmountTooLarge unless so much can be given."""
    bound = most.of(offer.outcome)
    if bound is None:
        return
    if not bound:
        raise NothingToRefund
    if not 0 < (offer.amount or 0) <= bound:
        raise CaseAmountTooLarge(Money(amount=bound, currency=currency))


def read_words(text: str) -> str:
    """What somebody wrote about a case, line by line. Raises CaseWordsMissing and CaseWordsTooLong."""
    words = "\n".join(filter(None, (one_line(line) for line in text.splitlines())))
    if not says_something(words):
        raise CaseWordsMissing
    check_length(words)
    return words


def check_length(words: str) -> None:
    """Raise CaseWordsTooLong for more than there is room for."""
    if len(words.encode("utf-16-le")) // 2 > LONGEST_WORDS:
        raise CaseWordsTooLong(LONGEST_WORDS)


def needs_words(kind: CaseKind) -> bool:
    """Whether the kind alone says too little."""
    return kind is CaseKind.OTHER


def read_hours(text: str) -> int | None:
    """The hours of a promise as they were typed; None: unread."""
    typed = text.strip().casefold().removesuffix("h").strip()
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > len(str(MOST_HOURS)):
        return None
    return int(typed) if 1 <= int(typed) <= MOST_HOURS else None


def median_hours(took: Collection[timedelta]) -> float | None:
    """The median of how long cases took, in hours; None where there are none."""
    # Loaded when it is first asked for: few of those who start the bot ever do.
    from statistics import median

    hours = [one / timedelta(hours=1) for one in took]
    return median(hours) if hours else None


def _above_curator(parties: Parties) -> CaseLevel:
    if parties.owner_id is None or parties.owner_id in (parties.member_id, parties.curator_id):
        return CaseLevel.ADMIN
    return CaseLevel.OWNER
