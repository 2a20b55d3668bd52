"""Starts the bot: the one command that runs for months does without what reads the others."""

import sys
from typing import TYPE_CHECKING

from bot.process import live, loading, read, set_up_logs

if TYPE_CHECKING:
    from bot.settings import Settings


def run() -> None:
    """Run the bot on Telegram until SIGINT or SIGTERM."""
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


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        run()
    else:
        from command_line import app

        app()
