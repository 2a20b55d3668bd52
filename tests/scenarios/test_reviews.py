"""A week after they got their honey the friends are asked how it was; the next round shows what they say."""

from datetime import timedelta

import pytest

from bot.callbacks.reviews import StarsButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.jobs.reviews import ask_for_reviews
from bot.review_errors import ReviewWordsTooLong
from bot.rules.reviews import LONGEST_WORDS, WAITS
from bot.services.handover import hand_over
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import Order, Review, ReviewVote, Variant
from storage.unit_of_work import writing
from tests.scenarios.goods import last
from tests.scenarios.house import Circle
from tests.scenarios.pictures import picture

TILL_EVENING = timedelta(hours=10, minutes=1)
A_WEEK_LATER = timedelta(days=7, hours=16)
PICTURES = [picture(shade=100 + number) for number in range(3)]
EVIL = "דבש נורא https://evil.example/x @mei_tea /start #spam"


@pytest.fixture
async def card(friends: Circle) -> SeenMessage:
    """A pick that Ann, Ben and Lin ordered and fetched a week ago."""
    house = friends.house
    card = await friends.offers()
    for person in (friends.ann, friends.ben, friends.lin):
        await person.starts(house.account)
        await person.says("+1", reply_to=card)
        await house.settles()
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    async with writing(house.parts.shop.database) as uow:
        for order in await house.rows(Order):
            await hand_over(uow, order.id or 0, by_id=friends.mei.id, now=house.now)
    await house.passes(A_WEEK_LATER)
    return card


async def taps(friends: Circle, person: Person, words: str, *, on: SeenMessage | None = None) -> SeenMessage:
    """Tap a button on the bot's last message to somebody, or on another; returns her last one then."""
    await person.taps(words, on=on or last(friends, person))
    await friends.house.settles()
    return last(friends, person)


async def writes(friends: Circle, person: Person, text: str) -> SeenMessage:
    await person.says(text, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


def kinds(message: SeenMessage) -> set[str]:
    """What of a message can be tapped or stands out."""
    return {entity["type"] for entity in message.entities}


async def review_of(friends: Circle, person: Person) -> Review:
    [review] = [each for each in await friends.house.rows(Review) if each.person_id == person.id]
    return review


async def test_buyers_are_asked_say_how_it_was_and_the_next_round_shows_it(
    friends: Circle, card: SeenMessage
) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    shop = house.parts.shop
    asked = await house.hears(ask_for_reviews(shop), ask_for_reviews(shop))
    assert sorted(told.chat_id for told in asked) == sorted([ann.id, ben.id, lin.id])
    assert "How was it?" in last(friends, ann).text
    assert "Ну как?" in last(friends, ben).text
    assert "用得怎么样" in last(friends, lin).text
    assert mei.id not in {order.person_id for order in await house.rows(Order)}

    form = await taps(friends, ann, "5 ★")
    assert "★★★★★" in form.text
    said = await writes(friends, ann, "Lovely,\nas always")
    said = await writes(friends, ann, "and quick")
    assert "Lovely,\nas always\nand quick" in said.text
    await taps(friends, ann, "I would buy it again")
    await taps(friends, ann, "Done")
    assert "did not understand" in (await writes(friends, ann, "a word for nobody")).text
    await house.takes(house.updates[-1])
    assert (await review_of(friends, ann)).words == "Lovely,\nas always\nand quick"
    assert (await review_of(friends, ann)).would_again is True

    # Nothing in what Ben writes opens anything or turns what stands beside it.
    await taps(friends, ben, "1 ★")
    shown = await writes(friends, ben, EVIL)
    assert not kinds(shown) & {"url", "mention", "bot_command", "hashtag"}

    # Lin writes as much as a message holds, and shows it, too.
    await taps(friends, lin, "4 ★")
    await writes(friends, lin, "蜜" * LONGEST_WORDS)
    too_long = await writes(friends, lin, "还有")
    assert too_long.text == refusal(Translator("zh_CN"), ReviewWordsTooLong(LONGEST_WORDS))
    await lin.sends_album(*PICTURES, to=house.account)
    await house.settles()
    told = len(friends.private(lin))
    await house.passes(timedelta(seconds=2))
    await house.settles()
    assert len(friends.private(lin)) == told + 1, "one answer to the whole album"
    assert "3 张照片" in last(friends, lin).text
    of_lin = await review_of(friends, lin)
    assert (len(of_lin.words), len(of_lin.photo_ids or [])) == (LONGEST_WORDS, 3)

    await _refuses_others(friends)
    await _is_shown_on_the_next_round(friends)


async def _refuses_others(friends: Circle) -> None:
    """Who did not buy it says nothing, whatever data her client sends."""
    house = friends.house
    [order] = [each for each in await house.rows(Order) if each.person_id == friends.ben.id]
    [variant] = await house.rows(Variant)
    for data in (StarsButton(order.id or 0, variant.id or 0, 5), StarsButton(10**9, 1, 5)):
        for person in (friends.ann, friends.mei):
            tap = await person.presses_data(data.pack(), on=last(friends, person))
            answer = await tap.answered()
            assert answer.text == refusal(Translator("en"), ButtonOutdated())
    assert [each.stars for each in await house.rows(Review)] == [5, 1, 4]


async def _is_shown_on_the_next_round(friends: Circle) -> None:
    house, mei, ann, ben = friends.house, friends.mei, friends.ann, friends.ben
    before = len(house.posts_in(friends.group))
    await mei.says("/repost 1", in_=friends.group)
    await house.settles()
    again = next(post for post in house.posts_in(friends.group)[before:] if post.buttons)
    assert "★ 3.3 of 5 from 3 buyers here" in again.text

    page = await taps(friends, ann, "Details", on=again)
    assert "Four stars or more: 2 of 3" in page.text
    assert "at least 20%" in page.text
    assert page.text.index("critical review") < page.text.index("kind review")
    assert not kinds(page) & {"url", "mention", "bot_command", "hashtag"}
    listed = await taps(friends, ann, "All reviews", on=page)
    assert "★☆☆☆☆" in listed.text
    await taps(friends, ann, "Helpful (0)", on=listed)
    assert [vote.person_id for vote in await house.rows(ReviewVote)] == [ann.id]
    assert "• 1. Helpful (1)" in listed.buttons[0]
    whole = await taps(friends, ann, "In full", on=listed)
    first = whole.text
    assert first.count("蜜") == 3000
    assert (await taps(friends, ann, "More", on=whole)).text.count("蜜") == LONGEST_WORDS - 3000
    await taps(friends, ann, "All reviews", on=whole)
    await taps(friends, ann, "Photos", on=whole)
    album = house.posts_in(ann.private(house.account))[-3:]
    assert [each.photo for each in album] == PICTURES

    # Ben thinks better of it, and the card follows.
    mine = await writes(friends, ben, "/reviews")
    form = await taps(friends, ben, "★☆☆☆☆", on=mine)
    await taps(friends, ben, "3 ★", on=form)
    assert "★ 4.0 of 5 from 3 buyers here" in again.text
    await taps(friends, ben, "Написать заново", on=form)
    await house.passes(WAITS + timedelta(minutes=1))
    await writes(friends, ben, "не сюда")
    assert (await review_of(friends, ben)).words == EVIL
    await ann.leaves(friends.group)
    await house.settles()
    tap = await ann.taps("Details", on=whole)
    assert (await tap.answered()).alert

    # Mei hears of all three in one message.
    await house.passes(timedelta(days=1))
    await house.settles()
    news = [text for text in friends.private(mei) if "New reviews of your picks" in text]
    assert len(news) == 1
    assert "★★★★★" in news[0]
