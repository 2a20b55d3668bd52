"""A group's allowance of posts, its votes and its slots."""

from bot.callbacks.buttons import Button


class TrustButton(Button, kind="ta"):
    """How a group stands with its allowance."""

    group_id: int


class SlotButton(Button, kind="tl"):
    """A pick that waits for its time: `home`, `now`, `ask` (the owner), `times`, `drop` or `dropped`."""

    pick_id: int
    deed: str


class SlotTimeButton(Button, kind="tn"):
    """Post it at this time instead, in seconds since 1970."""

    pick_id: int
    at: int


class TrustVoteButton(Button, kind="tv"):
    """Let a group vote on its caps: `home`, or for so many days (0: count what there is now)."""

    group_id: int
    deed: str
