"""What a group sells for another, for those who lead it."""

from bot.callbacks.buttons import Button


class CarryButton(Button, kind="mn"):
    """Sell in this group what another supplies."""

    listing_id: int
    group_id: int


class CarryingButton(Button, kind="me"):
    """Shall a group stop selling a pick for another (`end`), yes, it shall (`ended`), where is it fetched
    (`points`)?
    """

    pick_id: int
    act: str


class CarriedPointButton(Button, kind="mu"):
    """What a group sells for another can be fetched at this point, or no longer."""

    pick_id: int
    point_id: int
