"""Words of a Chinese wish, without spaces: cut by the longest ones known, as written or as they sound."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from anyascii import anyascii

from bot.rules.wish_lexicon import chinese
from bot.rules.wish_vocabulary import Meaning

_LONGEST_HAN: Final = 8
_SHORTEST_BY_SOUND: Final = 2
_SHORTEST_SURE: Final = 3


def read_chinese(run: str) -> Iterator[tuple[Meaning | str, bool]]:
    """What the longest known words of a run mean, what is between them as it is, and whether that is sure."""
    known = chinese()
    at, unknown = 0, ""
    while at < len(run):
        length = _length_known(run, at)
        written = _by_sound(run, at, beyond=length) or run[at : at + length]
        meaning = known.get(written)
        if meaning is None or _begins_unknown(run, at, len(written)):
            unknown += run[at]
            at += 1
            continue
        if unknown:
            yield unknown, True
            unknown = ""
        yield meaning, len(written) >= _SHORTEST_SURE or run.startswith(written, at)
        at += len(written)
    if unknown:
        yield unknown, True


def _length_known(run: str, at: int) -> int:
    """How many characters from there on are the longest known word, or 0."""
    lengths = range(min(_LONGEST_HAN, len(run) - at), 0, -1)
    return next((each for each in lengths if run[at : at + each] in chinese()), 0)


def _by_sound(run: str, at: int, *, beyond: int) -> str | None:
    """The longer goods that were meant by characters of which less than half only sound like theirs.

    None for short ones where one of those begins a word itself.
    """
    for length in range(min(_LONGEST_HAN, len(run) - at), max(beyond, _SHORTEST_BY_SOUND - 1), -1):
        typed = run[at : at + length]
        meant = _goods_by_sound().get(anyascii(typed))
        if meant is None or len(meant) != length:
            continue
        wrong = [place for place in range(length) if typed[place] != meant[place]]
        begins = any(_length_known(run, at + place) for place in wrong)
        most = length // 2 if length < _SHORTEST_SURE else (length - 1) // 2
        if len(wrong) <= most and not (begins and length <= _SHORTEST_SURE):
            return meant
    return None


@cache
def _goods_by_sound() -> Mapping[str, str]:
    return {
        anyascii(phrase): phrase
        for phrase, meaning in chinese().items()
        if len(phrase) >= _SHORTEST_BY_SOUND and meaning.kind == "thing"
    }


def _begins_unknown(run: str, at: int, length: int) -> bool:
    """Whether one character that names goods is but the first of a word that nobody knows."""
    known, following = chinese(), at + length
    if length > 1 or following >= len(run) or known[run[at]].kind not in {"thing", "quality"}:
        return False
    return not _length_known(run, following)
