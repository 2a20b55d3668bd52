"""How a process of ours starts and ends: what it loads, what it runs, and what it says when it cannot."""

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.memory import settle

# Everything else is imported by whoever needs it, so that --help and a typing error answer at once.
if TYPE_CHECKING:
    from bot.settings import SettingsWrong, StorageSettings

PROBLEM: Final = 1
WRONG_SETTINGS: Final = 2
_FOR_PEOPLE: Final = ("rich", "click")
_NOT_THERE: Any = None

S = TypeVar("S", bound="StorageSettings")


@contextmanager
def loading() -> Iterator[None]:
    """Import without collecting garbage: there is none, and looking for it takes a third of the time."""
    gc.disable()
    # structlog and httpx load these wherever they find them, for tracebacks that `bot/logs.py` must not
    # show and for a command line: 5 MB and a tenth of the start. None says that they are not there.
    hidden = [name for name in _FOR_PEOPLE if sys.modules.setdefault(name, _NOT_THERE) is _NOT_THERE]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
        settle()
        gc.enable()


def read(kind: type[S]) -> S:
    """The settings; where they are wrong the process ends, and says each problem. Raises SystemExit."""
    from bot.settings import SettingsWrong, read_settings

    try:
        return read_settings(kind)
    except SettingsWrong as wrong:
        raise _refused(wrong) from None


def _refused(wrong: "SettingsWrong") -> SystemExit:
    for problem in wrong.problems:
        _say_in_red(problem)
    return SystemExit(WRONG_SETTINGS)


def set_up_logs(settings: "StorageSettings") -> None:
    """Log as the settings say, each line with the update that it is about."""
    from bot.logs import set_up_logs
    from bot.telegram.delivery import name_delivery

    set_up_logs(style=settings.log, level=settings.log_level, processors=[name_delivery])


def live(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends or somebody ends it; what keeps it from running is said in a sentence.

    Raises SystemExit.
    """
    from bot.settings import CannotStart, SettingsWrong

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        try:
            runner.run(_until_told(work))
        except SettingsWrong as wrong:
            raise _refused(wrong) from None
        except CannotStart as reason:
            raise _failure(str(reason)) from None


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Run until SIGINT or SIGTERM; a second one does not wait for what is under way."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)

    def stop() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    with suppress(asyncio.CancelledError):
        await task


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _failure(sentence: str) -> SystemExit:
    _say_in_red(sentence)
    return SystemExit(PROBLEM)


def _say_in_red(sentence: str) -> None:
    red, plain = ("\033[31m", "\033[0m") if sys.stderr.isatty() else ("", "")
    sys.stderr.write(f"{red}{sentence}{plain}\n")
