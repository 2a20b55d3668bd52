"""Pick-up points, and where an order is fetched."""

from bot.callbacks.buttons import Button


class PointsButton(Button, kind="ps"):
    """Show the pick-up points of a group."""

    group_id: int


class PointButton(Button, kind="pt"):
    """Show one pick-up point in the settings."""

    point_id: int


class NewPointButton(Button, kind="pn"):
    """Ask for the name of a new pick-up point."""

    group_id: int


class PointChangeButton(Button, kind="pg"):
    """Change a pick-up point: ask for `name`, `words`, `fee`; move it `up`, `down`; switch it `on`, `off`."""

    point_id: int
    change: str


class ChoosePointButton(Button, kind="pc"):
    """Ask where my order shall be fetched."""

    order_id: int


class PointChosenButton(Button, kind="pk"):
    """I fetch my order at this pick-up point."""

    order_id: int
    point_id: int


class CodeButton(Button, kind="qr"):
    """Show me the code of my order."""

    order_id: int
