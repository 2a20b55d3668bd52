"""Cuts what somebody typed into numbers, words and marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.rules.typed_text import fold, plain

_HAN = "\u3400-\u9fff"
_LETTER = rf"(?:(?![{_HAN}])[^\W\d_])"
_TOKEN = re.compile(
    r"(?P<number>\.?\d+(?:[.,:/']\d+)*)"
    rf"|(?P<han>[{_HAN}]+)"
    rf"|(?P<word>{_LETTER}+(?:['’]{_LETTER}+)*)"
    r"|(?P<mark>\n|\S)"
)
_SIGNS = str.maketrans(
    {"➕": "+", "➖": "-", "−": "-", "‐": "-", "‑": "-", "×": " x ", "✖": " x ", "✕": " x ", "*": " x "}
)
# A cross, a doubt or a thumb down beside a number turns it into something else than an order.
_REFUSING = str.maketrans(dict.fromkeys("👎❌🚫❓❔⛔🤔", "¬"))
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+")
_EMOTICON = re.compile(r"(?:[:;=]-?[)dDpP]+|\^_*\^|\){2,}|~+|(?<=[^\W\d])\))[\s.!]*$")
_BRACKETED = re.compile(r"\(([^()]*[^\W\d_][^()]*)\)")
_EM_DASH = re.compile(r"\s[–—]\s")
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_EN_DASH_AS_MINUS = re.compile(r"(?:(?<=\s)|^)[–—](?=\d)")

HAN_NUMERAL = re.compile("[一二两三四五六七八九十百]+")
_HAN_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_HAN_BELOW_HUNDRED = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_HAN_HUNDREDS = re.compile("([一二两三四五六七八九])百")


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A number, a word or a mark: as typed, as compared, and whether a space stands before it."""

    text: str
    key: str
    kind: str
    spaced: bool

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.kind in ("word", "han")


def tokens(text: str, han_words: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of a text; a run of Chinese is cut into the longest of the given words and numerals."""
    row: list[Token] = []
    end = 0
    prepared = _prepared(text)
    for match in _TOKEN.finditer(prepared):
        kind = match.lastgroup or ""
        spaced = match.start() != end or not row
        end = match.end()
        parts = _cut(match[0], han_words) if kind == "han" and han_words else [match[0]]
        for i, part in enumerate(parts):
            row.append(Token(text=part, key=fold(part), kind=kind, spaced=spaced and i == 0))
    return row


def han_number(numeral: str) -> int | None:
    """The number that a Chinese numeral below a thousand writes; None for guesses such as 两三."""
    if numeral in _HAN_DIGITS:
        return _HAN_DIGITS[numeral]
    if match := _HAN_BELOW_HUNDRED.fullmatch(numeral):
        tens, ones = (_HAN_DIGITS.get(digit or "") for digit in match.groups())
        return 10 * (tens or 1) + (ones or 0)
    if match := _HAN_HUNDREDS.fullmatch(numeral):
        return 100 * _HAN_DIGITS[match[1]]
    return None


def _prepared(text: str) -> str:
    typed = _EMOJI.sub(" ", plain(text).translate(_SIGNS).translate(_REFUSING)).strip(" \n")
    typed = _EN_DASH_AS_MINUS.sub("-", _EM_DASH.sub(" : ", typed))
    typed = _HYPHEN.sub(" ", typed)
    return _EMOTICON.sub("", _BRACKETED.sub(r" \1 ", typed))


def _cut(run: str, words: frozenset[str]) -> Iterator[str]:
    """Greedily the longest known word or numeral; what lies between is left in one piece."""
    longest = max(map(len, words))
    unknown = start = 0
    while start < len(run):
        step = _step(run, start, words, longest)
        if not step:
            start += 1
            continue
        if unknown < start:
            yield run[unknown:start]
        yield run[start : start + step]
        unknown = start = start + step
    if unknown < len(run):
        yield run[unknown:]


def _step(run: str, start: int, words: frozenset[str], longest: int) -> int:
    numeral = HAN_NUMERAL.match(run, start)
    shortest = len(numeral[0]) if numeral else 0
    folded = fold(run)
    return next(
        (
            size
            for size in range(min(longest, len(run) - start), shortest, -1)
            if folded[start : start + size] in words
        ),
        shortest,
    )
