"""The dispatcher: order for one person, everybody at once, and no update lost or looped on."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, PreCheckoutQueryHandler, filters

from bot.telegram.application import Context, VouchApplication
from bot.telegram.delivery import Delivery, current_delivery, delivery_of, name_delivery
from bot.telegram.dispatcher import FORGOTTEN, KEPT, Dispatcher
from handlers.updates import tap_of
from tests.telegram.little import TOKEN, Cellar, LittleTelegram, person, said, tapped

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@pytest.fixture
def hears(application: VouchApplication) -> Callable[[Handler], None]:
    """Have a handler hear every message."""

    def add(handler: Handler) -> None:
        application.add_handler(MessageHandler(filters.ALL, handler))

    return add


@pytest.fixture
def is_tapped(application: VouchApplication) -> Callable[[Handler], None]:
    """Have a handler take every tap."""

    def add(handler: Handler) -> None:
        application.add_handler(CallbackQueryHandler(handler))

    return add


class Doors:
    """A handler that each update must be let through, one door for each text."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.arrived = asyncio.Condition()
        self.doors: dict[str, asyncio.Event] = {}

    def door(self, text: str) -> asyncio.Event:
        return self.doors.setdefault(text, asyncio.Event())

    async def __call__(self, update: Update, _context: Context) -> None:
        assert update.message is not None
        text = update.message.text or ""
        async with self.arrived:
            self.begun.append(text)
            self.arrived.notify_all()
        await self.door(text).wait()
        self.ended.append(text)

    async def has_begun(self, *texts: str) -> None:
        async with self.arrived:
            await self.arrived.wait_for(lambda: set(texts) <= set(self.begun))


@pytest.fixture
def doors(hears: Callable[[Handler], None]) -> Doors:
    doors = Doors()
    hears(doors)
    return doors


async def in_order(dispatcher: Dispatcher, *updates: dict[str, Any]) -> list[asyncio.Task[Any]]:
    tasks = []
    for update in updates:
        tasks.append(asyncio.create_task(dispatcher.deliver(update, by_webhook=True)))
        await asyncio.sleep(0)
    return tasks


async def test_one_person_is_heard_in_order_others_meanwhile(dispatcher: Dispatcher, doors: Doors) -> None:
    tasks = await in_order(
        dispatcher,
        said(1, "ann 1", by=1),
        said(2, "ann 2", by=1),
        said(3, "ann 3", by=1),
        said(4, "bob", by=2),
    )
    await doors.has_begun("ann 1", "bob")
    assert doors.begun == ["ann 1", "bob"]

    doors.door("bob").set()
    await tasks[3]
    assert doors.ended == ["bob"]
    for text in ("ann 3", "ann 2", "ann 1"):
        doors.door(text).set()
    await asyncio.gather(*tasks)
    assert doors.ended == ["bob", "ann 1", "ann 2", "ann 3"]


async def test_who_waits_for_herself_takes_nobodys_place(
    application: VouchApplication, cellar: Cellar, doors: Doors
) -> None:
    dispatcher = Dispatcher(application, dead_letters=cellar, concurrency=2)
    tasks = await in_order(
        dispatcher,
        *[said(n, f"ann {n}", by=1) for n in range(1, 6)],
        said(9, "bob", by=2),
        said(10, "cy", by=3),
    )

    await doors.has_begun("ann 1", "bob")
    assert doors.begun == ["ann 1", "bob"]
    for text in ("bob", "cy", *(f"ann {n}" for n in range(1, 6))):
        doors.door(text).set()
    await asyncio.gather(*tasks)
    assert len(doors.ended) == 7


async def test_nothing_is_remembered_of_people_who_are_done(
    application: VouchApplication, dispatcher: Dispatcher, doors: Doors
) -> None:
    doors.door("hi").set()

    await asyncio.gather(
        *(dispatcher.deliver(said(n, "hi", by=n % 50, chat_id=-n - 1), by_webhook=True) for n in range(300))
    )

    assert dispatcher.busy == 0
    assert not application._user_ids_to_be_updated_in_persistence
    assert not application._chat_ids_to_be_updated_in_persistence


