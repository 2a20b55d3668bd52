"""The words on a poster, and beneath it."""

from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.services.shares import CardToShare
from bot.views.screens import Screen, lines
from bot.views.shares import disclosed, price_line


def poster_data(t: Translator, shared: CardToShare, *, link: str, now: datetime) -> Mapping[str, Any]:
    """What the picture says, as `bot.pictures.posters` wants it."""
    posted = shared.posted
    notes = [
        posted.group.title,
        t(
            "Open until {moment}",
            moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
        ),
        _plain(disclosed(t, name=shared.sharer, earns=shared.earns)) if shared.earns else None,
    ]
    return {
        "title": posted.offer.title,
        "price": _plain(price_line(t, posted, shared.tiers)),
        "words": posted.offer.words,
        "call": t("{name} recommends it. Scan and see.", name=shared.sharer),
        "notes": [note for note in notes if note],
        "link": link,
    }


def poster_caption(t: Translator, *, link: str) -> Screen:
    """Beneath the poster, to whoever asked for it."""
    return Screen(
        text=lines(
            t.html("Your poster for other networks. Its code opens the pick by your link:"),
            Markup.escape(link),
        )
    )


def _plain(text: Markup) -> str:
    return unescape(text.striptags())
