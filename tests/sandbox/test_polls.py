"""Polls and quizzes: what is asked, who votes, what the bot is told."""

import pytest

from sandbox.people import Bot, Group, Person, Sandbox, SeenMessage
from tests.sandbox.conftest import Api, Json, button

HONEYS = ["Acacia", "Linden", "Buckwheat"]


@pytest.fixture
async def poll(api: Api, group: Group) -> SeenMessage:
    await api.ok("sendPoll", chat_id=group.id, question="Which honey?", options=HONEYS, is_anonymous=False)
    return group.last_message


async def test_a_poll_is_shown_with_its_options(api: Api, group: Group) -> None:
    options = ["Acacia", {"text": "<tg-emoji emoji-id='5'>🍯</tg-emoji> Linden", "text_parse_mode": "HTML"}]
    sent = await api.ok("sendPoll", chat_id=group.id, question="<b>Which</b>?", options=options)
    assert "text" not in sent
    poll = sent["poll"]
    assert poll["question"] == "<b>Which</b>?"
    assert [option["text"] for option in poll["options"]] == ["Acacia", "🍯 Linden"]
    assert [option["persistent_id"] for option in poll["options"]] == ["0", "1"]
    assert poll["options"][1]["text_entities"][0]["custom_emoji_id"] == "5"
    settings = {name: poll[name] for name in ("is_anonymous", "type", "allows_revoting", "members_only")}
    assert settings == {
        "is_anonymous": True,
        "type": "regular",
        "allows_revoting": True,
        "members_only": False,
    }
    assert (poll["is_closed"], poll["total_voter_count"]) == (False, 0)
    assert group.last_message.poll is not None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"options": [str(number) for number in range(13)]}, "poll can't have more than 12 options"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["x" * 101]}, "poll options length must not exceed 100"),
        ({"options": [" "]}, "text must be non-empty"),
        ({"options": [1]}, "can't parse InputPollOption: Expected InputPollOption to be an Object"),
        ({"options": [{}]}, "can't parse InputPollOption: Can't find field \"text\""),
        ({"options": [{"text": 1}]}, 'can\'t parse InputPollOption: Field "text" must be of type String'),
        ({"options": [{"text": "x", "colour": 1}]}, 'unknown field "colour" in InputPollOption'),
        ({"options": [{"text": "x", "media": {}}]}, "the sandbox does not simulate media in poll options"),
        ({"question": ""}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"type": "survey"}, "unsupported poll type specified"),
        ({"description": "x" * 1025}, "message caption is too long"),
        ({"explanation": "x"}, "explanation can be used in quizzes only"),
        ({"type": "quiz"}, "correct quiz option list must be non-empty"),
        ({"type": "quiz", "correct_option_ids": [3]}, "wrong quiz correct_option_id"),
        ({"type": "quiz", "correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        (
            {"type": "quiz", "correct_option_ids": [0], "explanation": "x" * 201},
            "poll explanation length must not exceed 200",
        ),
        (
            {"type": "quiz", "correct_option_ids": [0], "explanation": "1\n2\n3\n4"},
            "poll explanation must have at most 2 line feeds",
        ),
        ({"allow_adding_options": True}, "options can't be added to anonymous polls and quizzes"),
        ({"open_period": 10, "close_date": 1}, "open_period and close_date can't be used together"),
        ({"open_period": 4}, "wrong open_period specified: a poll is open for 5-2628000 seconds"),
        ({"close_date": 1}, "wrong close_date specified: a poll is open for 5-2628000 seconds"),
        ({"members_only": True}, 'the sandbox does not simulate the parameter "members_only" of sendPoll'),
        ({"correct_option_id": 1}, 'unknown parameter "correct_option_id" in sendPoll'),
    ],
)
async def test_a_wrong_poll_is_refused(api: Api, group: Group, given: Json, why: str) -> None:
    before = group.messages
    asked = {"chat_id": group.id, "question": "Which honey?", "options": HONEYS} | given
    assert await api.refused("sendPoll", **asked) == f"Bad Request: {why}"
    assert group.messages == before


async def test_the_bot_is_told_who_voted_for_what(api: Api, ann: Person, poll: SeenMessage) -> None:
    await ann.votes(poll, "Linden")
    answer, state = await api.updates()
    assert answer["poll_answer"] == {
        "poll_id": state["poll"]["id"],
        "user": ann.user.to_json(),
        "option_ids": [1],
        "option_persistent_ids": ["1"],
    }
    assert [option["voter_count"] for option in state["poll"]["options"]] == [0, 1, 0]
    await ann.votes(poll, 0)
    await ann.votes(poll, 0)
    await ann.retracts_vote(poll)
    chosen = [update["poll_answer"]["option_ids"] for update in await api.updates("poll_answer")]
    assert chosen == [[0], []]
    assert poll.poll is not None
    assert poll.poll.counts() == [0, 0, 0]


