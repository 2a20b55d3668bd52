"""Picks in the making."""

from bot.callbacks.buttons import Button


class DraftButton(Button, kind="dr"):
    """Go to a step of a draft, or `open`, `preview`, `post`, `copy`, `delete`, `undo` it."""

    draft_id: int
    act: str


class DraftChoiceButton(Button, kind="dc"):
    """Choose a value at a step of a draft; an empty one clears the step."""

    draft_id: int
    step: str
    value: str


class PreviewButton(Button, kind="dp"):
    """A button of the card in a preview, which works once the draft is posted."""

    draft_id: int


class NewDraftButton(Button, kind="dn"):
    """Begin a draft for a group; 0 leaves the group open."""

    group_id: int
