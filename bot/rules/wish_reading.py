"""The words of a wish, and what is known of each: alone, with others, joined, taken apart and corrected."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, NamedTuple

from anyascii import anyascii

from bot.rules.wish_chinese import read_chinese
from bot.rules.wish_clauses import Piece, Role, pieces_of
from bot.rules.wish_lexicon import composed, purposes, vocabulary
from bot.rules.wish_vocabulary import NOTHING, Meaning, Vocabulary, ending_cut, stem_of

_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_SOUNDS: Final = (("x", "ks"), ("ph", "f"), ("c(?!h)|q", "k"), ("w", "v"), ("y|j", "i"), (r"(.)\1", r"\1"))
"""How Latin letters sound, so that a name is the same in two scripts."""
_DEED: Final = re.compile("[ае]ни[еяюй]$")
"""How Russian words for what one does end: `тушение` has nothing of `тушь`."""
_SIZES: Final = ((4, True), (3, True), (2, True), (2, False), (1, True))
"""How many words are looked up together, and whether as they are or with a slip in one of them."""
_WIDEST_PHRASE: Final = 5
_MOST_WORDS: Final = 14
_SHORTEST_PART: Final = 3


class Found(NamedTuple):
    """What words mean, or how they sound, and what they do where they stand."""

    meaning: Meaning | str
    role: Role
    clause: int
    #: Not only taken for a word that is spelt otherwise.
    is_sure: bool = True
    #: It is said in the word for other goods: white in `white wine`.
    is_part: bool = False


@dataclass(frozen=True, kw_only=True)
class _Word:
    typed: str
    #: Its stem, or that of what was meant, by language.
    stems: Mapping[str, str]
    role: Role
    clause: int
    #: It says something only with others: `winter` in `winter boots`.
    is_weak: bool = False
    #: It is known as it is typed.
    is_sure: bool = True


def read_words(text: str, language: str) -> Iterator[Found]:
    """What is said in a folded text, in its order."""
    words: list[Piece] = []
    for piece in pieces_of(text, language):
        if piece.is_han:
            yield from _read_words(words, language)
            words = []
            yield from (
                Found(found, piece.role, piece.clause, is_sure)
                for found, is_sure in read_chinese(piece.typed)
            )
        else:
            words.append(piece)
    yield from _read_words(words, language)


def _read_words(typed: Sequence[Piece], language: str) -> Iterator[Found]:
    """The longest phrases first, and of equally long ones those whose words stand closest."""
    words = list(_understood(typed, language))[:_MOST_WORDS]
    left = set(range(len(words)))
    found: dict[int, Found] = {}
    for size, is_spelt in _SIZES:
        for at in sorted(combinations(range(len(words)), size), key=lambda each: each[-1] - each[0]):
            if at[-1] - at[0] >= _WIDEST_PHRASE or not left.issuperset(at):
                continue
            phrase = [words[each] for each in at]
            meaning = _phrase(phrase, language, is_spelt=is_spelt)
            if meaning is not None and not _is_only_for(phrase, meaning):
                left.difference_update(at)
                is_sure = any(word.is_sure for word in phrase)
                found[at[0]] = Found(meaning, _role(phrase), phrase[0].clause, is_sure)
    for each in left:
        word = words[each]
        if not word.is_weak:
            found[each] = Found(_sound(word.typed), word.role, word.clause)
    for place in sorted(found):
        yield found[place]


def _is_only_for(phrase: Sequence[_Word], meaning: Meaning) -> bool:
    """Whether it is but made from what is named: oranges for juice are no juice."""
    is_for = phrase[0].role is Role.GOODS and phrase[-1].role is Role.PURPOSE
    return is_for and all(part.kind == "thing" for part in composed().get(meaning.name, [NOTHING]))


def _role(phrase: Sequence[_Word]) -> Role:
    """What several words do: a purpose is part of goods that are named with it."""
    first, last = phrase[0].role, phrase[-1].role
    is_aside = last in {Role.PURPOSE, Role.WITHOUT} and first not in {Role.PURPOSE, Role.WITHOUT}
    if is_aside or any(word.is_weak and word.role is Role.WITHOUT for word in phrase):
        return Role.GOODS
    return last


def _phrase(words: Sequence[_Word], language: str, *, is_spelt: bool) -> Meaning | None:
    if len(words) == 1 and words[0].is_weak:
        return None
    is_across = words[0].clause != words[-1].clause
    for known in _vocabularies(" ".join(word.typed for word in words), language):
        if is_across and not _is_joined(words, known):
            continue
        meaning = _meaning(words, known) if is_spelt else _nearly(words, known)
        if meaning is not None:
            return meaning
    return None


def _meaning(words: Sequence[_Word], known: Vocabulary) -> Meaning | None:
    typed = [word.typed for word in words]
    stems = [word.stems.get(known.language, "") for word in words]
    if not all(stems):
        return None
    meaning = known.find(typed, stems)
    if meaning is not None:
        return meaning
    roots = [known.root_of(word) for word in typed]
    if not any(roots):
        return None
    return known.find_roots([root or stem for root, stem in zip(roots, stems, strict=True)])


def _nearly(words: Sequence[_Word], known: Vocabulary) -> Meaning | None:
    stems = [word.stems.get(known.language, "") for word in words]
    if not all(stems) or any(word.is_weak for word in words):
        return None
    return known.nearly(*stems)


def _is_joined(words: Sequence[_Word], known: Vocabulary) -> bool:
    """Whether these mean something though one is with the other."""
    return tuple(sorted(word.stems.get(known.language, "") for word in words)) in known.joined


def _understood(typed: Sequence[Piece], language: str) -> Iterator[_Word]:
    """The words that say something: joined, taken apart and corrected where that makes them known."""
    rest = list(typed[: 2 * _MOST_WORDS])
    while rest:
        piece = rest.pop(0)
        word = piece.typed
        if _says_nothing(word, language):
            if word not in purposes() and _is_known(word, language):
                yield replace(_word(word, language, piece), is_weak=True)
            continue
        if _is_known(word, language):
            yield _word(word, language, piece)
        elif rest and _is_known(word + rest[0].typed, language):
            yield _word(word + rest.pop(0).typed, language, piece)
        elif parts := _parts(word, language):
            yield from (_word(part, language, piece) for part in parts)
        else:
            yield _corrected(word, language, piece)


def _corrected(word: str, language: str, piece: Piece) -> _Word:
    """A word that nobody knows as it is, with what may have been meant by it."""
    known = _vocabularies(word, language)
    roots = {each.language: each.derived(word) for each in known}
    is_derived = any(roots.values())
    meant = roots if is_derived else {each.language: each.misspelt(word) for each in known}
    stems = {name: stem for name, stem in meant.items() if stem is not None}
    is_sure = is_derived and not _DEED.search(word)
    return _Word(typed=word, stems=stems, role=piece.role, clause=piece.clause, is_sure=is_sure)


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


def _word(word: str, language: str, piece: Piece) -> _Word:
    names = [each.language for each in _vocabularies(word, language)]
    stems = {name: stem_of(word, name) for name in names}
    return _Word(typed=word, stems=stems, role=piece.role, clause=piece.clause)


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