async def test_a_cancelled_wait_lets_the_next_in(dispatcher: Dispatcher, doors: Doors) -> None:
    first, second, third = await in_order(dispatcher, said(1, "one"), said(2, "two"), said(3, "three"))
    await doors.has_begun("one")

    second.cancel()
    doors.door("one").set()
    doors.door("three").set()

    assert (await third).acknowledged
    assert second.cancelled()
    assert (await first).acknowledged
    assert doors.ended == ["one", "three"]
    assert dispatcher.busy == 0


async def test_a_cancel_in_the_very_moment_of_ones_turn_loses_no_turn(
    dispatcher: Dispatcher, doors: Doors
) -> None:
    first, second, third = await in_order(dispatcher, said(1, "one"), said(2, "two"), said(3, "three"))
    await doors.has_begun("one")
    doors.door("three").set()
    # Both in one turn of the loop: the first leaves, handing over, and the second is cancelled.
    first.add_done_callback(lambda _task: second.cancel())
    doors.door("one").set()

    assert (await third).acknowledged
    assert dispatcher.busy == 0


async def test_a_failing_handler_leaves_the_webhook_unacknowledged(
    dispatcher: Dispatcher, cellar: Cellar, hears: Callable[[Handler], None]
) -> None:
    async def fails(_update: Update, _context: Context) -> None:
        raise OSError("the disk is full")

    hears(fails)

    assert await dispatcher.deliver(said(5, "hi"), by_webhook=True) == KEPT
    assert await dispatcher.deliver(said(5, "hi"), by_webhook=True) == KEPT
    assert cellar.letters == []
    assert await dispatcher.deliver(said(5, "hi"), by_webhook=True) == FORGOTTEN
    assert cellar.letters == [(5, said(5, "hi"), "OSError: the disk is full")]


async def test_a_handler_that_recovers_is_acknowledged_with_its_attempts_forgotten(
    dispatcher: Dispatcher, cellar: Cellar, hears: Callable[[Handler], None]
) -> None:
    fails = [True, True, False, True, True, False]

    async def sometimes(_update: Update, _context: Context) -> None:
        if fails.pop(0):
            raise OSError("the disk is full")

    hears(sometimes)

    seen = [(await dispatcher.deliver(said(5, "hi"), by_webhook=True)).acknowledged for _ in range(6)]

    assert seen == [False, False, True, False, False, True]
    assert cellar.letters == []


async def test_by_polling_a_failure_is_tried_again_before_the_same_persons_next(
    dispatcher: Dispatcher, hears: Callable[[Handler], None]
) -> None:
    heard: list[str | None] = []

    async def second_time(update: Update, _context: Context) -> None:
        assert update.message is not None
        heard.append(update.message.text)
        if heard == ["one"]:
            raise OSError("busy")

    hears(second_time)

    outcomes = await asyncio.gather(
        dispatcher.deliver(said(1, "one"), by_webhook=False),
        dispatcher.deliver(said(2, "two"), by_webhook=False),
    )

    assert set(outcomes) == {FORGOTTEN}
    assert heard == ["one", "one", "two"]


async def test_by_polling_poison_is_put_aside_after_three_tries(
    application: VouchApplication, dispatcher: Dispatcher, cellar: Cellar, hears: Callable[[Handler], None]
) -> None:
    tries = []
    told = []

    async def fails(_update: Update, _context: Context) -> None:
        tries.append(1)
        raise RuntimeError(f"cannot call https://example.org/bot{TOKEN}/x")

    async def polite(_update: object, context: Context) -> None:
        told.append(context.error)

    hears(fails)
    application.add_error_handler(polite)

    assert await dispatcher.deliver(said(5, "hi"), by_webhook=False) == FORGOTTEN

    assert len(tries) == 3
    assert [type(error) for error in told] == [RuntimeError]
    [(_, _, words)] = cellar.letters
    assert TOKEN not in words
    assert "cannot call" in words


