"""The same small bot twice, on python-telegram-bot and on aiogram, by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Literal

import aiogram
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

Way = Literal["polling", "webhook"]
SECRET = "honey-secret"
KINDS = ["message", "edited_message", "callback_query", "chat_member", "message_reaction"]


class HoneyBot:
    """What both bots have in common: one card, and how many jars are ordered on it."""

    def __init__(self) -> None:
        self.jars = 0
        self.card_id = 0

    @property
    def words(self) -> str:
        """The card's text, in HTML."""
        return f"<b>Yunnan honey</b>: {self.jars} jars"


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """Serve on a free port for the length of a block; yields the address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


# aiogram


@asynccontextmanager
async def on_aiogram(url: str, token: str, way: Way) -> AsyncIterator[HoneyBot]:
    """Run the bot on aiogram for the length of a block."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    honey = HoneyBot()
    dispatcher = aiogram.Dispatcher()
    _register_aiogram(dispatcher, honey)
    async with aiogram.Bot(token, session=session) as bot:
        if way == "webhook":
            app = web.Application()
            handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
            handler.register(app, path="/hook")
            async with serving(app) as hook:
                await bot.set_webhook(hook, allowed_updates=KINDS, secret_token=SECRET)
                yield honey
                await bot.delete_webhook()
            return
        polling = asyncio.create_task(
            dispatcher.start_polling(
                bot, allowed_updates=KINDS, handle_signals=False, close_bot_session=False
            )
        )
        yield honey
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling


def _register_aiogram(dispatcher: aiogram.Dispatcher, honey: HoneyBot) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Order +1", callback_data="order")]]
    )

    async def show(bot: aiogram.Bot, chat_id: int) -> None:
        await bot.edit_message_text(
            honey.words, chat_id=chat_id, message_id=honey.card_id, parse_mode="HTML", reply_markup=keyboard
        )

    @dispatcher.message(Command("pick"))
    async def pick_asked(message: Message) -> None:
        card = await message.answer(honey.words, parse_mode="HTML", reply_markup=keyboard)
        honey.card_id = card.message_id

    @dispatcher.message(Command("link"))
    async def link_asked(message: Message, bot: aiogram.Bot) -> None:
        link = await bot.create_chat_invite_link(message.chat.id, name="friends")
        await message.reply(f"Invite friends: {link.invite_link}")

    @dispatcher.message(Command("note"))
    async def note_said(message: Message) -> object:
        # In a webhook this goes out in the answer itself.
        return message.answer(f"Noted: {(message.text or '').split()[-1]}")

    @dispatcher.edited_message(Command("note"))
    async def note_changed(message: Message) -> None:
        await message.answer(f"Changed to: {(message.text or '').split()[-1]}")

    @dispatcher.message(aiogram.F.photo)
    async def photo_sent(message: Message, bot: aiogram.Bot) -> None:
        assert message.photo
        picture = await bot.download(message.photo[-1])
        assert picture
        await message.answer_photo(
            BufferedInputFile(picture.read(), "seen.png"), caption=f"Seen: {message.caption}"
        )

    @dispatcher.message(aiogram.F.text.startswith("+"), aiogram.F.reply_to_message)
    async def reply_said(message: Message, bot: aiogram.Bot) -> None:
        honey.jars += int(message.text or "0")
        await show(bot, message.chat.id)
        await message.react([ReactionTypeEmoji(emoji="👍")])

    @dispatcher.callback_query()
    async def order_tapped(query: CallbackQuery, bot: aiogram.Bot) -> None:
        assert query.message
        honey.jars += 1
        await query.answer(f"1 jar for you, {query.from_user.first_name}")
        await show(bot, query.message.chat.id)

    @dispatcher.chat_member()
    async def member_came(change: ChatMemberUpdated, bot: aiogram.Bot) -> None:
        if change.invite_link:
            name = change.new_chat_member.user.first_name
            await bot.send_message(
                change.chat.id, f"Welcome, {name}, by the link for {change.invite_link.name}"
            )

    @dispatcher.message_reaction()
    async def card_reacted(change: MessageReactionUpdated, bot: aiogram.Bot) -> None:
        assert change.user
        [new] = change.new_reaction
        assert isinstance(new, ReactionTypeEmoji)
        await bot.send_message(change.chat.id, f"{change.user.first_name} likes it: {new.emoji}")


