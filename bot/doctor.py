"""Examines an installation: what is well, what is not, and how to mend it."""

import os
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.bookkeeping import Audit, audit_books
from bot.money import minor_digits
from bot.payment_errors import WayClosed
from bot.rules.payment_invoices import in_telegrams_units
from bot.settings import Settings, StorageSettings
from bot.telegram.allowed import ALLOWED_UPDATES
from storage.engine import Database, opened
from storage.models import Group
from storage.schema import is_current
from storage.unit_of_work import reading

LEAST_FREE_BYTES: Final = 500_000_000
MANY_PENDING: Final = 100
MANY_REASONS: Final = 20
PROBE_MAJOR: Final = 1_000
"""An amount within every currency's limits, in whole units, to ask Telegram about."""
RECENT: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at; `mend` says what to do where it is not well."""

    about: str
    says: str
    mend: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.mend


class TelegramRefused(Exception):
    """Telegram answered with an error, or could not be reached; the text is without the token."""


class Ask(Protocol):
    """Calls a method of the Bot API and returns its result as plain JSON. Raises TelegramRefused."""

    async def __call__(self, method: str, params: Mapping[str, object]) -> Any: ...


async def examine(settings: Settings, ask: Ask) -> AsyncIterator[Finding]:
    """Look at everything, finding by finding."""
    async for finding in examine_storage(settings):
        yield finding
    try:
        me = await ask("getMe", {})
    except TelegramRefused as refusal:
        yield Finding(
            about="token",
            says=f"Telegram did not accept it or was not reached: {refusal}",
            mend=f"check BOT_TOKEN with @BotFather (/mybots) and that {settings.api_url} can be reached",
        )
        return
    yield Finding(about="token", says=f"the bot is @{me['username']} (id {me['id']})")
    groups = await _groups(settings)
    async for finding in _telegram(settings, ask, me, groups):
        yield finding
    yield await _cards(settings, ask, groups)


async def examine_storage(settings: StorageSettings) -> AsyncIterator[Finding]:
    """Look at what can be seen without Telegram: disk, database, time zones, what failed."""
    for finding in _disk(settings):
        yield finding
    yield _time_zone_data()
    missing = missing_file(settings)
    if missing:
        yield Finding(about="database", says=f"{missing} is not there yet; the first start makes it")
        return
    async with opened(settings.database_url.get_secret_value()) as database:
        try:
            findings = await _database(database)
        except (SQLAlchemyError, OSError) as exc:
            findings = [_unreachable(exc)]
    for finding in findings:
        yield finding


def _disk(settings: StorageSettings) -> list[Finding]:
    path = _sqlite_path(settings)
    if path is None:
        return []
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return [
            Finding(
                about="disk",
                says=f"{path} cannot be written",
                mend=f"give the bot's user the folder: chown -R $(id -un) {folder}",
            )
        ]
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB free in {folder}"
    mend = "free some space: a full disk stops all orders" if free < LEAST_FREE_BYTES else ""
    return [Finding(about="disk", says=says, mend=mend)]


def _time_zone_data() -> Finding:
    if _is_zone("Asia/Shanghai"):
        return Finding(about="time zones", says="the data is there")
    return Finding(
        about="time zones",
        says="there is no time zone data",
        mend="install it: .venv/bin/python -m pip install -r requirements.lock",
    )


async def _database(database: Database) -> list[Finding]:
    if not await is_current(database.read):
        return [
            Finding(
                about="database",
                says="its tables are not those of this version",
                mend="stop the bot, make a backup, then run: run_bot.py migrate",
            )
        ]
    async with reading(database) as uow:
        groups = await uow.groups.list_active()
        dead_letters = await uow.updates.count_dead_letters()
        waiting = await uow.outbox.count_waiting()
        reasons = await uow.outbox.count_reasons(limit=MANY_REASONS)
        audit = await audit_books(uow, now=datetime.now(UTC))
        homeless = await uow.discrepancies.count_homeless()
    return [
        Finding(about="database", says=f"reachable and up to date, active groups: {len(groups)}"),
        *(_zone_of(group) for group in groups if not _is_zone(group.time_zone)),
        _dead_letters(dead_letters),
        _outbox(waiting, reasons),
        _ledger(audit),
        *([_homeless(homeless)] if homeless else []),
    ]


def _unreachable(exc: Exception) -> Finding:
    return Finding(
        about="database",
        says=f"it does not answer ({type(exc).__name__})",
        mend="check VOUCH_DATABASE_URL, that the server runs, and that the bot's user may read the file",
    )


def _zone_of(group: Group) -> Finding:
    return Finding(
        about="time zones",
        says=f"{group.title} has the unknown time zone {group.time_zone}",
        mend="its owner sets another one with /settings",
    )


def _dead_letters(count: int) -> Finding:
    if not count:
        return Finding(about="dead letters", says="none")
    return Finding(
        about="dead letters",
        says=f"{count} updates could not be handled",
        mend="mend what update_put_aside in the log names; then an admin has them tried again: "
        "/admin, Updates put aside",
    )


def _homeless(count: int) -> Finding:
    # Nothing here can settle it, so it is told, and held against nobody.
    return Finding(
        about="charges",
        says=f"{count} came of invoices that this database does not know, and have to go back by your own "
        "means: look for charge_unplaced and star_refund_refused in the log and at the table payment",
    )


def _outbox(waiting: int, reasons: Mapping[str, int]) -> Finding:
    # People block bots and leave groups; only what Telegram refused for another reason is a fault.
    faults = {reason: count for reason, count in reasons.items() if not reason.startswith("Forbidden")}
    blocked = sum(reasons.values()) - sum(faults.values())
    says = f"{waiting} wait to be sent, {blocked} were for people or groups that shut the bot out"
    if not faults:
        return Finding(about="outbox", says=says)
    listed = "; ".join(f"{count} times “{reason}”" for reason, count in faults.items())
    return Finding(
        about="outbox",
        says=f"{says}, others could not be sent: {listed}",
        mend="mend what Telegram complains of; then an admin has them sent again: /admin, Not sent",
    )


def _ledger(audit: Audit) -> Finding:
    if not audit.count:
        return Finding(about="ledger", says=f"{audit.transactions} transactions, and everything balances")
    return Finding(
        about="ledger",
        says=f"{audit.count} things do not balance; the first: {audit.says[0]}",
        mend="see all of them with: run_bot.py ledger check; keep a backup, and report what you find",
    )


async def _telegram(
    settings: Settings, ask: Ask, me: Mapping[str, Any], groups: Sequence[Group]
) -> AsyncIterator[Finding]:
    reads_all = bool(me.get("can_read_all_group_messages"))
    yield Finding(
        about="privacy mode",
        says="off: the bot reads its groups" if reads_all else "on: the bot reads only groups it administers",
    )
    yield _inline_mode(me)
    for group in groups:
        yield await _standing(ask, me["id"], group, reads_all=reads_all)
    try:
        info = await ask("getWebhookInfo", {})
        yield _webhook(settings, info)
        if info.get("allowed_updates"):
            yield _allowed(info["allowed_updates"])
    except TelegramRefused as refusal:
        yield Finding(about="webhook", says=f"Telegram told nothing: {refusal}", mend="try again later")


def _inline_mode(me: Mapping[str, Any]) -> Finding:
    about, name = "inline mode", me["username"]
    if not me.get("supports_inline_queries"):
        return Finding(
            about=about,
            says=f"off: picks are shared by links alone, and not by typing @{name} in any chat; "
            "@BotFather switches it on (/setinline, then /setinlinefeedback: Enabled), then restart the bot",
        )
    return Finding(
        about=about,
        says=f"on: @{name} can be typed in any chat; how often cards are sent is known as far as "
        "/setinlinefeedback of @BotFather says so",
    )


async def _standing(ask: Ask, bot_id: int, group: Group, *, reads_all: bool) -> Finding:
    about, add_again = f"group {group.title}", "add the bot again and make it an administrator"
    try:
        member = await ask("getChatMember", {"chat_id": group.chat_id, "user_id": bot_id})
    except TelegramRefused as refusal:
        return Finding(about=about, says=f"the bot sees nothing of it: {refusal}", mend=add_again)
    status = member["status"]
    if status in ("left", "kicked"):
        return Finding(about=about, says="the bot is not in it any more", mend=add_again)
    if status != "administrator":
        blind = (
            "neither reactions nor who joined" if reads_all else "neither answers, reactions nor who joined"
        )
        return Finding(
            about=about,
            says=f"the bot is no administrator and does not see {blind}",
            mend="make it an administrator with the right to invite users; no other right is needed",
        )
    if not member.get("can_invite_users"):
        return Finding(
            about=about,
            says="the bot may not make invite links, so nobody has a link of her own",
            mend="give it the right to invite users",
        )
    return Finding(about=about, says="the bot is an administrator and may invite users")


async def _cards(settings: Settings, ask: Ask, groups: Sequence[Group]) -> Finding:
    """Whether Telegram takes the provider's token: only an invoice can tell, and nobody sees this one."""
    if settings.provider_token is None:
        return Finding(about="cards", says="no VOUCH_PROVIDER_TOKEN: groups can take Stars, but no cards")
    token = settings.provider_token.get_secret_value()
    currency = groups[0].currency if groups else "EUR"
    try:
        amount = in_telegrams_units(PROBE_MAJOR * 10 ** minor_digits(currency), currency)
    except WayClosed:
        return Finding(about="cards", says=f"Telegram takes no cards in {currency}: groups can take Stars")
    price = {"label": "Vouch", "amount": amount}
    invoice = {"title": "Vouch", "description": "Vouch", "payload": "doctor", "currency": currency}
    mode = "in test mode" if ":TEST:" in token else "live"
    try:
        await ask("createInvoiceLink", {**invoice, "provider_token": token, "prices": [price]})
    except TelegramRefused as refusal:
        is_refused = "PROVIDER" in str(refusal).upper()
        return Finding(
            about="cards",
            says=f"no invoice in {currency} with VOUCH_PROVIDER_TOKEN ({mode}): {refusal}",
            mend="copy it again from @BotFather (/mybots, Payments), or unset it" if is_refused else "",
        )
    return Finding(about="cards", says=f"groups can take cards ({mode})")


