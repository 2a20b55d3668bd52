"""The one place that composes the parts; `run_bot.py` is its command line and brings the handlers."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot import health as health_pages
from bot.counting import Counting
from bot.doctor import Ask, TelegramRefused
from bot.health import Health
from bot.jobs.dead_letters import DatabaseDeadLetters
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.schedule import JOBS, Job, Schedule, start_jobs
from bot.rules.privacy import Kept
from bot.settings import CannotStart, Listen, Settings, SettingsWrong
from bot.shop import Policy, Redeliver, Shop, StarPage, utc_now
from bot.telegram.api import VouchBot
from bot.telegram.application import VouchApplication, build_application
from bot.telegram.backoff import backoff_seconds
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.limits import Limits, Rates
from bot.telegram.polling import Poller, TokenRefused
from bot.telegram.sender import SHORTEST_LOOK_SECONDS, Sender
from storage.engine import Database, opened
from storage.schema import VersionUnknown, is_current, migrate

# The server is loaded by who shows pages or takes a webhook, and what counts by who is asked for figures.
if TYPE_CHECKING:
    from aiohttp import web

    from bot.metrics import Metrics

log = structlog.get_logger("vouch")

# Together less than the ten seconds that systemd and Docker give: updates, jobs, orders, sending.
STOP_SECONDS: Final = (4.0, 1.0, 1.5, 1.5)
TOKEN_REFUSED: Final = (
    "BOT_TOKEN is refused by Telegram: it is mistyped or revoked. Ask @BotFather (/mybots, API Token); "
    "or VOUCH_API_URL leads elsewhere."
)


class Handlers(Protocol):
    """The floor above, which nothing in here may import: `handlers` itself fits."""

    def register(self, application: Any, shop: Shop) -> None:
        """Give the application its handlers."""

    async def publish(self, bot: Any) -> None:
        """Tell Telegram the commands."""


@dataclass(frozen=True, kw_only=True)
class Tempo:
    """How fast the parts go; tests want them faster than Telegram would bear."""

    poll_seconds: int = 50
    pause_seconds: float = 0.6
    look_seconds: float = 1.0
    shortest_look_seconds: float = SHORTEST_LOOK_SECONDS
    card_rests: timedelta = timedelta(seconds=3)
    rates: Rates = field(default_factory=Rates)
    jobs: Sequence[Job] = JOBS


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The running bot."""

    settings: Settings
    shop: Shop
    application: VouchApplication
    dispatcher: Dispatcher
    sender: Sender
    jobs: Schedule
    health: Health
    #: Where the health pages are served, if they are: after port 0 the one that was free.
    http_port: int | None
    #: What runs as long as the bot does.
    tasks: Mapping[str, "asyncio.Task[None]"]

    async def ended(self) -> None:
        """Wait until a part stops by itself, which none should; raises what stopped it."""
        done, _ = await asyncio.wait(self.tasks.values(), return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            _check(task)
        names = [name for name, task in self.tasks.items() if task in done]
        raise CannotStart(f"The {' and the '.join(names)} stopped without a reason.")


def _check(task: "asyncio.Task[None]") -> None:
    try:
        task.result()
    except TokenRefused:
        refused = SettingsWrong([TOKEN_REFUSED])
    else:
        return
    raise refused


@asynccontextmanager
async def running(
    settings: Settings,
    handlers: Handlers,
    *,
    now: Callable[[], datetime] = utc_now,
    tempo: Tempo | None = None,
) -> AsyncIterator[Parts]:
    """Run the bot for the length of a block; leaving it lets everything under way finish.

    Raises SettingsWrong if the token is refused, and CannotStart.
    """
    tempo = tempo or Tempo()
    async with AsyncExitStack() as stack:
        # What is entered first is left last: updates end before jobs, these before orders, sending after all.
        database = await stack.enter_async_context(_opened(settings))
        metrics = _metrics(settings.http_listen)
        counting = metrics or Counting()
        token = settings.provider_token
        shop = Shop(
            database=database,
            now=now,
            on_batch=counting.on_batch,
            on_audit=counting.on_audit,
            provider_token=token.get_secret_value() if token else "",
            admin_ids=settings.admin_ids,
            policy=_policy(settings),
        )
        application = build_application(settings.bot_token.get_secret_value(), settings.api_url)
        handlers.register(application, shop)
        await stack.enter_async_context(_connected(application))
        shop.bot_id, shop.bot_username = application.bot.id, application.bot.username
        shop.has_inline_mode = bool(application.bot.supports_inline_queries)
        shop.star_transactions = _star_book(application.bot)
        health = Health(shop=shop, counting=counting, polling=settings.webhook_url is None)
        http_port = await stack.enter_async_context(_health_pages(health, metrics, settings.http_listen))
        sender = _sender(application, shop, counting, tempo)
        dispatcher = Dispatcher(
            application, dead_letters=DatabaseDeadLetters(shop), on_update=counting.on_update
        )
        shop.redeliver, shop.report = _redelivery(dispatcher), health.report
        tasks = {"sender": await stack.enter_async_context(_sending(sender))}
        stack.push_async_callback(_within, STOP_SECONDS[2], shop.drain)
        jobs = start_jobs(shop, jobs=tempo.jobs, on_job=counting.on_job)
        stack.push_async_callback(jobs.stop, within=STOP_SECONDS[1])
        if settings.webhook_url is None:
            poller = _poller(application, dispatcher, health, tempo)
            tasks["polling"] = await stack.enter_async_context(_polling(poller))
        else:
            await stack.enter_async_context(_listening(settings, application, dispatcher))
        await stack.enter_async_context(_in_background(_publish(application, handlers)))
        stack.callback(health.say_stopping)
        log.info("started", username=shop.bot_username, by="webhook" if settings.webhook_url else "polling")
        yield Parts(
            settings=settings,
            shop=shop,
            application=application,
            dispatcher=dispatcher,
            sender=sender,
            jobs=jobs,
            health=health,
            http_port=http_port,
            tasks=tasks,
        )


def _policy(settings: Settings) -> Policy:
    def days(number: int) -> timedelta | None:
        return timedelta(days=number) if number else None

    return Policy(
        keeps_allowance=settings.allowance == "on",
        failures_kept=timedelta(days=settings.keep_failures_days),
        drafts_kept=timedelta(days=settings.keep_drafts_days),
        kept=Kept(
            proofs=days(settings.keep_proofs_days),
            visits=days(settings.keep_visits_days),
            acquaintances=days(settings.keep_acquaintances_days),
            questions=days(settings.keep_questions_days),
            audit=days(settings.keep_audit_days),
            deleted_accounts=timedelta(days=settings.keep_deleted_accounts_days),
        ),
    )


def _metrics(listen: Listen | None) -> "Metrics | None":
    """What counts, where somebody can ask for the figures."""
    if listen is None:
        return None
    from bot.metrics import Metrics

    return Metrics()


def _redelivery(dispatcher: Dispatcher) -> Redeliver:
    async def redeliver(raw: Mapping[str, object]) -> bool:
        # As if polled: nobody waits for its answer, and Telegram does not deliver it again.
        return (await dispatcher.deliver(dict(raw), by_webhook=False)).acknowledged

    return redeliver


def _star_book(bot: VouchBot) -> StarPage:
    async def page(skipped: int, most: int) -> Sequence[Mapping[str, Any]]:
        found: Any = await bot.call("getStarTransactions", {"offset": skipped, "limit": most})
        transactions: list[dict[str, Any]] = found["transactions"]
        return transactions

    return page


def _sender(application: VouchApplication, shop: Shop, counting: Counting, tempo: Tempo) -> Sender:
    sender = Sender(
        application.bot,
        DatabaseOutbox(shop, card_rests=tempo.card_rests),
        Limits(tempo.rates, clock=time.monotonic),
        look_seconds=tempo.look_seconds,
        shortest_look_seconds=tempo.shortest_look_seconds,
        now=shop.now,
        on_sent=counting.on_sent,
    )
    shop.on_commit = sender.wake
    return sender


def _poller(application: VouchApplication, dispatcher: Dispatcher, health: Health, tempo: Tempo) -> Poller:
    return Poller(
        application.bot,
        dispatcher.deliver,
        poll_seconds=tempo.poll_seconds,
        pause_seconds=tempo.pause_seconds,
        on_poll=health.polled,
    )


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    try:
        async with opened(settings.database_url.get_secret_value()) as database:
            try:
                await _bring_up_to_date(database)
            except (SQLAlchemyError, OSError) as exc:
                raise CannotStart(
                    f"The database does not answer ({type(exc).__name__}): check VOUCH_DATABASE_URL, that "
                    "the server runs, and that this user may write there."
                ) from exc
            yield database
    except PermissionError as exc:
        raise CannotStart(f"{exc.filename} may not be written: check VOUCH_DATABASE_URL.") from exc


async def _bring_up_to_date(database: Database) -> None:
    try:
        if database.is_sqlite:
            await migrate(database.write)
        elif not await is_current(database.read):
            raise CannotStart("The database is not up to date. Back it up, then run: run_bot.py migrate")
    except VersionUnknown as exc:
        raise CannotStart(
            "The database comes from a newer version of Vouch. Start that one, or restore an older backup."
        ) from exc


@asynccontextmanager
async def _connected(application: VouchApplication) -> AsyncIterator[None]:
    failures = 0
    while True:
        try:
            await application.initialize()
            break
        except InvalidToken:
            refused = SettingsWrong([TOKEN_REFUSED])
        except (NetworkError, RetryAfter) as exc:
            # The network of a machine that has just started may come later than the bot.
            failures += 1
            log.warning("telegram_not_reached", error=exc.message, failures=failures)
            await asyncio.sleep(backoff_seconds(failures))
            continue
        raise refused
    try:
        yield
    finally:
        await application.shutdown()


@asynccontextmanager
async def _health_pages(
    health: Health, metrics: "Metrics | None", listen: Listen | None
) -> AsyncIterator[int | None]:
    if metrics is None or listen is None:
        yield None
        return
    from aiohttp import web

    app = web.Application()
    health_pages.attach(app, health, metrics)
    async with _served(app, listen, name="VOUCH_HTTP_LISTEN") as port:
        yield port


@asynccontextmanager
async def _listening(
    settings: Settings, application: VouchApplication, dispatcher: Dispatcher
) -> AsyncIterator[None]:
    from aiohttp import web

    from bot.telegram.webhook import WebhookServer

    assert settings.webhook_url is not None
    assert settings.webhook_secret is not None
    webhook = WebhookServer(
        dispatcher.deliver,
        secret=settings.webhook_secret.get_secret_value(),
        path=settings.webhook_path,
    )
    app = web.Application()
    webhook.attach(app)
    async with _served(app, settings.webhook_listen, name="VOUCH_WEBHOOK_LISTEN"):
        try:
            await webhook.register(application.bot, settings.webhook_url)
        except TelegramError as exc:
            raise CannotStart(f"Telegram did not take VOUCH_WEBHOOK_URL: {exc.message}") from exc
        try:
            yield
        finally:
            await webhook.stop(within=STOP_SECONDS[0])


@asynccontextmanager
async def _served(app: "web.Application", listen: Listen, *, name: str) -> AsyncIterator[int]:
    from aiohttp import web

    # Updates in flight have had their time by then; it is waited for twice.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.25)
    await runner.setup()
    try:
        await web.TCPSite(runner, listen.host, listen.port).start()
    except OSError as exc:
        await runner.cleanup()
        raise CannotStart(
            f"{listen.host}:{listen.port} cannot be used ({exc.strerror}); see {name}."
        ) from exc
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _sending(sender: Sender) -> AsyncIterator["asyncio.Task[None]"]:
    async with _in_background(sender.run()) as task:
        try:
            yield task
        finally:
            await sender.stop(within=STOP_SECONDS[3])


@asynccontextmanager
async def _polling(poller: Poller) -> AsyncIterator["asyncio.Task[None]"]:
    async with _in_background(poller.run()) as task:
        try:
            yield task
        finally:
            await poller.stop(within=STOP_SECONDS[0])


@asynccontextmanager
async def _in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(work)
    # It must have begun before anybody tells it to stop.
    await asyncio.sleep(0)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _within(seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await work()


async def _publish(application: VouchApplication, handlers: Handlers) -> None:
    try:
        await handlers.publish(application.bot)
    except Exception:
        log.exception("commands_not_published")


@asynccontextmanager
async def asking(settings: Settings) -> AsyncIterator[Ask]:
    """The Bot API for the doctor: questions alone, before anything runs."""
    bot = build_application(settings.bot_token.get_secret_value(), settings.api_url, read_timeout=10).bot

    async def ask(method: str, params: Mapping[str, object]) -> Any:
        try:
            return await bot.call(method, params)
        except TelegramError as exc:
            refused = TelegramRefused(exc.message)
        raise refused

    async with bot.request:
        yield ask
