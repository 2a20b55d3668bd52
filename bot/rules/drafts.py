"""A pick in the making: what is set, what is missing, and whether it can be posted as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from bot.draft_errors import (
    DraftDeadlinePast,
    DraftEndsBeforeStart,
    DraftIncomplete,
    DraftStartPast,
)
from bot.rules.pricing import TierPrice, check_reachable, terms_of
from bot.rules.teams import checked_team
from storage.states import DraftStep

VERSION = 1
MOST_PHOTOS = 10
RUNS_HOURS = 24
"""How long a pick without a deadline runs."""

STEPS = (
    DraftStep.PLACE,
    DraftStep.PHOTO,
    DraftStep.TITLE,
    DraftStep.WORDS,
    DraftStep.PRICE,
    DraftStep.VARIANTS,
    DraftStep.STOCK,
    DraftStep.TIERS,
    DraftStep.MINIMUM,
    DraftStep.LIMIT,
    DraftStep.TEAM,
    DraftStep.CATEGORY,
    DraftStep.DEADLINE,
    DraftStep.POINTS,
    DraftStep.TOPIC,
    DraftStep.START,
)
"""Every step, in the order in which Back and Skip walk."""

GUIDED = (
    DraftStep.PLACE,
    DraftStep.PHOTO,
    DraftStep.TITLE,
    DraftStep.WORDS,
    DraftStep.PRICE,
    DraftStep.VARIANTS,
    DraftStep.DEADLINE,
)
"""The steps through which a new draft is led before its overview is shown."""

_MOMENTS = frozenset({"closes_at", "opens_at", "deleted_at"})


@dataclass(frozen=True, kw_only=True)
class DraftVariant:
    """One kind of what will be offered; no stock means no limit."""

    name: str
    stock: int | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftPlace:
    """A group, and perhaps its forum topic, in which it will be posted."""

    group_id: int
    topic_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """All that was set so far; amounts are in minor units of `currency`.

    Without variants there is one nameless kind with `stock`, counted in `unit`. `runs_hours` counts from the
    posting and gives way to `closes_at`. `typed` says which message answered which step. What a newer version
    of the bot noted stays in `unknown`.
    """

    title: str = ""
    words: str = ""
    photo_ids: tuple[str, ...] = ()
    album_id: str | None = None
    #: The album of which a part found no room, so that it is said once.
    full_album_id: str | None = None
    price_amount: int | None = None
    currency: str = ""
    unit: str = ""
    stock: int | None = None
    option_names: tuple[str, ...] = ()
    variants: tuple[DraftVariant, ...] = ()
    tiers: tuple[TierPrice, ...] = ()
    minimum_quantity: int | None = None
    limit_per_person: int | None = None
    team_price_amount: int | None = None
    team_size: int | None = None
    team_hours: int | None = None
    closes_at: datetime | None = None
    runs_hours: int | None = None
    opens_at: datetime | None = None
    places: tuple[DraftPlace, ...] = ()
    point_ids: tuple[int, ...] = ()
    code: str | None = None
    category: str | None = None
    vouched_by_id: int | None = None
    vouch_words: str | None = None
    is_guided: bool = False
    #: The message that shows the preview, and which photo is in it.
    preview_id: int | None = None
    preview_photo_id: str | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    deleted_at: datetime | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[DraftVariant, ...]:
        """Its variants, or the one nameless kind."""
        return self.variants or (DraftVariant(name="", stock=self.stock),)

    @property
    def group_ids(self) -> tuple[int, ...]:
        """The keys of the groups in which it will be posted."""
        return tuple(place.group_id for place in self.places)

    @property
    def can_be_told(self) -> bool:
        """Whether it can be told to some instead of being posted: in one group, now, and not to teams."""
        return len(self.places) == 1 and self.opens_at is None and self.team_price_amount is None


def read_content(document: Mapping[str, Any]) -> DraftContent:
    """What was stored, whichever version wrote it."""
    known = {f.name for f in fields(DraftContent)} - {"unknown"}
    values = {name: _read(name, value) for name, value in document.items() if name in known}
    unknown = {name: value for name, value in document.items() if name not in known and name != "version"}
    return DraftContent(**values, unknown=unknown)


def as_document(content: DraftContent) -> dict[str, Any]:
    """As it is stored: what was never set is left out."""
    plain = DraftContent()
    named = [f.name for f in fields(DraftContent) if f.name != "unknown"]
    changed = {name: getattr(content, name) for name in named}
    kept = {name: _stored(value) for name, value in changed.items() if value != getattr(plain, name)}
    return {**content.unknown, **kept, "version": VERSION}


def missing(content: DraftContent) -> tuple[DraftStep, ...]:
    """The steps without which it cannot be posted."""
    needed = {
        DraftStep.PLACE: content.places,
        DraftStep.TITLE: content.title,
        DraftStep.PRICE: content.price_amount,
    }
    return tuple(step for step, value in needed.items() if not value)


def check_ready(content: DraftContent, *, now: datetime) -> None:
    """Whether it makes sense as a whole, now.

    Raises DraftIncomplete, DraftStartPast, DraftDeadlinePast, DraftEndsBeforeStart, and what tiers and
    minimum quantity and team can get wrong.
    """
    if missing(content):
        raise DraftIncomplete(missing(content))
    assert content.price_amount is not None
    terms = terms_of(content.price_amount, content.tiers)
    stocks = [kind.stock for kind in content.kinds]
    check_reachable(stocks=stocks, tiers=terms.tiers, minimum=content.minimum_quantity)
    if content.team_price_amount is not None:
        checked_team(
            price_amount=content.team_price_amount,
            solo_amount=content.price_amount,
            size=content.team_size,
            hours=content.team_hours,
            has_tiers=bool(content.tiers),
        )
    if content.opens_at is not None and content.opens_at <= now:
        raise DraftStartPast
    if content.closes_at is not None and content.closes_at <= now:
        raise DraftDeadlinePast
    if content.closes_at is not None and content.closes_at <= (content.opens_at or now):
        raise DraftEndsBeforeStart


def closing_time(content: DraftContent, *, now: datetime) -> datetime:
    """Until when it takes orders, if it is posted now or at its time."""
    runs = timedelta(hours=content.runs_hours or RUNS_HOURS)
    return content.closes_at or (content.opens_at or now) + runs


def step_after(step: DraftStep, content: DraftContent) -> DraftStep:
    """The step that follows an answered one: the next to be led through, else the overview."""
    if not content.is_guided or step not in GUIDED:
        return DraftStep.HOME
    return next(iter(GUIDED[GUIDED.index(step) + 1 :]), DraftStep.HOME)


def neighbour(step: DraftStep, *, by: int, passing: Sequence[DraftStep] = ()) -> DraftStep:
    """The step before (-1) or after (1) this one that applies; beyond the ends, the overview."""
    steps = [other for other in STEPS if other == step or other not in passing]
    place = steps.index(step) + by
    return steps[place] if 0 <= place < len(steps) else DraftStep.HOME


def cleared(content: DraftContent, step: DraftStep) -> DraftContent:
    """The same with nothing set in one step."""
    plain = DraftContent()
    names = _FIELDS[step]
    return replace(content, **{name: getattr(plain, name) for name in names})


def copied(content: DraftContent) -> DraftContent:
    """What a copy begins with: everything but what belongs to the first one's messages and times."""
    return replace(
        content,
        closes_at=None,
        opens_at=None,
        preview_id=None,
        preview_photo_id=None,
        typed={},
        album_id=None,
        full_album_id=None,
        deleted_at=None,
        is_guided=False,
    )


