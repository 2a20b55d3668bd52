"""Goods that are stopped everywhere."""

from bot.callbacks.buttons import Button


class StopButton(Button, kind="xs"):
    """Yes, stop what this pick offers, in all groups; offer its buyers their money back (1), or not (0)."""

    pick_id: int
    refunds: int


class RecallButton(Button, kind="xr"):
    """Show me what is stopped (`page`), ask whether it goes on (`lift`), or yes, it does (`lifted`)."""

    recall_id: int
    act: str


class RecallAnswerButton(Button, kind="xa"):
    """A `RecallAnswer` about my order."""

    recall_id: int
    order_id: int
    answer: str
