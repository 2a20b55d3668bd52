"""The catalogue of a group: its pages, and one offer with what can be done with it."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.buttons import LONGEST
from bot.callbacks.offers import OfferButton, OfferDeedButton, OffersButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group, Offer
from storage.repositories.offers import LineOffer, OfferPage, PastPick
from storage.repositories.posts import WholeOffer
from storage.states import PickState

OFFERS_A_PAGE = 10
PICKS_SHOWN = 3

_TITLE_SHOWN = 36
_LONGEST_WORDS = 36
"""Bytes of what was searched for; with three numbers beside them they fit into a button."""


def searchable(words: str) -> str:
    """What was searched for, as a button can carry it."""
    plain = " ".join(words.replace(":", " ").split())
    return plain.encode()[: min(_LONGEST_WORDS, LONGEST)].decode(errors="ignore").strip()


def catalogue_page(t: Translator, group: Group, found: OfferPage, *, page: int, words: str) -> Screen:
    """Some of a group's offers, each with a button that opens it."""
    assert group.id is not None
    head = t.html("<b>Catalogue of {group}</b>", group=group.title)
    if not found.count:
        nothing = (
            t.html("Nothing has “{words}” in its title or code.", words=words)
            if words
            else t.html("Nothing is in it yet. /import takes a price list.")
        )
        return Screen(text=paragraphs(head, nothing))
    count = (
        t.html_plural(
            "{n} offer has “{words}” in it.", "{n} offers have “{words}” in them.", found.count, words=words
        )
        if words
        else t.html_plural(
            "{n} offer. Search it: /offers honey", "{n} offers. Search them: /offers honey", found.count
        )
    )
    rows = [[_opens(t, offer, page=page, words=words)] for offer in found.offers]
    return Screen(
        text=paragraphs(head, count), buttons=[*rows, _turning(group.id, found, page=page, words=words)]
    )


def choose_catalogue(t: Translator, groups: Sequence[Group], *, words: str) -> Screen:
    """Which group's catalogue is meant."""
    return Screen(
        text=t.html("Which group's catalogue?"),
        buttons=[
            [Button(text=shortened(group.title, _TITLE_SHOWN), data=OffersButton(group.id, 0, words))]
            for group in groups
            if group.id is not None
        ],
    )


def offer_page(
    t: Translator,
    group: Group,
    whole: WholeOffer,
    picks: Sequence[PastPick],
    *,
    may_archive: bool,
    page: int = 0,
    words: str = "",
) -> Screen:
    """One offer of the catalogue with its last picks."""
    offer = whole.offer
    assert offer.id is not None
    assert group.id is not None
    text = paragraphs(
        t.html("<b>{title}</b>", title=offer.title),
        Markup.escape(offer.words) if offer.words else None,
        lines(*_details(t, whole)),
        _past(t, picks),
        t.html("It is archived: the catalogue does not list it.") if offer.archived_at else None,
    )
    deeds = [Button(text=t("Make a pick of it"), data=OfferDeedButton(offer.id, "pick"))]
    if may_archive and offer.archived_at:
        deeds.append(Button(text=t("Bring it back"), data=OfferDeedButton(offer.id, "restore")))
    elif may_archive:
        deeds.append(Button(text=t("Archive it"), data=OfferDeedButton(offer.id, "archive")))
    back = Button(text=t("‹ Back"), data=OffersButton(group.id, page, words))
    return Screen(text=text, buttons=[*([deed] for deed in deeds), [back]])


def _opens(t: Translator, offer: LineOffer, *, page: int, words: str) -> Button:
    price = t.money(Money(amount=offer.price_amount, currency=offer.currency))
    return Button(
        text=f"{shortened(offer.title, _TITLE_SHOWN)} · {price}", data=OfferButton(offer.id, page, words)
    )


def _turning(group_id: int, found: OfferPage, *, page: int, words: str) -> list[Button]:
    pages = -(-found.count // OFFERS_A_PAGE)
    if pages < 2:
        return []
    # Turning beyond an end begins at the other.
    steps = (("‹", (page - 1) % pages), (f"{page + 1}/{pages}", page), ("›", (page + 1) % pages))
    return [Button(text=text, data=OffersButton(group_id, to, words)) for text, to in steps]


def _details(t: Translator, whole: WholeOffer) -> list[Markup | None]:
    offer = whole.offer
    return [
        t.html("Code: {code}", code=offer.code) if offer.code else None,
        t.html("Price: {price}", price=_money(t, offer, offer.price_amount)),
        *(
            t.html(
                "From {quantity} on: {price}",
                quantity=t.number(tier.quantity),
                price=_money(t, offer, tier.unit_amount),
            )
            for tier in whole.tiers
        ),
        _stock(t, whole),
        t.html("Goes ahead from {quantity} on", quantity=t.number(offer.minimum_quantity))
        if offer.minimum_quantity
        else None,
        t.html("At most {quantity} a person", quantity=t.number(offer.limit_per_person))
        if offer.limit_per_person
        else None,
    ]


def _stock(t: Translator, whole: WholeOffer) -> Markup:
    if len(whole.variants) == 1 and not whole.variants[0].name:
        stock = whole.variants[0].stock
        if stock is None:
            return t.html("Stock: no limit")
        return t.html("Stock: {stock}", stock=f"{t.number(stock)} {whole.offer.unit}".strip())
    kinds = [
        Markup.escape(kind.name if kind.stock is None else f"{kind.name} {t.number(kind.stock)}")
        for kind in whole.variants
    ]
    return t.html("Kinds: {kinds}", kinds=as_fits(kinds, between=", ", limit=1000))


def _past(t: Translator, picks: Sequence[PastPick]) -> Markup | None:
    if not picks:
        return None
    return lines(t.html("Last picks of it:"), *(_past_pick(t, pick) for pick in picks))


def _past_pick(t: Translator, pick: PastPick) -> Markup:
    count = t.number(pick.quantity)
    if pick.state is PickState.LIVE:
        return t.html("#{number}: open, {count} ordered", number=pick.number, count=count)
    if pick.state is PickState.SCHEDULED:
        return t.html("#{number}: scheduled", number=pick.number)
    return t.html("#{number}: over, {count} ordered", number=pick.number, count=count)


def _money(t: Translator, offer: Offer, amount: int) -> str:
    return t.money(Money(amount=amount, currency=offer.currency))
