"""Cards that members send on: as sent, looked at, opened by a guest; and the page to send them from."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.shares import GuestButton, LookButton, PosterButton, SharesButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.acquaintances import Proof
from bot.rules.pricing import Terms, TierPrice
from bot.services.reviews import OfferReviews
from bot.services.shares import CardToShare
from bot.views.acquaintances import proof_lines
from bot.views.pricing import reached_price
from bot.views.proposals import vouched
from bot.views.recalls import stopped_line
from bot.views.review_lines import overall_line
from bot.views.screens import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    LONGEST_TOAST,
    Button,
    Screen,
    lines,
    paragraphs,
    shortened,
    shown_length,
)
from bot.views.teams import team_price_line
from storage.repositories.picks import PostedPick
from storage.states import PickState

_LONGEST_WORDS = 300
_LONGEST_TYPED = 200
_LONGEST_TITLE = 60
_LONGEST_NAME = 64


def shared_card(t: Translator, shared: CardToShare, *, link: str, now: datetime) -> Screen:
    """The card as it stands in any chat: what does not change, and two buttons that tell the rest."""
    posted = shared.posted
    ask = [Button(text=t("How does it stand?"), data=LookButton(shared.card.token))]
    if not posted.takes_orders:
        return Screen(text=lines(_title(posted), _over(t, posted)), buttons=[ask])
    return Screen(
        text=_card(t, shared, now=now, limit=LONGEST_CAPTION if posted.offer.photo_id else LONGEST_TEXT),
        buttons=[[Button(text=t("Order it"), url=link)], ask],
    )


def share_summary(t: Translator, shared: CardToShare, *, now: datetime) -> str:
    """The line under a result's title, where somebody chooses what to send."""
    posted = shared.posted
    return t(
        "{price}, until {moment} · {group}",
        price=t.money(reached_price(posted, shared.tiers)),
        moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
        group=posted.group.title,
    )


def look_words(t: Translator, posted: PostedPick, tiers: Sequence[TierPrice], *, now: datetime) -> str:
    """How a pick stands right now, as short as a toast."""
    title = shortened(posted.offer.title, _LONGEST_TITLE)
    if posted.pick.state is PickState.WITHDRAWN:
        return t("{title} was withdrawn.", title=title)
    is_open = posted.pick.state is PickState.LIVE and posted.pick.ended_at is None
    if not is_open or posted.pick.closes_at <= now:
        return t("{title} takes no orders any more.", title=title)
    if posted.offer.stopped_at is not None:
        return t("{title} is stopped for now: something may be wrong with it.", title=title)
    fields = {
        "title": title,
        "price": t.money(reached_price(posted, tiers)),
        "moment": t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
        "sold": t.number(sum(variant.sold for variant in posted.variants)),
    }
    stocks = [variant.stock for variant in posted.variants]
    if any(stock is None for stock in stocks):
        said = t("{title}: {sold} ordered, {price} each now, open until {moment}.", **fields)
    else:
        stock = t.number(sum(stock or 0 for stock in stocks))
        said = t(
            "{title}: {sold} of {stock} ordered, {price} each now, open until {moment}.",
            stock=stock,
            **fields,
        )
    return shortened(said, LONGEST_TOAST)


def share_page(t: Translator, shared: CardToShare, *, link: str, bot_username: str | None) -> Screen:
    """My own link to a pick, and the ways to send it on; the bot has a name where it works in any chat."""
    posted = shared.posted
    rows = [
        [Button(text=t("Send it to a chat"), typed=_typed(posted))] if bot_username else [],
        [Button(text=t("Make a poster"), data=PosterButton(posted.id))],
        [Button(text=t("My shared cards"), data=SharesButton(0))],
    ]
    how = t.html(
        "In any chat you can also write <code>@{bot} {words}</code> and choose the card.",
        bot=bot_username,
        words=shortened(posted.offer.title, _LONGEST_TITLE),
    )
    return Screen(
        text=paragraphs(
            t.html("<b>Share #{number} {title}</b>", number=posted.pick.number, title=posted.offer.title),
            lines(t.html("Your own link to it:"), Markup.escape(link)),
            t.html(
                "Whoever opens it sees the pick here, and finds the way into {group}. "
                "For seven days it counts as told by you.",
                group=posted.group.title,
            ),
            how if bot_username else None,
            _own_reward(t, shared.earns),
        ),
        buttons=rows,
    )


