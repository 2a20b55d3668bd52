"""How an order is paid, and what is said and asked about it."""

from bot.callbacks.buttons import Button


class PayButton(Button, kind="pay"):
    """Show me how I can pay an order."""

    order_id: int


class PayWayButton(Button, kind="pw"):
    """I pay an order this way: a word of `PaymentMethod`."""

    order_id: int
    method: str


class CreditSureButton(Button, kind="cg"):
    """Give the credit that was just written down to this one of those it can mean; -1: to nobody."""

    draft_id: int
    choice: int


class PaymentSettingButton(Button, kind="ys"):
    """Payments of a group: `page`, `on`, `off` or `ask` about a way, `when` or `hold`; and its value."""

    group_id: int
    name: str
    value: str


class PickPaymentButton(Button, kind="yp"):
    """How a pick is paid: `page`, `way` (one more, or one fewer) or `when`; and its value."""

    pick_id: int
    name: str
    value: str


class ClaimButton(Button, kind="yo"):
    """I have `paid` an order, without a proof; or I `withdraw` that, or want to say it `again`."""

    order_id: int
    deed: str


class ClaimDeedButton(Button, kind="yc"):
    """With a payment that was claimed: `confirm`, `decline` (or why), `amount`, `skip`, `show` or `undo`."""

    payment_id: int
    deed: str


class PaymentsButton(Button, kind="yh"):
    """What is claimed to be paid (`claims`), or what is still to be paid (`unpaid`)."""

    page: str


class UnpaidButton(Button, kind="yu"):
    """Show a page of who has not paid a pick; pages count from 0."""

    pick_id: int
    page: int


class AskToPayButton(Button, kind="yr"):
    """Remind those who have not paid a pick."""

    pick_id: int


class CashButton(Button, kind="ym"):
    """An order was paid in cash: this amount; back to a page of the unpaid, or to its hand-over (-1)."""

    order_id: int
    amount: int
    page: int
