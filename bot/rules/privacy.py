"""Being forgotten: how long what is kept about people, and what they are called afterwards."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

ASKED: Final = "forget_me"
"""The step of drafts under which somebody waits to be forgotten."""

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS_SHOWN: Final = 5


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How long what is kept about people; None: until they want to be forgotten."""

    #: Files and words that prove a payment, and where earnings were sent, once that is decided.
    proofs: timedelta | None = timedelta(days=180)
    #: Who opened whose card, link or campaign, and who guessed a code.
    visits: timedelta | None = timedelta(days=365)
    #: Who answered whom.
    acquaintances: timedelta | None = timedelta(days=365)
    #: What was asked about picks.
    questions: timedelta | None = timedelta(days=365)
    #: What those with rights did.
    audit: timedelta | None = None
    #: Everything about whose account Telegram says that it is no more.
    deleted_accounts: timedelta = timedelta(days=30)
    #: How long somebody who wants to be forgotten waits for money that is on its way.
    money_under_way: timedelta = timedelta(days=1)


def alias(key: int) -> str:
    """What somebody is called whose name nobody knows any more: alike for one key, and readable anywhere."""
    code, rest = "", abs(key)
    for _ in range(_SIGNS_SHOWN):
        rest, at = divmod(rest, len(_SIGNS))
        code += _SIGNS[at]
    return f"N. N. {code}"
