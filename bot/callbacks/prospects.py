"""What could be posted next."""

from bot.callbacks.buttons import Button


class ProspectDraftButton(Button, kind="pd"):
    """Make a draft of something that was posted in a group before."""

    group_id: int
    offer_id: int
