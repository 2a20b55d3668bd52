"""Seats in a team, and what to do without one."""

from bot.callbacks.buttons import Button


class TeamButton(Button, kind="tm"):
    """Join a team of a pick, or open one (0), with this kind; 0 leaves the kind open."""

    pick_id: int
    team_id: int
    variant_id: int


class FallbackButton(Button, kind="tf"):
    """If my team does not fill up: `solo` or `drop`."""

    team_id: int
    fallback: str
