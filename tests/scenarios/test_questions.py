"""Members ask about a card; the curator answers once, and everybody reads it there."""

from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Order, Question
from tests.scenarios.house import Circle

ASKED = "How long does it keep?"


def told(friends: Circle, person: Person) -> list[SeenMessage]:
    return friends.house.posts_in(person.private(friends.house.account))


async def asks(friends: Circle, person: Person, text: str, card: SeenMessage) -> SeenMessage:
    message = await person.says(text, reply_to=card)
    await friends.house.settles()
    return message


async def answers_in_private(friends: Circle, words: str, *, by: Person | None = None) -> None:
    """The curator answers the question that she was told of last."""
    curator = by or friends.mei
    notice = next(m for m in reversed(told(friends, curator)) if ["Answer", "Not a question"] in m.buttons)
    await curator.taps("Answer", on=notice)
    await friends.house.settles()
    await curator.says(words, to=friends.house.account)
    await friends.house.settles()


async def test_a_question_is_answered_in_private_and_shown_to_all(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await asks(friends, friends.ann, "Looks lovely!", card)
    question = await asks(friends, friends.ann, ASKED, card)
    assert await house.rows(Order) == []
    notice = told(friends, friends.mei)[-1]
    assert "Ann asks about #1 Yunnan honey" in notice.text
    assert ASKED in notice.text
    posts = len(friends.posts)

    await answers_in_private(friends, "Two years, in the dark.")

    assert f"“{ASKED}” Two years, in the dark." in card.text
    assert "0 of 20" in card.text
    reply = house.posts_in(friends.group)[-1]
    assert len(friends.posts) == posts + 1
    assert reply.text == "Mei about #1: Two years, in the dark."
    assert reply.reply_to is not None
    assert reply.reply_to.id == question.id
    assert "on the card of pick #1" in told(friends, friends.mei)[-1].text
    assert "question_answered" in {entry.action for entry in await house.rows(AuditEntry)}

    # The same, asked by somebody else in other words, is answered at once.
    mei_heard = len(told(friends, friends.mei))
    again = await asks(friends, friends.ben, "Hi! how long does the honey keep, please", card)
    reply = house.posts_in(friends.group)[-1]
    assert reply.reply_to is not None
    assert reply.reply_to.id == again.id
    assert "Two years" in reply.text
    assert len(told(friends, friends.mei)) == mei_heard
    assert card.text.count("Two years") == 1


async def test_a_reply_in_the_group_is_the_answer(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    question = await asks(friends, friends.ann, "Is it raw?", card)
    await friends.ben.says("I think so", reply_to=question)
    await friends.mei.says("Do you mean unheated?", reply_to=question)
    await house.settles()
    assert [q.answer for q in await house.rows(Question)] == [None]
    posts = len(friends.posts)

    answer = await friends.mei.says("Yes, never heated", reply_to=question)
    await answer.until_reaction("👌")
    await card.until(contains="“Is it raw?” Yes, never heated")
    assert len(friends.posts) == posts, "whoever asked has read it"

    await friends.mei.edits(answer, "Yes, never above 35 degrees")
    await card.until(contains="never above 35 degrees")
    await friends.mei.says("Enjoy!", reply_to=question)
    await house.settles()
    assert "Enjoy" not in card.text


async def test_what_several_ask_is_asked_once_and_answered_to_each(friends: Circle) -> None:
    card = await friends.offers()
    await asks(friends, friends.ann, ASKED, card)
    heard = len(told(friends, friends.mei))
    second = await asks(friends, friends.ben, "how long will it keep", card)
    assert len(told(friends, friends.mei)) == heard

    await answers_in_private(friends, "Two years.")

    replies = [post.reply_to.id for post in friends.house.posts_in(friends.group) if post.reply_to]
    assert second.id in replies
    assert len(replies) == 2


async def test_not_a_question_is_set_aside(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    message = await asks(friends, friends.ann, "Have you seen my keys?", card)
    notice = told(friends, friends.mei)[-1]

    await friends.mei.taps("Not a question", on=notice)
    await house.settles()

    assert notice.buttons == []
    heard = len(told(friends, friends.mei))
    await friends.ann.edits(message, "Have you seen my red keys?")
    await house.settles()
    assert len(told(friends, friends.mei)) == heard
    assert "keys" not in card.text


async def test_an_order_is_no_question_and_an_edit_makes_it_one(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    message = await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    assert await house.rows(Question) == []

    await friends.ann.edits(message, "Can I pay on Friday?")
    await card.until(contains="0 of 20")
    await house.settles()
    [question] = await house.rows(Question)
    assert question.text == "Can I pay on Friday?"

    await friends.ann.edits(message, "Can I pay on Sunday?")
    await house.settles()
    assert "Can I pay on Sunday?" in told(friends, friends.mei)[-1].text
    await friends.ann.edits(message, "+1")
    await card.until(contains="1 of 20")
    await house.settles()
    notice = told(friends, friends.mei)[-1]
    answer = await (await friends.mei.taps("Answer", on=notice)).answered()
    assert answer.alert
    await house.settles()
    assert "Nothing to answer here any more" in notice.text


async def test_a_curator_whose_chat_is_shut_gets_one_line_in_the_group(friends: Circle) -> None:
    house, vera = friends.house, friends.house.tg.person("Vera")
    await friends.mei.adds(vera, to=friends.group)
    await friends.mei.promotes(vera, friends.group)
    await house.settles()
    card = await friends.offers("3 Tea", by=vera)

    message = await asks(friends, friends.ann, ASKED, card)

    line = house.posts_in(friends.group)[-1]
    assert line.text == "Vera, Ann asks you about pick #1."
    assert line.reply_to is not None
    assert line.reply_to.id == message.id
    await vera.taps("Answer in private", on=line)
    await house.settles()
    await answers_in_private(friends, "A year.", by=vera)
    assert "A year." in card.text


async def test_a_curator_who_loses_her_role_answers_no_more(friends: Circle) -> None:
    house, vera = friends.house, friends.house.tg.person("Vera")
    await friends.mei.adds(vera, to=friends.group)
    await friends.mei.promotes(vera, friends.group)
    await vera.starts(house.account)
    await house.settles()
    card = await friends.offers("3 Tea", by=vera)
    await asks(friends, friends.ann, ASKED, card)
    await vera.taps("Answer", on=told(friends, vera)[-1])
    await house.settles()
    await friends.mei.demotes(vera, friends.group)
    await house.settles()

    await vera.says("A year.", to=house.account)
    await house.settles()

    assert "Only the owner and the curators" in told(friends, vera)[-1].text
    assert "A year" not in card.text
    await asks(friends, friends.ben, "Is it organic?", card)
    assert "Is it organic?" in told(friends, friends.mei)[-1].text, "the owner is asked instead"


async def test_who_left_is_not_called_after_but_all_others_read_the_answer(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await asks(friends, friends.ann, ASKED, card)
    await friends.ann.leaves(friends.group)
    await house.settles()
    posts = len(friends.posts)

    await answers_in_private(friends, "Two years.")

    assert "Two years." in card.text
    assert len(friends.posts) == posts


async def test_a_deleted_question_and_a_deleted_card_stop_no_answer(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    message = await asks(friends, friends.ann, ASKED, card)
    await friends.ann.deletes(message)
    await friends.mei.deletes(card)

    await answers_in_private(friends, "Two years.")

    assert "Mei about #1: Two years." in friends.posts
    await house.settles()
    anew = next(m for m in reversed(house.posts_in(friends.group)) if m.buttons)
    assert "Two years." in anew.text


async def test_answers_push_neither_price_nor_progress_off_the_card(friends: Circle) -> None:
    house = friends.house
    photo = await friends.mei.sends_photo(in_=friends.group)
    card = await friends.offers("12.90 Honey | 20 jars | till 20:00 | " + "Sweet. " * 80, reply_to=photo)
    topics = ("sugar", "pollen", "water", "wax", "plastic")
    for topic in topics:
        message = await asks(friends, friends.ann, f"Does it contain {topic} at all?", card)
        await friends.mei.says(f"{topic} " * 60, reply_to=message)
        await house.settles()

    assert len(card.text) <= 1024
    for words in ("€12.90", "0 of 20 jars", "Open until", "Does it contain plastic"):
        assert words in card.text
    assert "contain sugar" not in card.text
    await friends.ann.taps("Details", on=card)
    await house.settles()
    assert all(topic in told(friends, friends.ann)[-1].text for topic in topics)
