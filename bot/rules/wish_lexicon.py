"""The lexicon of goods and their qualities: the tables, read when the first wish of a language is."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from bot.rules.wish_beauty import BEAUTY
from bot.rules.wish_clothes import CLOTHES
from bot.rules.wish_composed import COMPOSED
from bot.rules.wish_empty import EMPTY, EMPTY_BEGINNINGS, KIN, PURPOSES, WITH
from bot.rules.wish_goods import EATEN, GOODS
from bot.rules.wish_household import HOUSEHOLD
from bot.rules.wish_kinds import KINDS
from bot.rules.wish_spelling import folded
from bot.rules.wish_usual import BESIDE, IMPLIED, USUAL
from bot.rules.wish_vocabulary import NOTHING, STEMMED, Meaning, Vocabulary
from bot.rules.wish_words import PRAISE, QUALITIES

_CHINESE: Final = "zh"
_COLUMNS: Final = (*STEMMED, _CHINESE)
_LONGEST_JOINING: Final = 3
_ANY: Final = "any"


@cache
def vocabulary(language: str) -> Vocabulary:
    """What is known of English, Spanish or Russian: stemmed when somebody first writes in its letters."""
    at = _COLUMNS.index(language)
    empty = {word for word in _split(_lines(EMPTY)[at]) if " " not in word}
    adding = joined_with(language)
    known = Vocabulary(
        language=language,
        empty=purposes() | empty,
        joining=purposes() | adding | {word for word in empty if len(word) <= _LONGEST_JOINING},
        adding=adding,
        empty_beginnings=tuple(_split(_lines(EMPTY_BEGINNINGS)[at])),
    )
    for meaning, columns in _meanings():
        for phrase in _split(columns[at]):
            known.add(phrase, meaning)
    return known


@cache
def chinese() -> Mapping[str, Meaning]:
    """What Chinese phrases mean."""
    at = _COLUMNS.index(_CHINESE)
    known = dict.fromkeys(_split(_lines(EMPTY)[at]), NOTHING)
    for meaning, columns in _meanings():
        for phrase in _split(columns[at]):
            if known.get(phrase, NOTHING) is NOTHING:
                known[phrase] = meaning
    return known


@cache
def purposes() -> frozenset[str]:
    """The words behind which it is named what goods are for."""
    return frozenset(word for line in _lines(PURPOSES) for word in _split(line))


@cache
def joined_with(language: str) -> frozenset[str]:
    """The words behind which it is named what is with the goods: none in Chinese."""
    lines = dict(zip(STEMMED, _lines(WITH), strict=True))
    return frozenset(_split(lines.get(language, "")))


@cache
def worn() -> frozenset[str]:
    """The goods of which it matters for whom they are, even where only a son or a daughter is named."""
    return frozenset(_name(line) for line in _lines(CLOTHES))


@cache
def eaten() -> frozenset[str]:
    """The goods that one eats or drinks: leather and children say nothing of them."""
    return frozenset(_name(line) for table in EATEN for line in _lines(table))


@cache
def scented() -> frozenset[str]:
    """The goods that smell of others: lemon is none of a wish for soap."""
    return frozenset(_name(line) for table in (BEAUTY, HOUSEHOLD) for line in _lines(table)) - eaten()


@cache
def beside() -> frozenset[str]:
    """The things that are no goods where others are named: packing, tools and places."""
    return frozenset(name for line in _lines(BESIDE) for name in _split(line))


@cache
def makes_another_kind(quality: str, goods: str) -> bool:
    """Whether goods of this quality are others than the same goods of which nobody says it."""
    return not kinds().get(quality, frozenset()).isdisjoint({goods, _ANY})


@cache
def kinds() -> Mapping[str, frozenset[str]]:
    """By quality: the goods of which it makes other ones."""
    found: dict[str, set[str]] = {}
    for line in _lines(KINDS):
        qualities, _, goods = line.partition("|")
        for quality in _split(qualities):
            found.setdefault(quality, set()).update(_split(goods))
    return {quality: frozenset(goods) for quality, goods in found.items()}


@cache
def usual() -> Mapping[str, frozenset[str]]:
    """The qualities that goods have unless another is named: what their name says, too."""
    found = dict(_of_goods(USUAL))
    qualities = {
        word: meaning.name
        for meaning, columns in _meanings()
        if meaning.kind == "quality"
        for word in _split(columns[0])
    }
    for meaning, _ in _meanings():
        if meaning.kind == "thing" and " " in meaning.name:
            named = {qualities[word] for word in meaning.name.split() if word in qualities}
            found[meaning.name] = found.get(meaning.name, frozenset()) | named
    return found


@cache
def unsaid_of(things: frozenset[str]) -> frozenset[str]:
    """The qualities that go without saying where these are named, alone or as what one good is made of."""
    made = [name for name, parts in _made_of_things().items() if parts <= things]
    return frozenset[str]().union(*(usual().get(each, ()) for each in (*things, *made)))


@cache
def _made_of_things() -> Mapping[str, frozenset[str]]:
    return {
        name: frozenset(part.name for part in parts)
        for name, parts in composed().items()
        if all(part.kind == "thing" for part in parts)
    }


@cache
def implied() -> Mapping[str, frozenset[str]]:
    """What goods are besides, and what these are."""
    said = _of_goods(IMPLIED)
    return {name: frozenset(_all_of(name, said)) - {name} for name in said}


@cache
def composed() -> Mapping[str, Sequence[Meaning]]:
    """What goods with a word of their own are in others: goods, and a quality or what they are made of."""
    known = {meaning.name: meaning for meaning, _ in _meanings() if meaning.kind in {"thing", "quality"}}
    found: dict[str, Sequence[Meaning]] = {}
    for line in _lines(COMPOSED):
        name, goods, other = (part.strip() for part in line.split("|"))
        found[name] = [*found.get(goods, [Meaning("thing", "", goods)]), known[other]]
    return found


def _all_of(name: str, said: Mapping[str, frozenset[str]]) -> set[str]:
    found, left = set[str](), [name]
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left.extend(said.get(each, ()))
    return found


def _of_goods(table: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines(table):
        said, _, goods = line.partition("|")
        for name in _split(goods):
            found.setdefault(name, set()).add(said.strip())
    return {name: frozenset(each) for name, each in found.items()}


@cache
def _meanings() -> Sequence[tuple[Meaning, Sequence[str]]]:
    """What there is to say, and how it is said in each language."""
    tables = [
        *(("thing", "", goods) for goods in GOODS),
        *(("quality", dimension, qualities) for dimension, qualities in QUALITIES.items()),
        ("kin", "wearer", KIN),
        ("praise", "", PRAISE),
    ]
    return [
        (Meaning(kind, dimension, _name(line)), line.split("|"))
        for kind, dimension, table in tables
        for line in _lines(table)
    ]


def _lines(text: str) -> list[str]:
    return folded(text).strip().splitlines()


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",") if phrase.strip()]


def _name(line: str) -> str:
    return _split(line.partition("|")[0])[0]
