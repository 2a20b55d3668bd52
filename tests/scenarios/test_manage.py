"""A curator runs her picks from the private chat, by taps and by a line of writing."""

from datetime import timedelta

from sandbox.people import SeenMessage
from storage.models import Group, Pick, Variant
from storage.states import PickState
from tests.scenarios.house import Circle, House
from tests.scenarios.pictures import picture


def screen(friends: Circle) -> SeenMessage:
    """The newest screen that Mei has in private, or the newest answer."""
    posts = friends.house.posts_in(friends.mei.private(friends.house.account))
    # The list of a pick that has closed comes in between.
    return [post for post in posts if "by 1 person" not in post.text][-1]


async def taps(friends: Circle, *words: str) -> SeenMessage:
    """Mei taps one button after the other; returns what she sees then."""
    for word in words:
        await (await friends.mei.taps(word, on=screen(friends))).answered()
        await friends.house.settles()
    return screen(friends)


async def manages(friends: Circle) -> SeenMessage:
    """Mei asks for her picks."""
    await friends.mei.says("/manage", to=friends.house.account)
    await friends.house.settles()
    return screen(friends)


async def writes(friends: Circle, text: str) -> SeenMessage:
    """Mei writes something in private; returns what she sees then."""
    await friends.mei.says(text, to=friends.house.account)
    await friends.house.settles()
    return screen(friends)


async def test_everything_about_a_pick_by_taps(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+5", reply_to=card)
    await card.until(contains="5 of 20")

    assert "The picks of Honey friends" in (await manages(friends)).text
    shown = await taps(friends, "#1 Yunnan honey")
    assert "Open until" in shown.text
    assert "Ordered so far: 5" in shown.text

    await taps(friends, "Title")
    assert "Pick #1 is changed" in (await writes(friends, "Forest honey")).text
    await card.until(contains="Forest honey")

    await taps(friends, "Stock")
    assert "5 are ordered already" in (await writes(friends, "3")).text
    assert "Pick #1 is changed" in (await writes(friends, "8")).text
    await card.until(contains="5 of 8")

    await taps(friends, "Photo")
    photo = await friends.mei.sends_photo(to=house.account, image=picture())
    await house.settles()
    assert card.photo == photo.photo

    await taps(friends, "Deadline")
    assert "22:00" in (await writes(friends, "till 22:00")).text
    await card.until(contains="22:00")
    await taps(friends, "Deadline")
    await taps(friends, "23:00")
    await card.until(contains="23:00")

    await taps(friends, "Close", "Close it now")
    await card.until(contains="Closed")
    lists = [text for text in friends.private(friends.mei) if "Ann: 5" in text]
    assert len(lists) == 1

    await taps(friends, "Post it again")
    again = await friends.group.until_message(containing="#2 Forest honey", by=house.account.user)
    assert "0 of 8" in again.text
    await taps(friends, "Withdraw")
    assert "Withdrawn: the bees left" in (await writes(friends, "the bees left")).text
    await again.until(contains="the bees left")
    variants = await house.rows(Variant)
    assert [variant.sold for variant in variants] == [5, 0]


async def test_a_second_tap_on_an_old_screen_does_no_harm(friends: Circle) -> None:
    house = friends.house
    await friends.offers()
    await manages(friends)
    shown = await taps(friends, "#1 Yunnan honey", "Deadline")
    chosen = shown.rows[0][0]["callback_data"]
    for _ in range(2):
        await (await friends.mei.presses_data(chosen, on=shown)).answered()
    await house.settles()
    (pick,) = await house.rows(Pick)
    assert pick.closes_at.minute == 0

    await friends.mei.presses_data("mp:1:closed", on=shown)
    late = await (await friends.mei.presses_data("mp:1:closed", on=shown)).answered()
    assert late.text == "Pick #1 is closed already; nothing was changed."
    posts = [await friends.mei.presses_data("mp:1:repost", on=shown) for _ in range(2)]
    answers = [(await post.answered()).text for post in posts]
    await house.settles()
    assert [pick.state for pick in await house.rows(Pick)] == [PickState.CLOSED, PickState.LIVE]
    assert any("on offer already" in (text or "") for text in answers)


async def test_forged_and_foreign_taps_are_refused(friends: Circle) -> None:
    house = friends.house
    await friends.offers()
    await manages(friends)
    shown = await taps(friends, "#1 Yunnan honey")
    for data in ("mp:99:home", "mp:1:dance", "mx:1:1", f"mx:1:{2**60}", "mx:99:2000000000"):
        tap = await (await friends.mei.presses_data(data, on=shown)).answered()
        assert tap.alert, data
    await friends.ann.starts(house.account)
    await house.settles()
    hello = house.posts_in(friends.ann.private(house.account))[-1]
    for data in ("mp:1:close", "mp:1:closed", "mg:1", "mx:1:2000000000"):
        tap = await (await friends.ann.presses_data(data, on=hello)).answered()
        assert tap.alert, data
    (pick,) = await house.rows(Pick)
    assert pick.state is PickState.LIVE


async def test_what_is_written_after_back_is_no_title(friends: Circle) -> None:
    card = await friends.offers()
    await manages(friends)
    await taps(friends, "#1 Yunnan honey", "Title", "‹ Back")
    assert "did not understand" in (await writes(friends, "hello there")).text
    assert "Yunnan honey" in card.text


async def test_what_is_written_hours_later_is_no_title(friends: Circle) -> None:
    card = await friends.offers()
    await manages(friends)
    await taps(friends, "#1 Yunnan honey", "Title")
    await friends.house.passes(timedelta(hours=3))
    assert "did not understand" in (await writes(friends, "hello there")).text
    assert "Yunnan honey" in card.text


async def test_the_question_survives_a_restart(friends: Circle) -> None:
    card = await friends.offers()
    await manages(friends)
    await taps(friends, "#1 Yunnan honey", "Title")
    await friends.house.stops()
    await friends.house.starts()
    await writes(friends, "Forest honey")
    await card.until(contains="Forest honey")


async def test_a_pick_that_closed_meanwhile_is_told_of_once(friends: Circle) -> None:
    await friends.offers()
    await manages(friends)
    await taps(friends, "#1 Yunnan honey", "Title")
    await friends.mei.says("/close 1", in_=friends.group)
    await friends.house.settles()
    assert "closed already" in (await writes(friends, "Forest honey")).text
    assert "did not understand" in (await writes(friends, "hm")).text


async def test_who_leads_several_groups_chooses_one(friends: Circle) -> None:
    house = friends.house
    await friends.offers()
    tea = house.tg.group("Tea friends", owner=friends.mei)
    await friends.mei.adds_bot(house.account, tea, admin=True)
    await house.settles()
    await friends.mei.says("/pick 3 Green tea", in_=tea)
    await tea.until_message(containing="#1 Green tea", by=house.account.user)

    assert "which group" in (await manages(friends)).text
    shown = await taps(friends, "Tea friends", "#1 Green tea")
    assert "Tea friends" in shown.text
    assert "Several of your groups" in (await writes(friends, "/close 1")).text
    assert len(await house.rows(Group)) == 2


async def test_the_group_points_to_the_private_chat(house: House, friends: Circle) -> None:
    await friends.offers()
    await friends.mei.says("/manage", in_=friends.group)
    await house.settles()
    assert "The picks of Honey friends" in screen(friends).text
