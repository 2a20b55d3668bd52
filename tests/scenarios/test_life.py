"""The life of a pick: scheduled, posted, changed, extended, closed, withdrawn, posted again."""

import asyncio
from datetime import timedelta

from bot.services.picks import NewPick, NewVariant, post_pick
from storage.models import AuditEntry, Group, Order, OrderEvent, Pick, Variant
from storage.states import OrderEventKind, OrderState, PickState
from tests.scenarios.house import Circle, House
from tests.scenarios.pictures import picture

HOUR = timedelta(hours=1)


async def schedules(friends: Circle, *, opens_in: timedelta, runs: timedelta = 2 * HOUR) -> int:
    """A pick that will be posted later; returns its key."""
    house = friends.house
    (group,) = await house.rows(Group)
    opens_at = house.now + opens_in
    new = NewPick(
        title="Yunnan honey",
        words="",
        price_amount=1290,
        currency="EUR",
        unit="jars",
        variants=[NewVariant(name="", stock=20)],
        curator_id=friends.mei.id,
        opens_at=opens_at,
        closes_at=opens_at + runs,
    )
    async with house.parts.shop.writing() as uow:
        pick = await post_pick(uow, group, new, now=house.now)
    assert pick.id is not None
    return pick.id


async def acts(house: House) -> list[str]:
    """What the audit log holds of picks."""
    return [entry.action for entry in await house.rows(AuditEntry) if entry.pick_id is not None]


class TestScheduling:
    async def test_a_scheduled_pick_is_posted_when_its_time_comes_and_closes_later(
        self, friends: Circle
    ) -> None:
        house = friends.house
        await schedules(friends, opens_in=HOUR)
        before = len(friends.posts)
        await house.passes(HOUR - timedelta(minutes=1))
        await house.settles()
        assert len(friends.posts) == before
        await house.passes(timedelta(minutes=1))
        card = await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
        await (await friends.ann.taps("Order", on=card)).answered()
        await card.until(contains="1 of 20")
        await house.passes(2 * HOUR)
        await card.until(contains="Closed")
        assert await acts(house) == ["pick_scheduled"]

    async def test_a_restart_in_the_very_second_posts_once(self, friends: Circle) -> None:
        house = friends.house
        await schedules(friends, opens_in=HOUR)
        await house.settles()
        await house.stops()
        house.world.clock.advance(HOUR)
        await house.starts()
        await house.stops()
        await house.starts()
        await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
        await house.settles()
        assert len([text for text in friends.posts if "#1" in text]) == 1

    async def test_a_bot_that_slept_past_the_deadline_lets_it_run_as_long_as_was_meant(
        self, friends: Circle
    ) -> None:
        house = friends.house
        await schedules(friends, opens_in=HOUR, runs=2 * HOUR)
        await house.settles()
        await house.stops()
        house.world.clock.advance(6 * HOUR)
        opened_at = house.now
        await house.starts()
        await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
        await house.settles()
        (pick,) = await house.rows(Pick)
        assert pick.state is PickState.LIVE
        assert pick.opens_at >= opened_at
        assert pick.closes_at - pick.opens_at == 2 * HOUR

    async def test_a_group_that_the_bot_was_thrown_out_of_keeps_its_pick_waiting(
        self, friends: Circle
    ) -> None:
        house = friends.house
        await schedules(friends, opens_in=HOUR)
        await friends.mei.removes_bot(house.account, friends.group)
        await house.passes(2 * HOUR)
        await house.settles()
        (pick,) = await house.rows(Pick)
        assert pick.state is PickState.SCHEDULED
        await friends.mei.adds_bot(house.account, friends.group, admin=True)
        await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)

    async def test_a_scheduled_pick_can_be_withdrawn_before_anybody_saw_it(self, friends: Circle) -> None:
        house = friends.house
        await schedules(friends, opens_in=HOUR)
        answers = await house.hears(friends.mei.says("/withdraw 1 no longer made", in_=friends.group))
        assert "withdrawn" in answers[0].text
        await house.passes(2 * HOUR)
        await house.settles()
        assert not any("Yunnan" in text and "jars" in text for text in friends.posts)


