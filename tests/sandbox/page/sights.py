"""What is looked for on the page."""

from playwright.async_api import Locator


def message(window: Locator, words: str) -> Locator:
    """Messages with these words."""
    return window.get_by_test_id("message").filter(has_text=words)


def private_chat(window: Locator) -> Locator:
    """The line of the chat with the bot."""
    return window.locator("[data-testid=chat-item][data-chat*=':']")


def group_chat(window: Locator, title: str) -> Locator:
    """The line of a group in the list."""
    return window.locator("[data-testid=chat-item][data-chat^='-']").filter(has_text=title)
