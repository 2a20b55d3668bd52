"""Polls and quizzes: their options and everybody's votes."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.models.users import Json, User

MOST_OPTIONS = 12
PollKind = Literal["regular", "quiz"]


@dataclass(eq=False, kw_only=True, slots=True)
class PollOption:
    """One answer; the persistent id stays when options are added."""

    persistent_id: str
    text: str
    entities: list[Json] = field(default_factory=list)
    added_by: User | None = None
    added_at: int = 0

    def to_json(self, voters: int) -> Json:
        """Return the Bot API's PollOption with a number of voters."""
        json: Json = {"persistent_id": self.persistent_id, "text": self.text, "voter_count": voters}
        if self.entities:
            json["text_entities"] = self.entities
        if self.added_by is not None:
            json |= {"added_by_user": self.added_by.to_json(), "addition_date": self.added_at}
        return json


@dataclass(eq=False, kw_only=True, slots=True)
class Poll:
    """A poll; forwards of its message show the same one."""

    id: str
    owner: User
    question: str
    question_entities: list[Json] = field(default_factory=list)
    options: list[PollOption]
    kind: PollKind = "regular"
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    allows_revoting: bool = True
    allows_adding: bool = False
    hides_results: bool = False
    correct: list[int] = field(default_factory=list)
    explanation: str = ""
    explanation_entities: list[Json] = field(default_factory=list)
    description: str = ""
    description_entities: list[Json] = field(default_factory=list)
    open_period: int = 0
    close_date: int = 0
    is_closed: bool = False
    # By the id of the voter: the places of the options she chose, in the order of the poll.
    votes: dict[int, list[int]] = field(default_factory=dict)

    def counts(self) -> list[int]:
        """Return how many chose each option."""
        counts = [0] * len(self.options)
        for chosen in self.votes.values():
            for place in chosen:
                counts[place] += 1
        return counts

    def to_json(self, *, in_message: bool = False) -> Json:
        """Return the Bot API's Poll; the description is shown inside a message only."""
        options = zip(self.options, self.counts(), strict=True)
        json: Json = {
            "id": self.id,
            "question": self.question,
            "options": [option.to_json(voters) for option, voters in options],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.allows_multiple_answers,
            "allows_revoting": self.allows_revoting,
            "members_only": False,
        }
        if self.question_entities:
            json["question_entities"] = self.question_entities
        if in_message and self.description:
            json["description"] = self.description
            if self.description_entities:
                json["description_entities"] = self.description_entities
        return json | self._answer() | self._end()

    def _answer(self) -> Json:
        """Return what a quiz gives away once it is over, and to the bot that asks it before."""
        if self.kind != "quiz" or not (self.is_closed or self.owner.is_bot):
            return {}
        json: Json = {"correct_option_ids": self.correct}
        if self.explanation:
            json["explanation"] = self.explanation
            if self.explanation_entities:
                json["explanation_entities"] = self.explanation_entities
        return json

    def _end(self) -> Json:
        json: Json = {}
        if self.open_period:
            json["open_period"] = self.open_period
        if self.close_date:
            json["close_date"] = self.close_date
        return json