class TestEditing:
    async def test_title_words_and_deadline_change_on_the_card(self, friends: Circle) -> None:
        house, mei, group = friends.house, friends.mei, friends.group
        card = await friends.offers()
        await mei.says("/edit 1 title Forest honey", in_=group)
        await card.until(contains="#1 Forest honey")
        await mei.says("/edit 1 words Dark, from the\nmountain", in_=group)
        await card.until(contains="mountain")
        await mei.says("/edit 1 till 22:00", in_=group)
        await card.until(contains="22:00")
        await mei.says("/extend 1 till 23:00", in_=group)
        await card.until(contains="23:00")
        await house.settles()
        assert await acts(house) == ["pick_posted", *["pick_edited"] * 2, *["pick_extended"] * 2]

    async def test_a_photo_takes_the_place_of_words_alone(self, friends: Circle) -> None:
        house = friends.house
        card = await friends.offers()
        await friends.ann.says("+2", reply_to=card)
        await card.until(contains="2 of 20")
        small = await house.hears(friends.mei.sends_photo(caption="/edit 1", in_=friends.group))
        assert "too small" in small[0].text
        photo = await friends.mei.sends_photo(caption="/edit 1", in_=friends.group, image=picture())
        await house.settles()
        assert card.photo == photo.photo
        await friends.ann.taps("Order", on=card)
        await card.until(contains="3 of 20")
        assert len([text for text in friends.posts if "#1 Yunnan" in text]) == 1

    async def test_stock_rises_and_never_falls_below_what_is_sold(self, friends: Circle) -> None:
        house, mei, group = friends.house, friends.mei, friends.group
        card = await friends.offers()
        await friends.ann.says("+5", reply_to=card)
        await card.until(contains="5 of 20")
        (refused,) = await house.hears(mei.says("/edit 1 stock 4", in_=group))
        assert refused.text == "5 are ordered already, so there cannot be fewer. Nothing was changed."
        await mei.says("/edit 1 stock 5", in_=group)
        await card.until(contains="5 of 5")
        late = await (await friends.ann.taps("Order", on=card)).answered()
        assert "sold out" in late.text
        await mei.says("/edit 1 stock -", in_=group)
        await card.until(lacks="of 5")
        await friends.ben.says("+50", reply_to=card)
        await card.until(contains="55 ")
        (variant,) = await house.rows(Variant)
        assert (variant.stock, variant.sold) == (None, 55)

    async def test_a_higher_price_is_for_later_orders_and_a_lower_one_everybodys(
        self, friends: Circle
    ) -> None:
        house, mei, group = friends.house, friends.mei, friends.group
        await friends.ann.starts(house.account)
        card = await friends.offers()
        await friends.ann.says("+1", reply_to=card)
        await card.until(contains="1 of 20")
        (told,) = await house.hears(mei.says("/edit 1 price 13.90", in_=group))
        assert told.text == "Pick #1 has its new price. 1 order keeps the older one."
        await card.until(contains="€13.90")
        assert "€12.90" in (await (await friends.ann.taps("My order", on=card)).answered()).text
        await friends.lin.says("+1", reply_to=card)
        await card.until(contains="2 of 20")
        heard = await house.hears(mei.says("/edit 1 price 14.90 ask", in_=group))
        assert any("asked" in answer.text for answer in heard)
        await mei.says("/edit 1 price 9.90", in_=group)
        await card.until(contains="€9.90")
        assert "€9.90" in (await (await friends.ann.taps("My order", on=card)).answered()).text
        await mei.says("/edit 1 tiers 5: 8.90, 10: 7.90", in_=group)
        await card.until(contains="€8.90")

    async def test_the_stock_of_one_kind_alone(self, friends: Circle) -> None:
        card = await friends.offers("3.50 Wool socks | dark 10, light 5 | till 20:00")
        await friends.mei.says("/edit 1 stock light 8", in_=friends.group)
        await card.until(contains="light: 0 of 8")
        assert "dark: 0 of 10" in card.text

    async def test_what_cannot_be_read_is_answered_and_changes_nothing(self, friends: Circle) -> None:
        house, mei, group = friends.house, friends.mei, friends.group
        card = await friends.offers()
        before = card.text
        for words, said in (
            ("/edit 1", "What shall change?"),
            ("/edit 1 colour red", "What shall change?"),
            ("/edit 1 title", "What shall change?"),
            ("/edit 1 stock many", "many"),
            ("/edit 1 till 09:00 yesterday", "09:00"),
            ("/edit 7 title x", "#7"),
            ("/edit", "Which pick?"),
            ("/extend 1 till 9:00 today", "passed"),
            ("/withdraw 1", "Why?"),
            ("/repost 1", "on offer already"),
        ):
            answers = await house.hears(mei.says(words, in_=group))
            assert said in answers[0].text, words
        for words in ("/edit 1 title x", "/withdraw 1 so", "/repost 1", "/close 1"):
            answers = await house.hears(friends.ann.says(words, in_=group))
            assert "Only the owner" in answers[0].text
        assert card.text == before

    async def test_a_pick_that_is_over_is_not_changed(self, friends: Circle) -> None:
        house, mei, group = friends.house, friends.mei, friends.group
        card = await friends.offers()
        await mei.says("/close 1", in_=group)
        await card.until(contains="Closed")
        for words in ("/edit 1 title x", "/extend 1 in 3h", "/close 1"):
            answers = await house.hears(mei.says(words, in_=group))
            assert answers[-1].text == "Pick #1 is closed already; nothing was changed."


