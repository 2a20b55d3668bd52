"""Polling: Telegram forgets an update only after its effect."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.telegram.allowed import ALLOWED_UPDATES
from bot.telegram.api import VouchBot
from bot.telegram.application import Context, VouchApplication
from bot.telegram.dispatcher import Dispatcher, Outcome
from bot.telegram.polling import Poller, TokenRefused
from tests.telegram.little import Call, Cellar, LittleTelegram, ok, refusal, said


class Inn:
    """A deliverer whose effects can be held back or refused, update by update."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.cancelled: list[int] = []
        self.held: dict[int, asyncio.Event] = {}
        self.refused: list[int] = []
        self.changed = asyncio.Condition()

    def hold(self, update_id: int) -> asyncio.Event:
        return self.held.setdefault(update_id, asyncio.Event())

    async def deliver(self, raw: object, *, by_webhook: bool) -> Outcome:
        assert not by_webhook
        assert isinstance(raw, dict)
        update_id = raw["update_id"]
        await self._note(self.begun, update_id)
        try:
            if update_id in self.held:
                await self.held[update_id].wait()
        except asyncio.CancelledError:
            self.cancelled.append(update_id)
            raise
        if update_id in self.refused:
            self.refused.remove(update_id)
            return Outcome(acknowledged=False)
        await self._note(self.done, update_id)
        return Outcome(acknowledged=True)

    async def _note(self, where: list[int], update_id: int) -> None:
        async with self.changed:
            where.append(update_id)
            self.changed.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with self.changed:
            await self.changed.wait_for(condition)


@pytest.fixture
def inn() -> Inn:
    return Inn()


@asynccontextmanager
async def polling(bot: VouchBot, inn: Inn) -> AsyncIterator[Poller]:
    poller = Poller(bot, inn.deliver, pause_seconds=0.01, conflict_seconds=0.01, retry_seconds=0.01)
    running = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        await poller.stop(within=1)
        await running


def offsets(telegram: LittleTelegram) -> list[int | None]:
    return [call.params.get("offset") for call in telegram.called("getUpdates")]


async def test_it_takes_over_from_a_webhook_and_asks_for_all_it_needs(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn
) -> None:
    async with polling(bot, inn):
        [call] = await telegram.receives("getUpdates")

    assert [call.method for call in telegram.calls][1:3] == ["deleteWebhook", "getUpdates"]
    assert call.params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert {"chat_member", "message_reaction", "message_reaction_count"} <= set(ALLOWED_UPDATES)
    assert call.params["timeout"] == 50


async def test_an_update_is_confirmed_only_after_its_effect(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn
) -> None:
    door = inn.hold(10)
    async with polling(bot, inn):
        await telegram.queues(said(10, "hi"))
        await inn.until(lambda: inn.begun == [10])
        await telegram.receives("getUpdates", 4)
        assert set(offsets(telegram)) == {None, 10}
        door.set()
        await inn.until(lambda: inn.done == [10])
        async with telegram.changed:
            await telegram.changed.wait_for(lambda: 11 in offsets(telegram))

    assert inn.begun == [10]
    assert telegram.queue == []


async def test_a_slow_person_holds_up_nobody_else(bot: VouchBot, telegram: LittleTelegram, inn: Inn) -> None:
    door = inn.hold(10)
    async with polling(bot, inn):
        await telegram.queues(said(10, "slow"), said(11, "quick"))
        await inn.until(lambda: inn.done == [11])
        await telegram.queues(said(12, "quick too"))
        await inn.until(lambda: inn.done == [11, 12])
        assert max(offset or 0 for offset in offsets(telegram)) == 10
        door.set()
        await inn.until(lambda: len(inn.done) == 3)

    assert sorted(inn.begun) == [10, 11, 12]
    assert telegram.queue == []


async def test_a_crash_in_mid_handler_has_it_delivered_again(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn
) -> None:
    inn.hold(10)
    poller = asyncio.create_task(Poller(bot, inn.deliver, pause_seconds=0.01).run())
    await telegram.queues(said(9, "before"), said(10, "hi"))
    await inn.until(lambda: inn.begun == [9, 10])
    poller.cancel()
    await asyncio.wait([poller])
    await asyncio.sleep(0)
    assert inn.cancelled == [10]

    restarted = Inn()
    async with polling(bot, restarted):
        await restarted.until(lambda: 10 in restarted.done)

    assert telegram.queue == []


async def test_what_was_not_acknowledged_is_handed_over_again(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn
) -> None:
    inn.refused = [10, 10]
    async with polling(bot, inn):
        await telegram.queues(said(10, "hi"), said(11, "ho"))
        await inn.until(lambda: sorted(inn.done) == [10, 11])

    assert inn.begun.count(10) == 3
    assert inn.begun.count(11) == 1


