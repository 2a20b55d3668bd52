"""The lexicon of goods and their qualities, folded and stemmed: built when the first wish is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, NamedTuple

import snowballstemmer

from bot.rules.wish_foods import FOODS
from bot.rules.wish_household import HOUSEHOLD
from bot.rules.wish_pantry import PANTRY
from bot.rules.wish_spelling import distance, folded, slips
from bot.rules.wish_wares import WARES
from bot.rules.wish_words import EMPTY, PRAISE, PURPOSES, QUALITIES

_STEMMED: Final = {"en": "english", "es": "spanish", "ru": "russian"}
_CHINESE: Final = "zh"
_LETTERS: Final = re.compile(r"[^\W_\u3400-\u9fff]+")
_SMALLER: Final = re.compile(r"(?:ечк|очк|ушк|юшк|ышк|оньк|еньк|чик|ик|ок|ек|к|ец|иц)$")
"""What makes a Russian word a fond one."""
_HARDER: Final = {"ш": "х", "ч": "к", "ж": "г"}
_SHORTEST_ROOT: Final = 3
_SHORTEST_TYPED: Final = 4
_SHORTEST_WITH_A_SLIP: Final = 5
_LONGEST_ENDING: Final = 4


class Meaning(NamedTuple):
    """What a phrase means: a thing, a quality of a dimension, praise, or nothing."""

    kind: str
    dimension: str
    name: str


NOTHING: Final = Meaning("nothing", "", "")


@dataclass(kw_only=True)
class Vocabulary:
    """Phrases of one language, by their words as they are and by their stems, in no order."""

    language: str
    empty: frozenset[str]
    exact: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    #: With which other stem one makes a pair that means something.
    partners: dict[str, list[tuple[str, Meaning]]] = field(default_factory=dict)

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Learn what a phrase means; what it meant before stays."""
        words = [word for word in _LETTERS.findall(folded(phrase)) if not word.isdigit()]
        said = [word for word in words if word not in self.empty] or words
        stems = tuple(sorted(stem_of(word, self.language) for word in said))
        if not stems:
            return
        self.exact.setdefault(tuple(sorted(said)), meaning)
        self.phrases.setdefault(stems, meaning)
        self.stems.update(stems)
        if len(stems) == 2:
            for one, other in (stems, stems[::-1]):
                self.partners.setdefault(one, []).append((other, meaning))

    def find(self, typed: Sequence[str], stems: Sequence[str]) -> Meaning | None:
        """What these words mean together, in whatever order."""
        exact = self.exact.get(tuple(sorted(typed)))
        return exact or self.phrases.get(tuple(sorted(stems)))

    def nearly(self, one: str, other: str) -> Meaning | None:
        """The goods that two words mean of which one is known, but not meant."""
        for sure, unsure in ((one, other), (other, one)):
            if len(unsure) < _SHORTEST_WITH_A_SLIP:
                continue
            for stem, meaning in self.partners.get(sure, ()):
                if meaning.kind == "thing" and unsure != stem and distance(unsure, stem, most=1) <= 1:
                    return meaning
        return None

    def meant(self, word: str) -> str | None:
        """The known stem that was meant by an unknown word: fondly said, misspelt, or derived from it."""
        stem = stem_of(word, self.language)
        if len(stem) < _SHORTEST_TYPED:
            return None
        fond = self._fond(stem) if self.language == "ru" else None
        return fond or self._misspelt(stem) or (self._derived(stem) if self.language == "ru" else None)

    def _fond(self, stem: str) -> str | None:
        root = _SMALLER.sub("", stem)
        if root == stem or len(root) < _SHORTEST_ROOT:
            return None
        hard = root[:-1] + _HARDER.get(root[-1], root[-1])
        return next((each for each in (root, hard, root + "к", root + "о") if each in self.stems), None)

    def _misspelt(self, stem: str) -> str | None:
        most = slips(stem)
        near: list[tuple[int, bool, int, str]] = []
        for known in self.stems:
            is_short = max(len(known), len(stem)) < _SHORTEST_WITH_A_SLIP
            if len(known) < _SHORTEST_ROOT or (is_short and sorted(known) != sorted(stem)):
                continue
            apart = distance(stem, known, most=most)
            if apart <= most and (apart < 2 or known[0] == stem[0]):
                near.append((apart, known[0] != stem[0], abs(len(known) - len(stem)), known))
        return min(near)[-1] if near else None

    def _derived(self, stem: str) -> str | None:
        roots = [
            known
            for known in self.stems
            if len(known) >= _SHORTEST_TYPED
            and stem.startswith(known)
            and len(stem) - len(known) <= _LONGEST_ENDING
            and (known,) in self.phrases
        ]
        return max(roots, key=lambda root: (len(root), root), default=None)


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All that is known: the vocabularies, Chinese phrases, and the words behind which a purpose is named."""

    of: Mapping[str, Vocabulary]
    chinese: Mapping[str, Meaning]
    purposes: frozenset[str]


@lru_cache(maxsize=16384)
def stem_of(word: str, language: str) -> str:
    """A word without its endings."""
    return str(_stemmer(language).stemWord(word))


@cache
def lexicon() -> Lexicon:
    """The lexicon."""
    purposes = frozenset(folded(word) for line in _lines(PURPOSES) for word in _split(line))
    empty = dict(zip((*_STEMMED, _CHINESE), map(_split, _lines(EMPTY)), strict=True))
    known = {
        language: Vocabulary(
            language=language,
            empty=purposes | {folded(word) for word in empty[language] if " " not in word},
        )
        for language in _STEMMED
    }
    chinese = {folded(word): NOTHING for word in empty[_CHINESE]}
    for meaning, line in _meanings():
        *others, in_chinese = line.split("|")
        for vocabulary, phrases in zip(known.values(), others, strict=True):
            for phrase in _split(phrases):
                vocabulary.add(phrase, meaning)
        for phrase in map(folded, _split(in_chinese)):
            if chinese.get(phrase, NOTHING) is NOTHING:
                chinese[phrase] = meaning
    return Lexicon(of=known, chinese=chinese, purposes=purposes)


def _meanings() -> Iterator[tuple[Meaning, str]]:
    for goods in (FOODS, PANTRY, HOUSEHOLD, WARES):
        for line in _lines(goods):
            yield Meaning("thing", "", _name(line)), line
    for dimension, qualities in QUALITIES.items():
        for line in _lines(qualities):
            yield Meaning("quality", dimension, _name(line)), line
    for line in _lines(PRAISE):
        yield Meaning("praise", "", _name(line)), line


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",") if phrase.strip()]


def _name(line: str) -> str:
    return _split(line.partition("|")[0])[0]


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMED[language])
