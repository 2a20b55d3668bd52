"""My orders with their receipts."""

from bot.callbacks.buttons import Button


class ReminderButton(Button, kind="rm"):
    """Remind me of a pick (1), or do not (0); in an order's receipt, or, without one, in the details."""

    pick_id: int
    wanted: int
    order_id: int


class MyOrdersButton(Button, kind="mo"):
    """Show a page of my orders; pages count from 0."""

    page: int


class ReceiptButton(Button, kind="rc"):
    """Show the receipt of one of my orders, with the way back to this page."""

    order_id: int
    page: int


class PaymentReceiptButton(Button, kind="py"):
    """The numbered receipt of a payment, and the page of my orders that leads back."""

    payment_id: int
    page: int
