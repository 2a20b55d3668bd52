"""What a poll is made of, checked as Telegram checks it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from sandbox.entities import utf16_length
from sandbox.errors import ApiError, bad_request
from sandbox.methods.fields import optional_array, optional_string
from sandbox.methods.registry import Call, only_fields
from sandbox.methods.texts import Formatted, parsed
from sandbox.models.polls import MOST_OPTIONS, Poll, PollKind, PollOption
from sandbox.models.users import Json

_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100
_LONGEST_EXPLANATION = 200
_LONGEST_DESCRIPTION = 1024
_MOST_LINE_FEEDS = 2
_SHORTEST, _LONGEST = 5, 2_628_000
_OPTION_FIELDS = frozenset({"text", "text_parse_mode", "text_entities", "media"})

# A text, its parse mode and its entities.
Words = tuple[str, str, list[Any] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A poll as it was asked for."""

    question: Words
    options: list[Any]
    kind: str
    is_anonymous: bool
    allows_multiple_answers: bool
    allows_revoting: bool | None
    allows_adding: bool
    hides_results: bool
    correct: list[Any]
    explanation: Words
    description: Words
    open_period: int
    close_date: int
    is_closed: bool


def make_poll(call: Call, wish: Wish) -> Poll:
    """Return the poll that was asked for; raises ApiError 400."""
    question = _emoji_only(wish.question, most=_LONGEST_QUESTION, what="poll question")
    options = read_options(wish.options)
    if wish.kind not in ("regular", "quiz", ""):
        raise bad_request("unsupported poll type specified")
    kind = cast(PollKind, wish.kind or "regular")
    if wish.allows_adding and (wish.is_anonymous or kind == "quiz"):
        raise bad_request("options can't be added to anonymous polls and quizzes")
    description = parsed(*wish.description)
    if utf16_length(description.text) > _LONGEST_DESCRIPTION:
        raise bad_request("message caption is too long")
    explanation = _explanation(wish, kind)
    open_period, close_date = _end(call, wish)
    return Poll(
        id=str(call.world.number()),
        owner=call.bot.user,
        question=question.text,
        question_entities=question.entities,
        options=options,
        kind=kind,
        is_anonymous=wish.is_anonymous,
        allows_multiple_answers=wish.allows_multiple_answers,
        allows_revoting=wish.allows_revoting if wish.allows_revoting is not None else kind == "regular",
        allows_adding=wish.allows_adding,
        hides_results=wish.hides_results,
        correct=_correct(wish.correct, len(options)) if kind == "quiz" else [],
        explanation=explanation.text,
        explanation_entities=explanation.entities,
        description=description.text,
        description_entities=description.entities,
        open_period=open_period,
        close_date=close_date,
        is_closed=wish.is_closed,
    )


def read_options(given: list[Any]) -> list[PollOption]:
    """Return the options of a new poll; raises ApiError 400."""
    if not given:
        raise bad_request("poll must have at least one answer option")
    if len(given) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    texts = [_option(option) for option in given]
    return [
        PollOption(persistent_id=str(place), text=words.text, entities=words.entities)
        for place, words in enumerate(texts)
    ]


def _option(option: Any) -> Formatted:
    if isinstance(option, str):
        option = {"text": option}
    if not isinstance(option, dict):
        raise _bad_option("Expected InputPollOption to be an Object")
    only_fields("InputPollOption", option, _OPTION_FIELDS)
    if "media" in option:
        raise bad_request("the sandbox does not simulate media in poll options")
    text, entities = option.get("text"), optional_array(option, "text_entities")
    if text is None:
        raise _bad_option('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _bad_option('Field "text" must be of type String')
    words: Words = (text, optional_string(option, "text_parse_mode"), entities)
    return _emoji_only(words, most=_LONGEST_OPTION, what="poll options")


def _emoji_only(words: Words, *, most: int, what: str) -> Formatted:
    """Return a text in which custom emoji alone are kept of all entities."""
    result = parsed(*words)
    if not result.text:
        raise bad_request("text must be non-empty")
    if len(result.text) > most:
        raise bad_request(f"{what} length must not exceed {most}")
    emoji: list[Json] = [entity for entity in result.entities if entity["type"] == "custom_emoji"]
    return Formatted(text=result.text, entities=emoji)


def _explanation(wish: Wish, kind: PollKind) -> Formatted:
    result = parsed(*wish.explanation)
    if result.text and kind != "quiz":
        raise bad_request("explanation can be used in quizzes only")
    if len(result.text) > _LONGEST_EXPLANATION:
        raise bad_request(f"poll explanation length must not exceed {_LONGEST_EXPLANATION}")
    if result.text.count("\n") > _MOST_LINE_FEEDS:
        raise bad_request(f"poll explanation must have at most {_MOST_LINE_FEEDS} line feeds")
    return result


def _correct(given: list[Any], options: int) -> list[int]:
    if not given:
        raise bad_request("correct quiz option list must be non-empty")
    if not all(isinstance(place, int) and 0 <= place < options for place in given):
        raise bad_request("wrong quiz correct_option_id")
    if any(place >= following for place, following in pairwise(given)):
        raise bad_request("correct quiz option list must be increasing")
    return list(given)


def _end(call: Call, wish: Wish) -> tuple[int, int]:
    """Return how long the poll is open and until when, 0 for both if it is not limited."""
    if wish.open_period and wish.close_date:
        raise bad_request("open_period and close_date can't be used together")
    now = call.world.clock.date()
    seconds = wish.open_period or (wish.close_date - now if wish.close_date else 0)
    if seconds and not _SHORTEST <= seconds <= _LONGEST:
        name = "open_period" if wish.open_period else "close_date"
        raise bad_request(f"wrong {name} specified: a poll is open for {_SHORTEST}-{_LONGEST} seconds")
    return wish.open_period, wish.close_date or (now + seconds if seconds else 0)


def _bad_option(why: str) -> ApiError:
    return bad_request(f"can't parse InputPollOption: {why}")