def guest_card(
    t: Translator,
    shared: CardToShare,
    *,
    way_in: str | None,
    now: datetime,
    proof: Proof | None = None,
    reviews: OfferReviews | None = None,
) -> Screen:
    """To somebody who opened a card and is not in its group: what it is, who got it, and the way in."""
    posted = shared.posted
    is_live = posted.takes_orders and posted.pick.closes_at > now
    if way_in is None:
        way = t.html("Please ask one of its members how to join: I have no link to it.")
    else:
        way = (
            t.html("To order it, join the group; then I show you the buttons here.")
            if is_live
            else t.html("In the group you see what comes next.")
        )
    if is_live:
        known = proof_lines(t, proof) if proof is not None else None
        way = paragraphs(lines(overall_line(t, reviews), known), way)
    limit = (LONGEST_CAPTION if posted.offer.photo_id else LONGEST_TEXT) - shown_length(way) - len("\n\n")
    card = (
        _card(t, shared, now=now, limit=limit)
        if is_live
        else lines(
            _title(posted),
            _over(t, posted),
            t.html("It was on offer in {group}.", group=_short(posted.group.title)),
        )
    )
    return Screen(
        text=paragraphs(card, way),
        buttons=[
            [Button(text=t("Join the group"), url=way_in)] if way_in else [],
            [Button(text=t("I am in the group"), data=GuestButton(shared.card.token))] if is_live else [],
        ],
    )


def told_line(t: Translator, *, name: str) -> Markup:
    """Who told somebody of a pick."""
    return t.html("{name} told you of it.", name=name)


def disclosed(t: Translator, *, name: str, earns: Money) -> Markup:
    """What somebody gets if her card is bought by."""
    return t.html("{name} earns about {amount} if you buy.", name=name, amount=t.money(earns))


def poster_promised(t: Translator) -> str:
    """A poster is on its way."""
    return t("I am drawing it. It comes in a moment.")


def not_inside_yet(t: Translator, *, group: str) -> str:
    """To somebody who has not joined so far."""
    return t("I do not see you in {group} yet. Join it first, then tap again.", group=group)


def nothing_found(t: Translator) -> str:
    """Above the results of a search in any chat, where there are none."""
    return t("Nothing open matches")


def own_cards(t: Translator) -> str:
    """Above the results of a search in any chat."""
    return t("My shared cards")


def _card(t: Translator, shared: CardToShare, *, now: datetime, limit: int) -> Markup:
    posted = shared.posted
    curator = _short(shared.curator) if shared.curator else None
    voucher = _short(shared.voucher) if shared.voucher else None

    def text(words: str) -> Markup:
        return paragraphs(
            lines(
                _title(posted),
                price_line(t, posted, shared.tiers),
                vouched(t, posted.pick, curator=curator, voucher=voucher),
            ),
            Markup.escape(words),
            t.html(
                "In {group}, open until {moment}",
                group=_short(posted.group.title),
                moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
            ),
            disclosed(t, name=_short(shared.sharer), earns=shared.earns) if shared.earns else None,
        )

    room = limit - shown_length(text("")) - len("\n\n")
    words = shortened(posted.offer.words, min(room, _LONGEST_WORDS)) if room > 1 else ""
    return text(words)


def _short(name: str) -> str:
    return shortened(name, _LONGEST_NAME)


def _title(posted: PostedPick) -> Markup:
    return Markup("<b>{}</b>").format(posted.offer.title)


def price_line(t: Translator, posted: PostedPick, tiers: Sequence[TierPrice]) -> Markup:
    """What it costs, without what would change while the card stands somewhere."""
    offer = posted.offer
    if offer.team_price_amount is not None:
        return team_price_line(t, posted)
    price = t.money(Money(amount=offer.price_amount, currency=offer.currency))
    if not tiers:
        return t.html("<b>{price}</b> each", price=price)
    terms = Terms(price_amount=offer.price_amount, tiers=tuple(tiers))
    lowest = Money(amount=terms.price_at(max(tier.quantity for tier in tiers)), currency=offer.currency)
    return t.html(
        "At most <b>{price}</b> each; the more is ordered, the less everybody pays, down to {lowest}",
        price=price,
        lowest=t.money(lowest),
    )


def _over(t: Translator, posted: PostedPick) -> Markup:
    if posted.pick.state is PickState.WITHDRAWN:
        return t.html("<b>Withdrawn</b>")
    if posted.pick.state is PickState.LIVE and posted.offer.stopped_at is not None:
        return stopped_line(t)
    return t.html("<b>Closed</b>: it takes no orders any more.")


def _own_reward(t: Translator, earns: Money | None) -> Markup | None:
    if earns is None:
        return None
    return t.html(
        "If somebody buys by it and keeps it, you earn about {amount} for a piece. Your card says so.",
        amount=t.money(earns),
    )


def _typed(posted: PostedPick) -> str:
    return shortened(f"#{posted.pick.number} {posted.offer.title}", _LONGEST_TYPED).removesuffix("…")