_FIELDS: Mapping[DraftStep, tuple[str, ...]] = {
    DraftStep.PLACE: ("places", "point_ids"),
    DraftStep.PHOTO: ("photo_ids", "album_id", "full_album_id"),
    DraftStep.TITLE: ("title",),
    DraftStep.WORDS: ("words",),
    DraftStep.CATEGORY: ("category",),
    DraftStep.PRICE: ("price_amount", "currency"),
    DraftStep.VARIANTS: ("variants", "option_names"),
    DraftStep.STOCK: ("stock", "unit"),
    DraftStep.TIERS: ("tiers",),
    DraftStep.MINIMUM: ("minimum_quantity",),
    DraftStep.LIMIT: ("limit_per_person",),
    DraftStep.TEAM: ("team_price_amount", "team_size", "team_hours"),
    DraftStep.DEADLINE: ("closes_at", "runs_hours"),
    DraftStep.POINTS: ("point_ids",),
    DraftStep.START: ("opens_at",),
}


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    if name == "variants":
        return tuple(DraftVariant(**{**each, "options": tuple(each.get("options", ()))}) for each in value)
    if name == "places":
        return tuple(DraftPlace(**each) for each in value)
    if name == "tiers":
        return tuple(TierPrice(*each) for each in value)
    return tuple(value) if isinstance(value, list) else value


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, DraftVariant | DraftPlace):
        return {f.name: _stored(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_stored(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value
