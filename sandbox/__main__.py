"""python -m sandbox: a local Telegram for any bot."""

import argparse
import asyncio
import contextlib
import math
import re
import signal
import sys
from collections.abc import Callable

from sandbox.guard import is_loopback
from sandbox.people import Bot, Sandbox
from sandbox.scenes.catalogue import SCENES
from sandbox.stage.playbill import offer_scenes
from sandbox.stage.routes import mount

_TOKEN = re.compile(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]{1,60}")
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,30}")
_EXAMPLES = """\
python-telegram-bot:
  Application.builder().token(TOKEN).base_url(URL + "/bot").base_file_url(URL + "/file/bot")

aiogram:
  from aiogram.client.telegram import TelegramAPIServer
  Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(URL)))

any other library: give it URL where it has https://api.telegram.org.

Faults, the clock and the logs are at URL/_sim/…: sandbox/README.md tells how.
"""


def main() -> None:
    """Run until interrupted."""
    options = _read_options()
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=_fastest_loop()) as runner:
        runner.run(_serve(options))


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's loop where it is installed: the sandbox itself shall not be what is slow."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="A local Telegram: a Bot API server with people, groups and a chat page.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    switch = argparse.BooleanOptionalAction
    parser.add_argument("--port", type=_port, default=8081, help="where to listen; 0 takes a free port")
    parser.add_argument(
        "--host", default="127.0.0.1", help="let other machines in: 0.0.0.0, or one address of this machine"
    )
    parser.add_argument(
        "--name", action="append", default=[], help="with --host: what others call this machine; repeatable"
    )
    parser.add_argument("--username", type=_username, default="sandbox_bot", help="the bot's name without @")
    parser.add_argument("--token", type=_token, help="the bot's token; made up if not given")
    parser.add_argument("--privacy", action=switch, default=True, help="privacy mode, as at BotFather")
    parser.add_argument("--limits", action=switch, default=True, help="answer 429 above Telegram's limits")
    parser.add_argument("--page", action=switch, default=True, help="the chat page")
    parser.add_argument(
        "--scene", choices=[scene.name for scene in SCENES], help="people play it once the bot listens"
    )
    options = parser.parse_args()
    if options.scene and not options.page:
        parser.error("--scene is played on the page: leave --no-page out")
    if options.name and is_loopback(options.host):
        parser.error("--name needs --host: nobody else gets in here")
    return options


async def _serve(options: argparse.Namespace) -> None:
    try:
        sandbox = await Sandbox.start(
            port=options.port,
            host=options.host,
            names=tuple(options.name),
            limits=options.limits,
            extend=mount if options.page else None,
        )
    except OSError as error:
        where = f"Port {options.port}" if is_loopback(options.host) else f"{options.host}:{options.port}"
        sys.exit(f"{where} can't be used ({error.strerror}); name another with --port or --host.")
    bot = sandbox.create_bot(options.username, token=options.token, privacy=options.privacy)
    offer_scenes(sandbox.world, SCENES)
    _introduce(sandbox, bot, has_page=options.page)
    playing = asyncio.create_task(_play(sandbox, bot, options.scene)) if options.scene else None
    stopped = asyncio.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_number, stopped.set)
    await stopped.wait()
    if playing is not None:
        playing.cancel()
    await sandbox.stop()


def _introduce(sandbox: Sandbox, bot: Bot, *, has_page: bool) -> None:
    page = f"{sandbox.url}/" if has_page else "none (--no-page)"
    sys.stdout.write(f"Page   {page}\nAPI    {sandbox.url}\nToken  {bot.token}\n")
    sys.stdout.write(f"Try    {sandbox.url}/bot{bot.token}/getMe\n")
    sys.stdout.flush()


async def _play(sandbox: Sandbox, bot: Bot, scene: str) -> None:
    """Start a scene as the page would, once there is a bot to play with."""
    await sandbox.world.until(
        lambda: bot.updates.is_polled or bot.webhook is not None, timeout=math.inf, waiting_for="the bot"
    )
    order = {"do": "play", "name": scene}
    async with sandbox.world.http().post(f"{sandbox.url}/_sim/scenes", json=order) as response:
        if response.status != 200:
            sys.stderr.write(f"The scene could not start: {await response.text()}\n")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise argparse.ArgumentTypeError("a token is a number, a colon and letters, such as 77:mine")
    return text


def _username(text: str) -> str:
    name = text.removeprefix("@")
    if not _USERNAME.fullmatch(name):
        raise argparse.ArgumentTypeError("a name has 3 to 31 letters, digits and underscores")
    return name


if __name__ == "__main__":
    main()
