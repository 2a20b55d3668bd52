"""What sort of thing a pick is, as a hashtag: Telegram finds all others by a tap on it."""

from markupsafe import Markup

from storage.models import Offer


def category_line(offer: Offer) -> Markup | None:
    """The category of an offer, if it has one."""
    return Markup.escape(f"#{offer.category}") if offer.category else None
