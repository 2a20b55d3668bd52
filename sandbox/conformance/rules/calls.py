"""Requests: lengths, counts, words to choose from, and parameters that exclude or need each other."""

import re
from collections.abc import Iterator, Sequence

from sandbox.conformance.problems import Problem, request_rule, short, under
from sandbox.conformance.rules.keyboards import pays
from sandbox.conformance.rules.payments import CURRENCY, STARS
from sandbox.conformance.rules.polls import KINDS as POLL_KINDS
from sandbox.conformance.rules.texts import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    chosen,
    entities_fit,
    in_bytes,
    within,
    within_units,
)
from sandbox.errors import ApiError
from sandbox.models.users import Json
from sandbox.parsing.html import parse_html

_MODES = ("html", "markdown", "markdownv2")
_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_EDITS = ("editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup")
_SENDS = (
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendMediaGroup",
    "sendPoll",
    "sendInvoice",
    "copyMessage",
    "copyMessages",
    "forwardMessage",
)


@request_rule("sendMessage", "editMessageText")
def text_fits(call: Json) -> Iterator[Problem]:
    """1-4096 UTF-16 units after the entities are parsed."""
    yield from _formatted(call, "text", "parse_mode", "entities", TEXT_LIMIT, least=1)


@request_rule("sendPhoto", "sendDocument", "copyMessage", "editMessageCaption")
def caption_fits(call: Json) -> Iterator[Problem]:
    """0-1024 UTF-16 units after the entities are parsed."""
    yield from _formatted(call, "caption", "parse_mode", "caption_entities", CAPTION_LIMIT)


@request_rule("sendMediaGroup")
def album_fits(call: Json) -> Iterator[Problem]:
    """2-10 items; files and music keep to themselves."""
    if not 2 <= len(call["media"]) <= 10:
        yield Problem("media", f"{len(call['media'])} items; 2 to 10 are allowed")
    kinds = {item["type"] for item in call["media"]}
    if len(kinds) > 1 and kinds & {"audio", "document"}:
        yield Problem("media", f"{' and '.join(sorted(kinds))} don't go together")
    for position, item in enumerate(call["media"]):
        fields = _formatted(item, "caption", "parse_mode", "caption_entities", CAPTION_LIMIT)
        yield from under(f"media[{position}]", fields)


@request_rule("editMessageMedia")
def replacing_caption_fits(call: Json) -> Iterator[Problem]:
    """The new file's caption is as short as any."""
    fields = _formatted(call["media"], "caption", "parse_mode", "caption_entities", CAPTION_LIMIT)
    yield from under("media", fields)


@request_rule(*_EDITS)
def edit_names_one_message(call: Json) -> Iterator[Problem]:
    """By its chat and id, or by its inline id."""
    inline, placed = "inline_message_id" in call, call.keys() & {"chat_id", "message_id"}
    if inline == bool(placed) or len(placed) == 1:
        given = ", ".join(sorted(placed | ({"inline_message_id"} & call.keys()))) or "neither"
        yield Problem("", f"chat_id and message_id, or inline_message_id, are needed, here is {given}")


@request_rule(*_SENDS, *_EDITS, "stopPoll")
def markup_suits_the_chat(call: Json) -> Iterator[Problem]:
    """Groups have no buttons for mini apps and no keys that ask for somebody's number or place."""
    chat_id, markup = call.get("chat_id"), call.get("reply_markup") or {}
    if isinstance(chat_id, str) and not chat_id.startswith("@"):
        yield Problem("chat_id", f"{short(chat_id)} is neither a number nor a @username")
    if not isinstance(chat_id, int) or chat_id > 0:
        return
    private = {
        "inline_keyboard": ("web_app",),
        "keyboard": ("web_app", "request_contact", "request_location"),
    }
    for name, only_in_private in private.items():
        for row, buttons in enumerate(markup.get(name, ())):
            for column, button in enumerate(buttons):
                for field in only_in_private:
                    if isinstance(button, dict) and button.get(field):
                        path = f"reply_markup.{name}[{row}][{column}].{field}"
                        yield Problem(path, "is for private chats only")


@request_rule(*(name for name in (*_SENDS, *_EDITS) if name not in ("sendInvoice", "editMessageReplyMarkup")))
def pay_is_for_invoices(call: Json) -> Iterator[Problem]:
    """Only an invoice takes a Pay button, when it is sent or its keyboard is changed."""
    if pays(call.get("reply_markup") or {}):
        yield Problem("reply_markup.inline_keyboard[0][0].pay", "only an invoice is paid")


@request_rule(*_SENDS)
def reply_is_to_a_message(call: Json) -> Iterator[Problem]:
    """A positive id, and a quote of at most 1,024 units."""
    reply = call.get("reply_parameters") or {}
    if int(reply.get("message_id", 1)) < 1:
        yield Problem("reply_parameters.message_id", f"{reply['message_id']} is no id of a message")
    yield from within("reply_parameters.quote", reply.get("quote", ""), CAPTION_LIMIT)


