"""What a pick costs and will cost: lines of the card, questions about a new price, and a pick that failed."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.orders import PriceButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.pricing import Step, Terms, TierPrice
from bot.services.pricing import PriceQuestion
from bot.views.screens import Button, Screen, lines, mention, paragraphs
from storage.models import Person
from storage.repositories.picks import PostedPick
from storage.states import PickState

_MOST_NAMED = 30
_OPEN = (PickState.DRAFT, PickState.SCHEDULED, PickState.LIVE)


def price_lines(t: Translator, posted: PostedPick, tiers: Sequence[TierPrice]) -> Markup:
    """What a piece costs now, how far the next price is, and what it can come to."""
    terms = Terms(price_amount=posted.offer.price_amount, tiers=tuple(tiers))
    if posted.pick.state not in _OPEN:
        amount = posted.pick.final_amount or terms.price_amount
        return _each(t, posted, amount)
    if not tiers:
        return _each(t, posted, terms.price_amount)
    sold = ordered_in_all(posted)
    return lines(
        _now(t, posted, terms.price_at(sold), terms.next_after(sold)),
        t.html(
            "At most {price}; {tiers}. At the close everybody pays the best price reached.",
            price=_money(t, posted, terms.price_amount),
            tiers=_tiers(t, terms, posted.offer.currency),
        ),
    )


def condition_lines(t: Translator, posted: PostedPick) -> Markup | None:
    """From how many on the pick goes ahead, and how many one person may have, while that matters."""
    offer = posted.offer
    if posted.pick.state not in _OPEN:
        return None
    minimum = None
    if offer.minimum_quantity is not None:
        missing = offer.minimum_quantity - ordered_in_all(posted)
        wanted = t.number(offer.minimum_quantity)
        minimum = (
            t.html_plural(
                "Goes ahead from {minimum}: {n} more is needed.",
                "Goes ahead from {minimum}: {n} more are needed.",
                missing,
                minimum=wanted,
            )
            if missing > 0
            else t.html("It goes ahead: the minimum of {minimum} is reached.", minimum=wanted)
        )
    limit = offer.limit_per_person
    each = t.html("At most {limit} per person.", limit=t.number(limit)) if limit is not None else None
    return lines(minimum, each) or None


def failed_line(t: Translator, posted: PostedPick) -> Markup:
    """On the card of a pick that did not reach its minimum."""
    return t.html("<b>Did not come about</b>: {reached}. Nobody owes anything.", reached=_reached(t, posted))


def ordered_in_all(posted: PostedPick) -> int:
    """How many of the offer are ordered in all its groups."""
    return sum(variant.sold for variant in posted.variants)


def reached_price(posted: PostedPick, tiers: Sequence[tuple[int, int]]) -> Money:
    """What a piece of an open pick costs as things stand now."""
    terms = Terms(price_amount=posted.offer.price_amount, tiers=tuple(TierPrice(*tier) for tier in tiers))
    return Money(amount=terms.price_at(ordered_in_all(posted)), currency=posted.offer.currency)


def price_of_now(posted: PostedPick, tiers: Sequence[tuple[int, int]]) -> int:
    """What a piece costs as things stand now, in minor units: in a team, where it is sold to teams."""
    return posted.offer.team_price_amount or reached_price(posted, tiers).amount


def order_failed_notice(t: Translator, posted: PostedPick) -> Screen:
    """In private, to a buyer whose pick did not reach its minimum."""
    return Screen(
        text=t.html(
            "<b>{group}</b>: pick #{number} {title} did not come about: {reached}. "
            "Your order is cancelled, and you owe nothing.",
            group=posted.group.title,
            number=posted.pick.number,
            title=posted.offer.title,
            reached=_reached(t, posted),
        )
    )


def pick_failed_in_group(t: Translator, posted: PostedPick, people: Sequence[Person]) -> Screen:
    """In the group, once, to those who had ordered and read nothing in private."""
    fields = {"number": posted.pick.number, "title": posted.offer.title, "reached": _reached(t, posted)}
    if not people:
        return Screen(
            text=t.html(
                "Pick #{number} {title} did not come about: {reached}. Nobody owes anything.", **fields
            )
        )
    names = t.listed([str(_mention(person)) for person in people[:_MOST_NAMED]])
    return Screen(
        text=t.html(
            "{names}: pick #{number} {title} did not come about: {reached}. "
            "Your orders are cancelled, and nobody owes anything.",
            names=Markup(names) + (" …" if len(people) > _MOST_NAMED else ""),
            **fields,
        )
    )


def pick_failed_notice(t: Translator, posted: PostedPick) -> Screen:
    """To the curator of a pick that did not reach its minimum."""
    return Screen(
        text=t.html(
            "<b>{group}</b>: pick #{number} {title} did not come about: {reached}. "
            "Its orders are cancelled, nobody owes anything, and everybody who ordered is being told.",
            group=posted.group.title,
            number=posted.pick.number,
            title=posted.offer.title,
            reached=_reached(t, posted),
        )
    )


def price_question(t: Translator, question: PriceQuestion) -> Screen:
    """To a buyer: is the new price hers, too? Nothing happens until she answers."""
    if question.kept is None:
        return price_agreed(t, question)
    if question.accepted is False:
        return price_kept(t, question)
    return Screen(
        text=paragraphs(
            _asked(t, question),
            t.html("Do you agree for your order? As long as you say nothing, it keeps the older price."),
        ),
        buttons=[
            [Button(text=t("Agree"), data=PriceButton(question.order_id, "yes"))],
            [Button(text=t("Keep my price"), data=PriceButton(question.order_id, "no"))],
        ],
    )


def price_agreed(t: Translator, question: PriceQuestion) -> Screen:
    """To a buyer who has agreed."""
    return Screen(
        text=t.html(
            "Thank you. Your order on pick #{number} {title} has the new price now: {terms}.",
            number=question.posted.pick.number,
            title=question.posted.offer.title,
            terms=terms_in_words(t, question.terms, question.posted.offer.currency),
        )
    )


def price_kept(t: Translator, question: PriceQuestion) -> Screen:
    """To a buyer who keeps her price: she may still cancel, or agree after all."""
    assert question.kept is not None
    return Screen(
        text=t.html(
            "Your order on pick #{number} {title} keeps its price: {terms}. "
            "If you would rather not buy, cancel it here.",
            number=question.posted.pick.number,
            title=question.posted.offer.title,
            terms=terms_in_words(t, question.kept, question.posted.offer.currency),
        ),
        buttons=[
            [Button(text=t("Cancel my order"), data=PriceButton(question.order_id, "cancel"))],
            [Button(text=t("Agree after all"), data=PriceButton(question.order_id, "yes"))],
        ],
    )


def price_order_cancelled(t: Translator, *, number: int, title: str) -> Screen:
    """To a buyer who would rather not buy."""
    return Screen(
        text=t.html("Your order on pick #{number} {title} is cancelled.", number=number, title=title)
    )


def price_notice(t: Translator, posted: PostedPick, terms: Terms, *, link: str) -> Screen:
    """In the group, once, for buyers who cannot be asked in private."""
    return Screen(
        text=t.html(
            "Pick #{number} {title} has a new price: {terms}. "
            "Whoever has ordered keeps the older one, unless they agree to this one.",
            number=posted.pick.number,
            title=posted.offer.title,
            terms=terms_in_words(t, terms, posted.offer.currency),
        ),
        buttons=[[Button(text=t("Answer in private"), url=link)]],
    )


def terms_in_words(t: Translator, terms: Terms, currency: str) -> str:
    """The price and its tiers in a row: €12.90, 10+ €11.90, 30+ €9.90."""
    price = t.money(Money(amount=terms.price_amount, currency=currency))
    return t.listed([price, *_each_tier(t, terms, currency)])


def _asked(t: Translator, question: PriceQuestion) -> Markup:
    assert question.kept is not None
    currency = question.posted.offer.currency
    return lines(
        t.html(
            "<b>{group}</b>: pick #{number} {title} has a new price.",
            group=question.posted.group.title,
            number=question.posted.pick.number,
            title=question.posted.offer.title,
        ),
        t.html("Yours so far: {terms}", terms=terms_in_words(t, question.kept, currency)),
        t.html("The new one: {terms}", terms=terms_in_words(t, question.terms, currency)),
    )


def _now(t: Translator, posted: PostedPick, amount: int, step: Step | None) -> Markup:
    price = _money(t, posted, amount)
    if step is None:
        return t.html("Now <b>{price}</b> each, the best price.", price=price)
    return t.html(
        "Now <b>{price}</b> each, {missing} more to {next}.",
        price=price,
        missing=t.number(step.missing),
        next=_money(t, posted, step.unit_amount),
    )


def _each(t: Translator, posted: PostedPick, amount: int) -> Markup:
    return t.html("<b>{price}</b> each", price=_money(t, posted, amount))


def _tiers(t: Translator, terms: Terms, currency: str) -> str:
    return t.listed(_each_tier(t, terms, currency))


def _each_tier(t: Translator, terms: Terms, currency: str) -> list[str]:
    return [
        f"{t.number(tier.quantity)}+ {t.money(Money(amount=tier.unit_amount, currency=currency))}"
        for tier in terms.tiers
    ]


def _money(t: Translator, posted: PostedPick, amount: int) -> str:
    return t.money(Money(amount=amount, currency=posted.offer.currency))


def _reached(t: Translator, posted: PostedPick) -> str:
    return t(
        "{quantity} of {minimum} were ordered",
        quantity=t.number(posted.pick.final_quantity or 0),
        minimum=t.number(posted.offer.minimum_quantity or 0),
    )


def _mention(person: Person) -> Markup:
    return mention(person.id, person.name)
