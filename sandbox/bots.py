"""A bot: its account, its queue of updates, its webhook and its commands."""

from dataclasses import dataclass, field

from sandbox.models.inline import InlineMode
from sandbox.models.users import Json, User
from sandbox.updates import UpdateQueue
from sandbox.webhooks import WebhookDelivery


@dataclass(eq=False, kw_only=True, slots=True)
class Bot:
    """One bot that may call the API with its token."""

    user: User
    token: str
    updates: UpdateQueue
    # Privacy mode: in groups the bot is shown only what is meant for it.
    has_privacy: bool = True
    # None: inline mode is off, as it is until it is switched on at BotFather.
    inline: InlineMode | None = None
    webhook: WebhookDelivery | None = None
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The bot's user id."""
        return self.user.id

    def set_inline(self, *, placeholder: str = "", feedback_percent: int = 0) -> None:
        """Switch inline mode on as at BotFather; raises ValueError for a percentage that is none."""
        if not 0 <= feedback_percent <= 100:
            raise ValueError(f"inline feedback is 0-100 %, not {feedback_percent}")
        self.inline = InlineMode(placeholder=placeholder, feedback_percent=feedback_percent)

    @property
    def username(self) -> str:
        """The bot's name without the @."""
        return self.user.username or ""