async def test_a_broken_deliverer_loses_nothing(bot: VouchBot, telegram: LittleTelegram, inn: Inn) -> None:
    broken = [True]

    async def deliver(raw: object, *, by_webhook: bool) -> Outcome:
        if broken.pop():
            broken.append(False)
            raise RuntimeError("unforeseen")
        broken.append(False)
        return await inn.deliver(raw, by_webhook=by_webhook)

    poller = Poller(bot, deliver, pause_seconds=0.01)
    running = asyncio.create_task(poller.run())
    await telegram.queues(said(10, "hi"))
    await inn.until(lambda: inn.done == [10])
    await poller.stop(within=1)
    await running


async def test_poison_holds_up_nobody(
    application: VouchApplication, telegram: LittleTelegram, dispatcher: Dispatcher, cellar: Cellar
) -> None:
    heard = asyncio.Event()

    async def hears(_update: Update, _context: Context) -> None:
        heard.set()

    application.add_handler(MessageHandler(filters.ALL, hears))
    poller = Poller(application.bot, dispatcher.deliver, pause_seconds=0.01)
    running = asyncio.create_task(poller.run())
    await telegram.queues({"update_id": 1, "message": {"message_id": "?"}}, said(2, "hi"))

    await heard.wait()
    await poller.stop(within=1)
    await running

    assert [letter[0] for letter in cellar.letters] == [1]
    assert telegram.queue == []


async def test_two_pollers_are_told_of_and_waited_for(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn, capsys: pytest.CaptureFixture[str]
) -> None:
    conflict = refusal(409, "Conflict: terminated by other getUpdates request")
    telegram.answers_once("getUpdates", lambda _call: conflict)
    async with polling(bot, inn):
        await telegram.queues(said(10, "hi"))
        await inn.until(lambda: inn.done == [10])

    assert "polled elsewhere" in capsys.readouterr().out


async def test_trouble_on_the_way_is_waited_out(bot: VouchBot, telegram: LittleTelegram, inn: Inn) -> None:
    telegram.answers_once("deleteWebhook", lambda _call: refusal(500, "Internal Server Error"))
    telegram.answers_once(
        "getUpdates",
        Call.cut,
        lambda _call: refusal(502, "Bad Gateway"),
        lambda _call: web.Response(text="<html>"),
        lambda _call: ok({"not": "a list"}),
        lambda _call: refusal(429, "Too Many Requests", retry_after=0.01),
        lambda _call: ok(["no update", {"message": {}}]),
    )
    async with polling(bot, inn):
        await telegram.queues(said(10, "hi"))
        await inn.until(lambda: inn.done == [10])

    assert len(telegram.called("deleteWebhook")) == 2


@pytest.mark.parametrize("answer", [refusal(401, "Unauthorized"), refusal(404, "Not Found")])
async def test_a_refused_token_is_a_clear_fault(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn, answer: web.Response
) -> None:
    telegram.answers_once("getUpdates", lambda _call: answer)

    with pytest.raises(TokenRefused, match="BOT_TOKEN"):
        await Poller(bot, inn.deliver).run()


async def test_stopping_ends_the_long_poll_at_once(bot: VouchBot, telegram: LittleTelegram, inn: Inn) -> None:
    poller = Poller(bot, inn.deliver)
    running = asyncio.create_task(poller.run())
    await telegram.receives("getUpdates")

    async with asyncio.timeout(1):
        await poller.stop(within=1)
        await running


async def test_stopping_lets_handlers_finish_and_confirms_them(
    bot: VouchBot, telegram: LittleTelegram, inn: Inn
) -> None:
    door, _stuck = inn.hold(10), inn.hold(12)
    poller = Poller(bot, inn.deliver, pause_seconds=0.01)
    running = asyncio.create_task(poller.run())
    await telegram.queues(said(10, "slow"), said(11, "quick"), said(12, "stuck"))
    await inn.until(lambda: inn.done == [11])

    stopping = asyncio.create_task(poller.stop(within=0.2))
    await asyncio.sleep(0)
    door.set()
    await stopping
    await running

    assert inn.done == [11, 10]
    assert offsets(telegram)[-1] == 12
    assert [update["update_id"] for update in telegram.queue] == [12]


async def test_after_a_quiet_week_ids_start_anew(bot: VouchBot, telegram: LittleTelegram, inn: Inn) -> None:
    telegram.answers_once("getUpdates", lambda _call: ok([said(5000, "hi")]), lambda _call: ok([]))
    async with polling(bot, inn):
        await inn.until(lambda: inn.done == [5000])
        await telegram.receives("getUpdates", 3)
        await telegram.queues(said(70, "long time no see"))
        await inn.until(lambda: inn.done == [5000, 70])

    assert offsets(telegram)[:4] == [None, 5001, None, 71]
