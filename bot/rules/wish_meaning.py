"""What a wish is about, whatever language, script and spelling it was typed in.

A text is folded and cut into words (Chinese by the longest words that are known), words are stemmed, and
the lexicon says what they mean: goods, qualities, praise, or nothing. What it does not know is kept as it
sounds in Latin letters, so that a name is the same in two scripts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Final

import emoji
from anyascii import anyascii

from bot.rules.wish_lexicon import Meaning, Vocabulary, lexicon, stem_of
from bot.rules.wish_spelling import folded

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_PIECES: Final = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_SOUNDS: Final = (("x", "ks"), ("ph", "f"), ("c(?!h)|q", "k"), ("w", "v"), ("y|j", "i"), (r"(.)\1", r"\1"))
"""How Latin letters sound, so that a name is the same in two scripts."""
_BATTERY: Final = re.compile("([157])号")
_BATTERIES: Final = {"1": "一号", "5": "五号", "7": "七号"}
_MEASURE: Final = re.compile(r"\d+[^\W\d_]{0,2}")
_LONGEST_PHRASE: Final = 4
_WIDEST_PHRASE: Final = 5
_LONGEST_HAN: Final = 8
_MOST_WORDS: Final = 14
_SHORTEST_PART: Final = 3
_PAIR: Final = 2


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


@dataclass(frozen=True, kw_only=True)
class _Word:
    typed: str
    #: Its stem, or that of what was meant, by language.
    stems: Mapping[str, str]
    is_purpose: bool


_Found = tuple[Meaning | str, bool]
"""What words mean, or how they sound; and whether they say what the goods are for."""


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
    things: set[str] = set()
    purposes: set[str] = set()
    qualities: dict[str, set[str]] = {}
    names: set[str] = set()
    for found, is_purpose in _read(text, language):
        if isinstance(found, str):
            names.add(found)
        elif found.kind == "thing":
            (purposes if is_purpose else things).add(found.name)
        elif found.kind == "quality":
            qualities.setdefault(found.dimension, set()).add(found.name)
    return Sense(
        things=frozenset(things or purposes),
        qualities={dimension: frozenset(said) for dimension, said in qualities.items()},
        names=frozenset(names),
    )


def _read(text: str, language: str) -> Iterator[_Found]:
    words: list[tuple[str, bool]] = []
    is_purpose = False
    for piece in _PIECES.findall(_BATTERY.sub(lambda match: _BATTERIES[match[1]], folded(text))):
        if _HAN.match(piece):
            yield from _read_words(words, language)
            words, is_purpose = [], False
            yield from ((found, False) for found in _read_han(piece))
        elif piece in lexicon().purposes:
            is_purpose = True
        elif not _MEASURE.fullmatch(piece):
            words.append((piece, is_purpose))
    yield from _read_words(words, language)


def _read_words(typed: Sequence[tuple[str, bool]], language: str) -> Iterator[_Found]:
    """The longest phrases first, and of equally long ones those whose words stand closest."""
    words = list(_understood(typed, language))[:_MOST_WORDS]
    left = set(range(len(words)))
    found: dict[int, _Found] = {}
    for size in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        for at in sorted(combinations(range(len(words)), size), key=lambda each: each[-1] - each[0]):
            if at[-1] - at[0] >= _WIDEST_PHRASE or not left.issuperset(at):
                continue
            phrase = [words[each] for each in at]
            meaning = _phrase(phrase, language)
            if meaning is not None:
                left.difference_update(at)
                found[at[0]] = meaning, all(word.is_purpose for word in phrase)
    found |= {each: (_sound(words[each].typed), words[each].is_purpose) for each in left}
    for place in sorted(found):
        yield found[place]


def _phrase(words: Sequence[_Word], language: str) -> Meaning | None:
    for vocabulary in _vocabularies(words[0].typed, language):
        stems = [word.stems.get(vocabulary.language, "") for word in words]
        if not all(stems):
            continue
        meaning = vocabulary.find([word.typed for word in words], stems)
        if meaning is None and len(stems) == _PAIR:
            meaning = vocabulary.nearly(*stems)
        if meaning is not None:
            return meaning
    return None


def _understood(typed: Sequence[tuple[str, bool]], language: str) -> Iterator[_Word]:
    """The words that say something: joined, taken apart and corrected where that makes them known."""
    rest = list(typed[: 2 * _MOST_WORDS])
    while rest:
        word, is_purpose = rest.pop(0)
        if _says_nothing(word, language):
            continue
        if _is_known(word, language):
            yield _word(word, language, is_purpose=is_purpose)
        elif rest and _is_known(word + rest[0][0], language):
            yield _word(word + rest.pop(0)[0], language, is_purpose=is_purpose)
        elif parts := _parts(word, language):
            yield from (_word(part, language, is_purpose=is_purpose) for part in parts)
        else:
            meant = {each.language: each.meant(word) for each in _vocabularies(word, language)}
            stems = {name: stem for name, stem in meant.items() if stem is not None}
            yield _Word(typed=word, stems=stems, is_purpose=is_purpose)


def _vocabularies(word: str, language: str) -> Sequence[Vocabulary]:
    names = ("ru",) if _CYRILLIC.search(word) else ("es", "en") if language == "es" else ("en", "es")
    return [lexicon().of[name] for name in names]


def _says_nothing(word: str, language: str) -> bool:
    mine, *others = _vocabularies(word, language)
    if word in mine.empty:
        return True
    return any(word in other.empty for other in others) and not _is_known(word, language)


def _is_known(word: str, language: str) -> bool:
    return any(stem_of(word, each.language) in each.stems for each in _vocabularies(word, language))


def _word(word: str, language: str, *, is_purpose: bool) -> _Word:
    names = [each.language for each in _vocabularies(word, language)]
    return _Word(typed=word, stems={name: stem_of(word, name) for name in names}, is_purpose=is_purpose)


def _parts(word: str, language: str) -> tuple[str, str] | None:
    """Two words that were written as one."""
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        parts = word[:cut], word[cut:]
        for each in _vocabularies(word, language):
            stems = tuple(stem_of(part, each.language) for part in parts)
            is_pair = tuple(sorted(stems)) in each.phrases
            are_words = all((stem,) in each.phrases for stem in stems)
            if is_pair or (are_words and min(map(len, parts)) > _SHORTEST_PART):
                return parts
    return None


def _sound(word: str) -> str:
    stem = stem_of(word, "ru" if _CYRILLIC.search(word) else "en")
    sound = anyascii(stem).lower()
    for written, heard in _SOUNDS:
        sound = re.sub(written, heard, sound)
    return sound


def _read_han(run: str) -> Iterator[Meaning | str]:
    known = lexicon().chinese
    at, unknown = 0, ""
    while at < len(run):
        lengths = range(min(_LONGEST_HAN, len(run) - at), 0, -1)
        length = next((each for each in lengths if run[at : at + each] in known), 0)
        if length and unknown:
            yield unknown
            unknown = ""
        if length:
            yield known[run[at : at + length]]
        else:
            unknown += run[at]
        at += length or 1
    if unknown:
        yield unknown
