"""Ann reads what is kept of her, takes it with her, is forgotten, and comes again as a stranger."""

import json
import re
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from bot.jobs.privacy import forget_asked
from storage.models import InviteLink, Order, Person, Question
from storage.states import OrderState
from tests.scenarios.house import House, honey_friends
from tests.scenarios.test_admins import says, shown, taps
from tests.services.everything import Search

QUESTION = "Is it the honey that my aunt in Vilnius likes?"


async def test_ann_is_forgotten_and_comes_again(house: House) -> None:
    # As long as Telegram's own: a short number stands in many places by chance.
    house.world._user_ids = count(7_123_456_789)
    friends = await honey_friends(house)
    ann, shop = friends.ann, house.parts.shop
    ann.user.first_name = "Annabella"
    traces = Search(number=ann.id, words=("Annabella", QUESTION))
    await ann.starts(house.account)
    await house.settles()
    await ann.says("/invite", in_=friends.group)
    await house.settles()
    link = re.search(r"https://t\.me/\+\S+", shown(friends, ann).text)
    assert link is not None
    card = await friends.offers()
    await ann.says("+2", in_=friends.group, reply_to=card)
    await ann.says(QUESTION, in_=friends.group, reply_to=card)
    await house.settles()
    assert "What I keep about you" in await says(friends, ann, "/privacy")
    assert "Two files" in await taps(friends, "Send me all of it", ann)
    record, page = (one.document for one in house.posts_in(ann.private(house.account))[:-3:-1])
    assert record is not None
    assert page is not None
    rows = json.loads(record)["rows"]
    assert [row["text"] for row in rows["question"]] == [QUESTION]
    assert rows["person"][0]["name"] == "Annabella"
    assert str(friends.mei.id) not in record.decode() + page.decode()
    assert QUESTION in page.decode()

    asked = await says(friends, ann, "/forgetme")
    assert "These orders are cancelled" in asked
    assert "#1 Yunnan honey" in asked
    await taps(friends, "Yes, go on", ann)
    await taps(friends, "Forget me for good", ann)
    assert "I am forgetting you" in shown(friends, ann).text
    while not await forget_asked(shop):
        await house.settles()
    await house.settles()
    await forget_asked(shop)
    assert "I do not know you any more" in shown(friends, ann).text
    await ann.blocks(house.account)
    await house.settles()
    await forget_asked(shop)
    assert await traces.tables(shop.database) == []
    if shop.database.is_sqlite:
        assert traces.files(Path(make_url(house.database_url).database or "").parent) == []
    assert await house.rows(Question) == []
    assert await house.rows(InviteLink) == []
    [revoked] = house.calls("revokeChatInviteLink")
    assert revoked["invite_link"] == link[0]
    [renamed] = house.calls("editChatInviteLink")
    assert not renamed.get("name")
    [order] = await house.rows(Order)
    assert order.state is OrderState.CANCELLED
    assert order.person_id < 0

    # What stands in chats still has its buttons, and they meet a stranger.
    await ann.says("+1", in_=friends.group, reply_to=card)
    await house.settles()
    assert [one.state for one in await house.rows(Order)] == [OrderState.CANCELLED, OrderState.PLACED]
    assert [one.name for one in await house.rows(Person) if one.id == ann.id] == ["Annabella"]
    await ann.unblocks(house.account)
    assert "These orders are cancelled" in await says(friends, ann, "/forgetme")
    assert "You own a group that I serve" in await says(friends, friends.mei, "/forgetme")
    await ann.says("/mydata", in_=friends.group)
    await house.settles()
    assert "tell you that in private" in friends.posts[-1]
