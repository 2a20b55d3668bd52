"""What one group has sold for another and what is due for it, in the words of either side."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.views.screens import lines
from storage.repositories.carried_orders import CarrierSales, VariantSales


def sold(t: Translator, one: CarrierSales, pieces: Sequence[VariantSales]) -> Markup:
    """How many orders and pieces, and how far they are."""
    orders = t.html_plural(
        "{n} order, {completed} handed over",
        "{n} orders, {completed} handed over",
        one.orders,
        completed=t.number(one.completed),
    )
    counted = Markup(", ").join(
        t.html("{variant}: {quantity}", variant=piece.name, quantity=t.number(piece.quantity))
        if piece.name
        else t.html_plural("{n} piece", "{n} pieces", piece.quantity)
        for piece in pieces_of(pieces, one.pick_id)
    )
    return lines(orders, counted or None)


def pieces_of(pieces: Sequence[VariantSales], pick_id: int) -> list[VariantSales]:
    """Those pieces that one of the groups has sold."""
    return [piece for piece in pieces if piece.pick_id == pick_id]


def supplier_sums(t: Translator, one: CarrierSales) -> Markup:
    """For the supplier: what is its own of the goods, and what of that is still to come."""
    sums = t.html("Goods for {goods}: it keeps {share}, {owed} is yours", **_sums(t, one))
    return lines(sums if one.goods_amount else None, _supplier_due(t, one))


def _supplier_due(t: Translator, one: CarrierSales) -> Markup:
    fields = {"paid": money_of(t, one, one.paid_amount), "due": money_of(t, one, abs(one.due_amount))}
    if one.due_amount < 0:
        return t.html("Received: {paid}, which is <b>{due} too much</b>.", **fields)
    if one.due_amount == 0:
        return t.html("Received: {paid}. Nothing is due.", **fields)
    return t.html("Received: {paid}. <b>{due} is due.</b>", **fields)


def carrier_sums(t: Translator, one: CarrierSales) -> Markup:
    """For the group that sells: the same."""
    sums = t.html("Goods for {goods}: your group keeps {share}, {owed} is the supplier's", **_sums(t, one))
    paid = t.html("The supplier has received {paid}.", paid=money_of(t, one, one.paid_amount))
    return lines(sums if one.goods_amount else None, paid, carrier_due(t, one))


def carrier_due(t: Translator, one: CarrierSales) -> Markup:
    """For the group that sells: what it owes."""
    due = money_of(t, one, abs(one.due_amount))
    if one.due_amount < 0:
        return t.html("The supplier has <b>{due} too much</b>.", due=due)
    if one.due_amount == 0:
        return t.html("You owe nothing.")
    return t.html("You owe <b>{due}</b>.", due=due)


def _sums(t: Translator, one: CarrierSales) -> dict[str, str]:
    return {
        "goods": money_of(t, one, one.goods_amount),
        "share": money_of(t, one, one.share_amount),
        "owed": money_of(t, one, one.owed_amount),
    }


def money_of(t: Translator, of: CarrierSales, amount: int) -> str:
    """An amount in the currency of what was sold."""
    return t.money(Money(amount=amount, currency=of.currency))
