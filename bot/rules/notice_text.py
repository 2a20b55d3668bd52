"""Reads what somebody wants to be told: `only #honey`, `mute #tea`, `всё, кроме #чай`, `只要 #蜂蜜`."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.notice_errors import WishUnreadable
from bot.rules.pick_categories import canonical, hashtags, read_category
from bot.rules.typed_text import plain


class Wish(StrEnum):
    """What to tell: all new picks, none, some categories alone, some not, or these like any other."""

    ALL = "all"
    NOTHING = "nothing"
    ONLY = "only"
    MUTE = "mute"
    AS_USUAL = "usual"


@dataclass(frozen=True, kw_only=True)
class WishText:
    """A wish, with the categories that it is about, folded."""

    wish: Wish
    categories: tuple[str, ...] = ()


# What takes back comes before what it takes back: in "all but #tea" the tea is muted.
_WORDS: Final = {
    Wish.AS_USUAL: "unmute usual again siempre otra снова обычно",
    Wish.MUTE: "mute not except without no but silencia silenciar sin excepto menos salvo кроме без не",
    Wish.ONLY: "only just solo sólo solamente únicamente unicamente только лишь",
    Wish.NOTHING: "off none nothing nada ninguno ничего выкл",
    Wish.ALL: "all everything on todo todos все вкл",
}
_PHRASES: Final = {
    Wish.AS_USUAL: ("取消屏蔽", "取消静音", "恢复", "照常"),
    Wish.MUTE: ("屏蔽", "静音", "不要", "不看", "除了"),
    Wish.ONLY: ("只", "仅"),
    Wish.NOTHING: ("关闭", "关"),
    Wish.ALL: ("全部", "所有", "打开"),
}
_SINGLE: Final = {wish: frozenset(map(canonical, words.split())) for wish, words in _WORDS.items()}
_ABOUT_CATEGORIES: Final = frozenset({Wish.AS_USUAL, Wish.MUTE, Wish.ONLY})
_BETWEEN: Final = re.compile(r"[,;，、；]|\s+(?:and|or|y|o|и|или)\s+|和|或")
_TAG: Final = re.compile(r"[#＃]\w+")
_KEY_LENGTH: Final = 10


def read_wish(text: str) -> WishText:
    """What was written behind /notices. Raises WishUnreadable and CategoryUnreadable."""
    found = find_wish(text)
    if found is not None:
        return found
    typed = canonical(plain(text)).strip()
    wish = _wish_in(typed)
    if wish is None:
        raise WishUnreadable
    if wish not in _ABOUT_CATEGORIES:
        return WishText(wish=wish)
    rest = _without(typed, wish)
    named = tuple(dict.fromkeys(read_category(part) for part in _BETWEEN.split(rest) if part.strip()))
    if not named:
        raise WishUnreadable
    return WishText(wish=wish, categories=named)


def find_wish(text: str) -> WishText | None:
    """The wish in a sentence that names categories by hashtags; None: it says no such thing."""
    named = hashtags(text)
    wish = _wish_in(_TAG.sub(" ", canonical(plain(text)))) if named else None
    if wish is None or wish is Wish.NOTHING:
        return None
    return WishText(wish=Wish.AS_USUAL if wish is Wish.ALL else wish, categories=named)


def category_key(category: str) -> str:
    """A short name of a category for a button, whose data is too short for the longest ones."""
    return hashlib.sha256(category.encode()).hexdigest()[:_KEY_LENGTH]


def _wish_in(typed: str) -> Wish | None:
    words = set(re.findall(r"\w+", typed))
    for wish in Wish.AS_USUAL, Wish.MUTE, Wish.ONLY, Wish.NOTHING, Wish.ALL:
        if words & _SINGLE[wish] or any(phrase in typed for phrase in _PHRASES[wish]):
            return wish
    return None


def _without(typed: str, wish: Wish) -> str:
    """What is left of a text behind the word that says the wish."""
    for phrase in _PHRASES[wish]:
        if phrase in typed:
            return typed.partition(phrase)[2].lstrip("要看 ")
    words = typed.split()
    at = next((at for at, word in enumerate(words) if word.strip(",:") in _SINGLE[wish]), len(words))
    return " ".join(words[at + 1 :])
