"""Refusals: what the shop says no to, as facts without words for people.

ShopError                       nothing happened; the member is told why and what to do
├── Unreadable                  what was typed cannot be understood
├── NotPossible                 understood, but the shop's state does not allow it
└── NotAllowed                  the person may not do this here

AlreadyDone                     this very update was handled before: say and do nothing

Raising leaves the unit of work, so everything in it is undone. `bot/views/refusals.py` puts
words to each. Anything that is not a ShopError is a fault: it is logged and tried again.
"""

from dataclasses import dataclass


class ShopError(Exception):
    """Something was refused and nothing was changed."""


class Unreadable(ShopError):
    """What was typed cannot be understood."""


class NotPossible(ShopError):
    """The state of the shop does not allow it."""


class NotAllowed(ShopError):
    """The person may not do this here."""


class AlreadyDone(Exception):
    """The update was handled before; its effects stand."""


@dataclass(eq=False)
class PriceUnreadable(Unreadable):
    """The price is missing, negative, zero, too large or has too many decimals."""

    text: str
