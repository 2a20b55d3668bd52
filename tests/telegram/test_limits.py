"""The limits of sending, on a clock of their own against a strict Telegram."""

import heapq
import itertools
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.telegram.limits import Limits, Rate, Rates, Window, messages_in

GROUP, PRIVATE = -100, 7


@dataclass
class Clock:
    time: float = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(clock=clock)


@dataclass
class StrictWindow:
    """Telegram at its strictest: no more than `count` arrive in any `seconds`."""

    count: int
    seconds: float
    recent: deque[float] = field(default_factory=deque)

    def arrives(self, at: float) -> None:
        while self.recent and self.recent[0] <= at - self.seconds:
            self.recent.popleft()
        self.recent.append(at)
        assert len(self.recent) <= self.count, f"429 at {at}"


def send_for(seconds: float, limits: Limits, clock: Clock, chats: Iterator[int], latency: float) -> int:
    """Send as fast as the limits allow; returns how many arrived at a strict Telegram."""
    dice = random.Random(5)
    overall, groups = StrictWindow(30, 1), {GROUP: StrictWindow(20, 60)}
    arrivals: list[tuple[float, int]] = []
    answers: list[tuple[float, int, object]] = []
    end, number = clock.time + seconds, itertools.count()
    while clock.time < end:
        chat_id = next(chats)
        wait = limits.wait_for(chat_id, 1)
        while wait > 0:
            due = answers[0][0] if answers else float("inf")
            clock.time = min(clock.time + wait, due)
            if clock.time == due:
                limits.end(heapq.heappop(answers)[2], counted=True)  # type: ignore[arg-type]
            wait = limits.wait_for(chat_id, 1)
        begun = limits.begin(chat_id, "sendMessage", {})
        there, back = dice.uniform(0, latency), dice.uniform(0, latency)
        arrivals.append((clock.time + there, chat_id))
        heapq.heappush(answers, (clock.time + there + back, next(number), begun))
    for at, chat_id in sorted(arrivals):
        overall.arrives(at)
        if chat_id in groups:
            groups[chat_id].arrives(at)
    return len(arrivals)


@pytest.mark.parametrize("latency", [0.001, 0.02, 0.04])
def test_ten_minutes_overall_fill_the_limit_and_never_pass_it(
    limits: Limits, clock: Clock, latency: float
) -> None:
    sent = send_for(600, limits, clock, itertools.cycle(range(1, 200)), latency)

    assert sent >= 0.95 * 30 * 600


@pytest.mark.parametrize("latency", [0.001, 0.05, 1.0])
def test_ten_minutes_in_a_group_fill_the_limit_and_never_pass_it(
    limits: Limits, clock: Clock, latency: float
) -> None:
    sent = send_for(600, limits, clock, itertools.repeat(GROUP), latency)

    assert sent >= 0.95 * 20 * 10


def test_a_chat_bears_a_small_burst_and_then_one_a_second(limits: Limits, clock: Clock) -> None:
    for _ in range(3):
        assert limits.wait_for(PRIVATE, 1) == 0
        limits.end(limits.begin(PRIVATE, "sendMessage", {}), counted=True)

    assert limits.wait_for(PRIVATE, 1) == pytest.approx(3, rel=0.01)
    assert limits.full_chats() == {PRIVATE: pytest.approx(3, rel=0.01)}
    assert limits.wait_for(PRIVATE, 0) == 0
    assert limits.wait_for(8, 1) == 0
    clock.time += 3.1
    assert limits.full_chats() == {}


def test_until_an_answer_comes_the_wait_has_no_end() -> None:
    window = Window(Rate(count=1, seconds=1))
    window.begin(1)

    assert window.wait(0.0) == float("inf")
    window.end(5.0, 1, counted=True)
    assert window.wait(5.0) == pytest.approx(1, rel=0.01)


def test_what_telegram_refused_for_haste_gives_its_place_back(limits: Limits) -> None:
    for _ in range(20):
        limits.end(limits.begin(GROUP, "sendMessage", {}), counted=False)

    assert limits.wait_for(GROUP, 1) == 0
    assert limits.room() == 30


def test_a_chat_is_silent_as_long_as_asked_and_others_are_not(limits: Limits, clock: Clock) -> None:
    limits.pause(10, GROUP)
    limits.pause(5, GROUP)

    assert limits.silent_chats() == {GROUP: pytest.approx(10, rel=0.01)}
    assert limits.wait_for(GROUP, 0) > 9
    assert limits.wait_for(PRIVATE, 1) == 0
    assert limits.room() == 30
    clock.time += 10.1
    assert limits.silent_chats() == {}
    assert limits.wait_for(GROUP, 1) == 0


def test_silence_everywhere_leaves_no_room(limits: Limits, clock: Clock) -> None:
    limits.pause(4)

    assert limits.room() == 0
    assert limits.wait() == pytest.approx(4, rel=0.01)
    clock.time += 4.1
    assert limits.room() == 30


def test_an_album_counts_by_its_pictures(clock: Clock) -> None:
    limits = Limits(Rates(chat=Rate(count=5, seconds=5)), clock=clock)
    limits.end(limits.begin(PRIVATE, "sendMediaGroup", {"media": [1, 2, 3]}), counted=True)

    assert limits.wait_for(PRIVATE, 2) == 0
    assert limits.wait_for(PRIVATE, 3) > 0
    clock.time += 5.1
    assert limits.wait_for(PRIVATE, 10) == 0, "an album larger than the burst goes when all is clear"


def test_quiet_chats_are_forgotten(limits: Limits, clock: Clock) -> None:
    for chat_id in range(-500, 500):
        limits.end(limits.begin(chat_id, "sendMessage", {}), counted=True)
    clock.time += 61

    limits.full_chats()

    assert limits._chats == {}


@pytest.mark.parametrize(
    ("method", "params", "messages"),
    [
        ("sendMessage", {}, 1),
        ("editMessageCaption", {}, 1),
        ("copyMessage", {}, 1),
        ("forwardMessages", {"message_ids": [1, 2]}, 2),
        ("sendMediaGroup", {"media": [1, 2, 3]}, 3),
        ("sendMediaGroup", {"media": []}, 1),
        ("sendChatAction", {}, 0),
        ("setMessageReaction", {}, 0),
        ("deleteMessage", {}, 0),
        ("answerCallbackQuery", {}, 0),
        ("setMyCommands", {}, 0),
    ],
)
def test_only_messages_and_edits_count_in_a_chat(
    method: str, params: dict[str, object], messages: int
) -> None:
    assert messages_in(method, params) == messages


def test_answers_to_taps_count_nowhere(limits: Limits) -> None:
    for _ in range(40):
        limits.begin(GROUP, "answerCallbackQuery", {})

    assert limits.room() == 30
