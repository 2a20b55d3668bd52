"""What is asked of orders, and what is answered."""

from typing import NamedTuple

from bot.money import Money
from bot.rules.orders import Ask
from storage.repositories.members import Seen
from storage.repositories.orders import OrderKey

ACKNOWLEDGED = "👌"
"""The reaction that says to a member: your message was read as an order."""


class OrderRequest(NamedTuple):
    """One person's ask on one pick, in one chat."""

    update_id: int
    person: Seen
    chat_id: int
    pick_id: int
    ask: Ask
    message_id: int | None = None
    is_edit: bool = False

    @property
    def key(self) -> OrderKey:
        """The order that is meant."""
        return self.pick_id, self.person.id


class Saving(NamedTuple):
    """What a promotion, by its title, takes off an order."""

    title: str
    amount: Money


class OrderPlaced(NamedTuple):
    """How an order stands now: variant names with quantities, and what they cost after `savings`.

    Where the price may still change, the total is that of now, and `at_most` what it can come to. Where it
    is to be paid at once, `to_pay` says what is still to come.
    """

    pick_number: int
    title: str
    lines: tuple[tuple[str, int], ...]
    total: Money
    language: str
    changed: bool
    at_most: Money | None = None
    to_pay: "ToPay | None" = None
    savings: tuple[Saving, ...] = ()
    #: What of the total is for fetching it.
    fee: Money | None = None

    @property
    def quantity(self) -> int:
        """How many pieces are ordered."""
        return sum(quantity for _, quantity in self.lines)


class ToPay(NamedTuple):
    """What is to be paid for an order at once, until when its goods are kept, and whether she reads that."""

    order_id: int
    amount: Money
    #: Whole minutes that are left.
    minutes: int
    private_is_open: bool