# python-telegram-bot


@asynccontextmanager
async def on_ptb(url: str, token: str, way: Way) -> AsyncIterator[HoneyBot]:
    """Run the bot on python-telegram-bot for the length of a block."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    application = builder.updater(None).build() if way == "webhook" else builder.build()
    honey = HoneyBot()
    _register_ptb(application, honey)
    async with application:
        await application.start()
        if way == "webhook":
            async with serving(_ptb_hook(application)) as hook:
                await application.bot.set_webhook(hook, allowed_updates=KINDS, secret_token=SECRET)
                yield honey
                await application.bot.delete_webhook()
        else:
            assert application.updater
            await application.updater.start_polling(allowed_updates=KINDS)
            yield honey
            await application.updater.stop()
        await application.stop()


def _ptb_hook(application: "Application") -> web.Application:  # type: ignore[type-arg]
    async def receive(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        await application.process_update(Update.de_json(await request.json(), application.bot))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", receive)
    return app


def _register_ptb(application: "Application", honey: HoneyBot) -> None:  # type: ignore[type-arg]
    keyboard = telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton("Order +1", callback_data="order")]]
    )

    async def show(bot: telegram.Bot, chat_id: int) -> None:
        await bot.edit_message_text(
            honey.words, chat_id=chat_id, message_id=honey.card_id, parse_mode="HTML", reply_markup=keyboard
        )

    async def pick_asked(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        card = await update.message.chat.send_message(honey.words, parse_mode="HTML", reply_markup=keyboard)
        honey.card_id = card.message_id

    async def link_asked(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        link = await update.message.chat.create_invite_link(name="friends")
        await update.message.reply_text(f"Invite friends: {link.invite_link}")

    async def note_said(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        note = update.effective_message
        assert note
        verb = "Changed to" if update.edited_message else "Noted"
        await note.chat.send_message(f"{verb}: {(note.text or '').split()[-1]}")

    async def photo_sent(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        file = await update.message.photo[-1].get_file()
        picture = bytes(await file.download_as_bytearray())
        await update.message.chat.send_photo(picture, caption=f"Seen: {update.message.caption}")

    async def reply_said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        honey.jars += int(update.message.text or "0")
        await show(context.bot, update.message.chat.id)
        await update.message.set_reaction("👍")

    async def order_tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query
        assert query.message
        honey.jars += 1
        await query.answer(f"1 jar for you, {query.from_user.first_name}")
        await show(context.bot, query.message.chat.id)

    async def member_came(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        change = update.chat_member
        assert change
        if change.invite_link:
            name = change.new_chat_member.user.first_name
            await change.chat.send_message(f"Welcome, {name}, by the link for {change.invite_link.name}")

    async def card_reacted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        change = update.message_reaction
        assert change
        assert change.user
        [new] = change.new_reaction
        assert isinstance(new, telegram.ReactionTypeEmoji)
        await context.bot.send_message(change.chat.id, f"{change.user.first_name} likes it: {new.emoji}")

    application.add_handlers(
        [
            CommandHandler("pick", pick_asked),
            CommandHandler("link", link_asked),
            CommandHandler("note", note_said),
            MessageHandler(filters.PHOTO, photo_sent),
            MessageHandler(filters.REPLY & filters.Regex(r"^\+\d"), reply_said),
            CallbackQueryHandler(order_tapped),
            ChatMemberHandler(member_came, ChatMemberHandler.CHAT_MEMBER),
            MessageReactionHandler(card_reacted),
        ]
    )


LIBRARIES: dict[str, Callable[[str, str, Way], AbstractAsyncContextManager[HoneyBot]]] = {
    "aiogram": on_aiogram,
    "python-telegram-bot": on_ptb,
}
