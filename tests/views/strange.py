"""The longest and strangest that people may write, and what Telegram makes of a text."""

from datetime import UTC, datetime, timedelta

from bot.views.screens import LONGEST_TEXT, Screen
from sandbox.entities import utf16_length
from sandbox.parsing.html import parse_html
from storage.models import Group, Offer, Pick, Variant
from storage.repositories.orders import OwnLine
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PickState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOST_BUTTONS = 100

TITLE, WORDS, VARIANT, NAME, GROUP = 100, 600, 30, 128, 128
"""How many characters each may have."""

STRANGE = [
    "Ann",
    "<b>&amp;</b>{x}",
    "\u202eevil\u202c \u200f",
    '=HYPERLINK("http://x")',
    "🍯",
    "{0}%s<",
    "名",
]


def long(text: str, length: int) -> str:
    """The text again and again, up to so many characters."""
    return (text * length)[:length]


def make_posted(
    text: str = "Honey",
    *,
    variants: int = 1,
    stock: int | None = 20,
    sold: int = 3,
    state: PickState = PickState.LIVE,
    photo: bool = False,
    words: str | None = None,
) -> PostedPick:
    """A pick in which every word is as long as it may be, of the same text."""
    group = Group(
        id=1,
        chat_id=-1,
        title=long(text, GROUP),
        language="en",
        currency="KWD",
        time_zone="America/Argentina/Buenos_Aires",
        created_at=NOW,
    )
    offer = Offer(
        id=2,
        title=long(text, TITLE),
        words=long(text, WORDS) if words is None else words,
        photo_id="photo" if photo else None,
        price_amount=9_999_999_999,
        currency="KWD",
        unit=long("x", 20),
        created_at=NOW,
    )
    kinds = [
        Variant(
            id=2**62 + n,
            offer_id=2,
            position=n,
            name="" if variants == 1 else long(f"{n}{text}", VARIANT),
            stock=stock,
            sold=sold,
        )
        for n in range(variants)
    ]
    pick = Pick(
        id=2**62,
        group_id=1,
        offer_id=2,
        number=999_999,
        state=state,
        quantity=sold * variants,
        order_count=1_000,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=400),
    )
    return PostedPick(pick=pick, group=group, offer=offer, variants=kinds)


def make_own(posted: PostedPick, *, orders: int = 1, state: OrderState = OrderState.PLACED) -> list[OwnLine]:
    """Somebody's own orders, each of every variant."""
    return [
        OwnLine(
            order_id=order,
            number=order,
            state=state,
            pick_id=posted.id,
            pick_number=posted.pick.number,
            offer_id=posted.pick.offer_id,
            closes_at=posted.pick.closes_at,
            group_title=posted.group.title,
            time_zone=posted.group.time_zone,
            title=posted.offer.title,
            currency=posted.offer.currency,
            price_amount=posted.offer.price_amount,
            variant=variant.name,
            quantity=1000,
            unit_amount=posted.offer.price_amount,
        )
        for order in range(1, orders + 1)
        for variant in posted.variants
    ]


def shown(screen: Screen | str, *, limit: int = LONGEST_TEXT) -> str:
    """The text as Telegram shows it; fails where Telegram would refuse the text or its buttons."""
    markup = str(screen.text if isinstance(screen, Screen) else screen)
    text, _ = parse_html(markup)
    assert text.strip()
    assert utf16_length(text) <= limit, f"{utf16_length(text)} units"
    if isinstance(screen, Screen) and (keyboard := screen.keyboard()) is not None:
        buttons = [button for row in keyboard["inline_keyboard"] for button in row]
        assert len(buttons) <= MOST_BUTTONS
        for button in buttons:
            assert button["text"].strip()
            assert len(button.keys() & {"callback_data", "url", "switch_inline_query"}) == 1
            assert len(button.get("callback_data", "").encode()) <= 64
    return text
