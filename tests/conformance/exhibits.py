"""Good updates of each kind, to be spoiled."""

from typing import Any

from tests.conformance.conftest import BOT, GROUP, ORDER, PERSON, Desk, Json

MEMBER: Json = {"status": "member", "user": PERSON}
LEFT: Json = {"status": "left", "user": PERSON}
ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
LINK: Json = {
    "invite_link": "https://t.me/+0123456789...",
    "creator": PERSON,
    "creates_join_request": False,
    "is_primary": False,
    "is_revoked": False,
}
POLL: Json = {
    "id": "1",
    "question": "Which honey?",
    "options": [
        {"persistent_id": "a", "text": "Acacia", "voter_count": 2},
        {"persistent_id": "b", "text": "Linden", "voter_count": 1},
    ],
    "total_voter_count": 3,
    "is_closed": False,
    "is_anonymous": False,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
PAYMENT: Json = {
    "currency": "XTR",
    "total_amount": 129,
    "invoice_payload": "order:1",
    "telegram_payment_charge_id": "c1",
    "provider_payment_charge_id": "",
}


def press(desk: Desk, **fields: Any) -> Json:
    """A press of the bot's button."""
    card = desk.message(**{"from": BOT}, reply_markup=ORDER, text="Honey")
    query: Json = {"id": "1", "from": PERSON, "chat_instance": "7", "data": "order:1", "message": card}
    query |= fields
    return desk.update(callback_query={name: value for name, value in query.items() if value is not None})


def change(desk: Desk, **fields: Any) -> Json:
    """Ann came in."""
    payload: Json = {"chat": GROUP, "from": PERSON, "date": desk.now}
    payload |= {"old_chat_member": LEFT, "new_chat_member": MEMBER} | fields
    return desk.update(chat_member=payload)


def reaction(desk: Desk, **fields: Any) -> Json:
    """Ann gave a thumb."""
    thumb = [{"type": "emoji", "emoji": "👍"}]
    payload: Json = {"chat": GROUP, "message_id": 3, "user": PERSON, "date": desk.now}
    payload |= {"old_reaction": [], "new_reaction": thumb} | fields
    return desk.update(message_reaction=payload)


def entity(kind: str, offset: int, length: int, **fields: Any) -> Json:
    return {"type": kind, "offset": offset, "length": length} | fields


def photo(**fields: Any) -> list[Json]:
    size: Json = {"file_id": "A", "file_unique_id": "B", "width": 90, "height": 90}
    return [size | fields]
