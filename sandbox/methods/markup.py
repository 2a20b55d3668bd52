"""Buttons under a message and keyboards under the input field, checked as Telegram checks them."""

from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import only_fields
from sandbox.models.chats import Chat
from sandbox.models.users import Json

MOST_BUTTONS = 100
_ACTIONS = (
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
_BUTTON_FIELDS = frozenset({"text", "icon_custom_emoji_id", "style", *_ACTIONS})
_STYLES = ("primary", "success", "danger")
_KEYBOARD_FIELDS = {
    "keyboard": frozenset(
        {
            "keyboard",
            "is_persistent",
            "resize_keyboard",
            "one_time_keyboard",
            "input_field_placeholder",
            "selective",
        }
    ),
    "remove_keyboard": frozenset({"remove_keyboard", "selective"}),
    "force_reply": frozenset({"force_reply", "input_field_placeholder", "selective"}),
}
_PRIVATE_ONLY = ("request_contact", "request_location", "request_users", "request_chat", "web_app")


def read_markup(chat: Chat, markup: Json | None) -> dict[str, Any]:
    """Return the fields `markup` or `keyboard` of a new message; raises ApiError 400."""
    if not markup:
        return {}
    if "inline_keyboard" in markup:
        return {"markup": read_inline(chat, markup)}
    for kind, fields in _KEYBOARD_FIELDS.items():
        if kind in markup:
            only_fields("reply_markup", markup, fields)
            _check_keyboard(chat, markup)
            return {"keyboard": markup}
    raise bad_request("can't parse reply keyboard markup JSON object")


def read_inline(chat: Chat, markup: Json | None, *, pays: bool = False) -> Json | None:
    """Return an inline keyboard without empty rows, None for none; raises ApiError 400.

    `pays` is True for an invoice: the first button, and no other, must be a Pay button.
    """
    if not markup:
        return None
    only_fields("reply_markup", markup, frozenset({"inline_keyboard"}))
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(chat, button)
    rows = [row for row in rows if row]
    _check_pay_buttons([button for row in rows for button in row], pays=pays)
    return {"inline_keyboard": rows} if rows else None


def _check_button(chat: Chat, button: Any) -> None:
    if not isinstance(button, dict):
        raise _bad_button("expected an object")
    only_fields("InlineKeyboardButton", button, _BUTTON_FIELDS)
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _bad_button('field "text" must be a non-empty string')
    actions = [action for action in _ACTIONS if action in button]
    if not actions:
        raise _bad_button("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _bad_button(f"exactly one action is needed, not {' and '.join(actions)}")
    if button.get("style") not in (None, *_STYLES):
        raise _bad_button(f'unknown style "{button["style"]}"')
    if actions[0] == "callback_data":
        _check_data(button["callback_data"])
    elif actions[0] == "url":
        _check_url(button["url"])
    elif actions[0] == "web_app" and not chat.is_private:
        raise bad_request("BUTTON_TYPE_INVALID")
    elif actions[0] == "copy_text":
        _check_copy(button["copy_text"])


def _check_pay_buttons(buttons: list[Json], *, pays: bool) -> None:
    places = [place for place, button in enumerate(buttons) if "pay" in button]
    if places and not pays:
        raise bad_request("BUTTON_TYPE_INVALID")
    if pays and buttons and not places:
        raise bad_request("REPLY_MARKUP_BUY_EMPTY")
    if places not in ([], [0]):
        raise bad_request("BUTTON_POS_INVALID")


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any) -> None:
    if not isinstance(url, str) or not url.startswith(("https://", "http://", "tg://", "t.me/")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: unsupported URL protocol")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_keyboard(chat: Chat, markup: Json) -> None:
    rows = markup.get("keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    for button in (button for row in rows for button in row):
        asks = isinstance(button, dict) and any(name in button for name in _PRIVATE_ONLY)
        if asks and not chat.is_private:
            raise bad_request("phone number, location and web app can be requested in private chats only")


def _bad_button(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")
