"""Which variant somebody means, though they shorten, inflect or misaccent its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.rules.order_tokens import Token, tokens
from bot.rules.order_words import TALK
from bot.rules.typed_text import fold

_ENDINGS_CYRILLIC = frozenset(
    fold(
        "ый ий ой ая яя ое ее ые ие ого его ому ему ую юю ых их ым им ыми ими ом ем "
        "а у ы и о е я ю ь ей ов ев ам ами ах"
    ).split()
) | {""}
_ENDINGS_LATIN = frozenset({"", "s", "es", "o", "a", "os", "as"})
_ENDINGS_HAN = frozenset({"", "色", "的", "色的"})
_HAN = re.compile("[\u3400-\u9fff]+")
_TIMES = ("x", "х")
_SHORTEST_STEM = 3
_LONGEST_NAME_TOKENS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A variant's name, cut into pieces."""

    keys: tuple[str, ...]
    glued: tuple[bool, ...]

    @property
    def has_number(self) -> bool:
        """Whether digits are part of the name, as in "500 g"."""
        return any(key.isdigit() for key in self.keys)


class VariantNames:
    """The names of one pick's variants; finds them at a place in a row of tokens."""

    def __init__(self, variants: Sequence[str]) -> None:
        self._names = [_name(variant) for variant in variants]

    def exact(self, row: Sequence[Token], start: int) -> tuple[int, int] | None:
        """Index of the longest name that stands here in full, and how many tokens it takes."""
        found = [
            (index, len(name.keys)) for index, name in enumerate(self._names) if _stands(name, row, start)
        ]
        return max(found, key=lambda pair: pair[1], default=None)

    def near(self, row: Sequence[Token], start: int) -> tuple[int, int] | None:
        """Index of the only name that a shortened or inflected one can mean, and how many tokens it takes."""
        for length in range(min(_LONGEST_NAME_TOKENS, len(row) - start), 0, -1):
            keys = tuple(token.key for token in row[start : start + length])
            if not all(token.is_word for token in row[start : start + length]):
                continue
            for means in (_shortens, _inflects):
                found = [index for index, name in enumerate(self._names) if means(keys, name)]
                if len(found) == 1:
                    return found[0], length
                if found:
                    return None
        return None

    def han_words(self) -> frozenset[str]:
        """Every Chinese spelling of a name: whole, shortened, or with 色 or 的 behind."""
        keys = {key for name in self._names for key in name.keys if _HAN.fullmatch(key)}
        stems = {key.removesuffix("色") or key for key in keys} | keys
        shortened = {key[:end] for key in keys for end in range(2, len(key))}
        return frozenset(stem + ending for stem in stems for ending in _ENDINGS_HAN) | shortened


def _name(variant: str) -> Name:
    pieces = [token for token in tokens(variant) if token.kind != "mark"]
    return Name(keys=tuple(piece.key for piece in pieces), glued=tuple(not piece.spaced for piece in pieces))


def _stands(name: Name, row: Sequence[Token], start: int) -> bool:
    here = row[start : start + len(name.keys)]
    if not name.keys or name.keys[0] in _TIMES or tuple(token.key for token in here) != name.keys:
        return False
    # "3 XL" is three of XL, "3XL" is a size.
    return all(not token.spaced or not glued for token, glued in zip(here[1:], name.glued[1:], strict=True))


def _shortens(keys: tuple[str, ...], name: Name) -> bool:
    if len(keys) == 1 and keys[0] in name.keys:
        return not name.has_number or (len(keys[0]) >= _SHORTEST_STEM and keys[0] not in TALK)
    typed = " ".join(keys)
    # One Chinese character is a word of its own: 大 in 好大一箱 is not the variant 大份.
    long_enough = len(typed) >= (2 if _HAN.fullmatch(typed) else _SHORTEST_STEM)
    return long_enough and " ".join(name.keys).startswith(typed)


def _inflects(keys: tuple[str, ...], name: Name) -> bool:
    return len(keys) == len(name.keys) and all(map(_same_word, keys, name.keys))


def _same_word(typed: str, known: str) -> bool:
    if typed == known:
        return True
    endings = _ENDINGS_HAN if _HAN.match(typed) else _ENDINGS_CYRILLIC | _ENDINGS_LATIN
    shortest = 1 if _HAN.match(typed) else _SHORTEST_STEM
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, known, strict=False)))
    return any(
        typed[stem:] in endings and known[stem:] in endings for stem in range(shared, shortest - 1, -1)
    )
