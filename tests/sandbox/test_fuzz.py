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

pytestmark = pytest.mark.asks_wrongly("any rubbish is asked here")

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


@st.composite
def bent(draw: st.DrawFn, value: Any) -> Any:
    """Return a plausible value in which one thing, however deep, is something else."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(value)))
        return value | {name: draw(bent(value[name]))}
    if isinstance(value, list) and value:
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], draw(bent(value[at])), *value[at + 1 :]]
    if isinstance(value, dict):
        return value | draw(st.dictionaries(_FIELD_NAMES, _VALUES, max_size=2))
    return draw(_VALUES)


@st.composite
def parameters_of(draw: st.DrawFn, method: str, plausible: Json) -> Json:
    """Return parameters that the method knows: all plausible, or a few of them a little off or nonsense."""
    found = METHODS[method.lower()]
    names = sorted(found.parameters - _LEFT_OUT.get(method, set()))
    sensible = [name for name in names if name in plausible]
    chosen = {name for name in sensible if name in found.required or draw(st.booleans())}
    given_now = {name: plausible[name] for name in sorted(chosen)}
    for name in found.required:
        if name not in plausible and name in names:
            given_now[name] = draw(_VALUES)
    for name in draw(st.lists(st.sampled_from(names), max_size=2)) if names else []:
        given_now[name] = draw(st.one_of(bent(plausible.get(name)), _VALUES))
    return given_now


def plausible_parameters(group: Group, ann: Person) -> Json:
    """Return values that make sense for parameters of these names."""
    poll = {"question": "Honey?", "options": [{"text": "Yes"}, {"text": "No"}], "type": "regular"}
    entity = {"type": "bold", "offset": 0, "length": 1}
    article = {
        "type": "article",
        "id": "1",
        "title": "Honey",
        "input_message_content": {"message_text": "Honey"},
    }
    return poll | {
        "chat_id": group.id,
        "from_chat_id": group.id,
        "user_id": ann.id,
        "message_id": group.messages[-1].id,
        "message_ids": [1, 2, 3],
        "text": "x",
        "caption": "x",
        "parse_mode": "HTML",
        "entities": [entity],
        "caption_entities": [entity],
        "question_entities": [entity],
        "explanation_entities": [entity],
        "reply_markup": button(),
        "reply_parameters": {"message_id": group.messages[-1].id, "quote": "x", "quote_position": 0},
        "link_preview_options": {"is_disabled": True},
        "prices": [{"label": "Jar", "amount": 100}],
        "currency": "XTR",
        "payload": "x",
        "title": "x",
        "description": "x",
        "reaction": [{"type": "emoji", "emoji": "👍"}],
        "commands": [{"command": "pick", "description": "Post"}],
        "scope": {"type": "chat", "chat_id": group.id},
        "language_code": "en",
        "permissions": {"can_send_messages": True},
        "allowed_updates": ["message"],
        "media": {"type": "photo", "media": "attach://x"},
        "results": [article],
        "action": "typing",
        "name": "x",
        "can_pin_messages": True,
        "expire_date": 2**31,
        "until_date": 2**31,
        "offset": -1,
        "limit": 5,
    }


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
    await api.call("sendMessage", chat_id=group.id, text="x", reply_markup=button())
    if not group.messages:
        return
    plausible = plausible_parameters(group, ann)
    given_now = data.draw(parameters_of(method, plausible))
    answer = await api.call(method, **given_now)
    assert answer["ok"] in (True, False)
    if answer["ok"]:
        assert "result" in answer
    else:
        assert isinstance(answer["description"], str)
        assert 400 <= answer["error_code"] < 500, (given_now, answer)
