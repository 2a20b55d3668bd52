"""Words of a Chinese wish, which stand without spaces: cut by the longest ones that are known."""

from collections.abc import Iterator
from typing import Final

from bot.rules.wish_lexicon import chinese
from bot.rules.wish_vocabulary import Meaning

_LONGEST_HAN: Final = 8


def read_chinese(run: str) -> Iterator[Meaning | str]:
    """What the longest known words of a run mean, and what is between them, as it is."""
    known = chinese()
    at, unknown = 0, ""
    while at < len(run):
        lengths = range(min(_LONGEST_HAN, len(run) - at), 0, -1)
        length = next((each for each in lengths if run[at : at + each] in known), 0)
        meaning = known.get(run[at : at + length])
        if meaning is None or _begins_unknown(run, at, length):
            unknown += run[at]
            at += 1
            continue
        if unknown:
            yield unknown
            unknown = ""
        yield meaning
        at += length
    if unknown:
        yield unknown


def _begins_unknown(run: str, at: int, length: int) -> bool:
    """Whether one character that names goods is but the first of a word that nobody knows."""
    known, following = chinese(), at + length
    if length > 1 or following >= len(run) or known[run[at]].kind not in {"thing", "quality"}:
        return False
    longest = min(_LONGEST_HAN, len(run) - following)
    return not any(run[following : following + each] in known for each in range(1, longest + 1))
