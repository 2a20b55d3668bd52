"""What those who run the bot see and do."""

from bot.callbacks.buttons import Button


class AdminButton(Button, kind="ad"):
    """Show an admin a page: `home`, `admins` or `health`."""

    name: str


class AdminGroupsButton(Button, kind="ag"):
    """Show an admin a page of all groups; pages count from 0."""

    page: int


class AdminGroupButton(Button, kind="ae"):
    """Show an admin one group."""

    group_id: int


class AdminAuditButton(Button, kind="aa"):
    """Show an admin a page of what was done in a group, or (0) everywhere; pages count from 0."""

    group_id: int
    page: int


class AdminRightsButton(Button, kind="ai"):
    """`grant` somebody an admin's rights, or `revoke` them; `sure` is 0 or 1."""

    person_id: int
    deed: str
    sure: int


class LettersButton(Button, kind="lt"):
    """Show an admin a page of the updates that could not be handled; pages count from 0."""

    page: int


class LetterButton(Button, kind="ll"):
    """`show` one of them, `retry` or `discard` it; `sure` is 0 or 1."""

    letter_id: int
    deed: str
    sure: int


class UnsentListButton(Button, kind="lu"):
    """Show an admin what could not be sent, reason by reason."""


class UnsentButton(Button, kind="lx"):
    """`show`, `retry` or `discard` all that failed for the same reason as this row; `sure` is 0 or 1."""

    entry_id: int
    deed: str
    sure: int
