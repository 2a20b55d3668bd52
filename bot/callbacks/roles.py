"""Who leads a group, who helps, and what they did."""

from bot.callbacks.buttons import Button


class CuratorsButton(Button, kind="cu"):
    """Show who leads a group and who helps."""

    group_id: int


class PersonButton(Button, kind="pr"):
    """Show what a person may do in a group."""

    group_id: int
    person_id: int


class AppointButton(Button, kind="ap"):
    """Make a person `curator`, `own` (a curator of her own picks) or `member`."""

    group_id: int
    person_id: int
    role: str


class HelperButton(Button, kind="hp"):
    """Let a person hand over at a point (1), or no longer (0)."""

    group_id: int
    person_id: int
    point_id: int
    helps: int


class AuditButton(Button, kind="au"):
    """Show a page of a group's audit log; pages count from 0."""

    group_id: int
    page: int
