"""A promotion in the making: what is set, what is missing, what fits its kind, and what may still change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.money import Money
from bot.promotion_errors import (
    BoundBelowUsed,
    BudgetBelowSpent,
    BudgetTooSmall,
    PromotionEndsTooEarly,
    PromotionIncomplete,
)
from storage.states import PromotionKind, PromotionState

VERSION: Final = 1
MOST_PROMOTIONS: Final = 50
"""So many of a group may run or wait at once."""
MOST_NAMED: Final = 200
"""So many groups or offers can be named one by one."""

_MOMENTS: Final = frozenset({"starts_at", "ends_at"})


class PromotionStep(StrEnum):
    """What a promotion in the making waits for; at home it shows its overview."""

    HOME = "home"
    KIND = "kind"
    CURRENCY = "currency"
    PLACE = "place"
    VALUE = "value"
    OFFERS = "offers"
    POINTS = "points"
    QUANTITY = "quantity"
    TITLE = "title"
    CODE = "code"
    WHO = "who"
    MINIMUM_AMOUNT = "minimum_amount"
    MINIMUM_QUANTITY = "minimum_quantity"
    PERSON = "person"
    USES = "uses"
    BUDGET = "budget"
    START = "start"
    END = "end"
    STACKS = "stacks"
    COMMISSION = "commission"


STEPS: Final = tuple(step for step in PromotionStep if step is not PromotionStep.HOME)
"""Every step, in the order in which Back and Skip walk."""

GUIDED: Final = (
    PromotionStep.KIND,
    PromotionStep.CURRENCY,
    PromotionStep.PLACE,
    PromotionStep.VALUE,
    PromotionStep.OFFERS,
    PromotionStep.QUANTITY,
    PromotionStep.TITLE,
    PromotionStep.CODE,
    PromotionStep.BUDGET,
    PromotionStep.END,
)
"""The steps through which a new promotion is led before its overview is shown."""

BOUNDS: Final = (
    PromotionStep.TITLE,
    PromotionStep.PERSON,
    PromotionStep.USES,
    PromotionStep.BUDGET,
    PromotionStep.QUANTITY,
    PromotionStep.END,
)
"""What may change once somebody may have read what a promotion gives."""

_NOT_FOR_FRIENDS: Final = frozenset(
    {
        *(PromotionStep.OFFERS, PromotionStep.POINTS, PromotionStep.QUANTITY, PromotionStep.CODE),
        *(PromotionStep.WHO, PromotionStep.MINIMUM_QUANTITY, PromotionStep.STACKS, PromotionStep.COMMISSION),
    }
)


@dataclass(frozen=True, kw_only=True)
class PromotionContent:
    """All that was set so far; amounts are in minor units of `currency`.

    Without a group it is an admin's and holds across groups. With `promotion_id` it changes one that stands.
    What a newer version of the bot noted stays in `unknown`.
    """

    at: PromotionStep = PromotionStep.KIND
    group_id: int | None = None
    promotion_id: int | None = None
    is_guided: bool = False
    #: The last question before it holds was asked about just this.
    is_asked: bool = False
    #: The page of what the step lists, and a part of the titles looked for.
    page: int = 0
    words: str = ""
    kind: PromotionKind | None = None
    title: str = ""
    currency: str = ""
    bps: int | None = None
    amount: int | None = None
    unit_amount: int | None = None
    buy_quantity: int | None = None
    pay_quantity: int | None = None
    by_coupon: bool = False
    first_order_only: bool = False
    minimum_amount: int | None = None
    minimum_quantity: int | None = None
    stacks: bool = False
    pays_no_commission: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    #: It shall run so many hours from its start, where no end was written.
    runs_hours: int | None = None
    budget_amount: int | None = None
    uses_limit: int | None = None
    uses_per_person: int | None = None
    quantity_limit: int | None = None
    in_all_groups: bool = False
    group_ids: tuple[int, ...] = ()
    offer_ids: tuple[int, ...] = ()
    point_ids: tuple[int, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_across(self) -> bool:
        """Whether it is an admin's, of no group of its own."""
        return self.group_id is None

    @property
    def where(self) -> tuple[int, ...]:
        """The groups that are named."""
        return (self.group_id,) if self.group_id is not None else self.group_ids


@dataclass(frozen=True, kw_only=True)
class Used:
    """What of a promotion has been used, in uses, pieces and minor units."""

    count: int = 0
    quantity: int = 0
    amount: int = 0


def read_content(document: Mapping[str, Any]) -> PromotionContent:
    """What was stored, whichever version wrote it."""
    known = {f.name for f in fields(PromotionContent)} - {"unknown"}
    values = {name: _read(name, value) for name, value in document.items() if name in known}
    unknown = {name: value for name, value in document.items() if name not in known and name != "version"}
    return PromotionContent(**values, unknown=unknown)