@request_rule("copyMessages", "forwardMessages")
def copied_ids_rise(call: Json) -> Iterator[Problem]:
    """1-100 ids, each higher than the one before."""
    ids = [int(message_id) for message_id in call["message_ids"]]
    yield from _count("message_ids", ids, 100)
    if ids != sorted(set(ids)):
        yield Problem("message_ids", "must rise strictly")


@request_rule("deleteMessages")
def deleted_ids_are_few(call: Json) -> Iterator[Problem]:
    """1-100 ids."""
    yield from _count("message_ids", call["message_ids"], 100)


@request_rule("answerCallbackQuery")
def toast_is_short(call: Json) -> Iterator[Problem]:
    """At most 200 characters."""
    yield from within("text", call.get("text", ""), 200)
    if call.get("cache_time", 0) < 0:
        yield Problem("cache_time", f"{call['cache_time']} s")


@request_rule("setMessageReaction")
def reaction_is_one(call: Json) -> Iterator[Problem]:
    """Bots give one reaction at most, and none that is paid."""
    given = call.get("reaction") or []
    if len(given) > 1:
        yield Problem("reaction", f"{len(given)} reactions; bots may give 1")
    for position, reaction in enumerate(given):
        if reaction["type"] == "paid":
            yield Problem(f"reaction[{position}].type", "bots give no paid reactions")


@request_rule("sendChatAction")
def action_is_one(call: Json) -> Iterator[Problem]:
    """One of the actions that Telegram shows."""
    yield from chosen("action", call["action"], _ACTIONS)


@request_rule("setMyCommands")
def commands_are_few(call: Json) -> Iterator[Problem]:
    """At most 100, each of 1-32 small letters with a description of 1-256."""
    if len(call["commands"]) > 100:
        yield Problem("commands", f"{len(call['commands'])} commands; 100 are the limit")
    for position, command in enumerate(call["commands"]):
        path = f"commands[{position}]"
        if not _COMMAND.fullmatch(command["command"]):
            yield Problem(f"{path}.command", f"{short(command['command'])} is no name of a command")
        yield from within(f"{path}.description", command["description"], 256, least=1)


@request_rule("sendPoll")
def poll_can_be_asked(call: Json) -> Iterator[Problem]:
    """A question of 1-300, 1-12 options of 1-100; a quiz has a right answer, and only a quiz."""
    yield from _formatted(call, "question", "question_parse_mode", "question_entities", 300, least=1)
    yield from _formatted(call, "explanation", "explanation_parse_mode", "explanation_entities", 200)
    yield from _formatted(call, "description", "description_parse_mode", "description_entities", 1024)
    yield from _count("options", call["options"], 12)
    for position, option in enumerate(call["options"]):
        described = {"text": option} if isinstance(option, str) else option
        fields = _formatted(described, "text", "text_parse_mode", "text_entities", 100, least=1)
        yield from under(f"options[{position}]", fields)
    kind = call.get("type", "regular")
    yield from chosen("type", kind, POLL_KINDS)
    if (kind == "quiz") != bool(call.get("correct_option_ids")):
        yield Problem("correct_option_ids", "a quiz needs this parameter, and no other poll has it")
    if "open_period" in call and "close_date" in call:
        yield Problem("close_date", "can't be used together with open_period")


@request_rule("sendInvoice", "createInvoiceLink")
def invoice_can_be_paid(call: Json) -> Iterator[Problem]:
    """Prices that sum up to something; Stars have one price and no provider."""
    yield from within("title", call["title"], 32, least=1)
    yield from within("description", call["description"], 255, least=1)
    yield from in_bytes("payload", call["payload"], 128)
    if not CURRENCY.fullmatch(call["currency"]):
        yield Problem("currency", f"{short(call['currency'])} is no currency")
    prices, token = call["prices"], call.get("provider_token", "")
    if call["currency"] == STARS:
        if len(prices) != 1:
            yield Problem("prices", f"{len(prices)} prices; a payment in Stars has exactly one")
        if token:
            yield Problem("provider_token", "must be empty for a payment in Stars")
    elif not token:
        yield Problem("provider_token", "is needed for any currency but Stars")
    if sum(int(price["amount"]) for price in prices) < 1:
        yield Problem("prices", "sum up to nothing")
    yield from _tips(call)
    if call.get("start_parameter") and not _START.fullmatch(call["start_parameter"]):
        yield Problem("start_parameter", f"{short(call['start_parameter'])} can't stand in a deep link")


@request_rule("sendInvoice")
def invoice_begins_with_pay(call: Json) -> Iterator[Problem]:
    """The first button of an invoice's own keyboard pays it."""
    markup = call.get("reply_markup") or {}
    if markup.get("inline_keyboard") and not pays(markup):
        yield Problem("reply_markup.inline_keyboard[0][0]", "the first button of an invoice must pay")


