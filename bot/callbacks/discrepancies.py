"""What about money does not fit."""

from bot.callbacks.buttons import Button


class DiscrepancyButton(Button, kind="dy"):
    """Show me what about money does not fit: one finding, or (0) all that are mine to decide."""

    discrepancy_id: int


class DecisionButton(Button, kind="dd"):
    """Decide it: a word of `Decision`; `note` asks for words first."""

    discrepancy_id: int
    decision: str
