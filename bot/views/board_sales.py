"""What other groups have sold of a pick, in the lists and sheets of whoever supplies it."""

from collections.abc import Callable

from markupsafe import Markup

from bot.callbacks.carried_orders import SalesButton
from bot.i18n import Translator
from bot.services.boards import BoardFacts
from bot.views.screens import Button, lines, shortened

_LONGEST_GROUP = 40
_LONGEST_LIST = 350


def sold_elsewhere(t: Translator, facts: BoardFacts, *, longest: int = _LONGEST_LIST) -> Markup | None:
    """How much each group has sold, and how much that makes with this pick's own orders, by kind.

    No list in it has more than `longest` UTF-16 units.
    """
    if not facts.elsewhere:
        return None
    elsewhere = sum(pieces.quantity for pieces in facts.elsewhere)
    quantity = t.number(facts.quantity + elsewhere)
    kinds = shortened(t.listed(_by_kind(t, facts)), longest)
    return lines(
        t.html(
            "Other groups sold {quantity} ({groups})",
            quantity=t.number(elsewhere),
            groups=shortened(t.listed(_by_group(t, facts, facts.sold_by)), longest),
        ),
        _unpaid(t, facts, longest=longest),
        t.html(
            "<b>Together with what is ordered here: {quantity}</b> ({kinds})", quantity=quantity, kinds=kinds
        )
        if kinds
        else t.html("<b>Together with what is ordered here: {quantity}</b>", quantity=quantity),
    )


def sales_way(t: Translator, facts: BoardFacts) -> list[Button]:
    """The way to what others have sold, if they have."""
    if not facts.elsewhere:
        return []
    return [Button(text=t("What others sell of it"), data=SalesButton(facts.posted.id, 0))]


def _unpaid(t: Translator, facts: BoardFacts, *, longest: int) -> Markup | None:
    """How many orders of the others are not paid for yet, and in which groups."""
    unpaid = sum(facts.unpaid_elsewhere.values())
    if not unpaid:
        return None
    groups = shortened(t.listed(_by_group(t, facts, facts.unpaid_by)), longest)
    return t.html_plural(
        "{n} of their orders is still to be paid there ({groups})",
        "{n} of their orders are still to be paid there ({groups})",
        unpaid,
        groups=groups,
    )


def _by_group(t: Translator, facts: BoardFacts, count: Callable[[int], int]) -> list[str]:
    """How many each group has, by its key; one that has none is left out."""
    return [
        t("{group}: {quantity}", group=shortened(title, _LONGEST_GROUP), quantity=t.number(count(key)))
        for key, title in facts.carriers.items()
        if count(key)
    ]


def _by_kind(t: Translator, facts: BoardFacts) -> list[str]:
    """How many of each kind there are in all; nothing where there is but one."""
    if len(facts.posted.variants) < 2:
        return []
    counts = {variant.id: 0 for variant in facts.posted.variants}
    for here in facts.variants:
        counts[here.variant_id] += here.quantity
    for elsewhere in facts.elsewhere:
        counts[elsewhere.variant_id] += elsewhere.quantity
    return [
        t("{variant}: {quantity}", variant=variant.name, quantity=t.number(counts[variant.id]))
        for variant in facts.posted.variants
        if counts[variant.id]
    ]
