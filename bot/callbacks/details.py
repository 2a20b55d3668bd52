"""All about a pick in private."""

from bot.callbacks.buttons import Button


class DetailsButton(Button, kind="i"):
    """Show all about a pick in private, with a page of its kinds; pages count from 0."""

    pick_id: int
    page: int


class DetailsOrderButton(Button, kind="io"):
    """One more, or one fewer, of a variant, on a page of a pick's details."""

    pick_id: int
    variant_id: int
    change: int
    page: int


class DetailsCancelButton(Button, kind="ix"):
    """Cancel my order in a pick's details."""

    pick_id: int
