"""What members have earned, and are paid out."""

from bot.callbacks.buttons import Button


class EarningsButton(Button, kind="en"):
    """What I have earned in a group, and a page of it; pages count from 0."""

    group_id: int
    page: int


class PayoutWishButton(Button, kind="ew"):
    """Pay me out what I earned in this currency: `ask` how, or by a word of `PayoutMethod`."""

    group_id: int
    currency: str
    method: str


class PayoutBackButton(Button, kind="eq"):
    """I take back that I asked for this payout."""

    payout_id: int


class PayoutsButton(Button, kind="el"):
    """A page of the payouts that members ask a group for, or (done 1) of those settled; group 0: which."""

    group_id: int
    page: int
    done: int


class PayoutButton(Button, kind="eo"):
    """Show one payout to somebody who decides of it."""

    payout_id: int


class PayoutDeedButton(Button, kind="ed"):
    """With a payout: `approve` (asks first) and `approved`, `decline`, `transfer`, `cash` or `undo`."""

    payout_id: int
    deed: str


class PayoutBatchButton(Button, kind="eb"):
    """With all payouts of a group up to this one, which were on the screen.

    `approve` and `pay` ask first; then `approved`, or by which way they were paid: `transfer`, `cash`.
    """

    group_id: int
    until_id: int
    deed: str


class PayoutsSheetButton(Button, kind="es"):
    """Send a group's payouts as a file."""

    group_id: int
