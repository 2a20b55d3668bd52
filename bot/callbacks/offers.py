"""A group's catalogue."""

from bot.callbacks.buttons import Button


class OffersButton(Button, kind="of"):
    """A page of a group's catalogue, perhaps searched; pages count from 0."""

    group_id: int
    page: int
    words: str


class OfferButton(Button, kind="oo"):
    """An offer of the catalogue, and the page that leads back."""

    offer_id: int
    page: int
    words: str


class OfferDeedButton(Button, kind="od"):
    """With an offer of the catalogue: `pick`, `archive` or `restore`."""

    offer_id: int
    deed: str
