"""PTB's Application as Vouch runs it: our transport, and no fault is swallowed."""

from typing import Any

import structlog
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext

from bot.telegram.api import VouchBot
from bot.telegram.delivery import current_delivery
from bot.telegram.transport import AiohttpRequest

Context = CallbackContext[VouchBot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]

log = structlog.get_logger(__name__)


class VouchApplication(Application[VouchBot, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]):
    """Hands updates to handlers; what they raise is recorded in the current delivery."""

    async def process_error(
        self, update: object | None, error: Exception, job: Any = None, coroutine: Any = None
    ) -> bool:
        """Record a fault for the dispatcher and stop the update's other handlers."""
        delivery = current_delivery.get()
        if delivery is None or delivery.over:
            log.error("task_failed", exc_info=error)
        else:
            delivery.failure = error
        return True

    async def give_up(self, update: Update | None, error: Exception) -> None:
        """Tell the registered error handlers that an update will not be tried again."""
        if self.error_handlers:
            await super().process_error(update, error)

    def _mark_for_persistence_update(self, *, update: object | None = None, job: Any = None) -> None:
        # PTB remembers every person and chat seen for a persistence that we do not use: a leak.
        return


def build_application(
    token: str,
    api_url: str,
    *,
    connections: int = 64,
    connect_timeout: float = 5.0,
    read_timeout: float = 20.0,
) -> VouchApplication:
    """Compose an application for a Bot API server (`https://api.telegram.org` or another; seconds).

    Use it with `async with`: that connects and closes. It is never `start`ed; the dispatcher feeds it.
    """
    base = api_url.rstrip("/")
    bot = VouchBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=_request(token, base, connections, connect_timeout, read_timeout),
        get_updates_request=_request(token, base, 2, connect_timeout, read_timeout),
    )
    builder: Any = ApplicationBuilder().application_class(VouchApplication).bot(bot)
    application: VouchApplication = builder.updater(None).job_queue(None).build()
    return application


def _request(
    token: str, base: str, connections: int, connect_timeout: float, read_timeout: float
) -> AiohttpRequest:
    return AiohttpRequest(
        token=token,
        connections=connections,
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        # Where Telegram is reached through a proxy, the environment says so; a server at home is not.
        trust_env=base.startswith("https:"),
    )
