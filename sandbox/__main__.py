"""python -m sandbox: a local Telegram for any bot."""

import argparse
import asyncio
import contextlib
import signal
import sys

from sandbox.people import Sandbox
from sandbox.scenes.catalogue import SCENES
from sandbox.stage.playbill import offer_scenes
from sandbox.stage.routes import mount


def main() -> None:
    """Run until interrupted."""
    options = _read_options()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Telegram on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8081, help="where to listen; 0 takes a free port")
    parser.add_argument("--username", default="sandbox_bot", help="the bot's name, without the @")
    parser.add_argument("--token", help="the bot's token; made up if not given")
    parser.add_argument("--no-privacy", action="store_true", help="show the bot all messages of its groups")
    parser.add_argument("--no-limits", action="store_true", help="answer 429 never")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    try:
        sandbox = await Sandbox.start(port=options.port, limits=not options.no_limits, extend=mount)
    except OSError as error:
        sys.exit(f"Port {options.port} can't be used ({error.strerror}); name another with --port.")
    bot = sandbox.create_bot(options.username, token=options.token, privacy=not options.no_privacy)
    offer_scenes(sandbox.world, SCENES)
    sys.stdout.write(f"Page   {sandbox.url}/\nAPI    {sandbox.url}\nToken  {bot.token}\n")
    sys.stdout.write(f"Try    {sandbox.url}/bot{bot.token}/getMe\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_number, stopped.set)
    await stopped.wait()
    await sandbox.stop()


if __name__ == "__main__":
    main()
