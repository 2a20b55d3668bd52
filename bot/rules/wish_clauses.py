"""A wish cut into words, and what each does there: it names the goods, or their packing, or a purpose."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from bot.rules.wish_lexicon import chinese, joined_with, purposes

_BATTERY: Final = re.compile("([157])号")
_BATTERIES: Final = {"1": "一号", "5": "五号", "7": "七号"}
_CHINESE_MEASURE: Final = re.compile(
    r"(?:\d+|[一两二三四五六七八九十半几]+)(?:米|升|公分|厘米)(?![\u3400-\u9fff粉线饭])"
)
_ALTERNATIVE: Final = re.compile(r"(?<=[^\W\d_]{3})/[^\W\d_]{3,}")
_TOKENS: Final = re.compile(
    r"(?P<han>(?:t(?=恤)|u(?=盘))?[\u3400-\u9fff]+(?:(?<=[维素])[a-k](?![^\W_]))?)"
    r"|(?P<word>[^\W_\u3400-\u9fff]+)"
    r"|(?P<end>(?<!\d),|,(?!\d)|[;:()\[\]!?。、…\n]|\.(?!\w)|\s[-–—](?=\s)|—)"
)
"""Words, Chinese runs of them, to some of which a Latin letter belongs, and what ends a clause."""
_MEASURE: Final = re.compile(r"\d+[^\W\d_]{0,2}")
_SIZE: Final = re.compile(r"[a-z]?\d+[^\W\d_]{0,2}")
_BETWEEN_NOUNS: Final = {"en": ("of",), "es": ("de", "del")}
_WITHOUT: Final = {"en": {"without", "no", "not"}, "es": {"sin", "no", "ni"}, "ru": {"без", "не", "ни"}}
_PURPOSES: Final = {"ru": {"на"}}
_CHINESE_PARTS: Final = re.compile(
    r"(?P<without>不要|不含|不加|不带)|(?P<with>带(?=[盖把手柄]))|(?P<of>的)(?=[^那话吗吧呢哦啊么])"
)


class Role(Enum):
    """What a word does in its wish."""

    GOODS = auto()
    #: It stands before "of": in English it is how the goods are packed, in Spanish the goods themselves.
    BEFORE_OF = auto()
    #: It says what the goods are for.
    PURPOSE = auto()
    #: It says which of them: in Chinese, what stands before the last "de".
    DETAIL = auto()
    #: It says what they shall be without.
    WITHOUT = auto()


class Piece(NamedTuple):
    """A word, or a run of Chinese ones, and the clause in which it stands."""

    typed: str
    role: Role
    clause: int
    is_han: bool = False


def pieces_of(text: str, language: str) -> Iterator[Piece]:
    """The words of a folded text, without measures: of two words with a stroke between them the first."""
    plain = _BATTERY.sub(lambda match: _BATTERIES[match[1]], _ALTERNATIVE.sub("", text))
    tokens = list(_TOKENS.finditer(_CHINESE_MEASURE.sub(" ", plain)))
    role, clause = Role.GOODS, 0
    for at, token in enumerate(tokens):
        word = token[0]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token["end"]:
            role, clause = Role.GOODS, clause + 1
        elif token["han"]:
            for part, its_role in _chinese_parts(word):
                yield Piece(part, its_role, clause, is_han=True)
            role = Role.GOODS
            # Chinese has no spaces within a clause but about Latin letters.
            clause += _is_apart(tokens[at + 1 :], token.end())
        elif word in purposes() or word in _PURPOSES.get(language, ()):
            role = Role.PURPOSE
        elif word in _WITHOUT.get(language, ()):
            role, clause = Role.WITHOUT, clause + 1
            yield Piece(word, role, clause)
        elif word in joined_with(language):
            role, clause = Role.GOODS, clause + 1
        elif not _MEASURE.fullmatch(word):
            is_before_of = following is not None and following[0] in _BETWEEN_NOUNS.get(language, ())
            yield Piece(word, Role.BEFORE_OF if is_before_of and role is Role.GOODS else role, clause)


def _is_apart(following: Sequence[re.Match[str]], end: int) -> bool:
    """Whether a space stands between a Chinese run that ends there and the next, measures aside."""
    for token in following:
        if token["han"] or not _SIZE.fullmatch(token[0]):
            return bool(token["han"]) and token.start() > end
    return False


def _chinese_parts(run: str) -> Iterator[tuple[str, Role]]:
    """A run without what joins its parts: what stands before the last "de" says which goods."""
    joined = run.replace("的", "")
    if joined in chinese():
        yield joined, Role.GOODS
        return
    start, role = 0, Role.GOODS
    for joint in _CHINESE_PARTS.finditer(run):
        if joint.start() > start:
            is_of = joint["of"] is not None and role is Role.GOODS
            yield run[start : joint.start()], Role.DETAIL if is_of else role
        start = joint.end()
        role = Role.WITHOUT if joint["without"] else Role.DETAIL if joint["with"] else Role.GOODS
    if start < len(run):
        yield run[start:], role