def _webhook(settings: Settings, info: Mapping[str, Any]) -> Finding:
    url, pending = str(info.get("url") or ""), int(info.get("pending_update_count") or 0)
    wanted = settings.webhook_url or ""
    backlog = f"{pending} updates wait"
    if url != wanted:
        return Finding(
            about="webhook",
            says=f"Telegram has {_shown(url)}, the settings say {_shown(wanted)}; {backlog}",
            mend="start the bot: it sets this right; if it runs already, look into its log",
        )
    error = _recent_error(info)
    if error:
        return Finding(
            about="webhook",
            says=f"the last delivery failed: {error}; {backlog}",
            mend="check the proxy before VOUCH_WEBHOOK_LISTEN, its certificate, and that the bot runs",
        )
    mend = "the bot does not keep up or does not run: look at its log" if pending > MANY_PENDING else ""
    return Finding(about="webhook" if url else "polling", says=f"as in the settings; {backlog}", mend=mend)


def _allowed(asked_for: Sequence[str]) -> Finding:
    missing = [kind for kind in ALLOWED_UPDATES if kind not in asked_for]
    if not missing:
        return Finding(about="updates", says="Telegram sends all kinds that the bot reads")
    return Finding(
        about="updates",
        says=f"Telegram does not send {', '.join(missing)}: an older version asked for others",
        mend="restart the bot: it asks for all that it reads",
    )


def _recent_error(info: Mapping[str, Any]) -> str:
    at = info.get("last_error_date")
    if at is None or datetime.now(UTC) - datetime.fromtimestamp(int(at), UTC) > RECENT:
        return ""
    return str(info.get("last_error_message") or "no reason given")


def _shown(url: str) -> str:
    return url or "none (polling)"


async def _groups(settings: Settings) -> Sequence[Group]:
    if missing_file(settings):
        return ()
    async with opened(settings.database_url.get_secret_value()) as database:
        try:
            async with reading(database) as uow:
                return await uow.groups.list_active()
        except (SQLAlchemyError, OSError):
            return ()


def _sqlite_path(settings: StorageSettings) -> Path | None:
    address = make_url(settings.database_url.get_secret_value())
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def missing_file(settings: StorageSettings) -> Path | None:
    """Where the SQLite database should be and is not."""
    path = _sqlite_path(settings)
    return path if path is not None and not path.exists() else None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True
