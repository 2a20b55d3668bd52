"""The sender: every parcel arrives, comes later, or is refused for good."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError

from bot.telegram.api import VouchBot
from bot.telegram.application import build_application
from bot.telegram.limits import Limits, Rate, Rates, messages_in
from bot.telegram.parcels import Late, Parcel, Refusal
from bot.telegram.sender import OnSent, Sender
from bot.telegram.verdicts import Done, Later, Silence, judge
from sandbox.people import Sandbox
from tests.telegram.little import Call, LittleTelegram, ok, refusal

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
NO_LIMITS = Rates(
    overall=Rate(count=1000, seconds=1), group=Rate(count=1000, seconds=1), chat=Rate(count=1000, seconds=1)
)


class Shelf:
    """An outbox in memory whose clock stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOW
        self.due: dict[int, tuple[datetime, Parcel]] = {}
        self.taken: dict[int, Parcel] = {}
        self.arrived: list[tuple[int, object]] = []
        self.later: list[tuple[int, float, str]] = []
        self.unsure: list[int] = []
        self.refusals: dict[int, Refusal] = {}
        self.moves: list[tuple[int, int]] = []
        self.faults: list[Exception] = []
        self.faults_in_postponing: list[Exception] = []
        self.careless = False
        self.changed = asyncio.Condition()

    def put(self, *parcels: Parcel) -> None:
        for parcel in parcels:
            self.due[parcel.id] = (NOW, parcel)

    async def take(
        self, *, now: datetime, limit: int, not_chats: Collection[int], full_chats: Collection[int]
    ) -> Sequence[Parcel]:
        if self.faults:
            raise self.faults.pop()
        rows = [parcel for at, parcel in self.due.values() if at <= now]
        rows.sort(key=lambda parcel: (parcel.priority, parcel.id))
        picked: list[Parcel] = []
        for parcel in rows:
            free = parcel.chat_id not in not_chats and parcel.chat_id not in {p.chat_id for p in picked}
            full = parcel.chat_id in full_chats and messages_in(parcel.method, parcel.params)
            if (self.careless or (free and not full)) and len(picked) < limit:
                picked.append(parcel)
        for parcel in picked:
            self.taken[parcel.id] = self.due.pop(parcel.id)[1]
        return picked

    async def delivered(self, parcel: Parcel, result: object) -> None:
        if self.faults:
            raise self.faults.pop()
        await self._settled(parcel, lambda: self.arrived.append((parcel.id, result)))

    async def postponed(
        self, parcel: Parcel, *, until: datetime, reason: str, attempts: int, perhaps_sent: bool = False
    ) -> None:
        if self.faults_in_postponing:
            raise self.faults_in_postponing.pop()

        def note() -> None:
            if perhaps_sent:
                self.unsure.append(parcel.id)
            self.later.append((parcel.id, (until - self.now).total_seconds(), reason))
            self.due[parcel.id] = (until, replace(parcel, attempts=attempts))

        await self._settled(parcel, note)

    async def refused(self, parcel: Parcel, *, error: Refusal) -> None:
        await self._settled(parcel, lambda: self.refusals.update({parcel.id: error}))

    async def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        self.moves.append((old_chat_id, new_chat_id))
        for parcel in list(self.taken.values()):
            self.taken[parcel.id] = self._moved(parcel, old_chat_id, new_chat_id)
        for at, parcel in list(self.due.values()):
            self.due[parcel.id] = (at, self._moved(parcel, old_chat_id, new_chat_id))

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(condition)

    async def until_settled(self, *ids: int) -> None:
        await self.until(lambda: set(ids) <= {number for number, _ in self.arrived} | set(self.refusals))

    def _moved(self, parcel: Parcel, old: int, new: int) -> Parcel:
        if parcel.chat_id != old:
            return parcel
        return replace(parcel, chat_id=new, params={**parcel.params, "chat_id": new})

    async def _settled(self, parcel: Parcel, note: Callable[[], None]) -> None:
        kept = self.taken.pop(parcel.id)
        async with self.changed:
            note()
            if parcel.id in self.due:
                at, noted = self.due[parcel.id]
                self.due[parcel.id] = (at, replace(kept, attempts=noted.attempts))
            self.changed.notify_all()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def parcel(number: int, chat_id: int = 7, method: str = "sendMessage", **options: int) -> Parcel:
    params = {"chat_id": chat_id, "text": f"letter {number}"}
    return Parcel(
        id=number, chat_id=chat_id, method=method, params=params, **{"priority": 1, "attempts": 0, **options}
    )