def as_document(content: PromotionContent) -> dict[str, Any]:
    """As it is stored: what was never set is left out."""
    plain = PromotionContent()
    named = [f.name for f in fields(PromotionContent) if f.name != "unknown"]
    changed = {name: getattr(content, name) for name in named}
    kept = {name: _stored(value) for name, value in changed.items() if value != getattr(plain, name)}
    return {**content.unknown, **kept, "at": content.at.value, "version": VERSION}


def applies(step: PromotionStep, content: PromotionContent) -> bool:
    """Whether a step means anything for such a promotion."""
    kind = content.kind
    if kind is PromotionKind.FRIEND and step in _NOT_FOR_FRIENDS:
        return False
    match step:
        case PromotionStep.CURRENCY | PromotionStep.PLACE:
            return content.is_across
        case PromotionStep.VALUE:
            return kind not in (None, PromotionKind.FREE_PICKUP)
        case PromotionStep.OFFERS:
            return bool(content.where)
        case PromotionStep.POINTS:
            return kind is PromotionKind.FREE_PICKUP and not content.is_across
        case PromotionStep.QUANTITY:
            return kind is PromotionKind.FLASH_PRICE
    return True


def is_set(step: PromotionStep, content: PromotionContent) -> bool:
    """Whether something was said at a step."""
    by_step: Mapping[PromotionStep, object] = {
        PromotionStep.KIND: content.kind,
        PromotionStep.CURRENCY: content.currency,
        PromotionStep.PLACE: content.in_all_groups or content.group_ids,
        PromotionStep.VALUE: _has_value(content),
        PromotionStep.OFFERS: content.offer_ids,
        PromotionStep.POINTS: content.point_ids,
        PromotionStep.QUANTITY: content.quantity_limit,
        PromotionStep.TITLE: content.title,
        PromotionStep.CODE: content.by_coupon,
        PromotionStep.WHO: content.first_order_only,
        PromotionStep.MINIMUM_AMOUNT: content.minimum_amount,
        PromotionStep.MINIMUM_QUANTITY: content.minimum_quantity,
        PromotionStep.PERSON: content.uses_per_person,
        PromotionStep.USES: content.uses_limit,
        PromotionStep.BUDGET: content.budget_amount,
        PromotionStep.START: content.starts_at,
        PromotionStep.END: content.ends_at or content.runs_hours,
        PromotionStep.STACKS: content.stacks,
        PromotionStep.COMMISSION: content.pays_no_commission,
    }
    return bool(by_step.get(step))


def needed(content: PromotionContent) -> tuple[PromotionStep, ...]:
    """The steps that such a promotion cannot do without."""
    steps = [PromotionStep.KIND, PromotionStep.TITLE]
    if content.is_across:
        steps += [PromotionStep.CURRENCY, PromotionStep.PLACE]
    if applies(PromotionStep.VALUE, content):
        steps.append(PromotionStep.VALUE)
    if content.kind is PromotionKind.FLASH_PRICE:
        # A flash price for whatever a group sells would be none of anything.
        steps.append(PromotionStep.OFFERS)
    return tuple(step for step in STEPS if step in steps)


def missing(content: PromotionContent) -> tuple[PromotionStep, ...]:
    """The steps without which it cannot be launched."""
    return tuple(step for step in needed(content) if not is_set(step, content))


def cleared(content: PromotionContent, step: PromotionStep) -> PromotionContent:
    """The same with nothing set in one step."""
    plain = PromotionContent()
    return replace(content, **{name: getattr(plain, name) for name in _FIELDS[step]})


def with_kind(content: PromotionContent, kind: PromotionKind) -> PromotionContent:
    """The same as another kind: what only the old one had goes."""
    if content.kind is kind:
        return content
    bare = replace(cleared(content, PromotionStep.VALUE), kind=kind)
    for step in _NOT_FOR_FRIENDS:
        if not applies(step, bare):
            bare = cleared(bare, step)
    return bare


def with_currency(content: PromotionContent, currency: str) -> PromotionContent:
    """The same in another currency: amounts and groups of the old one mean nothing in it."""
    if content.currency in ("", currency):
        return replace(content, currency=currency)
    bare = replace(content, currency=currency, minimum_amount=None, budget_amount=None)
    return replace(bare, amount=None, unit_amount=None, group_ids=(), offer_ids=())


def step_after(step: PromotionStep, content: PromotionContent) -> PromotionStep:
    """The step that follows an answered one: the next to be led through that applies, else the overview."""
    if not content.is_guided or step not in GUIDED:
        return PromotionStep.HOME
    rest = GUIDED[GUIDED.index(step) + 1 :]
    return next((one for one in rest if _is_led_to(one, content)), PromotionStep.HOME)


def step_before(step: PromotionStep, content: PromotionContent) -> PromotionStep:
    """The step before one: on the way that is led, else of all that apply."""
    walked = [one for one in GUIDED if _is_led_to(one, content)] if content.is_guided else walk(content)
    before = walked[: walked.index(step)] if step in walked else []
    return before[-1] if before else PromotionStep.HOME


def walk(content: PromotionContent, *, may_change: tuple[PromotionStep, ...] = STEPS) -> list[PromotionStep]:
    """The steps that apply and may change, in order."""
    return [step for step in STEPS if step in may_change and applies(step, content)]


