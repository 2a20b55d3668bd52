"""When goods are too bad to go on being sold: what their disputes say, cautiously at first."""

from typing import Final

from bot.errors import WordsTooLong
from bot.rules.statistics import binomial_from
from bot.rules.typed_text import one_line, says_something

LONGEST_REASON: Final = 300

SUPPOSED_BAD: Final = 1
SUPPOSED_GOOD: Final = 19
"""What is believed of goods that nobody had yet, as if so many had been had: one in twenty is disputed."""

BEARABLE: Final = 0.10
"""More of them disputed than this is more than a group has to bear."""

SURE_ENOUGH: Final = 0.90
"""So probable must that be before a machine stops anything."""


def probably_bad(disputed: int, delivered: int) -> float:
    """How probable it is that more than a tenth of such goods are bad, by what is known of these.

    The disputed ones are among the delivered. Their rate has the distribution Beta(1 + disputed, 19 + the
    others), whose upper tail is a binomial's lower one, since both parameters are whole numbers.
    """
    bad = SUPPOSED_BAD + disputed
    good = SUPPOSED_GOOD + delivered - disputed
    return 1 - binomial_from(bad, bad + good - 1, BEARABLE)


def is_too_bad(disputed: int, delivered: int) -> bool:
    """Whether goods are stopped of which so many of so many delivered orders are disputed."""
    return probably_bad(disputed, delivered) > SURE_ENOUGH


def read_reason(text: str) -> str:
    """Why something is stopped, as its buyers will read it; or nothing. Raises WordsTooLong."""
    reason = one_line(text)
    if len(reason) > LONGEST_REASON:
        raise WordsTooLong(len(reason), LONGEST_REASON)
    return reason if says_something(reason) else ""