class TestClosing:
    async def test_of_two_curators_who_close_at_once_one_closes_and_one_is_told(
        self, friends: Circle
    ) -> None:
        house, group = friends.house, friends.group
        await friends.mei.promotes(friends.ann, group)
        card = await friends.offers()
        answers = await house.hears(
            friends.mei.says("/close 1", in_=group), friends.ann.says("/close 1", in_=group)
        )
        in_group = sorted(heard.text for heard in answers if heard.chat_id == group.id)
        assert in_group == [
            "Pick #1 is closed already; nothing was changed.",
            "Pick #1 is closed. The list is on its way to you.",
        ]
        await card.until(contains="Closed")
        assert (await acts(house)).count("pick_closed") == 1


class TestWithdrawing:
    async def test_everybody_who_ordered_is_told_in_private_or_once_in_the_group(
        self, friends: Circle
    ) -> None:
        house, group = friends.house, friends.group
        await friends.ann.starts(house.account)
        card = await friends.offers()
        for member in (friends.ann, friends.ben, friends.lin):
            await member.says("+2", reply_to=card)
        await card.until(contains="6 of 20")
        heard = await house.hears(
            friends.mei.says("/withdraw 1 the bees have left", in_=group), house.settles()
        )
        assert "the bees have left" in card.text
        assert "Withdrawn" in card.text
        assert card.buttons == []
        (in_private,) = [note for note in heard if note.chat_id == friends.ann.id]
        assert "the bees have left" in in_private.text
        told = [note for note in heard if note.chat_id == group.id and "the bees have left" in note.text]
        assert len(told) == 1
        for name in ("Бен", "小林"):
            assert name in told[0].text
        assert "Ann" not in told[0].text
        assert {order.state for order in await house.rows(Order)} == {OrderState.CANCELLED}
        events = [event for event in await house.rows(OrderEvent)]
        cancelled = [event for event in events if event.kind is OrderEventKind.CANCELLED]
        assert [(event.by_id, sum(event.changes.values())) for event in cancelled] == [
            (friends.mei.id, -2)
        ] * 3
        (variant,) = await house.rows(Variant)
        assert variant.sold == 0
        late = await (await friends.ann.presses_data("o:1:1:1", on=card)).answered()
        assert late.alert
        again = await house.hears(friends.mei.says("/withdraw 1 again", in_=group))
        assert again[0].text == "Pick #1 is withdrawn already; nothing was changed."

    async def test_who_blocked_the_bot_unheard_is_told_in_the_group_after_all(self, friends: Circle) -> None:
        house, group = friends.house, friends.group
        await friends.ann.starts(house.account)
        card = await friends.offers()
        await friends.ann.says("+2", reply_to=card)
        await card.until(contains="2 of 20")
        await house.settles()
        house.world.faults.refuse(
            403,
            "Forbidden: bot was blocked by the user",
            times=1,
            method="sendMessage",
            chat_id=friends.ann.id,
        )
        heard = await house.hears(friends.mei.says("/withdraw 1 no bees", in_=group), house.settles())
        told = [note.text for note in heard if note.chat_id == group.id and "no bees" in note.text]
        assert len(told) == 1
        assert "Ann" in told[0]

    async def test_what_was_closed_may_be_withdrawn_until_it_is_handed_over(self, friends: Circle) -> None:
        house = friends.house
        card = await friends.offers()
        await friends.ann.says("+2", reply_to=card)
        await card.until(contains="2 of 20")
        await friends.mei.says("/close 1", in_=friends.group)
        await card.until(contains="Closed")
        await friends.mei.says("/withdraw 1 the lorry broke down", in_=friends.group)
        await card.until(contains="the lorry broke down")
        await house.settles()
        (order,) = await house.rows(Order)
        assert order.state is OrderState.CANCELLED


class TestReposting:
    async def test_a_pick_is_posted_again_with_a_new_number_and_all_of_its_stock(
        self, friends: Circle
    ) -> None:
        house, group = friends.house, friends.group
        card = await friends.offers()
        await friends.ann.says("+20", reply_to=card)
        await card.until(contains="20 of 20")
        await friends.mei.says("/close 1", in_=group)
        await card.until(contains="Closed")
        await friends.mei.says("/repost 1 till tomorrow 18:00", in_=group)
        again = await group.until_message(containing="#2 Yunnan honey", by=house.account.user)
        await house.settles()
        assert "0 of 20 jars" in again.text
        assert "18:00" in again.text
        await friends.ben.says("+3", reply_to=again)
        await again.until(contains="3 of 20")
        assert "20 of 20" in card.text, "the first round stays as it was"

    async def test_two_curators_who_post_it_again_at_once_post_it_once(self, friends: Circle) -> None:
        house, group = friends.house, friends.group
        await friends.mei.promotes(friends.ann, group)
        card = await friends.offers()
        await friends.mei.says("/close 1", in_=group)
        await card.until(contains="Closed")
        await asyncio.gather(
            friends.mei.says("/repost 1", in_=group), friends.ann.says("/repost 1", in_=group)
        )
        await group.until_message(containing="on offer already", by=house.account.user)
        await house.settles()
        assert [pick.number for pick in await house.rows(Pick)] == [1, 2]