@asynccontextmanager
async def sending(
    bot: VouchBot,
    shelf: Shelf,
    *,
    rates: Rates = NO_LIMITS,
    look_seconds: float = 60.0,
    on_sent: OnSent | None = None,
) -> AsyncIterator[Sender]:
    limits = Limits(rates, clock=asyncio.get_running_loop().time)
    sender = Sender(bot, shelf, limits, look_seconds=look_seconds, now=lambda: shelf.now, on_sent=on_sent)
    running = asyncio.create_task(sender.run())
    try:
        yield sender
    finally:
        await sender.stop(within=1)
        await running


def held(gate: asyncio.Event) -> Callable[[Call], "asyncio.Future[web.Response]"]:
    async def answer(_call: Call) -> web.Response:
        await gate.wait()
        return ok()

    return lambda call: asyncio.ensure_future(answer(call))


async def test_a_parcel_arrives_with_its_raw_parameters(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    markup = {"inline_keyboard": [[{"text": "Order", "callback_data": "o:1", "style": "primary"}]]}
    text = replace(parcel(1), params={"chat_id": 7, "text": "hi", "reply_markup": markup})
    telegram.answers_once("sendMessage", lambda _call: ok({"message_id": 5}))
    photo = replace(parcel(2, 8, "sendPhoto"), params={"chat_id": 8, "photo": InputFile(b"jar", "jar.jpg")})
    shelf.put(text, photo)

    async with sending(bot, shelf):
        await shelf.until_settled(1, 2)

    assert telegram.called("sendMessage")[0].params == text.params
    assert telegram.called("sendPhoto")[0].files == {"photo": ("jar.jpg", b"jar")}
    assert dict(shelf.arrived)[1] == {"message_id": 5}


async def test_a_file_that_takes_long_to_make_keeps_nobody_waiting(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    made = asyncio.Event()

    async def make() -> bytes:
        await made.wait()
        return b"jar"

    picture = Late(name="jar.png", make=make, otherwise=("sendMessage", {"text": "no picture"}))
    shelf.put(replace(parcel(1, 7, "sendPhoto"), params={"chat_id": 7, "photo": picture}), parcel(2, 8))
    async with sending(bot, shelf):
        await shelf.until_settled(2)
        assert not telegram.called("sendPhoto")
        made.set()
        await shelf.until_settled(1)
    assert telegram.called("sendPhoto")[0].files == {"photo": ("jar.png", b"jar")}


async def test_in_the_place_of_a_file_that_cannot_be_made_goes_a_sentence(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    async def make() -> bytes:
        raise OSError("the child is gone")

    picture = Late(name="jar.png", make=make, otherwise=("sendMessage", {"text": "no picture"}))
    shelf.put(replace(parcel(1, 7, "sendPhoto"), params={"chat_id": 7, "photo": picture, "caption": "jar"}))
    async with sending(bot, shelf):
        await shelf.until_settled(1)
    assert not telegram.called("sendPhoto")
    assert telegram.called("sendMessage")[0].params == {"chat_id": 7, "text": "no picture"}


async def test_wake_sends_at_once_what_a_commit_put_there(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    shelf.put(parcel(1))
    async with sending(bot, shelf) as sender:
        await shelf.until_settled(1)
        shelf.put(parcel(2))
        sender.wake()
        await shelf.until_settled(2)


async def test_without_a_wake_the_outbox_is_looked_at_all_the_same(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    async with sending(bot, shelf, look_seconds=0.02):
        await telegram.receives("getMe")
        shelf.put(parcel(1))
        await shelf.until_settled(1)


async def test_receipts_go_before_cards_before_broadcasts(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    shelf.put(
        parcel(1, 1, priority=2), parcel(2, 2, priority=1), parcel(3, 3, priority=0), parcel(4, 4, priority=1)
    )
    one_at_a_time = replace(NO_LIMITS, overall=Rate(count=1, seconds=0.01))

    async with sending(bot, shelf, rates=one_at_a_time):
        await shelf.until_settled(1, 2, 3, 4)

    assert [number for number, _ in shelf.arrived] == [3, 2, 4, 1]


async def test_one_chat_gets_its_parcels_in_order_and_holds_up_no_other(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    gate = asyncio.Event()
    telegram.answers_once("sendMessage", held(gate))
    shelf.put(parcel(1, -5), parcel(2, -5), parcel(3, -5), parcel(4, 8), parcel(5, 9))

    async with sending(bot, shelf):
        await shelf.until_settled(4, 5)
        assert len(telegram.called("sendMessage")) == 3
        gate.set()
        await shelf.until_settled(1, 2, 3)

    assert [number for number, _ in shelf.arrived if number < 4] == [1, 2, 3]


async def test_an_outbox_that_gives_two_for_a_chat_gets_one_back(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    shelf.careless = True
    shelf.put(parcel(1, -5), parcel(2, -5))

    async with sending(bot, shelf):
        await shelf.until_settled(1, 2)

    assert [number for number, _ in shelf.arrived] == [1, 2]
    assert shelf.later[0] == (2, 0.0, "another one is on its way")


async def test_what_was_given_too_soon_and_cannot_be_given_back_holds_up_no_other(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    shelf.careless = True
    shelf.faults_in_postponing = [OSError("database is locked")]
    shelf.put(parcel(1, -5), parcel(2, -5), parcel(3, 8))

    async with sending(bot, shelf):
        await shelf.until_settled(1, 2, 3)

    assert len(telegram.called("sendMessage")) == 3


async def test_no_more_than_the_bound_are_on_their_way(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    gate = asyncio.Event()
    telegram.answers_once("sendMessage", *[held(gate)] * 9)
    shelf.put(*(parcel(n, n) for n in range(1, 10)))
    limits = Limits(NO_LIMITS, clock=asyncio.get_running_loop().time)
    sender = Sender(bot, shelf, limits, concurrency=4, now=lambda: shelf.now)
    running = asyncio.create_task(sender.run())

    await telegram.receives("sendMessage", 4)
    assert sender.in_flight == 4
    gate.set()
    await shelf.until_settled(*range(1, 10))
    await sender.stop(within=1)
    await running


@pytest.mark.parametrize("careless", [False, True])
async def test_a_full_chat_waits_while_its_reactions_and_other_chats_go(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf, careless: bool
) -> None:
    narrow = replace(NO_LIMITS, group=Rate(count=1, seconds=60))
    shelf.put(parcel(1, -5))
    async with sending(bot, shelf, rates=narrow) as sender:
        await shelf.until_settled(1)
        shelf.careless = careless
        shelf.put(parcel(2, -5), parcel(3, -5, "setMessageReaction"), parcel(4, -6), parcel(5, 8))
        sender.wake()
        await shelf.until_settled(3, 4, 5)

    assert 2 in shelf.due
    assert {reason for _, _, reason in shelf.later} <= {"the chat is full"}
    assert len(telegram.called("sendMessage")) == 3


@pytest.mark.parametrize(
    ("method", "answer", "outcome"),
    [
        (
            "editMessageText",
            refusal(400, "Bad Request: message is not modified: specified new ..."),
            "unchanged",
        ),
        ("deleteMessage", refusal(400, "Bad Request: message to delete not found"), "unchanged"),
        ("refundStarPayment", refusal(400, "Bad Request: CHARGE_ALREADY_REFUNDED"), "unchanged"),
        ("refundStarPayment", refusal(400, "Bad Request: CHARGE_NOT_FOUND"), 400),
        ("editMessageText", refusal(400, "Bad Request: message to edit not found"), 400),
        ("editMessageText", refusal(400, "Bad Request: message can't be edited"), 400),
        ("sendMessage", refusal(403, "Forbidden: bot was blocked by the user"), 403),
        ("sendMessage", refusal(403, "Forbidden: bot was kicked from the supergroup chat"), 403),
        ("sendRichThing", refusal(404, "Not Found"), 404),
    ],
)
async def test_an_error_for_good_is_never_tried_again(
    bot: VouchBot,
    telegram: LittleTelegram,
    shelf: Shelf,
    method: str,
    answer: web.Response,
    outcome: int | str,
) -> None:
    told: list[tuple[str, str]] = []
    telegram.answers_once(method, lambda _call: answer)
    shelf.put(parcel(1, method=method))

    async with sending(bot, shelf, on_sent=lambda method, word, _seconds: told.append((method, word))):
        await shelf.until_settled(1)

    assert len(telegram.called(method)) == 1
    if outcome == "unchanged":
        assert (shelf.arrived, told) == ([(1, True)], [(method, "unchanged")])
    else:
        assert (shelf.refusals[1].code, told) == (outcome, [(method, "refused")])


@pytest.mark.parametrize(
    ("answer", "perhaps_sent"),
    [
        (lambda _call: refusal(500, "Internal Server Error"), False),
        (lambda _call: refusal(502, "Bad Gateway"), False),
        (lambda _call: web.Response(text="<html>"), True),
        (Call.cut, True),
    ],
)
async def test_trouble_on_the_way_is_tried_again_later_and_counted(
    bot: VouchBot,
    telegram: LittleTelegram,
    shelf: Shelf,
    answer: Callable[[Call], web.Response],
    perhaps_sent: bool,
) -> None:
    telegram.answers_once("sendMessage", answer, answer)
    shelf.put(parcel(1))

    async with sending(bot, shelf) as sender:
        await shelf.until(lambda: len(shelf.later) == 1)
        assert shelf.due[1][1].attempts == 1
        shelf.now += timedelta(seconds=1)
        sender.wake()
        await shelf.until(lambda: len(shelf.later) == 2)
        assert shelf.due[1][1].attempts == 2
        shelf.now += timedelta(minutes=1)
        sender.wake()
        await shelf.until_settled(1)

    assert 0.25 <= shelf.later[0][1] <= 0.5
    assert shelf.unsure == ([1, 1] if perhaps_sent else [])


def test_after_twelve_attempts_it_is_given_up() -> None:
    error = NetworkError("Bad Gateway")

    waits = [judge(parcel(1, attempts=n), error) for n in range(12)]

    assert all(isinstance(verdict, Later) for verdict in waits[:11])
    assert waits[11] == Refusal(code=0, description="given up after 12 attempts: Bad Gateway")
    longest = [verdict.seconds for verdict in waits if isinstance(verdict, Later)]
    assert 150 <= longest[10] <= 300


def test_what_no_telegram_is_to_blame_for_is_refused_with_its_words() -> None:
    assert judge(parcel(1), TypeError("not JSON")) == Refusal(code=0, description="TypeError: not JSON")
    assert judge(parcel(1), BadRequest("chat not found")) == Refusal(code=400, description="chat not found")
    assert isinstance(judge(parcel(1, method="deleteMessages"), BadRequest("x")), Refusal)
    assert not isinstance(judge(parcel(1), NetworkError("x")), Done)


async def test_flood_control_silences_the_chat_alone(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    telegram.answers_once("sendMessage", lambda _call: refusal(429, "Too Many Requests", retry_after=0.05))
    shelf.put(parcel(1, -5, priority=0))
    async with sending(bot, shelf) as sender:
        await shelf.until(lambda: len(shelf.later) == 1)
        assert shelf.later[0][1] == 0.05
        assert shelf.due[1][1].attempts == 0
        shelf.put(parcel(2, -5), parcel(3, 8))
        sender.wake()
        await shelf.until_settled(3)
        assert [number for number, _ in shelf.arrived] == [3]
        shelf.now += timedelta(seconds=1)
        await shelf.until_settled(1, 2)


async def test_flood_control_for_no_chat_silences_everything(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    telegram.answers_once("setMyCommands", lambda _call: refusal(429, "Too Many Requests", retry_after=0.05))
    shelf.put(parcel(1, 0, "setMyCommands"))
    async with sending(bot, shelf) as sender:
        await shelf.until(lambda: len(shelf.later) == 1)
        shelf.now += timedelta(seconds=1)
        silent_until = asyncio.get_running_loop().time() + 0.04
        shelf.put(parcel(2, 8))
        sender.wake()
        await shelf.until_settled(1, 2)
        assert asyncio.get_running_loop().time() >= silent_until


def test_a_revoked_token_condemns_no_parcel() -> None:
    verdict = judge(parcel(1), InvalidToken("Unauthorized"))

    assert isinstance(verdict, Silence)
    assert verdict.everywhere


async def test_a_group_that_moved_is_followed(bot: VouchBot, telegram: LittleTelegram, shelf: Shelf) -> None:
    moved = refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009)
    telegram.answers_once("sendMessage", lambda _call: moved)
    shelf.put(parcel(1, -9), parcel(2, -9))

    async with sending(bot, shelf):
        await shelf.until_settled(1, 2)

    assert shelf.moves == [(-9, -1009)]
    assert [call.params["chat_id"] for call in telegram.called("sendMessage")] == [-9, -1009, -1009]


async def test_an_outbox_in_trouble_is_tried_again(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    shelf.faults = [OSError("database is locked"), OSError("database is locked")]
    shelf.put(parcel(1))

    async with sending(bot, shelf, look_seconds=0.02):
        await shelf.until_settled(1)

    assert len(telegram.called("sendMessage")) == 1


async def test_what_was_sent_is_not_sent_again_because_the_database_was_busy(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    def breaks(_call: Call) -> web.Response:
        shelf.faults = [OSError("database is locked")]
        return ok()

    telegram.answers_once("sendMessage", breaks)
    shelf.put(parcel(1))

    async with sending(bot, shelf):
        await shelf.until_settled(1)

    assert len(telegram.called("sendMessage")) == 1


async def test_stopping_finishes_what_is_on_its_way_and_gives_back_the_rest(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    quick, stuck = asyncio.Event(), asyncio.Event()
    telegram.answers_once("sendMessage", held(quick))
    telegram.answers_once("editMessageText", held(stuck))
    shelf.put(parcel(1, 1), parcel(2, 2, "editMessageText"), parcel(3, 1))
    limits = Limits(NO_LIMITS, clock=asyncio.get_running_loop().time)
    sender = Sender(bot, shelf, limits, now=lambda: shelf.now)
    running = asyncio.create_task(sender.run())
    await telegram.receives("sendMessage")
    await telegram.receives("editMessageText")

    stopping = asyncio.create_task(sender.stop(within=0.2))
    await asyncio.sleep(0)
    quick.set()
    await stopping
    await running
    stuck.set()

    assert [number for number, _ in shelf.arrived] == [1]
    assert set(shelf.due) == {2, 3}
    assert shelf.due[2][1].attempts == 0
    assert shelf.unsure == [2]
    assert shelf.taken == {}


class SilentShelf(Shelf):
    """An outbox whose database does not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    async def take(
        self, *, now: datetime, limit: int, not_chats: Collection[int], full_chats: Collection[int]
    ) -> Sequence[Parcel]:
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError


async def test_stopping_does_not_wait_for_an_outbox_that_does_not_answer(bot: VouchBot) -> None:
    shelf = SilentShelf()
    sender = Sender(bot, shelf, Limits(NO_LIMITS, clock=asyncio.get_running_loop().time))
    running = asyncio.create_task(sender.run())
    await shelf.asked.wait()

    async with asyncio.timeout(5):
        await sender.stop(within=0.1)
        await running


async def test_a_crash_leaves_what_was_taken_to_the_outbox(
    bot: VouchBot, telegram: LittleTelegram, shelf: Shelf
) -> None:
    gate = asyncio.Event()
    telegram.answers_once("sendMessage", held(gate))
    shelf.put(parcel(1))
    sender = Sender(bot, shelf, Limits(NO_LIMITS, clock=asyncio.get_running_loop().time))
    running = asyncio.create_task(sender.run())
    await telegram.receives("sendMessage")

    running.cancel()
    await asyncio.wait([running])
    gate.set()

    assert set(shelf.taken) == {1}
    assert sender.in_flight == 0


async def test_a_strict_telegram_is_filled_without_one_429() -> None:
    async with Sandbox.running(limits=True) as tg:
        account = tg.create_bot("vouch_bot")
        people = [tg.person(f"Member {n}") for n in range(40)]
        for person in people:
            await person.starts(account)
        shelf = Shelf()
        shelf.put(*(parcel(n, people[n % 40].id) for n in range(90)))
        async with build_application(account.token, tg.url) as application:
            loop = asyncio.get_running_loop()
            began = loop.time()
            async with sending(application.bot, shelf, rates=replace(Rates(), chat=Rate(count=9, seconds=1))):
                await shelf.until_settled(*range(90))
            took = loop.time() - began

        assert tg.world.limits.refusals == 0
        assert shelf.later == []
        # The limit itself allows no less than 2 s; that it is filled to 95 % is shown in test_limits,
        # where no busy machine can disturb the clock.
        assert 2 <= took < 4
