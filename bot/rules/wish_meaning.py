"""What a wish is about, whatever language, script and spelling it was typed in.

A text is folded and cut into words (Chinese by the longest words that are known), words are stemmed, and
the lexicon says what they mean: goods, qualities, praise, or nothing. What it does not know is kept as it
sounds in Latin letters, so that a name is the same in two scripts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import combinations, zip_longest
from typing import Final

import emoji
from anyascii import anyascii

from bot.rules.wish_chinese import read_chinese
from bot.rules.wish_lexicon import composed, purposes, vocabulary, worn
from bot.rules.wish_spelling import folded
from bot.rules.wish_vocabulary import Meaning, Vocabulary, ending_cut, stem_of

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_PIECES: Final = re.compile(
    r"(?:t(?=恤)|u(?=盘))?[\u3400-\u9fff]+(?:(?<=[维素])[a-k](?![^\W_]))?|[^\W_\u3400-\u9fff]+"
)
"""Words, and Chinese runs of them, to some of which a Latin letter belongs."""
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_SOUNDS: Final = (("x", "ks"), ("ph", "f"), ("c(?!h)|q", "k"), ("w", "v"), ("y|j", "i"), (r"(.)\1", r"\1"))
"""How Latin letters sound, so that a name is the same in two scripts."""
_BATTERY: Final = re.compile("([157])号")
_BATTERIES: Final = {"1": "一号", "5": "五号", "7": "七号"}
_MEASURE: Final = re.compile(r"\d+[^\W\d_]{0,2}")
_LONGEST_PHRASE: Final = 4
_WIDEST_PHRASE: Final = 5
_MOST_WORDS: Final = 14
_SHORTEST_PART: Final = 3
_PAIR: Final = 2
_BETWEEN_NOUNS: Final = {"en": ("of",), "es": ("de", "del")}
_OF_GOODS_ONLY: Final = {"state", "form", "taste"}
_BOTTLE: Final = "water bottle"


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


class _Role(Enum):
    """What a word does in its wish."""

    GOODS = auto()
    #: It stands before "of": in English it is how the goods are packed, in Spanish the goods themselves.
    BEFORE_OF = auto()
    #: It says what the goods are for.
    PURPOSE = auto()


@dataclass(frozen=True, kw_only=True)
class _Word:
    typed: str
    #: Its stem, or that of what was meant, by language.
    stems: Mapping[str, str]
    role: _Role
    #: It says something only with others: `winter` in `winter boots`.
    is_weak: bool = False


_Typed = tuple[str, _Role]
_Found = tuple[Meaning | str, _Role]
"""What words mean, or how they sound, and what they do."""


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
    found = _without_packing(list(_spelt_out(_read(text, language))), language)
    things = set() if _is_head_unknown(found, language) else _things(found, is_purpose=False)
    names = {word for word, _ in found if isinstance(word, str)}
    if not things and not any(isinstance(word, str) and role is not _Role.PURPOSE for word, role in found):
        found = [(meaning, _Role.GOODS) for meaning, _ in found]
        things = _things(found, is_purpose=False)
    qualities: dict[str, set[str]] = {}
    for meaning, role in found:
        if isinstance(meaning, Meaning) and _tells_apart(meaning, role, things):
            qualities.setdefault(meaning.dimension, set()).add(meaning.name)
    return Sense(
        things=frozenset(things),
        qualities={dimension: frozenset(said) for dimension, said in qualities.items()},
        names=frozenset(names),
    )


def _tells_apart(meaning: Meaning, role: _Role, things: Set[str]) -> bool:
    """Whether it makes other goods of these: not the dryness of hands that a cream is for."""
    if meaning.kind == "kin":
        return bool(things & worn())
    return meaning.kind == "quality" and not (role is _Role.PURPOSE and meaning.dimension in _OF_GOODS_ONLY)


def _spelt_out(found: Iterator[_Found]) -> Iterator[_Found]:
    """What was found, in one form whether it was said in a word of its own or in several."""
    for meaning, role in found:
        parts = [meaning] if isinstance(meaning, str) else composed().get(meaning.name, [meaning])
        yield from ((part, role) for part in parts)


def _things(found: Sequence[_Found], *, is_purpose: bool) -> set[str]:
    return {
        meaning.name
        for meaning, role in found
        if isinstance(meaning, Meaning) and meaning.kind == "thing" and (role is _Role.PURPOSE) is is_purpose
    }


def _without_packing(found: list[_Found], language: str) -> list[_Found]:
    """What was found without a bottle of it, or in English anything of it."""
    things = _things(found, is_purpose=False)
    kept = [
        (meaning, role)
        for meaning, role in found
        if not (language == "en" and role is _Role.BEFORE_OF)
        and not (isinstance(meaning, Meaning) and meaning.name == _BOTTLE and len(things) > 1)
    ]
    return kept or found


def _is_head_unknown(found: Sequence[_Found], language: str) -> bool:
    """Whether nobody knows what the goods are, only of what: in Spanish that is named first."""
    for meaning, role in found:
        if isinstance(meaning, str) and role is _Role.BEFORE_OF and language == "es":
            return True
        if isinstance(meaning, Meaning) and meaning.kind == "thing":
            return False
    return False


def _read(text: str, language: str) -> Iterator[_Found]:
    words: list[_Typed] = []
    is_purpose = False
    pieces = _PIECES.findall(_BATTERY.sub(lambda match: _BATTERIES[match[1]], folded(text)))
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
        if _HAN.search(piece):
            yield from _read_words(words, language)
            words, is_purpose = [], False
            yield from ((found, _Role.GOODS) for found in read_chinese(piece))
        elif piece in purposes():
            is_purpose = True
        elif not _MEASURE.fullmatch(piece):
            is_before_of = following in _BETWEEN_NOUNS.get(language, ())
            role = _Role.PURPOSE if is_purpose else _Role.BEFORE_OF if is_before_of else _Role.GOODS
            words.append((piece, role))
    yield from _read_words(words, language)


def _read_words(typed: Sequence[_Typed], language: str) -> Iterator[_Found]:
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
                found[at[0]] = meaning, _role(phrase)
    unknown = [each for each in left if not words[each].is_weak]
    found |= {each: (_sound(words[each].typed), words[each].role) for each in unknown}
    for place in sorted(found):
        yield found[place]


def _role(phrase: Sequence[_Word]) -> _Role:
    last = phrase[-1].role
    return _Role.GOODS if last is _Role.PURPOSE and phrase[0].role is not _Role.PURPOSE else last


def _phrase(words: Sequence[_Word], language: str) -> Meaning | None:
    if len(words) == 1 and words[0].is_weak:
        return None
    for known in _vocabularies(" ".join(word.typed for word in words), language):
        meaning = _meaning(words, known)
        if meaning is not None:
            return meaning
    return None


def _meaning(words: Sequence[_Word], known: Vocabulary) -> Meaning | None:
    typed = [word.typed for word in words]
    stems = [word.stems.get(known.language, "") for word in words]
    if not all(stems):
        return None
    meaning = known.find(typed, stems)
    if meaning is None and len(stems) == _PAIR and not any(word.is_weak for word in words):
        meaning = known.nearly(*stems)
    if meaning is not None:
        return meaning
    roots = [known.root_of(word) for word in typed]
    if not any(roots):
        return None
    return known.find_roots([root or stem for root, stem in zip(roots, stems, strict=True)])


def _understood(typed: Sequence[_Typed], language: str) -> Iterator[_Word]:
    """The words that say something: joined, taken apart and corrected where that makes them known."""
    rest = list(typed[: 2 * _MOST_WORDS])
    while rest:
        word, role = rest.pop(0)
        if _says_nothing(word, language):
            if word not in purposes() and _is_known(word, language):
                yield replace(_word(word, language, role=role), is_weak=True)
            continue
        if _is_known(word, language):
            yield _word(word, language, role=role)
        elif rest and _is_known(word + rest[0][0], language):
            yield _word(word + rest.pop(0)[0], language, role=role)
        elif parts := _parts(word, language):
            yield from (_word(part, language, role=role) for part in parts)
        else:
            meant = {each.language: each.meant(word) for each in _vocabularies(word, language)}
            stems = {name: stem for name, stem in meant.items() if stem is not None}
            yield _Word(typed=word, stems=stems, role=role)


def _vocabularies(word: str, language: str) -> Sequence[Vocabulary]:
    return [vocabulary(name) for name in _spoken(word, language)]


def _spoken(text: str, language: str) -> Sequence[str]:
    """The languages that words may be of, the likeliest first: Latin letters are used in Russian, too."""
    if _CYRILLIC.search(text):
        return ("ru",)
    return {"es": ("es", "en"), "ru": ("en", "es", "ru")}.get(language, ("en", "es"))


def _says_nothing(word: str, language: str) -> bool:
    mine, *others = _vocabularies(word, language)
    if word in mine.empty:
        return True
    is_empty = any(word in other.empty for other in others) or _begins_emptily(word, mine)
    return is_empty and not _is_known(word, language)


def _begins_emptily(word: str, vocabulary: Vocabulary) -> bool:
    return any(word.startswith(beginning) for beginning in vocabulary.empty_beginnings)


def _is_known(word: str, language: str) -> bool:
    return any(stem_of(word, each.language) in each.stems for each in _vocabularies(word, language))


def _word(word: str, language: str, *, role: _Role) -> _Word:
    names = [each.language for each in _vocabularies(word, language)]
    return _Word(typed=word, stems={name: stem_of(word, name) for name in names}, role=role)


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
    stem = ending_cut(word, "ru" if _CYRILLIC.search(word) else "en")
    sound = anyascii(stem).lower()
    for written, heard in _SOUNDS:
        sound = re.sub(written, heard, sound)
    return sound