async def test_an_anonymous_vote_shows_in_the_counts_only(api: Api, ann: Person, group: Group) -> None:
    several = {"question": "Which?", "options": HONEYS, "allows_multiple_answers": True}
    await api.ok("sendPoll", chat_id=group.id, **several)
    await ann.votes(group.last_message, 0, 2)
    [update] = await api.updates()
    assert [option["voter_count"] for option in update["poll"]["options"]] == [1, 0, 1]
    assert update["poll"]["total_voter_count"] == 1


async def test_who_is_anonymous_votes_as_the_group(
    api: Api, mei: Person, ann: Person, group: Group, poll: SeenMessage
) -> None:
    await mei.promotes(ann, group, anonymous=True)
    await api.updates()
    await ann.votes(poll, 0)
    answer = (await api.updates("poll_answer"))[0]["poll_answer"]
    assert (answer["voter_chat"]["id"], answer["user"]["id"]) == (group.id, 136817688)


async def test_another_bot_is_told_nothing(
    tg: Sandbox, mei: Person, ann: Person, group: Group, poll: SeenMessage
) -> None:
    other = tg.create_bot("other_bot", privacy=False)
    await mei.adds_bot(other, group, admin=True)
    before = len(other.updates.pending)
    await ann.votes(poll, 0)
    assert len(other.updates.pending) == before


async def test_what_a_client_would_not_offer(
    api: Api, ann: Person, bob: Person, group: Group, poll: SeenMessage
) -> None:
    with pytest.raises(AssertionError, match="allows one answer only"):
        await ann.votes(poll, 0, 1)
    with pytest.raises(AssertionError, match=r"no option 'Clover' among \['Acacia'"):
        await ann.votes(poll, "Clover")
    with pytest.raises(AssertionError, match="no option 7"):
        await ann.votes(poll, 7)
    with pytest.raises(AssertionError, match="retracts_vote"):
        await ann.votes(poll)
    with pytest.raises(AssertionError, match="has not voted"):
        await ann.retracts_vote(poll)
    with pytest.raises(AssertionError, match="<Bob> is not in"):
        await bob.votes(poll, 0)
    with pytest.raises(AssertionError, match="nobody can add options"):
        await ann.adds_option("Clover", to=poll)
    with pytest.raises(AssertionError, match="is no poll"):
        await ann.votes(await ann.says("hello", in_=group), 0)
    with pytest.raises(AssertionError, match="is not <Ann>'s"):
        await ann.closes(poll)
    await api.ok("stopPoll", chat_id=group.id, message_id=poll.id)
    with pytest.raises(AssertionError, match="is closed"):
        await ann.votes(poll, 0)
    with pytest.raises(AssertionError, match="is closed"):
        await ann.retracts_vote(poll)


async def test_a_quiz_keeps_its_answer_and_the_first_vote(api: Api, ann: Person, group: Group) -> None:
    quiz = {"type": "quiz", "correct_option_ids": [1], "explanation": "<b>Linden</b> is paler"}
    sent = await api.ok(
        "sendPoll",
        chat_id=group.id,
        question="Paler?",
        options=HONEYS,
        explanation_parse_mode="HTML",
        description="Look at the *jar*",
        description_entities=[{"type": "bold", "offset": 12, "length": 5}],
        **quiz,
    )
    poll = sent["poll"]
    assert (poll["type"], poll["correct_option_ids"], poll["allows_revoting"]) == ("quiz", [1], False)
    assert (poll["explanation"], poll["explanation_entities"][0]["type"]) == ("Linden is paler", "bold")
    assert poll["description"] == "Look at the *jar*"
    asked = group.last_message
    await ann.votes(asked, 0)
    with pytest.raises(AssertionError, match="does not allow to vote again"):
        await ann.votes(asked, 1)
    with pytest.raises(AssertionError, match="does not allow to take a vote back"):
        await ann.retracts_vote(asked)
    [update] = await api.updates("poll")
    assert "description" not in update["poll"]


