"""Words of one language that mean something, by their stems: as they are, fond, derived and misspelt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

import snowballstemmer

from bot.rules.wish_spelling import distance, heard, slips, sounds_alike, undoubled

STEMMED: Final = {"en": "english", "es": "spanish", "ru": "russian"}
_LETTERS: Final = re.compile(r"[^\W_\u3400-\u9fff]+")
_FLEETING: Final = re.compile(r"(?<=[^аеиоуыэюяйь])[ое](?=[кцнлр]$)")
"""The vowel that a Russian word loses with an ending: `чашек`, `чашка`."""
_FOND_ENDINGS: Final = (
    *("ечк", "очк", "ушк", "юшк", "ышк", "ишк", "оньк", "еньк"),
    *("чик", "ик", "к", "ец", "ц", "иц"),
)
_SPANISH_PLURAL: Final = re.compile("(?<=[nrldj])es$|s$")
_FOND_SPANISH: Final = re.compile(r"(?:ec|c)?(?:it|ill)[oa]s?$|uel[oa]s?$")
"""What makes a word a fond one, in Russian behind its stem."""
_DERIVED_ENDINGS: Final = ("овск", "евск", "ичн", "енн", "ов", "ев", "ск", "ян", "ен", "ин", "н")
"""What makes a Russian noun an adjective."""
_SOFTENED: Final = {"ш": "х", "ч": "кц", "ж": "г"}
_BEFORE_I: Final = (("qu", "c"), ("gu", "g"), ("c", "z"))
_FORMS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "es": {"o": ("o", "a", "os", "as"), "e": ("e", "es")},
    "ru": dict.fromkeys(("ый", "ий", "ой"), ("ый", "ая", "ые", "ую", "ых")),
}
"""The endings of qualities, by the first of them."""
_SHORTEST_ROOT: Final = 3
_SHORTEST_TYPED: Final = 4
_SHORTEST_WITH_A_SLIP: Final = 5
_SHORTEST_BEGUN_WITH_A_SLIP: Final = 6


class Meaning(NamedTuple):
    """What a phrase means: a thing, a quality of a dimension, whose kin it is for, praise, or nothing."""

    kind: str
    dimension: str
    name: str


NOTHING: Final = Meaning("nothing", "", "")


@dataclass(kw_only=True)
class Vocabulary:
    """Phrases of one language, by their words as they are and by their stems, in no order."""

    language: str
    empty: frozenset[str]
    #: How words begin that say nothing, if they are not known.
    empty_beginnings: tuple[str, ...]
    #: What joins words and is no part of a phrase.
    joining: frozenset[str]
    #: Of these, what adds something to goods: `with`, `in`.
    adding: frozenset[str]
    exact: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    #: By their stems, with the words that have them: others with the same ones may mean something else.
    phrases: dict[tuple[str, ...], list[tuple[str, Meaning]]] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    #: With which other stem one makes a pair that means something.
    partners: dict[str, list[tuple[str, Meaning]]] = field(default_factory=dict)
    #: Those that hold such a word: `coffee in capsules`.
    joined: set[tuple[str, ...]] = field(default_factory=set)
    #: What Spanish words of a stem are without the endings of number and gender: `sol` is not `solido`.
    bare: dict[str, set[str]] = field(default_factory=dict)
    #: On which vowels the Spanish goods of a stem end: `copa` is not `copo`.
    vowels: dict[str, set[str]] = field(default_factory=dict)

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Learn what a folded phrase means; what it meant before stays."""
        words = [word for word in _LETTERS.findall(phrase) if not word.isdigit()]
        said = [word for word in words if word not in self.joining] or words
        stems = tuple(sorted(stem_of(word, self.language) for word in said))
        if not stems:
            return
        self.exact.setdefault(tuple(sorted(said)), meaning)
        self.stems.update(stems)
        known = self.phrases.setdefault(stems, [])
        if all(other != meaning for _, other in known):
            known.append((" ".join(sorted(said)), meaning))
        if not self.adding.isdisjoint(words):
            self.joined.add(stems)
        if len(stems) == 1:
            self._add_forms(said[0], stems[0], meaning)
        if len(stems) == 2:
            for one, other in (stems, stems[::-1]):
                self.partners.setdefault(one, []).append((other, meaning))

    def _add_forms(self, word: str, stem: str, meaning: Meaning) -> None:
        if self.language == "es":
            self.bare.setdefault(stem, set()).add(_bare(word))
        if meaning.kind == "thing":
            self.vowels.setdefault(stem, set()).update(_gender(word, self.language))
            return
        for last, others in _FORMS.get(self.language, {}).items():
            if word.endswith(last):
                for other in others:
                    self.exact.setdefault((word.removesuffix(last) + other,), meaning)

    def find(self, typed: Sequence[str], stems: Sequence[str]) -> Meaning | None:
        """What these words mean together, in whatever order: of those with the same stems the nearest."""
        exact = self.exact.get(tuple(sorted(typed)))
        if exact is not None:
            return exact
        found = self.phrases.get(tuple(sorted(stems)), ())
        if not found or self._is_other(typed, stems):
            return None
        if len(found) == 1:
            return found[0][1]
        whole = " ".join(sorted(typed))
        return min(found, key=lambda each: distance(whole, each[0], most=len(whole) + len(each[0])))[1]

    def find_roots(self, stems: Sequence[str]) -> Meaning | None:
        """What words with these stems mean, whatever their endings."""
        found = self.phrases.get(tuple(sorted(stems)))
        return found[0][1] if found else None

    def root_of(self, word: str) -> str | None:
        """The known stem of what a word is fond of, or derived from."""
        if word not in self._roots:
            stem = stem_of(word, self.language)
            self._roots[word] = self._fond(word, stem) or self._derived(stem)
        return self._roots[word]

    @cached_property
    def _roots(self) -> dict[str, str | None]:
        return {}

    def _is_other(self, typed: Sequence[str], stems: Sequence[str]) -> bool:
        """Whether one word has but the stem of others: endings are cut off that make another word of it."""
        if len(stems) > 1 or self.language != "es" or stem_of(typed[0], "es") != stems[0]:
            return False
        vowels = self.vowels.get(stems[0], set())
        is_of_other_gender = bool(vowels) and not vowels.issuperset(_gender(typed[0], self.language))
        return is_of_other_gender or _bare(typed[0]) not in self.bare.get(stems[0], ())

    def nearly(self, one: str, other: str) -> Meaning | None:
        """The goods that two words mean of which one is known, but not meant."""
        for sure, unsure in ((one, other), (other, one)):
            if len(unsure) < _SHORTEST_WITH_A_SLIP:
                continue
            for stem, meaning in self.partners.get(sure, ()):
                if meaning.kind == "thing" and unsure != stem and distance(unsure, stem, most=1) <= 1:
                    return meaning
        return None

    def derived(self, word: str) -> str | None:
        """The known stem of what an unknown word is fond of, or derived from."""
        return self.root_of(word) if len(stem_of(word, self.language)) >= _SHORTEST_TYPED else None

    def misspelt(self, word: str) -> str | None:
        """The known stem that an unknown word is nearly."""
        for stem in (stem_of(word, self.language), stem_of(undoubled(word), self.language)):
            sound = self._by_sound.get(heard(stem, self.language))
            if sound is not None and len(stem) >= _SHORTEST_ROOT:
                return sound
        stem = stem_of(word, self.language)
        return self._misspelt(stem) if len(stem) >= _SHORTEST_TYPED else None

    def _fond(self, word: str, stem: str) -> str | None:
        if self.language == "es":
            return self._known_root(word, _FOND_SPANISH.sub("", word))
        return self._without(stem, _FOND_ENDINGS) if self.language == "ru" else None

    def _derived(self, stem: str) -> str | None:
        found = self._without(stem, _DERIVED_ENDINGS) if self.language == "ru" else None
        return found if (found,) in self.phrases else None

    def _without(self, stem: str, endings: Sequence[str]) -> str | None:
        """The root behind which these stand: what means something by itself, and of that the longest."""
        found = (self._known_root(stem, stem.removesuffix(ending)) for ending in endings)
        roots = [root for root in found if root]
        return max(roots, key=lambda root: ((root,) in self.phrases, len(root)), default=None)

    def _known_root(self, said: str, root: str) -> str | None:
        if root == said or len(root) < _SHORTEST_ROOT:
            return None
        return next((each for each in _before(root, self.language) if each in self.stems), None)

    def _misspelt(self, stem: str) -> str | None:
        most = slips(stem)
        letters = _letters(stem)
        near: list[tuple[int, bool, int, str]] = []
        for length in range(len(stem) - most, len(stem) + most + 1):
            for known, its_letters in self._by_length.get(length, ()):
                if (letters ^ its_letters).bit_count() <= 2 * most and _may_be_meant(stem, known):
                    apart = distance(stem, known, most=most)
                    is_elsewhere = known[0] != stem[0]
                    if apart <= most and (apart < 2 or not is_elsewhere):
                        near.append((apart, is_elsewhere, abs(length - len(stem)), known))
        return min(near)[-1] if near else None

    @cached_property
    def _by_sound(self) -> Mapping[str, str]:
        """The stems that are goods by themselves, by how they sound."""
        return {
            heard(stems[0], self.language): stems[0]
            for stems in self.phrases
            if len(stems) == 1 and len(stems[0]) >= _SHORTEST_ROOT
        }

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[tuple[str, int]]]:
        """The stems of each length, with the letters that are in each."""
        found: dict[int, list[tuple[str, int]]] = {}
        for stem in self.stems:
            if len(stem) >= _SHORTEST_ROOT:
                found.setdefault(len(stem), []).append((stem, _letters(stem)))
        return found