async def test_a_fault_stops_the_updates_other_handlers(
    application: VouchApplication, dispatcher: Dispatcher, hears: Callable[[Handler], None]
) -> None:
    later = []

    async def fails(_update: Update, _context: Context) -> None:
        raise RuntimeError("no")

    async def counts(_update: Update, _context: Context) -> None:
        later.append(1)

    hears(fails)
    application.add_handler(MessageHandler(filters.ALL, counts), group=1)

    await dispatcher.deliver(said(5, "hi"), by_webhook=True)

    assert later == []


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("hello", id="a string"),
        pytest.param(None, id="nothing"),
        pytest.param({"message": {}}, id="without an id"),
        pytest.param({"update_id": True}, id="with a boolean for an id"),
        pytest.param({"update_id": 9, "message": {"message_id": 1}}, id="lacking fields"),
        pytest.param({"update_id": 9, "message": 5}, id="with a number for a message"),
        pytest.param({"update_id": 9, "message": {"from": 1, "chat": [], "date": "x"}}, id="garbled"),
    ],
)
async def test_what_cannot_be_parsed_is_put_aside_at_once(
    dispatcher: Dispatcher, cellar: Cellar, raw: object
) -> None:
    assert await dispatcher.deliver(raw, by_webhook=True) == FORGOTTEN

    [(_, kept, _)] = cellar.letters
    assert kept == raw
    assert dispatcher.busy == 0


async def test_if_the_cellar_is_locked_telegram_keeps_the_update(
    dispatcher: Dispatcher, cellar: Cellar, hears: Callable[[Handler], None]
) -> None:
    async def fails(_update: Update, _context: Context) -> None:
        raise RuntimeError("no")

    hears(fails)
    cellar.locked = True

    assert await dispatcher.deliver("hello", by_webhook=True) == KEPT
    assert await dispatcher.deliver({"update_id": 3, "message": 5}, by_webhook=False) == KEPT
    assert await dispatcher.deliver(said(4, "hi"), by_webhook=False) == KEPT
    cellar.locked = False
    assert await dispatcher.deliver(said(4, "hi"), by_webhook=False) == FORGOTTEN
    assert [letter[0] for letter in cellar.letters] == [4]


async def test_an_unknown_kind_of_update_passes(dispatcher: Dispatcher, cellar: Cellar) -> None:
    raw = {"update_id": 9, "brand_new_thing": {"user": person(4), "x": 1}}

    assert await dispatcher.deliver(raw, by_webhook=True) == FORGOTTEN
    assert cellar.letters == []


async def test_a_taps_answer_rides_in_the_webhooks_response(
    telegram: LittleTelegram, dispatcher: Dispatcher, is_tapped: Callable[[Handler], None]
) -> None:
    async def order_tapped(update: Update, _context: Context) -> None:
        assert update.callback_query is not None
        assert await update.callback_query.answer("2 jars for you", show_alert=True)

    is_tapped(order_tapped)

    outcome = await dispatcher.deliver(tapped(1, "o:1"), by_webhook=True)

    assert outcome.acknowledged
    assert outcome.reply == {
        "method": "answerCallbackQuery",
        "callback_query_id": "q1",
        "text": "2 jars for you",
        "show_alert": True,
    }
    assert telegram.called("answerCallbackQuery") == []


CHECKOUT: dict[str, Any] = {
    "update_id": 1,
    "pre_checkout_query": {
        "id": "c1",
        "from": person(4),
        "currency": "EUR",
        "total_amount": 1290,
        "invoice_payload": "vouch-x",
    },
}


@pytest.mark.parametrize("by_webhook", [True, False])
async def test_a_checkouts_answer_rides_in_the_webhooks_response(
    telegram: LittleTelegram, application: VouchApplication, dispatcher: Dispatcher, by_webhook: bool
) -> None:
    async def checkout_asked(update: Update, _context: Context) -> None:
        assert update.pre_checkout_query is not None
        assert await update.pre_checkout_query.answer(ok=False, error_message="sold out")

    application.add_handler(PreCheckoutQueryHandler(checkout_asked))

    outcome = await dispatcher.deliver(CHECKOUT, by_webhook=by_webhook)

    answer = {"pre_checkout_query_id": "c1", "ok": False, "error_message": "sold out"}
    assert outcome.acknowledged
    if by_webhook:
        assert outcome.reply == {"method": "answerPreCheckoutQuery", **answer}
        assert telegram.called("answerPreCheckoutQuery") == []
    else:
        [call] = telegram.called("answerPreCheckoutQuery")
        assert call.params["error_message"] == "sold out"