async def test_a_poll_is_stopped_once(api: Api, ann: Person, group: Group, poll: SeenMessage) -> None:
    where = {"chat_id": group.id, "message_id": poll.id}
    await ann.votes(poll, 2)
    await api.updates()
    stopped = await api.ok("stopPoll", **where, reply_markup=button("Again"))
    assert (stopped["is_closed"], stopped["total_voter_count"]) == (True, 1)
    assert poll.buttons == [["Again"]]
    [update] = await api.updates()
    assert update["poll"] == stopped
    assert await api.refused("stopPoll", **where) == "Bad Request: poll has already been closed"
    said = await ann.says("/hello", in_=group)
    assert await api.refused("stopPoll", chat_id=group.id, message_id=said.id) == (
        "Bad Request: message is not a poll"
    )
    assert await api.refused("stopPoll", chat_id=group.id, message_id=999) == (
        "Bad Request: message with poll to stop not found"
    )


async def test_a_poll_ends_when_its_time_is_over(tg: Sandbox, api: Api, ann: Person, group: Group) -> None:
    sent = await api.ok("sendPoll", chat_id=group.id, question="Quick?", options=HONEYS, open_period=600)
    assert (sent["poll"]["open_period"], sent["poll"]["close_date"]) == (600, sent["date"] + 600)
    poll = group.last_message
    await ann.votes(poll, 0)
    tg.world.clock.advance(601)
    _, closed = await api.updates("poll")
    assert closed["poll"]["is_closed"]
    with pytest.raises(AssertionError, match="is closed"):
        await ann.votes(poll, 1)
    until = {"close_date": tg.world.clock.date() + 60}
    dated = await api.ok("sendPoll", chat_id=group.id, question="Soon?", options=HONEYS, **until)
    assert dated["poll"]["close_date"] == until["close_date"]
    shown = await api.ok("sendPoll", chat_id=group.id, question="Seen?", options=HONEYS, is_closed=True)
    assert shown["poll"]["is_closed"]


async def test_members_add_options_of_their_own(api: Api, ann: Person, group: Group) -> None:
    open_to_ideas = {"is_anonymous": False, "allow_adding_options": True}
    await api.ok("sendPoll", chat_id=group.id, question="Which?", options=HONEYS, **open_to_ideas)
    poll = group.last_message
    await ann.adds_option("Clover", to=poll)
    told, state = await api.updates()
    added = told["message"]["poll_option_added"]
    assert (added["option_text"], added["option_persistent_id"]) == ("Clover", "3")
    assert added["poll_message"]["message_id"] == poll.id
    assert state["poll"]["options"][3]["added_by_user"]["id"] == ann.id
    await ann.votes(poll, "Clover")
    assert (await api.updates("poll_answer"))[0]["poll_answer"]["option_persistent_ids"] == ["3"]


async def test_a_persons_poll_is_heard_of_when_she_ends_it(
    api: Api, mei: Person, ann: Person, group: Group
) -> None:
    poll = await mei.sends_poll("Next week?", ["Wool", "Tea"], in_=group, anonymous=False, several=True)
    [update] = await api.updates()
    assert update["message"]["poll"]["question"] == "Next week?"
    await ann.votes(poll, "Wool", "Tea")
    assert await api.updates() == []
    where = {"chat_id": group.id, "message_id": poll.id}
    assert await api.refused("stopPoll", **where) == "Bad Request: poll can't be stopped"
    await mei.closes(poll)
    [update] = await api.updates()
    assert (update["poll"]["is_closed"], update["poll"]["total_voter_count"]) == (True, 1)
    with pytest.raises(AssertionError, match="closed already"):
        await mei.closes(poll)


async def test_a_poll_may_be_asked_in_private(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    await api.updates()
    await api.ok("sendPoll", chat_id=ann.id, question="For you?", options=HONEYS, is_anonymous=False)
    await ann.votes(ann.private(bot).last_message, 1)
    assert (await api.updates("poll_answer"))[0]["poll_answer"]["user"]["id"] == ann.id


async def test_a_channels_poll_is_anonymous(tg: Sandbox, api: Api, bot: Bot, mei: Person) -> None:
    channel = tg.channel("Honey news", owner=mei)
    await mei.adds_bot(bot, channel, admin=True, rights=frozenset({"can_manage_chat", "can_post_messages"}))
    poll = {"chat_id": channel.id, "question": "Which?", "options": HONEYS}
    assert await api.refused("sendPoll", **poll, is_anonymous=False) == (
        "Bad Request: non-anonymous polls can't be sent to channel chats"
    )
    await api.ok("sendPoll", **poll)
    assert channel.last_message.poll is not None
