"""Shared cards: what names them in links, how long they count, what a search finds, who may be named."""

import re
import secrets
import string
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.rules.typed_text import fold, plain
from bot.share_errors import NamedHerself, OrderSettled
from storage.states import OrderState

SHARE_LINK: Final = "by_"
"""What the payload of a shared card's deep link begins with."""

TOUCH_LASTS: Final = timedelta(days=7)
"""So long a card that somebody opened names who recommended what she orders."""

ASKED_AFTER: Final = timedelta(minutes=2)
"""So long after an order its member is asked who told her: by then she has made up her mind about it."""

_LETTERS: Final = string.ascii_letters + string.digits
_LENGTH: Final = 14
_NUMBER: Final = re.compile(r"#?([0-9]{1,9})")


@dataclass(frozen=True, kw_only=True, slots=True)
class OnOffer:
    """A pick that takes orders, as far as a search looks at it."""

    pick_id: int
    number: int
    title: str
    words: str
    group: str


def new_token() -> str:
    """What names a card in links; nobody can guess it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def share_payload(token: str) -> str:
    """The payload of the deep link that opens a card."""
    return f"{SHARE_LINK}{token}"


def read_payload(payload: str) -> str | None:
    """What names a card in a deep link's payload, be there such a card or not; None for other links."""
    return payload.removeprefix(SHARE_LINK) if payload.startswith(SHARE_LINK) else None


def found(picks: Iterable[OnOffer], typed: str) -> list[int]:
    """The picks that hold every typed word, those first where the title does; without words all of them.

    A number, with or without #, is the number of a pick.
    """
    wanted = fold(plain(typed)).split()
    ranked = [(rank, pick.pick_id) for pick in picks if (rank := _rank(pick, wanted)) is not None]
    return [pick_id for _, pick_id in sorted(ranked, key=lambda pair: pair[0])]


def candidates(*groups: Sequence[int], besides: Collection[int], most: int) -> list[int]:
    """Who may have told somebody, the likeliest first, each once, and none of `besides`."""
    likely = dict.fromkeys(person_id for people in groups for person_id in people)
    return [person_id for person_id in likely if person_id not in besides][:most]


def must_be_nameable(*, state: OrderState, buyer_id: int, named_id: int) -> None:
    """Raise NamedHerself or OrderSettled if somebody cannot be named as who told of an order any more."""
    if named_id == buyer_id:
        raise NamedHerself
    must_be_askable(state)


def must_be_askable(state: OrderState) -> None:
    """Raise OrderSettled where nobody can be named any more: the order is cancelled, or all done."""
    if state not in (OrderState.PLACED, OrderState.CONFIRMED):
        raise OrderSettled


def _rank(pick: OnOffer, wanted: Sequence[str]) -> int | None:
    """0 where a word is its number, 1 where all are in its title, 2 where some are elsewhere."""
    title = fold(plain(pick.title))
    everywhere = " ".join((title, fold(plain(pick.words)), fold(plain(pick.group))))
    rank = 1
    for word in wanted:
        number = _NUMBER.fullmatch(word)
        if number is not None and int(number[1]) == pick.number:
            rank = min(rank, 0)
        elif word not in everywhere:
            return None
        elif word not in title and rank:
            rank = 2
    return rank
