"""Says of each token of an order what it may mean: a number, a variant, a unit, a polite word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.rules.order_tokens import HAN_NUMERAL, Token, han_number, tokens
from bot.rules.order_words import HAN_WORDS, LONGEST_PHRASE, NUMBERS, VOCABULARY, Kind
from bot.rules.variant_names import VariantNames

LONGEST_ORDER = 1_000
"""Characters; a longer message is talk (fifty variants with their numbers fit in)."""

_MARKS = {"\n": Kind.JOIN, ",": Kind.JOIN, ";": Kind.JOIN, ".": Kind.JOIN, "!": Kind.JOIN, "、": Kind.JOIN}
_MARKS |= {"。": Kind.JOIN, "¡": Kind.JOIN, "&": Kind.JOIN, ":": Kind.COLON, "=": Kind.COLON}


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A token or a phrase and its meaning; a sign is +1, -1 or 0, loose if a space follows it."""

    kind: Kind
    text: str
    key: str = ""
    value: int = 0
    sign: int = 0
    loose_sign: bool = False


def pieces_of(text: str, variants: Sequence[str]) -> list[Piece] | None:
    """What each token says; None if one of them can't belong to an order."""
    if len(text) > LONGEST_ORDER or any(mark in text for mark in "?？¿؟"):
        return None
    names, han_words = _names(tuple(variants))
    row = tokens(text, han_words)
    pieces: list[Piece] = []
    at = 0
    while at < len(row):
        step = _piece(row, at, names, pieces[-1] if pieces else None)
        if step is None:
            return None
        piece, length = step
        pieces.append(piece)
        at += length
    return _signed_in_words(_tens_and_ones(pieces))


@lru_cache(maxsize=256)
def _names(variants: tuple[str, ...]) -> tuple[VariantNames, frozenset[str]]:
    names = VariantNames(variants)
    return names, names.han_words() | HAN_WORDS


def _piece(row: list[Token], at: int, names: VariantNames, before: Piece | None) -> tuple[Piece, int] | None:
    """The piece that begins with this token, and how many tokens it takes."""
    token = row[at]
    if found := names.exact(row, at):
        # "2m" may be two metres, "2xl" a size that there is not.
        glued = before is not None and before.kind is Kind.NUMBER and not token.spaced
        sized = glued and len(token.key) < 3 and token.key.isascii()
        return None if sized else (_variant(row, at, *found), found[1])
    if token.kind == "number":
        return _number(token)
    if token.kind == "mark":
        return _mark(row, at)
    return _phrase(row, at) or _word(row, at, names)


def _variant(row: list[Token], at: int, index: int, length: int) -> Piece:
    here = row[at : at + length]
    return Piece(
        kind=Kind.VARIANT, value=index, text=" ".join(t.text for t in here), key=" ".join(t.key for t in here)
    )


def _number(token: Token, sign: int = 0, loose: bool = False) -> tuple[Piece, int] | None:
    plain_digits = token.key.isdigit() and (token.key == "0" or token.key[0] != "0")
    if not plain_digits:
        return None
    piece = Piece(
        kind=Kind.NUMBER, value=int(token.key), sign=sign, loose_sign=loose, text=token.text, key=token.key
    )
    return piece, 1


def _mark(row: list[Token], at: int) -> tuple[Piece, int] | None:
    mark = row[at]
    if mark.key in ("+", "-"):
        return _signed(row, at)
    if mark.key in _MARKS:
        return Piece(kind=_MARKS[mark.key], text=mark.text), 1
    return None


def _signed(row: list[Token], at: int) -> tuple[Piece, int] | None:
    mark = row[at]
    number = row[at + 1] if at + 1 < len(row) else None
    if number is None or number.kind != "number":
        return None
    behind_digit = at > 0 and row[at - 1].kind == "number" and not mark.spaced
    # "- 1" is a list's dash and "red-1" a name; "+ 1" and "red+1" are orders.
    dash = mark.key == "-" and (number.spaced or not (mark.spaced or row[at - 1].kind == "han"))
    if behind_digit or dash:
        return None
    found = _number(number, -1 if mark.key == "-" else 1, number.spaced)
    return (found[0], 2) if found else None


def _phrase(row: list[Token], at: int) -> tuple[Piece, int] | None:
    """The longest phrase of the vocabulary that stands here."""
    for length in range(min(LONGEST_PHRASE, len(row) - at), 0, -1):
        here = row[at : at + length]
        phrase = tuple(token.key for token in here)
        if phrase in VOCABULARY:
            kind, sign = VOCABULARY[phrase]
            key = " ".join(phrase)
            return Piece(kind=kind, sign=sign, text=" ".join(t.text for t in here), key=key), length
    return None


def _word(row: list[Token], at: int, names: VariantNames) -> tuple[Piece, int] | None:
    token = row[at]
    value = NUMBERS.get(token.key)
    if HAN_NUMERAL.fullmatch(token.key):
        value = han_number(token.key)
        if value is None:
            return None
    if value is not None:
        return Piece(kind=Kind.NUMBER, value=value, text=token.text, key=token.key), 1
    if found := names.near(row, at):
        return _variant(row, at, *found), found[1]
    return Piece(kind=Kind.UNKNOWN, text=token.text, key=token.key), 1


def _tens_and_ones(pieces: list[Piece]) -> list[Piece]:
    """Makes one number of "twenty one" and "treinta y dos"."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[:-1] if joined and joined[-1].key == "y" else joined
        if before and _is_tens_word(before[-1]) and _is_ones_word(piece):
            tens = before[-1]
            joined = [*before[:-1], replace(tens, value=tens.value + piece.value, key="")]
        else:
            joined.append(piece)
    return joined


def _is_tens_word(piece: Piece) -> bool:
    return piece.key in NUMBERS and piece.value % 10 == 0 and piece.value > 10


def _is_ones_word(piece: Piece) -> bool:
    return piece.key in NUMBERS and piece.value < 10


def _signed_in_words(pieces: list[Piece]) -> list[Piece] | None:
    """Gives "one more" and "ещё 2" their sign; None if such a word has no number."""
    signed: list[Piece] = []
    waiting = 0
    for at, piece in enumerate(pieces):
        follows = pieces[at + 1].kind if at + 1 < len(pieces) else None
        if piece.kind is Kind.SIGN_AFTER or (piece.kind is Kind.SIGN_EITHER and follows is not Kind.NUMBER):
            if not _sign_last_number(signed, piece.sign):
                return None
        elif piece.kind in (Kind.SIGN_BEFORE, Kind.SIGN_EITHER):
            if follows is not Kind.NUMBER:
                return None
            waiting = piece.sign
        elif waiting:
            if piece.sign not in (0, waiting):
                return None
            signed.append(replace(piece, sign=waiting))
            waiting = 0
        else:
            signed.append(piece)
    return signed


def _sign_last_number(pieces: list[Piece], sign: int) -> bool:
    at = len(pieces) - 1
    while at >= 0 and pieces[at].kind in (Kind.UNIT, Kind.OF, Kind.VARIANT):
        at -= 1
    if at < 0 or pieces[at].kind is not Kind.NUMBER or pieces[at].sign not in (0, sign):
        return False
    pieces[at] = replace(pieces[at], sign=sign)
    return True
