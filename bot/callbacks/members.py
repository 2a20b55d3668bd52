"""A member's own language, and what is kept of her."""

from bot.callbacks.buttons import Button


class LanguageButton(Button, kind="l"):
    """Speak this language with me."""

    language: str


class PrivacyButton(Button, kind="vy"):
    """About what is kept of me: `home`, `data`, `forget`, `sure` or `forgotten`."""

    page: str
