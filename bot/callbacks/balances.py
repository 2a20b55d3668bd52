"""What is between a member and a group, and a group's accounts."""

from bot.callbacks.buttons import Button


class BalanceButton(Button, kind="bl"):
    """What is between me and a group, and a page of what happened; pages count from 0."""

    group_id: int
    page: int


class AccountsButton(Button, kind="ac"):
    """A group's accounts in a month such as 202603; 0 is all time."""

    group_id: int
    month: int


class AccountsSheetButton(Button, kind="ax"):
    """The same as a file."""

    group_id: int
    month: int
