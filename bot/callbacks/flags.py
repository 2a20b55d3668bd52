"""Suspicions about rewards."""

from bot.callbacks.buttons import Button


class FlagsButton(Button, kind="fs"):
    """Show me suspicions about rewards: those that wait, or (standing 1) those that were not put aside."""

    page: int
    standing: int


class FlagButton(Button, kind="ff"):
    """Show me one suspicion."""

    flag_id: int


class FlagDecisionButton(Button, kind="fd"):
    """Decide about it: a word of `FlagOutcome`; `was` is the one that I saw, or `open`; `sure` is 0 or 1."""

    flag_id: int
    outcome: str
    was: str
    sure: int
