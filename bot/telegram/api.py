"""PTB's bot, with the answer to a tap or a checkout in the webhook's own response, and raw calls."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from telegram import InputFile
from telegram.error import EndPointNotFound, InvalidToken
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.telegram.delivery import current_delivery
from bot.telegram.parcels import File

DEFAULT: Final = BaseRequest.DEFAULT_NONE


def _quiet_logger() -> logging.Logger:
    # At DEBUG, PTB's bot logs its URL, which holds the token, and every parameter, which holds what
    # people wrote.
    logger = logging.getLogger("bot.telegram.api")
    logger.setLevel(logging.INFO)
    return logger


class VouchBot(ExtBot[None]):
    """An ExtBot that answers taps and checkouts by the reply slot if it can, and that shows no token."""

    _LOGGER = _quiet_logger()

    def __repr__(self) -> str:
        """Name the class alone."""
        return type(self).__name__

    async def initialize(self) -> None:
        """Connect and learn who the bot is; raises InvalidToken, without the token in its text."""
        refused = InvalidToken("Telegram refused the bot token")
        try:
            await super().initialize()
            return
        except InvalidToken:
            # PTB's own text holds the token, and so does what is chained to it.
            await self.shutdown()
        except BaseException:
            # An application that never came up does not close its connections itself.
            await self.shutdown()
            raise
        raise refused

    async def call(
        self, method: str, params: Mapping[str, object] | None = None, *, read_timeout: Any = DEFAULT
    ) -> object:
        """Call any Bot API method and return its result as plain JSON; a File is uploaded.

        Raises PTB's TelegramErrors: EndPointNotFound for an unknown method.
        """
        data = {
            key: InputFile(value.content, filename=value.name) if isinstance(value, File) else value
            for key, value in (params or {}).items()
        }
        try:
            return await self._post(method, data, read_timeout=read_timeout)
        except InvalidToken as exc:
            if "not found" in exc.message.lower():
                raise EndPointNotFound(f"Telegram knows no method {method}") from None
            raise

    def _insert_defaults(self, data: dict[str, object]) -> None:
        """Leave a raw album as it is: PTB would look for defaults in each of its parts."""
        album = data.get("media")
        if isinstance(album, list) and album and isinstance(album[0], dict):
            del data["media"]
            super()._insert_defaults(data)
            data["media"] = album
            return
        super()._insert_defaults(data)

    async def answer_callback_query(
        self,
        callback_query_id: str,
        text: str | None = None,
        show_alert: bool | None = None,
        url: str | None = None,
        cache_time: int | timedelta | None = None,
        **options: Any,
    ) -> bool:
        """Answer a tap: in the response to its webhook if that is still free, else by a request."""
        delivery = current_delivery.get()
        if delivery is not None and not options.get("api_kwargs"):
            params = {
                "callback_query_id": callback_query_id,
                "text": text,
                "show_alert": show_alert,
                "url": url,
                "cache_time": int(cache_time.total_seconds())
                if isinstance(cache_time, timedelta)
                else cache_time,
            }
            if delivery.takes("answerCallbackQuery", params):
                return True
        return await super().answer_callback_query(
            callback_query_id, text=text, show_alert=show_alert, url=url, cache_time=cache_time, **options
        )

    answerCallbackQuery = answer_callback_query

    async def answer_pre_checkout_query(
        self, pre_checkout_query_id: str, ok: bool, error_message: str | None = None, **options: Any
    ) -> bool:
        """Let a payment begin or not: in the response to its webhook if that is free, else by a request."""
        delivery = current_delivery.get()
        if delivery is not None and not options.get("api_kwargs"):
            params = {
                "pre_checkout_query_id": pre_checkout_query_id,
                "ok": ok,
                "error_message": error_message,
            }
            if delivery.takes("answerPreCheckoutQuery", params):
                return True
        return await super().answer_pre_checkout_query(
            pre_checkout_query_id, ok, error_message=error_message, **options
        )

    answerPreCheckoutQuery = answer_pre_checkout_query
