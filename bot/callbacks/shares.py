"""Cards that members send on, and who told whom."""

from bot.callbacks.buttons import Button


class LookButton(Button, kind="sl"):
    """How does it stand? Under a card that a member sent into any chat; named as nobody can guess."""

    token: str


class GuestButton(Button, kind="so"):
    """I have joined the group of a card that I opened: show me how to order."""

    token: str


class SharePickButton(Button, kind="se"):
    """Let me share a pick."""

    pick_id: int


class PosterButton(Button, kind="sp"):
    """Draw me a poster of a pick with my link."""

    pick_id: int


class SharesButton(Button, kind="ss"):
    """Show a page of how far my cards went; pages count from 0."""

    page: int


class PickSharesButton(Button, kind="sk"):
    """Show a curator a page of how far everybody's cards of a pick went; pages count from 0."""

    pick_id: int
    page: int


class WhoToldButton(Button, kind="st"):
    """Who told me of what I ordered: `ask` me, let me `type` a name, or it was `nobody`."""

    order_id: int
    act: str


class ToldButton(Button, kind="sn"):
    """It was this person who told me of what I ordered."""

    order_id: int
    person_id: int
