"""What is sent for an inline result: an InputMessageContent, as fields of a message."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import extras
from sandbox.methods.fields import optional_array, optional_object, optional_string, string
from sandbox.methods.invoices import read_invoice
from sandbox.methods.registry import Call, find_method, only_fields
from sandbox.methods.texts import formatted_text
from sandbox.models.users import Json

_TEXT_FIELDS = frozenset({"message_text", "parse_mode", "entities", "link_preview_options"})
_PHOTO_FIELDS = ("photo_url", "photo_size", "photo_width", "photo_height")
_NEEDS = ("need_name", "need_phone_number", "need_email", "need_shipping_address", "is_flexible")
_TOLD_PROVIDER = ("send_phone_number_to_provider", "send_email_to_provider")
_SUM_FIELDS = ("title", "description", "payload", "currency", "prices")
_MONEY_FIELDS = ("provider_token", "provider_data", "max_tip_amount", "suggested_tip_amounts")
_INVOICE_FIELDS = frozenset({*_SUM_FIELDS, *_MONEY_FIELDS, *_PHOTO_FIELDS, *_NEEDS, *_TOLD_PROVIDER})
# By the field that gives them away.
_NOT_SIMULATED = {"address": "venues", "latitude": "locations", "phone_number": "contacts"}


def read_content(call: Call, content: Any) -> dict[str, Any]:
    """Return the fields of the message that will be sent; raises ApiError 400."""
    if not isinstance(content, dict):
        raise bad_request('field "input_message_content" must be of type Object')
    if content.get("message_text"):
        return _text(call, content)
    for sign, kind in _NOT_SIMULATED.items():
        if sign in content:
            raise bad_request(f"the sandbox does not simulate {kind} in inline results")
    if "payload" in content:
        return _invoice(call, content)
    raise bad_request("input message content is not specified")


def _text(call: Call, content: Json) -> dict[str, Any]:
    only_fields("InputTextMessageContent", content, _TEXT_FIELDS)
    text, mode = string(content, "message_text"), optional_string(content, "parse_mode")
    words = formatted_text(call, text, mode, optional_array(content, "entities"))
    shown = extras(optional_object(content, "link_preview_options"))
    return {"text": words.text, "entities": words.entities, **shown}


def _invoice(call: Call, content: Json) -> dict[str, Any]:
    only_fields("InputInvoiceMessageContent", content, _INVOICE_FIELDS)
    for name in _SUM_FIELDS:
        if content.get(name) is None:
            raise bad_request(f'can\'t find field "{name}"')
    readers = find_method("sendInvoice").readers
    given = {name: readers[name](name, value) for name, value in content.items() if value is not None}
    wanted: Json = {name: given[name] for name in (*_SUM_FIELDS, *_MONEY_FIELDS, *_NEEDS) if name in given}
    for told, needed in zip(_TOLD_PROVIDER, ("need_phone_number", "need_email"), strict=True):
        wanted[needed] = bool(given.get(needed) or given.get(told))
    photo = {name: given[name] for name in _PHOTO_FIELDS if given.get(name)}
    return {"invoice": read_invoice(call, photo=photo, **wanted)}
