"""What sort of thing is on offer, in its curator's own word: `#honey`, in one spelling, as it is shown."""

import re
import unicodedata
from typing import Final, NamedTuple

from bot.notice_errors import CategoryUnreadable
from bot.rules.typed_text import one_line

LONGEST_CATEGORY: Final = 30

#: As Telegram makes links of them: a number alone is none, so that "#12" stays the number of a pick.
_HASHTAG = re.compile(r"(?<![\w#＃])[#＃](?=\w*[^\W\d_])(\w{1,100})")
_GAPS = re.compile(r"[\s\-–—_/.,;&+]+")
_WORD = re.compile(r"(?=\w*[^\W\d_])\w+")


class Categorised(NamedTuple):
    """A text without the hashtags at its end, and the category that its first hashtag names."""

    text: str
    category: str | None


def canonical(text: str) -> str:
    """One spelling of a word that people will read: small letters, with their accents; ё is е."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("ё", "е")


def hashtags(text: str) -> tuple[str, ...]:
    """The categories that a text names by hashtags, each once; what is too long for one is none."""
    named = (canonical(match[1]).strip("_") for match in _HASHTAG.finditer(text))
    return tuple(dict.fromkeys(word for word in named if word and len(word) <= LONGEST_CATEGORY))


def categorised(text: str) -> Categorised:
    """Take the category out of a line; hashtags in the middle of a sentence stay words of it."""
    named = hashtags(text)
    if not named:
        return Categorised(text, None)
    bare = text.rstrip()
    while (last := _last_hashtag(bare)) is not None:
        bare = bare[:last].rstrip()
    return Categorised(bare, named[0])


def read_category(text: str) -> str:
    """The category that somebody typed alone: `honey`, `#honey`, `Wool socks`. Raises CategoryUnreadable."""
    typed = one_line(text).lstrip("#＃").strip()
    word = _GAPS.sub("_", canonical(typed)).strip("_")
    if len(word) > LONGEST_CATEGORY or _WORD.fullmatch(word) is None:
        raise CategoryUnreadable(text, LONGEST_CATEGORY)
    return word


def listed_category(text: str) -> str | None:
    """The category in a cell of a price list, cut where it is too long; None where there is none."""
    typed = one_line(text).lstrip("#＃").strip()
    word = _GAPS.sub("_", canonical(typed))[:LONGEST_CATEGORY].strip("_")
    return word if _WORD.fullmatch(word) else None


def _last_hashtag(text: str) -> int | None:
    last = None
    for match in _HASHTAG.finditer(text):
        last = match
    return last.start() if last is not None and last.end() == len(text) else None
