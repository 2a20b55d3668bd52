"""Codes of coupons: how they are compared, made, written and linked to."""

import base64
import binascii
import secrets
import unicodedata
from typing import Final

COUPON_LINK: Final = "c_"
"""What the payload of a code's deep link begins with; `cu_` where its letters cannot stand in a link."""

_LINK_OF_LETTERS: Final = "cu_"
_LONGEST_PAYLOAD: Final = 64

SHORTEST: Final = 3
LONGEST: Final = 32
"""How many letters and digits a code has."""

# Letters of other alphabets that look like Latin ones, as capitals; then what people take for digits.
_LOOKS_LIKE: Final = str.maketrans(
    {
        **dict(zip("АВЕЁКМНОРСТУХІЈЅԚԜ", "ABEEKMHOPCTYXIJSQW", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **{"O": "0", "I": "1", "L": "1", "|": "1", "З": "3"},
    }
)

#: Without 0, O, 1, I and L, which people take for one another, and U, which spells words.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 10


def canonical(code: str) -> str:
    """A code as it is compared: however it is spaced, whatever keyboard typed it, O and 0 one letter.

    Letters that merely look alike are one. Raises ValueError where it cannot be a code.
    """
    plain = _capitals(unicodedata.normalize("NFKD", code))
    bare = "".join(c for c in _capitals(plain.translate(_LOOKS_LIKE)).translate(_LOOKS_LIKE) if c.isalnum())
    if not SHORTEST <= len(bare) <= LONGEST:
        raise ValueError("not a code")
    return bare


def _capitals(text: str) -> str:
    return "".join(c for c in text.upper() if unicodedata.category(c) != "Mn")


def new_code() -> str:
    """A code that nobody can guess, as it is compared: one of 30 to the power of ten."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def shown_code(code: str) -> str:
    """A made code as people read it out: in two halves."""
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def code_link(code: str) -> str | None:
    """The payload of the deep link that enters a code, or None where it is too long for one."""
    compared = canonical(code)
    if compared.isascii():
        return f"{COUPON_LINK}{compared}"
    letters = base64.urlsafe_b64encode(compared.encode()).decode().rstrip("=")
    payload = f"{_LINK_OF_LETTERS}{letters}"
    return payload if len(payload) <= _LONGEST_PAYLOAD else None


def linked_code(payload: str) -> str | None:
    """The code that the payload of a deep link stands for, or None: it is no such link."""
    if payload.startswith(COUPON_LINK):
        return payload.removeprefix(COUPON_LINK)
    if not payload.startswith(_LINK_OF_LETTERS):
        return None
    letters = payload.removeprefix(_LINK_OF_LETTERS)
    try:
        return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
