"""A proposal in the making: its steps, and when it can be sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from bot.member_errors import ProposalIncomplete, ProposalTitleTooLong, ProposalWordsTooLong
from bot.rules.typed_text import one_line, says_something

MOST_PENDING = 3
"""Of one member, in all her groups: a curator's time is dear."""

LONGEST_TITLE = 100
LONGEST_WORDS = 300
LONGEST_REASON = 500


class RecommendStep(StrEnum):
    """What a member is asked; the words are also those of `storage.models.Draft.step`."""

    GROUP = "recommend_group"
    PHOTO = "recommend_photo"
    TITLE = "recommend_title"
    WORDS = "recommend_words"
    BOUGHT = "recommend_bought"
    LOOK = "recommend_look"


STEPS = tuple(RecommendStep)
"""In the order in which Back and Skip walk."""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What a member has said so far; `album_id` is that of the photo, whose other photos are passed over."""

    group_id: int | None = None
    photo_id: str | None = None
    album_id: str | None = None
    title: str = ""
    words: str = ""
    has_bought: bool | None = None


def read_recommendation(document: Mapping[str, Any]) -> Recommendation:
    """Back from what was stored."""
    known = {field.name for field in fields(Recommendation)}
    return Recommendation(**{name: value for name, value in document.items() if name in known})


def as_document(said: Recommendation) -> dict[str, Any]:
    """As it is stored."""
    return asdict(said)


def with_title(said: Recommendation, text: str) -> Recommendation:
    """The same with a title. Raises ProposalIncomplete and ProposalTitleTooLong."""
    title = one_line(text)
    if not says_something(title):
        raise ProposalIncomplete
    if len(title) > LONGEST_TITLE:
        raise ProposalTitleTooLong(len(title), LONGEST_TITLE)
    return replace(said, title=title)


def with_words(said: Recommendation, text: str) -> Recommendation:
    """The same with why she vouches for it. Raises ProposalWordsTooLong."""
    words = one_line(text)
    if len(words) > LONGEST_WORDS:
        raise ProposalWordsTooLong(len(words), LONGEST_WORDS)
    return replace(said, words=words)


def cleared(said: Recommendation, step: RecommendStep) -> Recommendation:
    """The same without an answer to this step."""
    plain: dict[RecommendStep, dict[str, Any]] = {
        RecommendStep.PHOTO: {"photo_id": None, "album_id": None},
        RecommendStep.TITLE: {"title": ""},
        RecommendStep.WORDS: {"words": ""},
        RecommendStep.BOUGHT: {"has_bought": None},
    }
    return replace(said, **plain.get(step, {}))


def neighbour(step: RecommendStep, *, by: int, choosing_group: bool) -> RecommendStep:
    """The step before (-1) or after (1) this one; who is in one group alone is not asked which."""
    steps = STEPS if choosing_group else STEPS[1:]
    place = min(max(steps.index(step) + by, 0), len(steps) - 1)
    return steps[place]


def check_ready(said: Recommendation) -> None:
    """Whether it can be sent: it must say what it is. Raises ProposalIncomplete."""
    if said.group_id is None or not said.title:
        raise ProposalIncomplete
