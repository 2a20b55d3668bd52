"""Pictures and files that take long to make: made when they are on their way, or else an apology is sent."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.jobs.due import Call, markup, message_call
from bot.pictures.drawing import draw
from bot.telegram.parcels import Late
from bot.views.screens import Screen
from bot.views.troubles import file_not_made


def picture_call(
    t: Translator, kind: str, data: Mapping[str, Any], *, name: str, caption: Screen | None = None
) -> Call:
    """Send a picture of a kind that `bot.pictures` draws; `t` speaks to whoever gets it."""
    make = partial(draw, kind, data)
    return _call("sendPhoto", "photo", _late(t, make, name=name), caption)


def document_call(
    t: Translator, make: Callable[[], Awaitable[bytes]], *, name: str, caption: Markup | None = None
) -> Call:
    """Send a file that is made on its way."""
    return _call("sendDocument", "document", _late(t, make, name=name), Screen(text=caption or Markup()))


def _late(t: Translator, make: Callable[[], Awaitable[bytes]], *, name: str) -> Late:
    return Late(name=name, make=make, otherwise=message_call(Screen(text=file_not_made(t)).payload()))


def _call(method: str, field: str, late: Late, caption: Screen | None) -> Call:
    if caption is None:
        return method, {field: late}
    words = {"caption": str(caption.text), "parse_mode": "HTML"} if caption.text else {}
    return method, {field: late, **words, **markup(caption.keyboard())}