@lru_cache(maxsize=16384)
def stem_of(word: str, language: str) -> str:
    """A word without its endings, and without what changes before them."""
    stem = ending_cut(_singular(word) if language == "es" else word, language)
    if language == "ru" and len(stem) > _SHORTEST_ROOT:
        return _FLEETING.sub("", stem)
    return stem[:-1] + "z" if language == "es" and stem.endswith("c") else stem


def ending_cut(word: str, language: str) -> str:
    """A word without its endings, its vowels as they are."""
    return str(_stemmer(language).stemWord(word))


def _before(root: str, language: str) -> Iterator[str]:
    """What the root of a fond or derived word may be the stem of."""
    yield stem_of(root, language)
    if language == "es":
        yield from (stem_of(root + ending, language) for ending in "ao")
        for soft, hard in _BEFORE_I:
            if root.endswith(soft):
                yield from (
                    stem_of(root[: -len(soft)] + hard + ending, language) for ending in ("a", "o", "")
                )
    else:
        yield root
        yield from (stem_of(root[:-1] + hard, language) for hard in _SOFTENED.get(root[-1], ""))
        yield from (root + ending for ending in "кцо")


def _gender(word: str, language: str) -> str:
    """The vowel that tells Spanish goods from others of the same stem, if any."""
    last = word.removesuffix("s")[-1:]
    return last if language == "es" and last in "ao" else ""


