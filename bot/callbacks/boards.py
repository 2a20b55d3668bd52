"""Pages and sheets of what was ordered."""

from bot.callbacks.buttons import Button


class BoardButton(Button, kind="b"):
    """Show a page of a pick's roll-up; pages count from 0."""

    pick_id: int
    page: int


class PointBoardButton(Button, kind="bp"):
    """Show who fetches a pick at a point; 0 stands for those who have chosen none, pages count from 0."""

    pick_id: int
    point_id: int
    page: int


class VariantBoardButton(Button, kind="bv"):
    """Show a page of what was ordered of each variant."""

    pick_id: int
    page: int


class SheetButton(Button, kind="sh"):
    """Send a sheet (`supplier`, `packing`, `pickup`) as a file (`xlsx`, `csv`)."""

    pick_id: int
    sheet: str
    format: str
