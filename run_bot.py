"""The command line, and the one place that composes the parts.

The command that runs for months is started without what reads the others.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from bot.process import live, loading, read, set_up_logs

if TYPE_CHECKING:
    from bot.settings import Settings

DEMO_PORT: Final = 8080
DEMO_PORTS: Final = 20

T = TypeVar("T")


def run() -> None:
    """Run the bot on Telegram until Ctrl-C or SIGTERM.

    It needs [cyan]BOT_TOKEN[/cyan], from the environment or .env. It polls, unless
    [cyan]VOUCH_WEBHOOK_URL[/cyan] names a public address. SQLite is migrated by itself.
    """
    with loading():
        from bot.i18n import compiled_beside
        from bot.settings import Settings
        from storage.beside import migrated_beside

        settings = read(Settings)
        with compiled_beside(), migrated_beside(settings.database_url.get_secret_value()):
            import bot.composition  # noqa: F401
            import handlers  # noqa: F401

    set_up_logs(settings)
    live(_serve(settings))


async def _serve(settings: "Settings") -> None:
    import handlers
    from bot.composition import running

    async with running(settings, handlers) as parts:
        await parts.ended()


def demo(port: int = DEMO_PORT) -> None:
    """Play with Vouch in the browser: a local Telegram, the bot, a group and its people.

    The page opens at [cyan]--port[/cyan], or at the next port that is free.

    Nothing leaves this machine and nothing is kept.
    """
    live(_demo(port))


async def _demo(port: int) -> None:
    with loading():
        import handlers
        from bot.composition import running
        from bot.settings import demo_settings
        from sandbox.people import Sandbox
        from sandbox.scenes.catalogue import SCENES
        from sandbox.scenes.honey import honey_friends
        from sandbox.stage.playbill import CutShort, offer_scenes
        from sandbox.stage.routes import mount

    with tempfile.TemporaryDirectory(prefix="vouch-demo-") as folder:
        tg = await _on_free_port(port, lambda free: Sandbox.start(port=free, limits=True, extend=mount))
        try:
            account = tg.create_bot("vouch_bot", name="Vouch")
            account.set_inline(placeholder="Search picks", feedback_percent=100)
            settings = demo_settings(
                token=account.token,
                api_url=tg.url,
                folder=Path(folder),
                provider_token=tg.world.payments.connect_provider(account),
                # She owns the group, too: so /admin can be played without a further person.
                admin_ids=frozenset({tg.person("Mei").id}),
            )
            set_up_logs(settings)
            # The clock that is moved on the page is the bot's, too: so deadlines come at a press.
            async with running(settings, handlers, now=tg.world.clock.now) as parts:
                # What is due by then comes at once, and not at the bot's next look.
                tg.world.clock.on_advance(parts.jobs.hurry)
                switch_ways_on = await honey_friends(tg.world, account)
                offer_scenes(tg.world, SCENES)
                _say(f"\n  Vouch is ready: open {tg.url}/ in your browser. Ctrl-C ends it.\n")
                ways = asyncio.ensure_future(switch_ways_on())
                try:
                    await parts.ended()
                finally:
                    ways.cancel()
                    # Somebody at the page may have been quicker than Mei.
                    with suppress(asyncio.CancelledError, CutShort, AssertionError):
                        await ways
        finally:
            await tg.stop()


async def _on_free_port(first: int, start: Callable[[int], Awaitable[T]]) -> T:
    from bot.settings import CannotStart

    for port in range(first, first + DEMO_PORTS):
        with suppress(OSError):
            return await start(port)
    raise CannotStart(
        f"None of the ports {first} to {first + DEMO_PORTS - 1} is free; name another with --port."
    )


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        run()
    else:
        from bot.command_line import command_line

        command_line(run=run, demo=demo)()
