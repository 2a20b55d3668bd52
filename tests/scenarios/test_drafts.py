"""A curator makes a pick step by step in private."""

from datetime import timedelta

import pytest

from storage.models import Draft, Offer, OfferPhoto, Pick, Tier, Variant
from storage.states import PickState
from tests.scenarios.house import Circle
from tests.scenarios.pictures import picture
from tests.scenarios.wizard import Desk, desk_of, texts


@pytest.fixture
def desk(friends: Circle) -> Desk:
    return desk_of(friends)


async def is_begun(desk: Desk, *, title: str = "Wool scarf", price: str = "12.90") -> None:
    """A draft with a title and a price, at its overview."""
    await desk.writes("/new")
    await desk.taps("Overview", "Title")
    await desk.writes(title)
    await desk.taps("Price")
    await desk.writes(price)


async def test_the_whole_way_to_a_card(friends: Circle, desk: Desk) -> None:
    house = friends.house
    await desk.writes("/new")
    assert "Send a photo" in desk.screen().text
    await desk.person.sends_photo(to=house.account, image=picture())
    await house.settles()
    assert "Write its title" in desk.screen().text
    await desk.writes("Wool scarf")
    await desk.writes("Knitted by my aunt.\nWarm.")
    assert "Write the price in EUR" in desk.screen().text
    await desk.writes("12.90")
    await desk.writes("Size: S, M / Colour: red, blue")
    await desk.taps("72 hours")
    overview = desk.screen()
    assert "Kinds: S red, S blue, M red, M blue" in overview.text
    assert "72 hours after posting" in overview.text
    assert "Nothing is missing" in overview.text
    await desk.taps("Stock")
    await desk.writes("5, ")
    assert "cannot read" in desk.last.text
    await desk.writes("5")
    await desk.taps("Stock")
    await desk.writes("S red 2, M blue 0")
    await desk.taps("Price tiers")
    await desk.writes("10: 11.90")
    await desk.taps("Minimum")
    await desk.writes("4")
    await desk.taps("Limit")
    await desk.writes("3")
    assert len([m for m in desk.says if "Your pick, not posted yet" in m.text]) == 1, "one screen"

    toast = await desk.taps("Post it now")

    assert toast == "Pick #1 is posted."
    card = house.posts_in(friends.group)[-1]
    assert "#1 Wool scarf" in card.text
    assert "Knitted by my aunt." in card.text
    assert card.photo is not None
    assert [v.stock for v in await house.rows(Variant)] == [2, 5, 5]
    assert [v.options for v in await house.rows(Variant)] == [["S", "red"], ["S", "blue"], ["M", "red"]]
    [offer], [pick], [tier] = await house.rows(Offer), await house.rows(Pick), await house.rows(Tier)
    assert (offer.price_amount, offer.minimum_quantity, offer.limit_per_person) == (1290, 4, 3)
    assert offer.option_names == ["Size", "Colour"]
    assert (tier.quantity, tier.unit_amount) == (10, 1190)
    assert pick.closes_at - pick.opens_at == timedelta(hours=72)
    assert (await desk.draft()).pick_id == pick.id
    assert "#1 Wool scarf is posted in Honey friends" in desk.last.text


