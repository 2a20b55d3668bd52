"""Which ways to pay a pick takes, and when its orders are paid."""

from collections.abc import Collection, Iterable

from bot.payment_errors import InstructionsMissing, InstructionsTooLong, LastWay, RateUnreadable
from bot.rules.typed_text import one_line, plain, says_something
from storage.states import PaymentMethod, PaysWhen

LONGEST_INSTRUCTIONS = 700
"""Characters: with an order's lines and its number around them, they fit into one message."""

MOST_STARS = 10_000
HOLD_MINUTES = (5, 10, 15, 30, 60)
"""For how long stock may be kept for somebody who has to pay at once."""


def pays_now(*, pick: PaysWhen | None, group: PaysWhen, price_can_fall: bool) -> bool:
    """Whether a pick's orders are paid as they are placed: its own word counts, else its group's.

    Where nobody has said so of the pick itself, one whose price can fall waits for its close.
    """
    if pick is not None:
        return pick is PaysWhen.NOW
    return group is PaysWhen.NOW and not price_can_fall


def ways_taken(
    of_group: Iterable[PaymentMethod], named: Collection[str] | None, *, now: bool
) -> list[PaymentMethod]:
    """The ways to pay that a pick takes, of those that its group takes; none named: all.

    What is paid as it is ordered is not paid in cash at pick-up, unless there is no other way.
    """
    taken = [method for method in of_group if not named or method in named]
    at_once: list[PaymentMethod] = [method for method in taken if method is not PaymentMethod.CASH]
    return at_once if now and at_once else taken


def can_be_paid_at_once(methods: Iterable[PaymentMethod]) -> bool:
    """Whether any of these ways lets anybody pay as she orders; credit alone does not, which few have."""
    return any(method not in (PaymentMethod.CASH, PaymentMethod.CREDIT) for method in methods)


def words_of_way(text: str) -> str:
    """What a curator says of a way to pay, line by line. Raises InstructionsMissing, InstructionsTooLong."""
    words = "\n".join(line for line in map(one_line, text.splitlines()) if line)
    if not says_something(words):
        raise InstructionsMissing
    if len(words) > LONGEST_INSTRUCTIONS:
        raise InstructionsTooLong(len(words), LONGEST_INSTRUCTIONS)
    return words


def stars_for_a_unit(text: str) -> int:
    """How many Stars stand for one whole unit of a currency. Raises RateUnreadable."""
    typed = "".join(plain(text).split())
    if not typed.isdecimal() or len(typed) > 5 or not 1 <= int(typed) <= MOST_STARS:
        raise RateUnreadable(text, MOST_STARS)
    return int(typed)


def toggled(
    of_group: Collection[PaymentMethod], named: Collection[str] | None, method: str
) -> list[str] | None:
    """The ways that a pick names once it takes one more, or one fewer; None: all of its group's.

    Raises LastWay where none would be left.
    """
    taken = [way.value for way in of_group if not named or way in named]
    then = [way.value for way in of_group if (way.value in taken) != (way.value == method)]
    if not then:
        raise LastWay
    return None if len(then) == len(of_group) else then
