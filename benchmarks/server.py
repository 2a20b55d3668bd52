"""One bot behind a webhook, to be loaded from outside: `python -m benchmarks.server orders|nothing ...`."""

import asyncio
import sys
from datetime import timedelta
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.ext import CallbackQueryHandler

import handlers
from bot.jobs.dead_letters import DatabaseDeadLetters
from bot.jobs.outbox import DatabaseOutbox
from bot.memory import settle
from bot.services.groups import SeenChat, welcome_group
from bot.services.picks import NewPick, NewVariant, post_pick
from bot.shop import Shop
from bot.telegram.application import build_application
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.limits import Limits
from bot.telegram.sender import Sender
from bot.telegram.webhook import WebhookServer
from storage.engine import opened
from storage.schema import migrate

SECRET = "benchmark"


async def serve(mode: str, *, api_url: str, token: str, port: int, database_url: str, chat_id: int) -> None:
    """Serve until standard input ends; prints the pick and its variant once ready."""
    async with opened(database_url) as database:
        await migrate(database.write)
        sizes: list[int] = []
        shop = Shop(database=database, on_batch=lambda _what, size, _seconds: sizes.append(size))
        application = build_application(token, api_url)
        async with application:
            shop.bot_id, shop.bot_username = application.bot.id, application.bot.username
            sender = Sender(
                application.bot, DatabaseOutbox(shop), Limits(clock=asyncio.get_running_loop().time)
            )
            shop.on_commit = sender.wake
            if mode == "orders":
                handlers.register(application, shop)
            else:
                application.add_handler(CallbackQueryHandler(_answer_only))
            dispatcher = Dispatcher(application, dead_letters=DatabaseDeadLetters(shop))
            hook = WebhookServer(dispatcher.deliver, secret=SECRET)
            app = web.Application()
            hook.attach(app)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            pick_id, variant_id = await set_up(shop, chat_id)
            settle()
            sending = asyncio.create_task(sender.run())
            print(pick_id, variant_id, flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
            await sender.stop(within=2)
            await sending
            await runner.cleanup()
            print(f"{len(sizes)} {sum(sizes)}", flush=True)


async def _answer_only(update: Update, _context: Any) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("You have 1 ×: €12.90.")


async def set_up(shop: Shop, chat_id: int) -> tuple[int, int]:
    chat = SeenChat(id=chat_id, title="Benchmark", username=None, is_forum=False)
    async with shop.writing() as uow:
        group, _ = await welcome_group(uow, chat, language="en", bot_is_admin=True, now=shop.now())
        new = NewPick(
            title="Yunnan honey",
            words="",
            price_amount=1290,
            currency="EUR",
            unit="jars",
            variants=[NewVariant(name="", stock=None)],
            closes_at=shop.now() + timedelta(hours=1),
            curator_id=None,
            photo_id=None,
            topic_id=None,
        )
        pick = await post_pick(uow, group, new, now=shop.now())
        posted = await uow.picks.get(pick.id or 0)
    return posted.id, posted.variants[0].id or 0


if __name__ == "__main__":
    import uvloop

    mode_, url_, token_, port_, database_, chat_ = sys.argv[1:]
    uvloop.run(
        serve(mode_, api_url=url_, token=token_, port=int(port_), database_url=database_, chat_id=int(chat_))
    )
