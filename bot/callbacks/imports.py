"""Price lists that are read in."""

from bot.callbacks.buttons import Button


class ImportButton(Button, kind="im"):
    """On an import: `all`, `good` (the good rows alone), `stop` or `template`."""

    draft_id: int
    choice: str


class ImportGroupButton(Button, kind="ig"):
    """The group that a price list is for."""

    draft_id: int
    group_id: int
