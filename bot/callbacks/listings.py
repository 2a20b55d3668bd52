"""What groups open to each other, for those who lead them."""

from bot.callbacks.buttons import Button


class MarketButton(Button, kind="mk"):
    """A page of what a group may sell for others, by a `MarketOrder`, perhaps of one category (its key)."""

    group_id: int
    order: str
    category: str
    page: int


class CategoriesButton(Button, kind="mc"):
    """Of which category shall the market be?"""

    group_id: int
    order: str


class ListingButton(Button, kind="ml"):
    """All about one offer of the market, for this group."""

    listing_id: int
    group_id: int


class ListingPhotosButton(Button, kind="mf"):
    """Send me the photos of an offer of the market."""

    listing_id: int
    group_id: int


class TermsButton(Button, kind="mt"):
    """On which terms others may sell a pick: `show` them or `open` it; 0 is no limit, or at once."""

    pick_id: int
    act: str
    share_bps: int
    opens_at: int
    groups_limit: int
    pieces_limit: int


class OwnListingButton(Button, kind="mw"):
    """Who else sells a pick: the `page`, `change` it, shall it `end`, yes, `ended`; or back `home`."""

    pick_id: int
    act: str
