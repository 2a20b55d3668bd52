"""People and bots as Telegram shows them."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(eq=False, kw_only=True, slots=True)
class User:
    """A person's or a bot's account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    # A privacy setting of hers: forwards of what she writes carry her name alone.
    hides_in_forwards: bool = False

    @property
    def full_name(self) -> str:
        """First and last name as a client shows them."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def to_json(self) -> Json:
        """Return the Bot API's User."""
        json: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            json["last_name"] = self.last_name
        if self.username:
            json["username"] = self.username
        if self.language_code:
            json["language_code"] = self.language_code
        return json


# Telegram shows this account as the author when an administrator writes as the group.
ANONYMOUS_ADMIN = User(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
# Likewise, when somebody writes in a group as a channel of hers …
CHANNEL_BOT = User(id=136817688, first_name="Channel", username="Channel_Bot", is_bot=True)
# … and when Telegram itself forwards a channel's post to its discussion group.
TELEGRAM = User(id=777000, first_name="Telegram")
