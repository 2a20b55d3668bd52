"""What a wish is about, whatever language, script and spelling it was typed in.

A text is folded and cut into clauses and words (Chinese by the longest words that are known), words are
stemmed, and the lexicon says what they mean: goods, qualities, praise, or nothing. The first clause that
names goods says what is wished for; what stands behind it, or says what for and without what, adds only
qualities. What the lexicon does not know is kept as it sounds in Latin letters, so that a name is the same
in two scripts.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import emoji

from bot.rules.wish_clauses import Role
from bot.rules.wish_lexicon import beside, composed, eaten, implied, scented, worn
from bot.rules.wish_reading import Found, read_words
from bot.rules.wish_spelling import folded
from bot.rules.wish_vocabulary import Meaning

_OF_GOODS_ONLY: Final = {"state", "form", "taste"}
_NOT_OF_FOOD: Final = {"material", "wearer"}
_ASIDE: Final = {Role.PURPOSE, Role.DETAIL, Role.WITHOUT}


@dataclass(frozen=True, kw_only=True)
class Sense:
    """What a text is about: goods and qualities by their names, and words that nobody explained."""

    things: frozenset[str] = frozenset()
    qualities: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing of any goods."""
        return not (self.things or self.names or self.qualities)


@lru_cache(maxsize=4096)
def sense(text: str, *, language: str) -> Sense:
    """What a text is about; the language is its writer's, and decides where a word means two things."""
    plain = text if text.isascii() else emoji.replace_emoji(text, " ")
    found = _sense(plain, language)
    if found.things or found.names or plain == text:
        return found
    # An emoji is the word for it, where no words are.
    return _sense(emoji.demojize(text, delimiters=(" ", " ")).replace("_", " "), "en")


def _sense(text: str, language: str) -> Sense:
    found = _without_packing(list(_spelt_out(read_words(folded(text), language))), language)
    goods = [] if _is_head_unknown(found, language) else _goods(found)
    if not goods and not any(isinstance(each.meaning, str) and each.role not in _ASIDE for each in found):
        found = [each._replace(role=Role.GOODS) for each in found]
        goods = _goods(found)
    things = {_name(each) for each in goods}
    qualities: dict[str, set[str]] = {}
    for each in found:
        if isinstance(each.meaning, Meaning) and _tells_apart(each.meaning, each, goods, things):
            qualities.setdefault(each.meaning.dimension, set()).add(each.meaning.name)
    return Sense(
        things=frozenset(things),
        qualities={dimension: frozenset(said) for dimension, said in qualities.items()},
        names=frozenset(each.meaning for each in found if isinstance(each.meaning, str)),
    )


def _goods(found: Sequence[Found]) -> Sequence[Found]:
    """What is wished for: all that the first clause names which names any, but packing, tools and places."""
    named = [each for each in found if _is_thing(each) and each.role not in _ASIDE]
    named = [each for each in named if each.is_sure] or named
    if not named:
        return []
    first = [each for each in named if each.clause == named[0].clause]
    goods = [each for each in first if not _is_beside(each)] or first
    if any(_name(each) in scented() for each in goods):
        goods = [each for each in goods if _name(each) not in eaten()]
    names = {_name(each) for each in goods}
    is_any = not any(_is_quality(each) and each.clause == goods[0].clause for each in found)
    return [*goods, *(each for each in found if _is_kind_of(each, names, is_any=is_any))]


def _is_kind_of(found: Found, goods: Set[str], *, is_any: bool) -> bool:
    """Whether it says, before or behind goods that might be any, which: the book is one of Harry Potter.

    Who says that the tea is green says which already, and with a sort of it but gives an example.
    """
    roles = {Role.GOODS, Role.DETAIL} if is_any else {Role.DETAIL}
    is_said = _is_thing(found) and found.is_sure and found.role in roles
    return is_said and not goods.isdisjoint(implied().get(_name(found), ()))


def _name(found: Found) -> str:
    return found.meaning.name if isinstance(found.meaning, Meaning) else ""


def _is_thing(found: Found) -> bool:
    return isinstance(found.meaning, Meaning) and found.meaning.kind == "thing"


def _is_quality(found: Found) -> bool:
    return isinstance(found.meaning, Meaning) and found.meaning.kind == "quality"


def _is_beside(found: Found) -> bool:
    return _name(found) in beside()


def _tells_apart(meaning: Meaning, found: Found, goods: Sequence[Found], things: Set[str]) -> bool:
    """Whether it makes other goods of these: not the dryness of hands that a cream is for."""
    if meaning.kind == "kin":
        return bool(things & worn())
    if meaning.kind != "quality" or found.role is Role.WITHOUT:
        return False
    is_said_of_them = not goods or (found.role not in _ASIDE and found.clause == goods[0].clause)
    if found.is_part and not is_said_of_them:
        return False
    if things & eaten() and meaning.dimension in _NOT_OF_FOOD and not found.is_part:
        return False
    return not (found.role is Role.PURPOSE and meaning.dimension in _OF_GOODS_ONLY)


def _spelt_out(found: Iterator[Found]) -> Iterator[Found]:
    """What was found, in one form whether it was said in a word of its own or in several."""
    for each in found:
        if isinstance(each.meaning, str):
            yield each
            continue
        parts = composed().get(each.meaning.name, [])
        yield from (each._replace(meaning=part, is_part=True) for part in parts)
        if not parts:
            yield each


def _without_packing(found: list[Found], language: str) -> list[Found]:
    """What was found without, in English, anything of it."""
    if language != "en":
        return found
    return [each for each in found if each.role is not Role.BEFORE_OF] or found


def _is_head_unknown(found: Sequence[Found], language: str) -> bool:
    """Whether nobody knows what the goods are, only of what: in Spanish that is named first."""
    for each in found:
        if isinstance(each.meaning, str) and each.role is Role.BEFORE_OF and language == "es":
            return True
        if _is_thing(each):
            return False
    return False
