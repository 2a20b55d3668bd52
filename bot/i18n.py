"""Catalogues, and the Translator that speaks one language."""

import gettext
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from bot.money import Money, format_money

LANGUAGES = {"en": "English", "zh_CN": "简体中文", "ru": "Русский", "es": "Español"}
"""The languages that every text exists in, each by its own name."""

DEFAULT_LANGUAGE = "en"
_CATALOGUES = Path(__file__).parent.parent / "locales"
# As Python keeps its own modules: beside what is written, and made anew when that changes.
_COMPILED = _CATALOGUES / "__pycache__"


@lru_cache(maxsize=1024)
def match_language(code: str | None) -> str:
    """The language of ours that is nearest to an IETF tag such as `zh-hans` or `es-MX`."""
    base = (code or "").replace("_", "-").split("-")[0].lower()
    return next((ours for ours in LANGUAGES if ours.split("_")[0] == base), DEFAULT_LANGUAGE)


@dataclass(frozen=True)
class Translator:
    """Speaks one language: whole sentences with named fields, amounts, numbers and moments.

    Calling it gives plain text; `html` gives markup in which every field is escaped.
    """

    language: str

    def __call__(self, message: str, /, **fields: object) -> str:
        """A sentence as plain text."""
        return _fill(_catalogue(self.language).gettext(message), fields)

    def plural(self, singular: str, plural: str, n: int, /, **fields: object) -> str:
        """A sentence that depends on the number `n`, as plain text."""
        return _fill(_catalogue(self.language).ngettext(singular, plural, n), {"n": self.number(n), **fields})

    def html(self, message: str, /, **fields: object) -> Markup:
        """A sentence as markup, its fields escaped."""
        return Markup(_catalogue(self.language).gettext(message)).format(**fields)

    def html_plural(self, singular: str, plural: str, n: int, /, **fields: object) -> Markup:
        """A sentence that depends on the number `n`, as markup with its fields escaped."""
        text = _catalogue(self.language).ngettext(singular, plural, n)
        return Markup(text).format(**{"n": self.number(n), **fields})

    def money(self, money: Money) -> str:
        """An amount as people write it in this language."""
        return format_money(money, self.language)

    def number(self, number: int) -> str:
        """A whole number with this language's separators."""
        return _number(number, self.language)

    def percent(self, bps: int) -> str:
        """Basis points in percent, with as many decimals as they need."""
        return format_percent(Decimal(bps).scaleb(-4), locale=self.language, decimal_quantization=False)

    def listed(self, items: Sequence[str]) -> str:
        """Items in a row, with this language's comma."""
        return ("、" if self.language == "zh_CN" else ", ").join(items)

    def moment(self, at: datetime, time_zone: str, *, now: datetime) -> str:
        """A moment on the reader's clock: weekday, day and time, with the year only if it is another."""
        local = at.astimezone(ZoneInfo(time_zone))
        same_year = local.year == now.astimezone(ZoneInfo(time_zone)).year
        day = {"en": "EEE d MMM", "zh_CN": "M月d日 EEE", "ru": "EEE d MMM", "es": "EEE d MMM"}
        dated = {"en": "d MMM y", "zh_CN": "y年M月d日", "ru": "d MMM y", "es": "d MMM y"}
        pattern = f"{(day if same_year else dated)[self.language]}, HH:mm"
        return format_datetime(local, pattern, locale=self.language)

    def day(self, at: datetime, time_zone: str, *, now: datetime) -> str:
        """The day of a moment on the reader's calendar, with the year only if it is another."""
        local = at.astimezone(ZoneInfo(time_zone))
        same_year = local.year == now.astimezone(ZoneInfo(time_zone)).year
        if self.language == "zh_CN":
            return format_datetime(local, "M月d日" if same_year else "y年M月d日", locale=self.language)
        return format_datetime(local, "d MMM" if same_year else "d MMM y", locale=self.language)


def _fill(text: str, fields: dict[str, object]) -> str:
    return text.format(**fields) if fields else text


@lru_cache(maxsize=4096)
def _number(number: int, language: str) -> str:
    return format_decimal(number, locale=language)


@contextmanager
def compiled_beside() -> Iterator[None]:
    """Compile the catalogues that changed since the last start, in a process of its own while the block runs.

    Reading them as they are written takes four times the memory that they need, and a process that runs
    for months would hold it. Call it before there are threads: the process is forked.
    """
    stale = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE and not _is_fresh(language)]
    if not stale or sys.platform != "linux":
        yield
        return
    process = get_context("fork").Process(target=_keep_compiled, args=(stale,))
    process.start()
    try:
        yield
    finally:
        process.join()


def _keep_compiled(languages: Sequence[str]) -> None:
    # Where nothing can be written, each catalogue is compiled by whoever speaks it.
    with suppress(OSError):
        _COMPILED.mkdir(exist_ok=True)
        for language in languages:
            kept = _COMPILED / f"{language}.mo"
            # Renamed when it is whole: another process may start at the same moment.
            begun = kept.with_suffix(f".{os.getpid()}")
            begun.write_bytes(_compile(language))
            begun.replace(kept)


def _is_fresh(language: str) -> bool:
    kept = _COMPILED / f"{language}.mo"
    return kept.exists() and kept.stat().st_mtime_ns > _written(language).stat().st_mtime_ns


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # English is what the code says.
    if language == DEFAULT_LANGUAGE or language not in LANGUAGES:
        return gettext.NullTranslations()
    fresh = _is_fresh(language)
    compiled = (_COMPILED / f"{language}.mo").read_bytes() if fresh else _compile(language)
    return gettext.GNUTranslations(BytesIO(compiled))


def forget_catalogues() -> None:
    """Hold no catalogue any more: each is read again by whoever speaks its language next."""
    _catalogue.cache_clear()


def _compile(language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with _written(language).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    return compiled.getvalue()


def _written(language: str) -> Path:
    return _CATALOGUES / language / "LC_MESSAGES" / "vouch.po"
