"""Things to try, which a scene offers to whoever opens the page."""

from dataclasses import asdict, dataclass

from sandbox.models.users import Json
from sandbox.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """A button that puts `text` into somebody's composer; `reply_to` is a message id, or "card".

    "card" stands for the newest message with buttons in the chat. An empty `text` just brings her there.
    """

    label: str
    person: int
    chat: str
    text: str = ""
    reply_to: int | str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """One thing to try, in a sentence, with the buttons that help."""

    words: str
    fills: tuple[Fill, ...] = ()

    def to_json(self) -> Json:
        """Return the hint as the page reads it."""
        return {"words": self.words, "fills": [asdict(fill) for fill in self.fills]}


def offer_hints(world: World, title: str, hints: list[Hint]) -> None:
    """Show hints on the page of this world; without a page nobody sees them."""
    # The change feed is the only way to the page that a world without one needs nothing for.
    world.changes.notify("hints", (title, hints))
