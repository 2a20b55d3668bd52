"""Buttons: just one action each, data of 1-64 bytes, and a Pay button only where it belongs."""

from collections.abc import Iterator, Sequence

from sandbox.conformance.problems import Problem, rule, short, under
from sandbox.conformance.rules.texts import in_bytes, within
from sandbox.models.users import Json

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_REQUESTS = (
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
_SCHEMES = ("http://", "https://", "tg:", "tel:", "mailto:")


@rule("InlineKeyboardButton")
def button_does_one_thing(button: Json) -> Iterator[Problem]:
    """A button has a text and exactly one action."""
    yield from _label(button)
    actions = [action for action in ACTIONS if action in button]
    if len(actions) != 1:
        yield Problem("", f"a button needs exactly one action, this has {', '.join(actions) or 'none'}")
    if "callback_data" in button:
        yield from in_bytes("callback_data", button["callback_data"], 64)
    if "url" in button and ("." not in button["url"] and not button["url"].startswith(_SCHEMES)):
        yield Problem("url", f"{short(button['url'])} is no address")
    if button.get("pay") is False:
        yield Problem("pay", "is True or left out")


@rule("CopyTextButton")
def copied_text_is_short(button: Json) -> Iterator[Problem]:
    """1-256 characters go to the clipboard."""
    yield from within("text", button["text"], 256, least=1)


@rule("InlineKeyboardMarkup")
def inline_keyboard_fits(markup: Json) -> Iterator[Problem]:
    """At most 8 buttons a row and 100 in all; Pay stands first."""
    rows = markup["inline_keyboard"]
    yield from _sizes("inline_keyboard", rows, widest=8, most=100)
    for row, buttons in enumerate(rows):
        for column, button in enumerate(buttons):
            if "pay" in button and (row, column) != (0, 0):
                yield Problem(f"inline_keyboard[{row}][{column}].pay", "the Pay button must be the first")


@rule("KeyboardButton")
def key_asks_one_thing(button: Json) -> Iterator[Problem]:
    """A key of the reply keyboard sends its text or asks for one thing."""
    yield from _label(button)
    asked = [name for name in _REQUESTS if button.get(name)]
    if len(asked) > 1:
        yield Problem("", f"a key asks for at most one thing, this for {', '.join(asked)}")


@rule("ReplyKeyboardMarkup")
def reply_keyboard_fits(markup: Json) -> Iterator[Problem]:
    """At most 12 keys a row and 300 in all."""
    yield from _sizes("keyboard", markup["keyboard"], widest=12, most=300)
    yield from _placeholder(markup)


@rule("ForceReply")
def placeholder_is_short(markup: Json) -> Iterator[Problem]:
    """A hint of 1-64 characters."""
    yield from _placeholder(markup)


def pays(markup: Json) -> bool:
    """Return whether an inline keyboard begins with a Pay button."""
    rows = markup.get("inline_keyboard") or [[]]
    return bool(rows[0]) and "pay" in rows[0][0]


def as_sent(markup: Json) -> Iterator[Problem]:
    """Find what Telegram never sends in a message's keyboard: empty rows, and login buttons."""
    if not markup["inline_keyboard"]:
        yield Problem("inline_keyboard", "is empty; a message without buttons has no reply_markup")
    for row, buttons in enumerate(markup["inline_keyboard"]):
        if not buttons:
            yield Problem(f"inline_keyboard[{row}]", "is an empty row")
        for column, button in enumerate(buttons):
            if "login_url" in button:
                yield from under(
                    f"inline_keyboard[{row}][{column}]",
                    [Problem("login_url", "is shown to bots as an ordinary url button")],
                )


def _label(button: Json) -> Iterator[Problem]:
    if not button["text"]:
        yield Problem("text", "a button needs a text")


def _placeholder(markup: Json) -> Iterator[Problem]:
    if "input_field_placeholder" in markup:
        yield from within("input_field_placeholder", markup["input_field_placeholder"], 64, least=1)


def _sizes(field: str, rows: Sequence[Sequence[Json]], *, widest: int, most: int) -> Iterator[Problem]:
    for row, buttons in enumerate(rows):
        if len(buttons) > widest:
            yield Problem(f"{field}[{row}]", f"{len(buttons)} buttons; {widest} are the limit of a row")
    if (count := sum(map(len, rows))) > most:
        yield Problem(field, f"{count} buttons; {most} are the limit")
