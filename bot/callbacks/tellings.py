"""Telling a pick to those who may care."""

from bot.callbacks.buttons import Button


class DraftTellingButton(Button, kind="tg"):
    """Of a draft: who would be told (`look`), or tell them (`tell`)."""

    draft_id: int
    deed: str


class TellingButton(Button, kind="tk"):
    """Of a pick: `look`, `tell`; or post it in the group after all: `post`, `posted`."""

    pick_id: int
    deed: str


class TellingNoteButton(Button, kind="to"):
    """To whoever was told of a pick: `why`, back to the `note`, or `not` (for me)."""

    pick_id: int
    deed: str


class SuggestionsSwitchButton(Button, kind="tw"):
    """Tell me of picks that are chosen for me (1), or not any more (0)."""

    is_on: int
