"""Handing over at a pick-up point."""

from bot.callbacks.buttons import Button


class ArrivedButton(Button, kind="ar"):
    """A pick is at a point: ask whether to tell its buyers (0), or tell them (1)."""

    pick_id: int
    point_id: int
    sure: int


class HandoverButton(Button, kind="ho"):
    """Show a page of who is still to come to a point."""

    pick_id: int
    point_id: int
    page: int


class HandedButton(Button, kind="hd"):
    """Show a page of who has come to a point, the last one first."""

    pick_id: int
    point_id: int
    page: int


class OrderToHandButton(Button, kind="hs"):
    """Show one order that may be handed over."""

    order_id: int


class HandOverButton(Button, kind="hh"):
    """Hand an order over; back to this page of the list of its point, or to the order itself (-1)."""

    order_id: int
    page: int


class TakeBackButton(Button, kind="hu"):
    """Undo a hand-over."""

    order_id: int


class ReturnedButton(Button, kind="hb"):
    """The goods of an order came back: ask whether that is so (0), or note it (1)."""

    order_id: int
    sure: int


class RemindButton(Button, kind="hr"):
    """Remind those who are still to come to a point."""

    pick_id: int
    point_id: int
