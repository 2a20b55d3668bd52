"""ChatPermissions as a bot gives them."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.registry import only_fields
from sandbox.models.members import PERMISSIONS

_SENDING = frozenset(name for name in PERMISSIONS if name.startswith("can_send_")) - {
    "can_send_polls",
    "can_send_other_messages",
}
# Unless the permissions are independent, the wider one brings the narrower ones along.
_IMPLIED = {
    "can_send_other_messages": _SENDING,
    "can_add_web_page_previews": _SENDING,
    "can_send_polls": frozenset({"can_send_messages"}),
}
# What is left out is denied, but for these: they follow another one.
_FOLLOWS = {
    "can_react_to_messages": "can_send_messages",
    "can_edit_tag": "can_pin_messages",
    "can_manage_topics": "can_pin_messages",
}


def read_permissions(given: dict[str, Any], are_independent: bool) -> frozenset[str]:
    """Return what ChatPermissions allow; raises ApiError 400."""
    only_fields("ChatPermissions", given, frozenset(PERMISSIONS))
    for name, value in given.items():
        if not isinstance(value, bool):
            raise bad_request(f'can\'t parse chat permissions: Field "{name}" must be of type Boolean')
    allowed = {name for name, value in given.items() if value}
    if not are_independent:
        for name in sorted(allowed):
            allowed |= _IMPLIED.get(name, frozenset())
    allowed |= {name for name, other in _FOLLOWS.items() if name not in given and other in allowed}
    return frozenset(allowed)
