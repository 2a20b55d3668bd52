"""What a member says about an order."""

from bot.callbacks.buttons import Button


class OrderButton(Button, kind="o"):
    """One more, or one fewer, of a variant."""

    pick_id: int
    variant_id: int
    change: int


class CancelButton(Button, kind="x"):
    """Cancel my order on a pick."""

    pick_id: int


class MyOrderButton(Button, kind="m"):
    """Show me my order on a pick."""

    pick_id: int


class PriceButton(Button, kind="pp"):
    """Answer whether a new price is my order's: `yes`, `no` or `cancel`."""

    order_id: int
    answer: str