def _bare(word: str) -> str:
    """A Spanish word without number and gender."""
    bare = undoubled(word).removesuffix("s").rstrip("aeo")
    return bare[:-1] + "z" if bare.endswith("c") else bare


def _singular(word: str) -> str:
    """A Spanish word as one thing is called: its stem is not that of a verb."""
    if len(word) < _SHORTEST_WITH_A_SLIP:
        return re.sub("(?<=^..[ao])s$", "", word)
    return _SPANISH_PLURAL.sub("", re.sub("ces$", "z", word))


def _letters(stem: str) -> int:
    """The letters of a word as bits: words a slip apart have nearly the same."""
    found = 0
    for letter in stem:
        found |= 1 << (ord(letter) & 63)
    return found


def _may_be_meant(stem: str, known: str) -> bool:
    """Whether a slip in so short a word is told from another word: its letters, or where it begins."""
    longest = max(len(stem), len(known))
    if longest < _SHORTEST_WITH_A_SLIP:
        return sorted(known) == sorted(stem)
    if longest < _SHORTEST_BEGUN_WITH_A_SLIP and len(stem) == len(known) and sorted(known) != sorted(stem):
        return known[0] == stem[0] and sounds_alike(stem, known)
    return longest >= _SHORTEST_BEGUN_WITH_A_SLIP or known[0] == stem[0]


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMED[language])
