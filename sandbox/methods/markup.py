"""Buttons under a message and keyboards under the input field, checked as Telegram checks them."""

from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.methods.button_links import check_link, check_secure_link
from sandbox.methods.fields import optional_string
from sandbox.methods.registry import only_fields
from sandbox.models.chats import Chat
from sandbox.models.users import Json

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
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
_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
_STYLES = ("primary", "success", "danger")
_CHOSEN_CHAT_FIELDS = frozenset(
    {"query", "allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats"}
)
_NOT_SIMULATED = ("login_url", "callback_game")
_LONGEST_PLACEHOLDER = 64
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
# What a button of a reply keyboard may ask for, in private chats only, in the words of the refusal.
_REQUESTS = {
    "request_contact": "phone number can be requested",
    "request_location": "location can be requested",
    "request_poll": "poll can be requested",
    "request_users": "users can be requested",
    "request_chat": "chats can be requested",
    "request_managed_bot": "managed bots can be requested",
    "web_app": "web App buttons can be used",
}


def read_markup(chat: Chat, markup: Json | None, *, for_invoice: bool = False) -> dict[str, Any]:
    """Return the fields `markup` or `keyboard` of a new message; raises ApiError 400."""
    if not markup:
        return {}
    if "inline_keyboard" in markup:
        return {"markup": read_inline(chat, markup, for_invoice=for_invoice)}
    for kind, fields in _KEYBOARD_FIELDS.items():
        if kind in markup:
            only_fields("reply_markup", markup, fields)
            if chat.kind == "channel":
                raise bad_request("inline keyboard expected")
            _check_keyboard(chat, markup)
            return {"keyboard": markup} if markup[kind] else {}
    raise bad_request("can't parse reply keyboard markup JSON object")


def read_inline(chat: Chat | None, markup: Json | None, *, for_invoice: bool = False) -> Json | None:
    """Return an inline keyboard without empty rows, None for none; raises ApiError 400.

    The chat is None for a message that a person will send through inline mode.
    """
    if not markup:
        return None
    if "inline_keyboard" not in markup and markup.keys() & _KEYBOARD_FIELDS.keys():
        raise bad_request("inline keyboard expected")
    only_fields("reply_markup", markup, frozenset({"inline_keyboard"}))
    rows = _rows(markup, "inline_keyboard", "InlineKeyboardMarkup")
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(chat, button)
    rows = [row for row in rows if row]
    _check_pay(rows, for_invoice=for_invoice)
    return {"inline_keyboard": rows} if rows else None


def _rows(markup: Json, name: str, kind: str) -> list[list[Any]]:
    rows = markup.get(name)
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" of the {kind} must be an Array of Arrays')
    return rows


def _check_button(chat: Chat | None, button: Any) -> None:
    _check_looks(button, "inline keyboard button", "InlineKeyboardButton", frozenset(_ACTIONS))
    actions = [action for action in _ACTIONS if action in button]
    if not actions or button.get("callback_data") == "":
        raise _bad_button("inline keyboard button", "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _bad_button(
            "inline keyboard button", f"exactly one action is needed, not {' and '.join(actions)}"
        )
    action = actions[0]
    if action in _NOT_SIMULATED:
        raise bad_request(f"the sandbox does not simulate the button field {action}")
    if action == "web_app" and (chat is None or not chat.is_private):
        raise bad_request("BUTTON_TYPE_INVALID")
    if action == "switch_inline_query_current_chat" and chat is not None and chat.kind == "channel":
        raise bad_request(
            f"can't use {action} button in a channel chat, because users will not be able to use the button"
            " without knowing bot's username"
        )
    _check_action(action, button[action])


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        check_link("inline keyboard button", value)
    elif action == "web_app":
        _check_web_app("inline keyboard button", value)
    elif action == "copy_text":
        _check_copy(value)
    elif action == "switch_inline_query_chosen_chat":
        if not isinstance(value, dict):
            raise _bad_button("inline keyboard button", f'Field "{action}" must be of type Object')
        only_fields("SwitchInlineQueryChosenChat", value, _CHOSEN_CHAT_FIELDS)
        optional_string(value, "query")
    elif action == "pay":
        if value is not True:
            raise _bad_button("inline keyboard button", 'Field "pay" must be of type Boolean')
    elif not isinstance(value, str):
        raise _bad_button("inline keyboard button", f'Field "{action}" must be of type String')


def _check_pay(rows: list[list[Json]], *, for_invoice: bool) -> None:
    """Pay buttons stand first, in invoices only; an invoice's own buttons begin with one."""
    paying = [button for row in rows for button in row if "pay" in button]
    if paying and not for_invoice:
        raise bad_request("BUTTON_TYPE_INVALID")
    if paying and paying != [rows[0][0]]:
        raise bad_request("BUTTON_POS_INVALID")
    if for_invoice and rows and not paying:
        raise bad_request("REPLY_MARKUP_BUY_EMPTY")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    only_fields("CopyTextButton", copy, frozenset({"text"}))


def _check_web_app(what: str, app: Any) -> None:
    if not isinstance(app, dict) or not isinstance(app.get("url"), str):
        raise _bad_button(what, 'Can\'t find field "url"')
    only_fields("WebAppInfo", app, frozenset({"url"}))
    check_secure_link(f"{what} Web App", app["url"])


def _check_keyboard(chat: Chat, markup: Json) -> None:
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(str(placeholder)) <= _LONGEST_PLACEHOLDER:
        raise bad_request(f"input field placeholder must have 1-{_LONGEST_PLACEHOLDER} characters")
    if "keyboard" not in markup:
        return
    for row in _rows(markup, "keyboard", "ReplyKeyboardMarkup"):
        for button in row:
            if not isinstance(button, str):
                _check_reply_button(chat, button)


def _check_reply_button(chat: Chat, button: Any) -> None:
    _check_looks(button, "keyboard button", "KeyboardButton", frozenset(_REQUESTS))
    asks = [name for name in _REQUESTS if button.get(name)]
    if len(asks) > 1:
        raise _bad_button("keyboard button", f"one action is allowed, not {' and '.join(asks)}")
    if asks and not chat.is_private:
        raise bad_request(f"{_REQUESTS[asks[0]]} in private chats only")
    if asks == ["web_app"]:
        _check_web_app("keyboard button", button["web_app"])


def _check_looks(button: Any, what: str, kind: str, actions: frozenset[str]) -> None:
    """Check that a button is one, and has words, a known style and perhaps an icon."""
    if not isinstance(button, dict):
        raise _bad_button(what, f"{kind} must be an Object")
    only_fields(kind, button, _LOOKS | actions)
    text, icon = button.get("text"), button.get("icon_custom_emoji_id")
    if "text" not in button:
        raise _bad_button(what, 'Can\'t find field "text"')
    if not isinstance(text, str) or not text.strip():
        raise _bad_button(what, 'Field "text" must be a non-empty String')
    if button.get("style") not in (None, *_STYLES):
        raise _bad_button(what, f'unknown style "{button["style"]}"')
    if icon is not None and not str(icon).isdigit():
        raise _bad_button(what, 'Field "icon_custom_emoji_id" must be a valid Number')


def _bad_button(what: str, why: str) -> ApiError:
    return bad_request(f"can't parse {what}: {why}")