async def test_by_polling_a_tap_is_answered_by_a_request(
    telegram: LittleTelegram, dispatcher: Dispatcher, is_tapped: Callable[[Handler], None]
) -> None:
    async def order_tapped(update: Update, _context: Context) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("2 jars for you")

    is_tapped(order_tapped)

    assert await dispatcher.deliver(tapped(1, "o:1"), by_webhook=False) == FORGOTTEN
    [call] = telegram.called("answerCallbackQuery")
    assert call.params == {"callback_query_id": "q1", "text": "2 jars for you"}


async def test_the_slot_holds_one_answer_and_shuts_with_the_response(
    telegram: LittleTelegram, dispatcher: Dispatcher, is_tapped: Callable[[Handler], None]
) -> None:
    late = asyncio.Event()
    tasks = []

    async def answers_thrice(update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None

        async def afterwards() -> None:
            await late.wait()
            await query.answer("third")

        tasks.append(asyncio.create_task(afterwards()))
        await query.answer("first")
        await query.answer("second")

    is_tapped(answers_thrice)

    outcome = await dispatcher.deliver(tapped(1, "o:1"), by_webhook=True)
    late.set()
    await asyncio.gather(*tasks)

    assert outcome.reply is not None
    assert outcome.reply["text"] == "first"
    assert [call.params["text"] for call in telegram.called("answerCallbackQuery")] == ["second", "third"]


async def test_what_a_failed_handler_answered_is_void(
    application: VouchApplication, dispatcher: Dispatcher, is_tapped: Callable[[Handler], None]
) -> None:
    async def answers_and_fails(update: Update, _context: Context) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("ordered!")
        raise OSError("no, the disk is full")

    async def polite(update: object, _context: Context) -> None:
        assert isinstance(update, Update)
        assert update.callback_query is not None
        await update.callback_query.answer("sorry")

    is_tapped(answers_and_fails)
    application.add_error_handler(polite)

    replies = [(await dispatcher.deliver(tapped(1, "o:1"), by_webhook=True)).reply for _ in range(3)]

    assert replies[:2] == [None, None]
    assert replies[2] is not None
    assert replies[2]["text"] == "sorry"


class Sale:
    """A tap's handler that answers once what it decided is stored."""

    def __init__(self) -> None:
        self.stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.decided = asyncio.Event()

    async def __call__(self, update: Update, _context: Context) -> None:
        self.decided.set()
        await tap_of(update).answer("2 jars for you", once=self.stored)


@pytest.mark.parametrize("by_webhook", [True, False])
async def test_no_answer_goes_out_before_what_it_tells_of_is_stored(
    telegram: LittleTelegram,
    dispatcher: Dispatcher,
    is_tapped: Callable[[Handler], None],
    *,
    by_webhook: bool,
) -> None:
    sale = Sale()
    is_tapped(sale)
    delivery = asyncio.create_task(dispatcher.deliver(tapped(1, "o:1"), by_webhook=by_webhook))
    await sale.decided.wait()
    for _ in range(10):
        await asyncio.sleep(0)

    assert not delivery.done()
    assert telegram.called("answerCallbackQuery") == []
    sale.stored.set_result(None)
    outcome = await delivery
    answers = [call.params["text"] for call in telegram.called("answerCallbackQuery")]
    if outcome.reply is not None:
        answers.append(outcome.reply["text"])
    assert answers == ["2 jars for you"]
    assert (outcome.reply is not None) == by_webhook


async def test_what_could_not_be_stored_is_left_to_redelivery_and_its_answer_void(
    telegram: LittleTelegram, dispatcher: Dispatcher, cellar: Cellar, is_tapped: Callable[[Handler], None]
) -> None:
    sale = Sale()
    sale.stored.set_exception(OSError("no, the disk is full"))
    is_tapped(sale)

    outcomes = [await dispatcher.deliver(tapped(1, "o:1"), by_webhook=True) for _ in range(3)]

    assert outcomes[:2] == [KEPT, KEPT]
    assert outcomes[2] == FORGOTTEN
    assert len(cellar.letters) == 1
    assert telegram.called("answerCallbackQuery") == []


async def test_each_update_is_reported_with_its_ids(
    application: VouchApplication, cellar: Cellar, hears: Callable[[Handler], None]
) -> None:
    reported: list[tuple[str, int, str]] = []
    lines = []

    def report(delivery: Delivery, word: str, seconds: float) -> None:
        assert seconds >= 0
        reported.append((delivery.kind, delivery.update_id, word))

    async def logs(_update: Update, _context: Context) -> None:
        lines.append(dict(name_delivery(None, "info", {"event": "order_placed"})))

    hears(logs)
    dispatcher = Dispatcher(application, dead_letters=cellar, on_update=report)

    await dispatcher.deliver(said(8, "hi", by=7, chat_id=-100), by_webhook=False)

    assert reported == [("message", 8, "handled")]
    assert lines == [{"event": "order_placed", "update_id": 8, "person_id": 7, "chat_id": -100}]
    assert current_delivery.get() is None
    assert name_delivery(None, "info", {"event": "x"}) == {"event": "x"}


@pytest.mark.parametrize(
    ("kind", "body", "who", "where"),
    [
        ("message", {"from": {"id": 7}, "chat": {"id": -1}}, 7, -1),
        ("message", {"from": {"id": 1087968824}, "sender_chat": {"id": -1}, "chat": {"id": -1}}, -1, -1),
        ("callback_query", {"from": {"id": 7}, "message": {"chat": {"id": -1}}}, 7, -1),
        ("callback_query", {"from": {"id": 7}, "inline_message_id": "x"}, 7, None),
        ("message_reaction", {"user": {"id": 7}, "chat": {"id": -1}}, 7, -1),
        ("message_reaction", {"actor_chat": {"id": -5}, "chat": {"id": -1}}, -5, -1),
        ("message_reaction_count", {"chat": {"id": -1}}, -1, -1),
        ("chat_member", {"from": {"id": 7}, "chat": {"id": -1}}, 7, -1),
        (
            "chat_member",
            {"from": {"id": 7}, "new_chat_member": {"user": {"id": 8}}, "chat": {"id": -1}},
            8,
            -1,
        ),
        ("message", {"from": {"id": 7}, "new_chat_members": [{"id": 8}], "chat": {"id": -1}}, 8, -1),
        ("message", {"from": {"id": 7}, "left_chat_member": {"id": 8}, "chat": {"id": -1}}, 8, -1),
        ("brand_new", {}, 0, None),
    ],
)
def test_the_acting_person_is_found(kind: str, body: dict[str, Any], who: int, where: int | None) -> None:
    delivery = delivery_of({"update_id": 1, kind: body}, by_webhook=False)

    assert delivery is not None
    assert (delivery.kind, delivery.person_id, delivery.chat_id) == (kind, who, where)


async def test_of_the_card_under_a_tap_only_plain_values_are_parsed(
    dispatcher: Dispatcher, is_tapped: Callable[[Handler], None]
) -> None:
    taps: list[Update] = []

    async def order_tapped(update: Update, _context: Context) -> None:
        taps.append(update)

    is_tapped(order_tapped)
    raw = tapped(1, "o:1", by=7, chat_id=-100)
    button = {"text": "Order", "callback_data": "o:1"}
    raw["callback_query"]["message"] |= {
        "message_thread_id": 4,
        "is_topic_message": True,
        "reply_markup": {"inline_keyboard": [[button]]},
    }
    before = str(raw)

    assert await dispatcher.deliver(raw, by_webhook=True) == FORGOTTEN

    [update] = taps
    assert str(raw) == before
    assert update.effective_user is not None
    assert update.effective_chat is not None
    assert (update.effective_user.id, update.effective_chat.id) == (7, -100)
    message = update.effective_message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message, message.reply_markup) == (4, True, None)


async def test_a_tap_on_a_deleted_card_is_a_tap(
    dispatcher: Dispatcher, is_tapped: Callable[[Handler], None], cellar: Cellar
) -> None:
    accessible = []

    async def order_tapped(update: Update, _context: Context) -> None:
        assert update.callback_query is not None
        assert update.callback_query.message is not None
        accessible.append(update.callback_query.message.is_accessible)

    is_tapped(order_tapped)
    gone = tapped(1, "o:1")
    gone["callback_query"]["message"] = {"chat": {"id": -1, "type": "group"}, "message_id": 5, "date": 0}
    there = tapped(2, "o:1")

    await dispatcher.deliver(gone, by_webhook=True)
    await dispatcher.deliver(there, by_webhook=True)

    assert accessible == [False, True]
    assert cellar.letters == []
