"""Watching a world: every request that bots make there and everything that the sandbox sends is checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sandbox.changes import Change
from sandbox.conformance.answers import Answers
from sandbox.conformance.coverage import Coverage, add_fields
from sandbox.conformance.memory import Memory
from sandbox.conformance.problems import OF_TYPES, Problem
from sandbox.conformance.requests import Requests
from sandbox.conformance.rules import chats, keyboards, messages, payments, polls, texts, updates
from sandbox.conformance.shapes import Shapes
from sandbox.conformance.spec import Spec
from sandbox.world import ApiCall, SentUpdate, World

# Importing a module registers its rules; the list keeps the imports from looking unused.
_RULES = (chats, keyboards, messages, payments, polls, texts, updates)
FILES = "/file/bot"


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """Something that the real API would not have taken, or not have sent."""

    of: Literal["request", "answer", "update"]
    subject: str
    problem: Problem
    was_refused: bool = False

    def __str__(self) -> str:
        where = f" {self.problem.path}:" if self.problem.path else ""
        refused = " (the sandbox refused it)" if self.was_refused else ""
        return f"{self.of} {self.subject}:{where} {self.problem.what}{refused}"


class Watch:
    """The checks of one spec, compiled once, for any number of worlds; what they found adds up."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.violations: list[Violation] = []
        self._coverage = Coverage()
        self._sent = Shapes(spec, rules=OF_TYPES)
        self._update = self._sent.of(["Update"])
        self._requests = Requests(spec)
        self._answers = Answers(spec, self._sent)

    @property
    def coverage(self) -> Coverage:
        """What came by so far."""
        add_fields(self._coverage.sent, self._sent.seen)
        add_fields(self._coverage.received, self._requests.seen)
        return self._coverage

    def take(self) -> list[Violation]:
        """Return what was found since the last time."""
        taken, self.violations = self.violations, []
        return taken

    def watch(self, world: World) -> None:
        """Check everything that happens in a world from now on."""
        memories: dict[int, Memory] = {}

        def memory(bot_id: int) -> Memory:
            if bot_id not in memories:
                memories[bot_id] = Memory(bot_id=bot_id, clock=world.clock)
            return memories[bot_id]

        def look(change: Change) -> None:
            if change.kind == "update":
                self._look_at_update(change.about, memory(change.about.bot.id))
            elif change.kind == "call":
                self._look_at_call(change.about, memory(change.about.bot.id))
            elif change.kind == "fetched":
                self._coverage.accepted[FILES] += 1

        world.on_change(look)

    def _look_at_update(self, sent: SentUpdate, memory: Memory) -> None:
        update = sent.json
        kinds = [kind for kind in update if kind != "update_id"]
        self._coverage.updates.update(kinds)
        problems = list(self._update(update)) or list(memory.of_update(update))
        if problems:
            subject = f"{update.get('update_id')} ({', '.join(kinds)}) to {sent.bot.username}"
            self.violations += [Violation(of="update", subject=subject, problem=found) for found in problems]

    def _look_at_call(self, call: ApiCall, memory: Memory) -> None:
        request = self._requests.read(call.method, call.parameters)
        subject = f"{request.method} of {call.bot.username}"
        is_accepted = call.answer.get("ok") is True
        self._count(request.method, request.values.keys(), is_accepted=is_accepted)
        self.violations += [
            Violation(of="request", subject=subject, problem=found, was_refused=not is_accepted)
            for found in request.problems
        ]
        if request.problems and is_accepted:
            return
        problems = list(self._answers.check(request, call.answer, bot_id=call.bot.id))
        if is_accepted and not problems:
            problems = list(memory.of_answer(request, call.answer))
        self.violations += [Violation(of="answer", subject=subject, problem=found) for found in problems]

    def _count(self, method: str, parameters: Iterable[str], *, is_accepted: bool) -> None:
        if not is_accepted:
            self._coverage.refused[method] += 1
            return
        self._coverage.accepted[method] += 1
        self._coverage.parameters.setdefault(method, set()).update(parameters)


def watch(world: World, spec: Spec) -> Watch:
    """Watch one world by a spec; what is wrong and what came by gathers in the result."""
    watching = Watch(spec)
    watching.watch(world)
    return watching