@request_rule("answerPreCheckoutQuery")
def refusal_says_why(call: Json) -> Iterator[Problem]:
    """What is refused is explained."""
    if not call["ok"] and not call.get("error_message"):
        yield Problem("error_message", "is needed where ok is False")


@request_rule("answerShippingQuery")
def shipping_is_offered_or_refused(call: Json) -> Iterator[Problem]:
    """Either options, or the reason why there are none."""
    needed = "shipping_options" if call["ok"] else "error_message"
    if not call.get(needed):
        yield Problem(needed, f"is needed where ok is {call['ok']}")


@request_rule("createChatInviteLink", "editChatInviteLink")
def link_can_be_made(call: Json) -> Iterator[Problem]:
    """A name of at most 32, and a limit of 1-99999 only where nobody has to ask."""
    yield from within("name", call.get("name", ""), 32)
    limit = call.get("member_limit") or 0
    if not 0 <= limit <= 99_999:
        yield Problem("member_limit", f"{limit} is not between 1 and 99999")
    if limit and call.get("creates_join_request"):
        yield Problem("member_limit", "can't be used together with creates_join_request")


@request_rule("createForumTopic", "editForumTopic", "editGeneralForumTopic")
def topic_can_be_named(call: Json) -> Iterator[Problem]:
    """A name of at most 128."""
    yield from within("name", call.get("name", ""), 128)


@request_rule("answerInlineQuery")
def results_can_be_told_apart(call: Json) -> Iterator[Problem]:
    """At most 50, each with an id of 1-64 bytes of its own."""
    results = call["results"]
    if len(results) > 50:
        yield Problem("results", f"{len(results)} results; 50 are the limit")
    for position, result in enumerate(results):
        yield from in_bytes(f"results[{position}].id", result["id"], 64)
        content = result.get("input_message_content", {})
        if "message_text" in content:
            fields = _formatted(content, "message_text", "parse_mode", "entities", TEXT_LIMIT, least=1)
            yield from under(f"results[{position}].input_message_content", fields)
    if len({result["id"] for result in results}) != len(results):
        yield Problem("results", "two results have one id")
    yield from in_bytes("next_offset", call.get("next_offset", ""), 64, least=0)
    start = (call.get("button") or {}).get("start_parameter")
    if start is not None and not _START.fullmatch(start):
        yield Problem("button.start_parameter", f"{short(start)} can't stand in a deep link")


@request_rule("setWebhook")
def webhook_can_be_called(call: Json) -> Iterator[Problem]:
    """A secret of 1-256 plain characters, 1-100 connections."""
    if call.get("secret_token") and not _SECRET.fullmatch(call["secret_token"]):
        yield Problem("secret_token", "holds characters that a header can't")
    if not 1 <= call.get("max_connections", 40) <= 100:
        yield Problem("max_connections", f"{call['max_connections']}; 1 to 100 are allowed")


@request_rule("getUpdates")
def poll_is_moderate(call: Json) -> Iterator[Problem]:
    """1-100 updates within 50 seconds."""
    if not 1 <= call.get("limit", 100) <= 100:
        yield Problem("limit", f"{call['limit']}; 1 to 100 are allowed")
    if not 0 <= call.get("timeout", 0) <= 50:
        yield Problem("timeout", f"{call['timeout']} s; 0 to 50 are allowed")


def _formatted(
    call: Json, field: str, mode_field: str, entities_field: str, limit: int, *, least: int = 0
) -> Iterator[Problem]:
    """Find a text that is too long once it is parsed, or that can't be parsed."""
    text, mode = call.get(field), call.get(mode_field)
    if text is None:
        return
    if mode and mode.lower() != "none":
        yield from chosen(mode_field, mode.lower(), _MODES)
        if mode.lower() != "html":
            # Markdown only ever gets shorter; the message made of it is checked as well.
            return
        try:
            text, _ = parse_html(text)
        except ApiError as error:
            yield Problem(field, error.description)
            return
    elif call.get(entities_field):
        yield from entities_fit(entities_field, call[entities_field], text)
    fits = within_units if limit in (TEXT_LIMIT, CAPTION_LIMIT) else within
    yield from fits(field, text.strip(), limit, least=least)


def _tips(call: Json) -> Iterator[Problem]:
    tips = [int(tip) for tip in call.get("suggested_tip_amounts") or []]
    if len(tips) > 4 or tips != sorted(set(tips)) or any(tip < 1 for tip in tips):
        yield Problem("suggested_tip_amounts", "at most 4 positive amounts must rise strictly")
    if tips and tips[-1] > call.get("max_tip_amount", 0):
        yield Problem("suggested_tip_amounts", "is more than max_tip_amount")


def _count(field: str, items: Sequence[object], most: int) -> Iterator[Problem]:
    if not 1 <= len(items) <= most:
        yield Problem(field, f"{len(items)}; 1 to {most} are allowed")
