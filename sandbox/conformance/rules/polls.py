"""Polls: counts that add up, options that can be told apart."""

from collections.abc import Iterator

from sandbox.conformance.problems import Problem, rule
from sandbox.conformance.rules.chats import CHANNEL_BOT
from sandbox.conformance.rules.texts import within
from sandbox.models.users import Json

KINDS = ("regular", "quiz")


@rule("Poll")
def poll_adds_up(poll: Json) -> Iterator[Problem]:
    """Each voter has one vote, or several where the poll allows it."""
    votes = [option["voter_count"] for option in poll["options"]]
    total, given = poll["total_voter_count"], sum(votes)
    if poll["allows_multiple_answers"]:
        if not max(votes, default=0) <= total <= given:
            yield Problem("total_voter_count", f"{total} voters can't have given {votes}")
    elif total != given:
        yield Problem("total_voter_count", f"{total} voters, but {given} votes")


@rule("Poll")
def poll_is_well_made(poll: Json) -> Iterator[Problem]:
    """1-12 different options, a question of 1-300, and right answers only for a quiz."""
    yield from within("question", poll["question"], 300, least=1)
    options = poll["options"]
    if not 1 <= len(options) <= 12:
        yield Problem("options", f"{len(options)} options; 1 to 12 are allowed")
    ids = [option["persistent_id"] for option in options]
    if len(set(ids)) != len(ids):
        yield Problem("options", "two options have one persistent_id")
    for field in ("correct_option_ids", "explanation"):
        if field in poll and poll["type"] != "quiz":
            yield Problem(field, "is for quizzes only")
    for correct in poll.get("correct_option_ids", ()):
        if not 0 <= correct < len(options):
            yield Problem("correct_option_ids", f"there is no option {correct}")
    if "open_period" in poll and not 5 <= poll["open_period"] <= 2_628_000:
        yield Problem("open_period", f"{poll['open_period']} s; 5 to 2628000 are allowed")


@rule("PollOption")
def option_is_counted(option: Json) -> Iterator[Problem]:
    """A text of 1-100 and no fewer than 0 votes."""
    yield from within("text", option["text"], 100, least=1)
    if option["voter_count"] < 0:
        yield Problem("voter_count", f"{option['voter_count']} votes")
    if not option["persistent_id"]:
        yield Problem("persistent_id", "is empty")


@rule("PollAnswer")
def answer_is_somebodys(answer: Json) -> Iterator[Problem]:
    """A user's or a chat's, each option named both ways."""
    user_id = answer.get("user", {}).get("id")
    if "voter_chat" in answer:
        # Bots made before there was voter_chat still find a user.
        if user_id != CHANNEL_BOT:
            yield Problem("user.id", f"{user_id}, but where a chat votes it is {CHANNEL_BOT}")
    elif user_id is None:
        yield Problem("", "exactly one of user and voter_chat is needed")
    chosen_ids = answer["option_ids"]
    if len(set(chosen_ids)) != len(chosen_ids) or any(chosen_id < 0 for chosen_id in chosen_ids):
        yield Problem("option_ids", f"{chosen_ids} are not different options")
    if len(answer["option_persistent_ids"]) != len(chosen_ids):
        yield Problem("option_persistent_ids", f"names other options than {chosen_ids}")
