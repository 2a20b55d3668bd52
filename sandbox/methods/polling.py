"""getMe, getUpdates, setWebhook, deleteWebhook and getWebhookInfo."""

# `timeout` is getUpdates' own parameter.
# ruff: noqa: ASYNC109

import re
from functools import partial
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method
from sandbox.models.users import Json
from sandbox.webhooks import WebhookDelivery, WebhookTarget

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


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


@method("setWebhook", ignores=frozenset({"ip_address"}), refuses=frozenset({"certificate"}))
async def set_webhook(
    call: Call,
    *,
    url: str,
    max_connections: int = 40,
    allowed_updates: list[Any] | None = None,
    drop_pending_updates: bool = False,
    secret_token: str = "",
) -> bool:
    """Deliver updates to a URL from now on; the sandbox takes http:// and loopback addresses too."""
    if url and not url.startswith(("http://", "https://")):
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
    if secret_token and not _SECRET.fullmatch(secret_token):
        raise bad_request("secret token contains unallowed characters")
    await _stop(call, drop_pending_updates)
    call.bot.updates.allow(allowed_updates)
    if url:
        _start(
            call, WebhookTarget(url=url, secret_token=secret_token, max_connections=_clamped(max_connections))
        )
    return True


@method("deleteWebhook")
async def delete_webhook(call: Call, *, drop_pending_updates: bool = False) -> bool:
    """Go back to getUpdates."""
    await _stop(call, drop_pending_updates)
    return True


@method("getWebhookInfo")
async def get_webhook_info(call: Call) -> Json:
    """Tell how delivery is going."""
    queue, webhook = call.bot.updates, call.bot.webhook
    info: Json = {
        "url": webhook.target.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    if webhook is not None:
        info["max_connections"] = webhook.target.max_connections
        if webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = webhook.last_error
    if queue.asked_for:
        info["allowed_updates"] = queue.asked_for
    return info


def _clamped(connections: int) -> int:
    return min(max(connections, 1), 100)


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


async def _stop(call: Call, drop_pending: bool) -> None:
    if call.bot.webhook is not None:
        await call.bot.webhook.stop()
        call.bot.webhook = None
    if drop_pending:
        call.bot.updates.drop_all()
