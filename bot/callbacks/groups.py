"""A group's settings."""

from bot.callbacks.buttons import Button


class SettingsButton(Button, kind="s"):
    """Open a page of a group's settings: `home`, `language`, `currency`, `zone`, `plain`."""

    group_id: int
    page: str


class SettingButton(Button, kind="v"):
    """Set one setting of a group."""

    group_id: int
    name: str
    value: str


class PlanButton(Button, kind="ep"):
    """What a group pays for recommendations: `page`, `ask` for a value, or switch one thing; and which."""

    group_id: int
    name: str
    value: str
