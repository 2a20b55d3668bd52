"""Money that goes back."""

from bot.callbacks.buttons import Button


class RefundsButton(Button, kind="rl"):
    """Show a page of what a group still owes back, or (done 1) of what has gone back; pages count from 0."""

    group_id: int
    page: int
    done: int


class RefundButton(Button, kind="rf"):
    """Show one refund to a curator."""

    refund_id: int


class RefundDeedButton(Button, kind="rd"):
    """With a refund: the curator's `done`, `note` (done, with a note) or `undo`."""

    refund_id: int
    deed: str


class KeepCreditButton(Button, kind="rk"):
    """I keep as credit what is owed back to me."""

    refund_id: int


class GoodwillButton(Button, kind="gw"):
    """Give money of an order back: `ask` how much, `all` of it, or store `credit` instead."""

    order_id: int
    act: str


class GoodwillSureButton(Button, kind="gs"):
    """Give back what was just written down: yes (1) or no (0)."""

    draft_id: int
    sure: int
