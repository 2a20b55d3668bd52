"""What groups owe one another for what one sells and the other supplies."""

from bot.callbacks.buttons import Button


class PartnersButton(Button, kind="zg"):
    """All that a group supplies and sells for others, and a page of it; pages count from 0."""

    group_id: int
    page: int


class SalesButton(Button, kind="zk"):
    """What other groups have sold of what this pick supplies, and a page of them."""

    pick_id: int
    page: int


class SalesSheetButton(Button, kind="zx"):
    """The same as a file."""

    pick_id: int


class CarrierButton(Button, kind="zc"):
    """What one group has sold, by its own pick, as its supplier sees it."""

    pick_id: int


class OwedButton(Button, kind="zv"):
    """What my group owes its supplier for this pick."""

    pick_id: int


class ReceivedButton(Button, kind="zr"):
    """All that was due for a carried pick has come: so much, in minor units; 0 asks how much."""

    pick_id: int
    amount: int


class ReceivedUndoButton(Button, kind="zu"):
    """That this payment came was a mistake."""

    payment_id: int
