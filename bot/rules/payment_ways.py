"""Which ways to pay a pick takes, and when its orders are paid."""

from collections.abc import Collection, Iterable

from storage.states import PaymentMethod, PaysWhen


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

    What is paid as it is ordered cannot be paid in cash at pick-up.
    """
    return [
        method
        for method in of_group
        if (not named or method in named) and not (now and method is PaymentMethod.CASH)
    ]
