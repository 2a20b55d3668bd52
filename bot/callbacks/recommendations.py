"""What a member may like."""

from bot.callbacks.buttons import Button


class SuggestionsButton(Button, kind="fy"):
    """A page of what I may like, or with `restored` all of it again that I put aside."""

    page: int
    restored: int


class NotForMeButton(Button, kind="fn"):
    """Do not suggest this pick's offer to me any more; then go on with this page."""

    pick_id: int
    page: int