def may_change(
    state: PromotionState, *, starts_at: datetime, used: Used, now: datetime
) -> tuple[PromotionStep, ...]:
    """What may change of a promotion that was launched: before anybody can have read of it, nearly all."""
    if state is PromotionState.ENDED:
        return ()
    if now < starts_at and not used.count:
        return tuple(step for step in STEPS if step not in (PromotionStep.KIND, PromotionStep.CURRENCY))
    return BOUNDS


def times_of(content: PromotionContent, *, now: datetime) -> tuple[datetime, datetime | None]:
    """When it begins and when it is over, if it is launched now. Raises PromotionEndsTooEarly."""
    starts_at = max(content.starts_at or now, now) if content.promotion_id is None else content.starts_at
    starts_at = starts_at or now
    ends_at = content.ends_at
    if ends_at is None and content.runs_hours is not None:
        ends_at = starts_at + timedelta(hours=content.runs_hours)
    if ends_at is not None and ends_at <= max(starts_at, now):
        raise PromotionEndsTooEarly
    return starts_at, ends_at


def check_ready(content: PromotionContent, *, now: datetime) -> None:
    """Whether it makes sense as a whole, now; whether a flash price is low enough, the catalogue alone knows.

    Raises PromotionIncomplete, PromotionEndsTooEarly and BudgetTooSmall.
    """
    if missing(content):
        raise PromotionIncomplete(tuple(missing(content)))
    times_of(content, now=now)
    least = one_use_amount(content)
    if content.budget_amount is not None and content.budget_amount < least:
        raise BudgetTooSmall(Money(amount=least, currency=content.currency))


def one_use_amount(content: PromotionContent) -> int:
    """What a single full use takes of the budget; where that is not known beforehand, the least."""
    if content.kind is PromotionKind.FRIEND:
        return 2 * (content.amount or 0)
    if content.kind is PromotionKind.AMOUNT:
        return content.amount or 0
    return 1


def most_amount(content: PromotionContent) -> int | None:
    """What it costs at most in all, in minor units; None: nobody can say."""
    bounds = [content.budget_amount]
    if content.kind in (PromotionKind.AMOUNT, PromotionKind.FRIEND) and content.uses_limit is not None:
        bounds.append(content.uses_limit * one_use_amount(content))
    known = [bound for bound in bounds if bound is not None]
    return min(known) if known else None


def check_bounds(content: PromotionContent, used: Used) -> None:
    """Nobody loses what she has: a bound goes no lower than what was used.

    Raises BudgetBelowSpent and BoundBelowUsed.
    """
    if content.budget_amount is not None and content.budget_amount < used.amount:
        raise BudgetBelowSpent(Money(amount=used.amount, currency=content.currency))
    if content.uses_limit is not None and content.uses_limit < used.count:
        raise BoundBelowUsed(used.count)
    if content.quantity_limit is not None and content.quantity_limit < used.quantity:
        raise BoundBelowUsed(used.quantity)


def _is_led_to(step: PromotionStep, content: PromotionContent) -> bool:
    if step is PromotionStep.OFFERS and content.kind is not PromotionKind.FLASH_PRICE:
        return False
    return applies(step, content)


def _has_value(content: PromotionContent) -> bool:
    match content.kind:
        case PromotionKind.PERCENT:
            return content.bps is not None
        case PromotionKind.AMOUNT | PromotionKind.FRIEND:
            return content.amount is not None
        case PromotionKind.FLASH_PRICE:
            return content.unit_amount is not None
        case PromotionKind.BUY_N_PAY_M:
            return content.buy_quantity is not None
    return False


_FIELDS: Mapping[PromotionStep, tuple[str, ...]] = {
    PromotionStep.CURRENCY: ("currency",),
    PromotionStep.PLACE: ("in_all_groups", "group_ids", "offer_ids"),
    PromotionStep.VALUE: ("bps", "amount", "unit_amount", "buy_quantity", "pay_quantity"),
    PromotionStep.OFFERS: ("offer_ids",),
    PromotionStep.POINTS: ("point_ids",),
    PromotionStep.QUANTITY: ("quantity_limit",),
    PromotionStep.TITLE: ("title",),
    PromotionStep.CODE: ("by_coupon",),
    PromotionStep.WHO: ("first_order_only",),
    PromotionStep.MINIMUM_AMOUNT: ("minimum_amount",),
    PromotionStep.MINIMUM_QUANTITY: ("minimum_quantity",),
    PromotionStep.PERSON: ("uses_per_person",),
    PromotionStep.USES: ("uses_limit",),
    PromotionStep.BUDGET: ("budget_amount",),
    PromotionStep.START: ("starts_at",),
    PromotionStep.END: ("ends_at", "runs_hours"),
    PromotionStep.STACKS: ("stacks",),
    PromotionStep.COMMISSION: ("pays_no_commission",),
}


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    if name == "at":
        return PromotionStep(value)
    if name == "kind":
        return PromotionKind(value)
    return tuple(value) if isinstance(value, list) else value


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
