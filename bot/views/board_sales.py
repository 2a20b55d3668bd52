"""What other groups have sold of a pick, in the lists and sheets of whoever supplies it."""

from markupsafe import Markup

from bot.callbacks.carried_orders import SalesButton
from bot.i18n import Translator
from bot.services.boards import BoardFacts
from bot.views.screens import Button, lines, shortened

_LONGEST_GROUP = 40
_LONGEST_LIST = 350


def sold_elsewhere(t: Translator, facts: BoardFacts) -> Markup | None:
    """How much each group has sold, and how much that makes with this pick's own orders, by kind."""
    if not facts.elsewhere:
        return None
    by_group = [
        t(
            "{group}: {quantity}",
            group=shortened(title, _LONGEST_GROUP),
            quantity=t.number(facts.sold_by(key)),
        )
        for key, title in facts.carriers.items()
    ]
    elsewhere = sum(pieces.quantity for pieces in facts.elsewhere)
    quantity = t.number(facts.quantity + elsewhere)
    kinds = _by_kind(t, facts)
    return lines(
        t.html(
            "Other groups sold {quantity} ({groups})",
            quantity=t.number(elsewhere),
            groups=shortened(t.listed(by_group), _LONGEST_LIST),
        ),
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


def _by_kind(t: Translator, facts: BoardFacts) -> str:
    """How many of each kind there are in all; nothing where there is but one."""
    if len(facts.posted.variants) < 2:
        return ""
    counts = {variant.id: 0 for variant in facts.posted.variants}
    for here in facts.variants:
        counts[here.variant_id] += here.quantity
    for elsewhere in facts.elsewhere:
        counts[elsewhere.variant_id] += elsewhere.quantity
    named = [
        t("{variant}: {quantity}", variant=variant.name, quantity=t.number(counts[variant.id]))
        for variant in facts.posted.variants
        if counts[variant.id]
    ]
    return shortened(t.listed(named), _LONGEST_LIST)
