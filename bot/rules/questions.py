"""Which talk about a card is a question to its curator, and which questions ask the same.

Precision before recall: a question that is missed stays talk in the chat, where anybody may answer it.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from bot.rules.question_words import (
    ASKING,
    FILLERS,
    HAN_ASKING,
    HAN_ENDINGS,
    HAN_FILLERS,
    HAN_OPENERS,
    IDLE,
    IDLE_STARTS,
    IDLE_TAILS,
    OPENERS,
)
from bot.rules.typed_text import fold, plain

LONGEST_QUESTION = 500
"""Characters; whoever writes more tells a story."""

LONGEST_ANSWER = 700
"""Characters of an answer: it shall fit on a card beside much else."""

_LONGEST_UNMARKED = 150
_LEAST_WEIGHT = 3
_SHORTEST_INFLECTED = 4
_LONG_WORD = 7
_HAN = "\u3400-\u9fff"
_LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)
_ADDRESSED = re.compile(r"\s*@([A-Za-z0-9_]+)")
_SENTENCE_ENDS = re.compile(r"[.!?。！？…\n]+")
_WORD = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+(?:['’`-](?:(?![{_HAN}])[^\W_])+)*")
_MARKED = re.compile(r"\?[\s\W_]*$")


def reads_as_question(text: str, *, curators: Collection[str] = ()) -> bool:
    """Whether what was said about a card asks its curator something.

    What begins with the @name of anybody but these curators is meant for somebody else.
    """
    text = _LINK.sub(" ", plain(text)).strip()
    addressed = _ADDRESSED.match(text)
    if len(text) > LONGEST_QUESTION:
        return False
    if addressed:
        if addressed[1].casefold() not in {name.casefold() for name in curators}:
            return False
        text = text[addressed.end() :]
    sentences = [sentence for sentence in _SENTENCE_ENDS.split(text) if _WORD.search(sentence)]
    if not sentences:
        return False
    if _MARKED.search(text):
        tail = text[text.rindex(sentences[-1]) + len(sentences[-1]) :]
        return "!" not in tail and _asks(_without_openers(sentences[-1]))
    said = [sentence for sentence in sentences if not _is_opener(sentence)]
    return len(said) == 1 and len(text) <= _LONGEST_UNMARKED and _asks_without_mark(said[0])


def alike(one: str, other: str, *, about: str = "") -> bool:
    """Whether two questions about the same thing ask the same: they share every word that matters.

    Order, politeness, small words and endings do not count; numbers and every "no" do. One of them may
    name what it is about, by words of its title, where the other does not.
    """
    first, second = _meaning(one), _meaning(other)
    if not _is_enough(first) or not _is_enough(second):
        return False
    title = _meaning(about)
    beyond_first = [word for word in second if not _among(word, first)]
    beyond_second = [word for word in first if not _among(word, second)]
    if beyond_first and beyond_second:
        return False
    return all(_among(word, title) for word in (*beyond_first, *beyond_second))


def _asks(sentence: str) -> bool:
    """Whether a sentence with a question mark is more than a figure of speech."""
    words = _words(sentence)
    weight = sum(len(word) if _is_han(word) else 2 for word in words)
    # "ok?" or "2?" says too little; so does one word, which may be a name or a cry.
    return weight >= _LEAST_WEIGHT and any(map(str.isalpha, "".join(words))) and not _is_idle(words)


def _asks_without_mark(sentence: str) -> bool:
    rest = _without_openers(sentence)
    words = _words(rest)
    if _is_idle(words) or not words:
        return False
    if _is_han(words[0]):
        return words[0].startswith(HAN_ASKING) or words[-1].endswith(HAN_ENDINGS)
    if _is_han(words[-1]) and words[-1].endswith(HAN_ENDINGS):
        return True
    said = [word.casefold() for word in _WORD.findall(rest)]
    for size in range(1, 5):
        # "Can I" is not said to the end; "сколько стоит" is.
        is_whole = len(said) > size or (len(said) == size and words[-1] not in FILLERS)
        if " ".join(said[:size]) in ASKING and is_whole:
            return True
    return False


def _is_opener(sentence: str) -> bool:
    said = " ".join(word.casefold() for word in _WORD.findall(sentence))
    return said in OPENERS or said in HAN_OPENERS


def _without_openers(sentence: str) -> str:
    """The sentence behind its greetings."""
    while True:
        found = list(_WORD.finditer(sentence))
        if len(found) < 1:
            return sentence
        if _is_han(found[0][0]):
            opener = next((o for o in HAN_OPENERS if found[0][0].startswith(o)), None)
            if opener is None or len(found[0][0]) == len(opener) == len(sentence.strip()):
                return sentence
            sentence = sentence[found[0].start() + len(opener) :]
            continue
        sizes = [
            size
            for size in range(min(3, len(found) - 1), 0, -1)
            if " ".join(match[0].casefold() for match in found[:size]) in OPENERS
        ]
        if not sizes:
            return sentence
        sentence = sentence[found[sizes[0]].start() :]


def _is_idle(words: list[str]) -> bool:
    saying = " ".join(words)
    if saying in IDLE or saying.endswith(IDLE_TAILS):
        return True
    return any(
        saying == start or saying.startswith(start if _is_han(start) else f"{start} ")
        for start in IDLE_STARTS
    )


def _words(sentence: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(sentence)]


def _is_han(word: str) -> bool:
    return "\u3400" <= word[:1] <= "\u9fff"


@lru_cache(maxsize=1024)
def _meaning(text: str) -> tuple[str, ...]:
    """The words of a text that matter; of Chinese, its characters."""
    kept: list[str] = []
    for word in _words(plain(text)):
        if _is_han(word):
            kept += _han_meaning(word)
        elif word not in FILLERS:
            kept.append(word)
    return tuple(dict.fromkeys(kept))


def _han_meaning(run: str) -> Iterable[str]:
    for filler in sorted(HAN_FILLERS, key=len, reverse=True):
        run = run.replace(filler, "")
    return run


def _is_enough(meaning: tuple[str, ...]) -> bool:
    """Whether so few words can be compared at all: "vegan" can, "how" cannot."""
    return len(meaning) > 1 or any(len(word) > _SHORTEST_INFLECTED for word in meaning)


def _among(word: str, words: Iterable[str]) -> bool:
    return any(_same(word, other) for other in words)


def _same(one: str, other: str) -> bool:
    """Whether two words are one, but perhaps for its ending."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if not (one.isalpha() and other.isalpha()):
        return False
    if long == f"{short}s" and len(short) > 2:
        return True
    if len(short) < _SHORTEST_INFLECTED or len(long) - len(short) > 2:
        return False
    shared = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), len(short)
    )
    return shared >= len(short) - (2 if len(short) >= _LONG_WORD else 1)
