"""Picks that are posted, for those who lead."""

from bot.callbacks.buttons import Button


class ManageGroupButton(Button, kind="mg"):
    """Show the picks of a group to somebody who leads it."""

    group_id: int


class ManageButton(Button, kind="mp"):
    """Show one pick to somebody who leads its group, or begin something with it."""

    pick_id: int
    action: str


class ExtendButton(Button, kind="mx"):
    """Give a pick the deadline at so many seconds since 1970: a second tap changes nothing more."""

    pick_id: int
    at: int


class RoundButton(Button, kind="ro"):
    """Whether a pick is the same as an earlier one of its group (1), or not (0)."""

    pick_id: int
    earlier_id: int
    is_same: int