async def test_a_double_tap_posts_once(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    screen = desk.screen()
    first, second = (
        await desk.person.taps("Post it now", on=screen),
        await desk.person.presses_data(_data(desk, "Post it now"), on=screen),
    )
    await friends.house.settles()
    assert len(await friends.house.rows(Pick)) == 1
    assert len(friends.house.posts_in(friends.group)) >= 1
    assert first is not second


async def test_a_late_second_tap_says_where_it_is(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    screen, data = desk.screen(), _data(desk, "Post it now")
    await desk.taps("Post it now")
    friends.house.world.clock.advance(timedelta(minutes=5))
    answer = await (await desk.person.presses_data(data, on=screen)).answered()
    assert "posted already: pick #1" in (answer.text or "")
    assert len(await friends.house.rows(Pick)) == 1


async def test_an_album_is_gathered(friends: Circle, desk: Desk) -> None:
    await desk.writes("/new")
    album = [picture(shade=shade) for shade in (10, 60, 110)]
    await desk.person.sends_album(*album, caption="Three views of it", to=friends.house.account)
    await friends.house.settles()
    screen = desk.screen()
    assert "Title" in screen.text
    assert len([m for m in desk.says if "Title" in m.text]) == 1, "one screen for the whole album"
    await desk.writes("Wool scarf")
    await desk.taps("Overview", "Price")
    await desk.writes("12.90")
    assert "Photos: 3" in desk.screen().text
    assert "Words: Three views of it" in desk.screen().text
    await desk.taps("Post it now")
    [offer] = await friends.house.rows(Offer)
    assert offer.photo_id is not None
    assert len(await friends.house.rows(OfferPhoto)) == 2


async def test_too_many_photos_are_told_once(friends: Circle, desk: Desk) -> None:
    await desk.writes("/new")
    await desk.person.sends_album(*[picture(shade=n) for n in range(8)], to=friends.house.account)
    await friends.house.settles()
    before = len(desk.says)
    await desk.person.sends_album(*[picture(shade=100 + n) for n in range(6)], to=friends.house.account)
    await friends.house.settles()
    told = [m.text for m in desk.says[before - 1 :] if "10 photos at most" in m.text]
    assert len(told) == 1
    await desk.taps("Overview")
    assert "Photos: 10" in desk.screen().text


@pytest.mark.parametrize(
    ("name", "says"),
    [("scarf.png", "as a photo"), ("prices.pdf", "no photo")],
)
async def test_a_file_is_no_photo(friends: Circle, desk: Desk, name: str, says: str) -> None:
    await desk.writes("/new")
    await desk.person.sends_document(picture(), name=name, to=friends.house.account)
    await friends.house.settles()
    assert says in desk.last.text
    assert (await desk.draft()).step == "photo"


async def test_a_photo_too_small_is_refused_and_the_step_stays(friends: Circle, desk: Desk) -> None:
    await desk.writes("/new")
    await desk.person.sends_photo(to=friends.house.account, image=picture(90, 60))
    await friends.house.settles()
    assert "too small for a card: 90 × 60" in desk.last.text
    await desk.writes("just words")
    assert "no photo" in desk.last.text
    await desk.person.sends_photo(to=friends.house.account, image=picture())
    await friends.house.settles()
    assert "Title" in desk.screen().text


BAD = [
    ("Title", "!!!", "letter or number", "title"),
    ("Title", "x" * 101, "100 characters", "title"),
    ("Words", "x" * 601, "600 characters", "words"),
    ("Price", "free", "as a price", "price"),
    ("Price", "-3", "as a price", "price"),
    ("Kinds", "S, M, s", "there twice", "variants"),
    ("Kinds", "a: 1x, 2x / b: 1x, 2x / c: 1x, 2x / d: 1x, 2x", "3 things at most", "variants"),
    ("Kinds", ", ".join(f"kind {n}a" for n in range(51)), "51 kinds are too many", "variants"),
    ("Stock", "many", "as a quantity", "stock"),
    ("Price tiers", "10: 13.00", "", "tiers"),
    ("Price tiers", "cheaper later", "", "tiers"),
    ("Minimum", "one", "", "minimum"),
    ("Limit", "0", "", "limit"),
    ("Teams", "14.00, 2, 24h", "", "team"),
    ("Deadline", "soonish", "as a time", "deadline"),
    ("Post when", "yesterday", "", "start"),
]


async def test_bad_input_is_answered_and_the_step_stays(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    for button, typed, says, step in BAD:
        await desk.taps(button)
        before = (await desk.draft()).content
        count = len(desk.says)
        await desk.writes(typed)
        draft = await desk.draft()
        assert draft.step == step, (button, typed)
        assert draft.content == before, (button, typed)
        assert len(desk.says) == count + 1, (button, typed)
        assert says in desk.last.text, (button, typed, desk.last.text)
        await desk.taps("Overview")


async def test_a_refused_line_may_be_mended_where_it_stands(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await desk.taps("Price")
    typed = await desk.writes("thirteen")
    assert "as a price" in desk.last.text
    await desk.person.edits(typed, "13")
    await friends.house.settles()
    assert "Price: €13.00" in desk.screen().text


async def test_an_edit_of_what_was_typed_changes_that_alone(friends: Circle, desk: Desk) -> None:
    await desk.writes("/new")
    await desk.taps("Overview", "Title")
    typed = await desk.writes("Wool scraf")
    await desk.taps("Price")
    await desk.person.edits(typed, "Wool scarf")
    await friends.house.settles()
    assert (await desk.draft()).step == "price", "she is still asked for the price"
    await desk.writes("12.90")
    assert "Title: Wool scarf" in desk.screen().text


async def test_a_restart_in_the_middle_loses_nothing(friends: Circle, desk: Desk) -> None:
    await desk.writes("/new")
    await desk.taps("Skip")
    await desk.writes("Wool scarf")
    await friends.house.stops()
    await friends.house.starts()
    await desk.writes("Knitted by my aunt.")
    await desk.writes("12.90")
    await desk.taps("Overview")
    assert "Title: Wool scarf" in desk.screen().text
    assert "Price: €12.90" in desk.screen().text


async def test_each_step_can_be_left_gone_back_to_and_skipped(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await desk.taps("Title")
    seen = []
    while "Your pick, not posted yet" not in desk.screen().text:
        seen.append((await desk.draft()).step)
        onwards = "Next" if "Next ›" in texts(desk.screen()) else "Skip"
        await desk.taps(onwards)
    assert seen[:4] == ["title", "words", "price", "variants"]
    assert seen[-1] == "start"
    await desk.taps("Post when", "Back")
    assert (await desk.draft()).step == seen[-2]
    for step in ("Photos", "Words", "Price", "Kinds", "Deadline"):
        await desk.taps("Overview", step)
        await desk.writes("/drafts")
        assert "Wool scarf" in texts(desk.last)[0]
        await desk.taps("Wool scarf", on=desk.last)


async def test_two_drafts_at_once_and_the_list_of_them(friends: Circle, desk: Desk) -> None:
    await is_begun(desk, title="Wool scarf")
    await is_begun(desk, title="Green tea", price="5")
    await desk.writes("/drafts")
    listed = desk.last
    assert texts(listed) == ["Green tea", "Copy", "Delete", "Wool scarf", "Copy", "Delete", "New pick"]
    await desk.taps("Wool scarf", on=listed)
    await desk.taps("Price")
    await desk.writes("14.90")
    first, second = await friends.house.rows(Draft)
    assert first.content["price_amount"] == 1490
    assert second.content["price_amount"] == 500


async def test_a_deleted_draft_comes_back(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await desk.taps("Delete")
    assert "is deleted" in desk.last.text
    await desk.writes("hello?")
    assert "I did not understand" in desk.last.text
    gone = next(m for m in desk.says if "is deleted" in m.text)
    await desk.taps("Undo", on=gone)
    assert "Title: Wool scarf" in desk.screen().text
    await desk.writes("/drafts")
    listed = desk.last
    await desk.taps("Delete", on=listed)
    assert "You have no drafts." in listed.text
    await desk.taps("Undo", on=listed)
    assert "Wool scarf" in texts(listed)


async def test_the_preview_is_the_very_card_and_follows(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await desk.taps("Preview")
    preview = next(m for m in desk.says if "#1 Wool scarf" in m.text)
    assert "Order +1" in texts(preview)
    answer = await (await desk.person.taps("Order +1", on=preview)).answered()
    assert "once it is posted" in (answer.text or "")
    await desk.taps("Title")
    await desk.writes("Warm scarf")
    assert "#1 Warm scarf" in preview.text
    await desk.taps("Photos")
    await desk.person.sends_photo(to=friends.house.account, image=picture())
    await friends.house.settles()
    assert preview.photo is not None
    shown = preview.text
    await desk.taps("Post it now")
    card = friends.house.posts_in(friends.group)[-1]
    assert card.text == shown, "the preview was the very card"
    assert not [m for m in desk.says if m.text == shown], "and it is gone"


async def test_a_lost_role_keeps_the_draft(friends: Circle) -> None:
    house = friends.house
    desk = desk_of(friends, friends.ann)
    await friends.mei.promotes(friends.ann, friends.group)
    await friends.ann.starts(house.account)
    await house.settles()
    await is_begun(desk)
    await friends.mei.demotes(friends.ann, friends.group)
    await house.settles()
    toast = await desk.taps("Post it now")
    assert "You do not lead Honey friends" in toast
    assert await house.rows(Pick) == []
    assert (await desk.draft()).pick_id is None
    await friends.mei.promotes(friends.ann, friends.group)
    await house.settles()
    await desk.taps("Post it now")
    assert len(await house.rows(Pick)) == 1


async def test_a_bot_that_was_kicked_keeps_the_draft(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await friends.mei.removes_bot(friends.house.account, friends.group)
    await friends.house.settles()
    assert "not in Honey friends any more" in await desk.taps("Post it now")
    await friends.mei.adds_bot(friends.house.account, friends.group, admin=True)
    await friends.house.settles()
    await desk.taps("Post it now")
    assert len(await friends.house.rows(Pick)) == 1


async def test_a_time_to_post_and_a_deadline(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await desk.taps("Post when")
    await desk.writes("18:00")
    await desk.taps("Deadline")
    await desk.writes("till 17:00")
    assert "comes before the posting" in await desk.taps("Post it at its time")
    await desk.taps("Deadline")
    await desk.writes("till 20:00")
    await desk.taps("Post it at its time")
    [pick] = await friends.house.rows(Pick)
    assert pick.state is PickState.SCHEDULED
    assert "will be posted in Honey friends" in desk.last.text
    before = len(friends.house.posts_in(friends.group))
    await friends.house.passes(timedelta(hours=8, minutes=1))
    await friends.house.world.until(
        lambda: len(friends.house.posts_in(friends.group)) > before, 20, "the card"
    )


async def test_times_that_passed_meanwhile_are_told(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    await desk.taps("Deadline")
    await desk.writes("till 12:00")
    await friends.house.passes(timedelta(hours=3))
    assert "deadline you chose has passed" in await desk.taps("Post it now")
    await desk.taps("Deadline", "Clear", "Overview")
    assert await desk.taps("Post it now") == "Pick #1 is posted."


async def test_an_old_pick_is_copied(friends: Circle, desk: Desk) -> None:
    await friends.offers("12.90 Yunnan honey | light 10, dark 5 | from my uncle")
    await desk.writes("copy #1")
    assert "Title: Yunnan honey" in desk.screen().text
    assert "Stock: light 10, dark 5" in desk.screen().text
    await desk.writes("/copy 7")
    assert "no pick #7" in desk.last.text
    assert await desk.taps("Post it now") == "Pick #2 is posted."
    assert len(await friends.house.rows(Offer)) == 2


async def test_the_group_shows_the_way_to_the_wizard(friends: Circle, desk: Desk) -> None:
    house = friends.house
    await friends.mei.says("/pick", in_=friends.group)
    await house.settles()
    await friends.mei.taps("step by step", on=house.posts_in(friends.group)[-1])
    await house.settles()
    assert "Send a photo" in desk.screen().text
    await friends.mei.says("/picks", in_=friends.group)
    await house.settles()
    assert "Make a pick" in texts(house.posts_in(friends.group)[-1])
    await friends.ann.says("/picks", in_=friends.group)
    await house.settles()
    assert "Make a pick" not in texts(house.posts_in(friends.group)[-1])
    await friends.ann.says("/new", in_=friends.group)
    await house.settles()
    assert "Only the owner" in house.posts_in(friends.group)[-1].text
    await friends.mei.speaks_anonymously("/new", in_=friends.group)
    await house.settles()
    assert "in our private chat" in house.posts_in(friends.group)[-1].text


async def test_who_leads_nothing_is_told_so(friends: Circle) -> None:
    desk = desk_of(friends, friends.ann)
    await desk.writes("/new")
    assert "You lead no group" in desk.last.text
    assert await friends.house.rows(Draft) == []


async def test_several_groups_share_one_offer(friends: Circle, desk: Desk) -> None:
    house = friends.house
    other = house.tg.group("Tea friends", owner=friends.mei, members=[friends.ann])
    await friends.mei.adds_bot(house.account, other, admin=True)
    await house.settles()
    await desk.writes("/new")
    assert "In which group" in desk.screen().text
    await desk.writes("the first one")
    assert "with the buttons" in desk.last.text
    await desk.taps("Honey friends", "Tea friends", "Overview", "Title")
    await desk.writes("Wool scarf")
    await desk.taps("Price")
    await desk.writes("12.90")
    await desk.taps("Post it now")
    assert len(await house.rows(Pick)) == 2
    assert len(await house.rows(Offer)) == 1
    assert any("Wool scarf" in m.text for m in house.posts_in(other))


async def test_a_button_of_somebody_else_changes_nothing(friends: Circle, desk: Desk) -> None:
    await is_begun(desk)
    data = _data(desk, "Delete")
    await friends.ann.starts(friends.house.account)
    await friends.house.settles()
    own = friends.house.posts_in(friends.ann.private(friends.house.account))[-1]
    answer = await (await friends.ann.presses_data(data, on=own)).answered()
    assert "out of date" in (answer.text or "")
    assert (await desk.draft()).step == "home"


def _data(desk: Desk, words: str) -> str:
    return str(desk.screen().button(words)["callback_data"])
