"""The commands that Telegram's menu offers, by scope and language."""

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator, forget_catalogues
from bot.views.members import command_words

log = structlog.get_logger(__name__)

FOR_MEMBERS = ("picks", "order", "cancel", "my", "want", "recommend", "invite", "chain", "trust", "help")
FOR_CURATORS = (
    *FOR_MEMBERS,
    "pick",
    "board",
    "manage",
    "edit",
    "extend",
    "close",
    "withdraw",
    "repost",
    "stop",
    "demand",
    "next",
    "settings",
)
IN_PRIVATE = (
    *("my", "want", "wishes", "demand", "next"),
    *("foryou", "reviews", "pay", "balance", "coupon", "earnings", "recommend", "invite", "payments"),
    *("chain", "shares", "new", "drafts", "copy", "offers", "import", "board", "handover", "manage"),
    "market",
    *("settings", "curators", "appoint", "audit", "accounts", "promotions"),
    *("refunds", "refund", "credit", "review"),
    *("payouts", "partners", "flags", "cases", "stats", "trust", "notices"),
    *("language", "privacy", "mydata", "forgetme", "help"),
)

_SCOPES = (
    (BotCommandScopeAllGroupChats(), FOR_MEMBERS),
    (BotCommandScopeAllChatAdministrators(), FOR_CURATORS),
    (BotCommandScopeAllPrivateChats(), IN_PRIVATE),
)


async def publish(bot: Bot) -> None:
    """Tell Telegram the commands; that it could not be told stops nothing."""
    for language in LANGUAGES:
        words = command_words(Translator(language))
        # Most groups speak one of them, and each takes a megabyte.
        forget_catalogues()
        # Whoever reads none of our languages gets the default one.
        code = None if language == DEFAULT_LANGUAGE else language.split("_")[0]
        for scope, names in _SCOPES:
            commands = [BotCommand(name, words[name]) for name in names]
            try:
                await bot.set_my_commands(commands, scope=scope, language_code=code)
            except TelegramError as error:
                log.warning("commands_not_published", language=language, reason=error.message)
                return
