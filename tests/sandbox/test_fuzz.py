"""Any method with any JSON: always a well-formed answer, never a fault of the sandbox's own."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sandbox.dispatch import method_names
from sandbox.methods.registry import METHODS
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button

_WORDS = st.sampled_from(
    (
        *(
            "",
            "x",
            "👍",
            "<b>",
            "*x*",
            "HTML",
            "MarkdownV2",
            "XTR",
            "EUR",
            "emoji",
            "default",
            "quiz",
            "0",
            "-1",
        ),
        *("0", "-1", "@nobody", "https://t.me/+0", "attach://x", "\x00", "\u202e", "é" * 5_000),
    )
)
_NUMBERS = st.one_of(st.integers(-3, 12), st.sampled_from([2**31, 2**63 - 1, -(2**63), 10**30, 1.5, -0.0]))
_FIELD_NAMES = st.sampled_from(
    (
        *("type", "text", "message_id", "chat_id", "offset", "length", "url", "callback_data", "keyboard"),
        *("inline_keyboard", "emoji", "label", "amount", "id", "title", "media", "user_id", "quote", "poll"),
        *("can_send_messages", "input_message_content", "message_text", "command", "description", "language"),
    )
)
_PLAIN = st.one_of(st.none(), st.booleans(), _NUMBERS, _WORDS, st.text(max_size=20))
_VALUES: SearchStrategy[Any] = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_FIELD_NAMES | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
# Waiting is what getUpdates is for; how it ends is tested elsewhere.
_LEFT_OUT = {"getUpdates": {"timeout"}, "setWebhook": {"url"}}


def parameters_of(method: str, plausible: Json) -> SearchStrategy[Json]:
    """Return parameters that the method knows, often plausible ones, sometimes with a stranger among them."""
    found = METHODS[method.lower()]
    names = sorted(found.parameters - _LEFT_OUT.get(method, set()))
    known = {
        name: st.one_of(st.just(plausible[name]), st.just(plausible[name]), _VALUES)
        if name in plausible
        else _VALUES
        for name in names
    }
    needed = {name: known[name] for name in found.required if name in known}
    return st.fixed_dictionaries(needed, optional={name: known[name] for name in names if name not in needed})


@pytest.mark.parametrize("method", method_names())
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_whatever_is_sent_the_answer_is_well_formed(
    data: st.DataObject, method: str, tg: Sandbox, api: Api, bot: Bot, ann: Person, group: Group
) -> None:
    if not group.messages or group.last_message.is_deleted:
        await api.call("sendMessage", chat_id=group.id, text="x", reply_markup=button())
    plausible = {
        "chat_id": group.id,
        "from_chat_id": group.id,
        "user_id": ann.id,
        "message_id": group.messages[-1].id if group.messages else 1,
        "message_ids": [1, 2, 3],
        "text": "x",
        "caption": "x",
        "parse_mode": "HTML",
        "reply_markup": button(),
        "question": "Honey?",
        "options": [{"text": "Yes"}, {"text": "No"}],
        "prices": [{"label": "Jar", "amount": 100}],
        "currency": "EUR",
        "provider_token": "test",
        "payload": "x",
        "title": "x",
        "description": "x",
        "reaction": [{"type": "emoji", "emoji": "👍"}],
        "commands": [{"command": "pick", "description": "Post"}],
        "action": "typing",
        "name": "x",
    }
    given_now = data.draw(parameters_of(method, plausible))
    answer = await api.call(method, **given_now)
    assert answer["ok"] in (True, False)
    if answer["ok"]:
        assert "result" in answer
    else:
        assert isinstance(answer["description"], str)
        assert 400 <= answer["error_code"] < 500, (given_now, answer)
