"""A group's numbers."""

from bot.callbacks.buttons import Button


class StatisticsButton(Button, kind="tt"):
    """Show me a group's numbers of a `Period`."""

    group_id: int
    period: str


class StatisticsPictureButton(Button, kind="tp"):
    """Draw them, dark (1) or light (0)."""

    group_id: int
    period: str
    dark: int


class StatisticsSheetButton(Button, kind="tx"):
    """The same as a file."""

    group_id: int
    period: str
