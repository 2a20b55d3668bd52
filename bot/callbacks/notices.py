"""What a member is told in private."""

from bot.callbacks.buttons import Button


class NoticesButton(Button, kind="nt"):
    """What I am told in private (0), or of which categories of a group."""

    group_id: int


class NoticeSwitchButton(Button, kind="ns"):
    """Tell me of this `NoticeKind` (1), or not any more (0)."""

    notice: str
    is_on: int


class CategoryButton(Button, kind="nc"):
    """`only`, `mute` or `usual`: what I want to hear of a category, by its short key."""

    group_id: int
    category: str
    wish: str


class ShowPurchasesButton(Button, kind="nw"):
    """People who know me may count me among buyers (1), or not (0); on a pick's page, or none (0)."""

    shows: int
    pick_id: int
