"""getMe, getUpdates, setWebhook, deleteWebhook and getWebhookInfo."""

# `timeout` is getUpdates' own parameter.
# ruff: noqa: ASYNC109

import re
from functools import partial
from ipaddress import IPv4Address
from ipaddress import ip_address as parse_ip
from typing import Any

from yarl import URL

from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import Call, Described, method
from sandbox.models.users import Json
from sandbox.webhooks import WebhookDelivery, WebhookTarget

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_SECRET = 256
_PORTS = frozenset({443, 80, 88, 8443})


@method("getMe")
async def get_me(call: Call) -> Json:
    """Return the bot's own account."""
    return call.bot.user.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not call.bot.has_privacy,
        "supports_inline_queries": call.bot.inline is not None,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
    }


@method("getUpdates")
async def get_updates(
    call: Call,
    *,
    offset: int = 0,
    limit: int = 100,
    timeout: int = 0,
    allowed_updates: list[Any] | None = None,
) -> list[Json]:
    """Hand out what is pending, or wait for it."""
    queue = call.bot.updates
    if queue.sink is None:
        queue.allow(allowed_updates)
    return await queue.poll(offset=offset, limit=min(max(limit, 1), 100), timeout=min(max(timeout, 0), 50))


@method("setWebhook", refuses=frozenset({"certificate"}))
async def set_webhook(
    call: Call,
    *,
    url: str,
    max_connections: int = 40,
    allowed_updates: list[Any] | None = None,
    drop_pending_updates: bool = False,
    secret_token: str = "",
    ip_address: str = "",
) -> Described:
    """Deliver updates to a URL from now on; the sandbox takes http:// to this machine too."""
    if not url:
        return await _remove(call, drop_pending_updates)
    call.world.limits.check_webhook(bot_id=call.bot.id)
    target = WebhookTarget(
        url=url,
        secret_token=secret_token,
        max_connections=min(max(max_connections, 1), 100),
        ip_address=ip_address,
    )
    if _current(call) == target and not drop_pending_updates:
        call.bot.updates.allow(allowed_updates)
        return _done("Webhook is already set")
    # As in Telegram's server, the old webhook is gone before the new one is looked at.
    await _remove(call, drop_pending_updates)
    _check_target(target, anywhere=call.world.webhooks.anywhere)
    call.bot.updates.allow(allowed_updates)
    _start(call, target)
    return _done("Webhook was set")


@method("deleteWebhook")
async def delete_webhook(call: Call, *, drop_pending_updates: bool = False) -> Described:
    """Go back to getUpdates."""
    return await _remove(call, drop_pending_updates)


@method("getWebhookInfo")
async def get_webhook_info(call: Call) -> Json:
    """Tell how delivery is going."""
    queue, target = call.bot.updates, _current(call)
    queue.drop_expired()
    info: Json = {
        "url": target.url if target else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    if target is not None and call.bot.webhook is not None:
        if target.ip_address:
            info["ip_address"] = target.ip_address
        if call.bot.webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = call.bot.webhook.last_error
        info["max_connections"] = target.max_connections
    if queue.asked_for:
        info["allowed_updates"] = queue.asked_for
    return info


def _done(words: str) -> Described:
    return Described(result=True, words=words)


def _current(call: Call) -> WebhookTarget | None:
    webhook = call.bot.webhook
    return None if webhook is None or webhook.is_gone else webhook.target


def _check_target(target: WebhookTarget, *, anywhere: bool) -> None:
    """Raise ApiError 400 for a webhook that Telegram would not take."""
    url = _parsed(target.url)
    if len(target.secret_token) > _LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(target.secret_token):
        raise bad_request("secret token contains unallowed characters")
    fixed = _ip(target.ip_address)
    if target.ip_address and fixed is None:
        raise _bad_webhook("Invalid IP address specified")
    address = fixed or _ip(url.host or "")
    is_here = address.is_loopback if address is not None else url.host == "localhost"
    if is_here or anywhere:
        return
    if url.scheme == "http":
        raise _bad_webhook("An HTTPS URL must be provided for webhook")
    if url.port not in _PORTS:
        raise _bad_webhook("Webhook can be set up only on ports 80, 88, 443 or 8443")
    if address is not None and not isinstance(address, IPv4Address):
        raise _bad_webhook("IPv6-only addresses are not allowed")
    if address is not None and not address.is_global:
        raise _bad_webhook(f"IP address {address} is reserved")


def _parsed(address: str) -> URL:
    try:
        url = URL(address if "://" in address else f"https://{address}")
        # Reading the port is what finds a wrong one.
        usable = url.scheme in ("http", "https") and bool(url.host) and bool(url.port)
    except ValueError:
        usable = False
    if not usable or any(character <= " " for character in address):
        raise bad_request("invalid webhook URL specified")
    return url


def _ip(text: str) -> Any:
    try:
        return parse_ip(text)
    except ValueError:
        return None


def _bad_webhook(why: str) -> ApiError:
    return bad_request(f"bad webhook: {why}")


def _start(call: Call, target: WebhookTarget) -> None:
    world, bot = call.world, call.bot
    assert world.execute is not None, "a world without a server can't run webhooks"
    bot.updates.stop_polling("terminated by setWebhook request")
    bot.webhook = WebhookDelivery(
        queue=bot.updates,
        target=target,
        http=world.http(),
        execute=partial(world.execute, bot),
        clock=world.clock,
        changes=world.changes,
        tempo=world.webhooks,
    )
    bot.webhook.start()


async def _remove(call: Call, drop_pending: bool) -> Described:
    was_set = _current(call) is not None
    if call.bot.webhook is not None:
        await call.bot.webhook.stop()
        call.bot.webhook = None
    if drop_pending:
        call.bot.updates.drop_all()
    return _done("Webhook was deleted" if was_set else "Webhook is already deleted")
