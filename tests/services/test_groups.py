"""Groups are set up, left, found again, moved and configured."""

import pytest

from bot.errors import SettingUnreadable
from bot.services.groups import (
    Leader,
    SeenChat,
    configure_group,
    follow_group,
    leave_group,
    name_leaders,
    welcome_group,
)
from bot.shop import Shop
from storage.models import Group
from storage.states import Role
from tests.factories import make_group, make_order, make_person, make_pick

CHAT = SeenChat(id=-100_555, title="Honey friends", username="honey", is_forum=True)


async def welcome(shop: Shop, chat: SeenChat = CHAT, *, language: str = "en") -> tuple[Group, bool]:
    async with shop.writing() as uow:
        return await welcome_group(uow, chat, language=language, bot_is_admin=True, now=shop.now())


async def find(shop: Shop, chat_id: int) -> Group | None:
    async with shop.reading() as uow:
        return await uow.groups.find_by_chat(chat_id)


@pytest.mark.parametrize(
    ("language", "currency", "zone"),
    [("en", "EUR", "UTC"), ("zh_CN", "CNY", "Asia/Shanghai"), ("ru", "RUB", "Europe/Moscow")],
)
async def test_a_new_group_begins_with_good_guesses(
    shop: Shop, language: str, currency: str, zone: str
) -> None:
    group, is_new = await welcome(shop, language=language)
    assert is_new
    assert (group.language, group.currency, group.time_zone) == (language, currency, zone)
    assert (group.title, group.username, group.is_forum) == ("Honey friends", "honey", True)
    assert (group.is_active, group.bot_is_admin, group.reads_plain_orders) == (True, True, False)


async def test_a_group_that_is_known_keeps_its_settings(shop: Shop) -> None:
    first, _ = await welcome(shop, language="es")
    again, is_new = await welcome(
        shop, SeenChat(id=CHAT.id, title="Tea friends", username=None, is_forum=False), language="ru"
    )
    assert not is_new
    assert (again.id, again.title, again.username) == (first.id, "Tea friends", None)
    assert again.language == "es"


async def test_a_group_that_was_left_is_found_again_with_all_it_had(shop: Shop) -> None:
    honey = await make_pick(shop)
    chat_id = honey.group.chat_id
    async with shop.writing() as uow:
        await leave_group(uow, chat_id, now=shop.now())
    left = await find(shop, chat_id)
    assert left is not None
    assert (left.is_active, left.bot_is_admin) == (False, False)
    async with shop.reading() as uow:
        assert await uow.groups.list_active() == []
    back, is_new = await welcome(
        shop, SeenChat(id=chat_id, title="Honey friends", username=None, is_forum=False)
    )
    assert is_new
    assert back.id == honey.group.id
    assert (await make_order(shop, pick=honey)).quantity == 1


async def test_leaving_a_chat_that_was_never_served_does_nothing(shop: Shop) -> None:
    async with shop.writing() as uow:
        await leave_group(uow, -404, now=shop.now())


class TestLeaders:
    async def test_those_who_lead_are_named_and_the_rest_are_members(self, shop: Shop) -> None:
        group, old_owner = await make_group(shop, owner=(mei := make_person("Mei"))), mei
        ann, bob = make_person("Ann"), make_person("Bob")
        async with shop.writing() as uow:
            stored = await uow.groups.get(group.id or 0)
            leaders = [Leader(person=bob, role=Role.CURATOR), Leader(person=ann, role=Role.OWNER)]
            await name_leaders(uow, stored, leaders, now=shop.now())
        async with shop.reading() as uow:
            assert (await uow.groups.get(group.id or 0)).owner_id == ann.id
            assert [person.id for person in await uow.members.list_leaders(group.id or 0)] == [ann.id, bob.id]
            former = await uow.members.find_member(group.id or 0, old_owner.id)
            assert former is not None
            assert former.role is Role.MEMBER
            assert await uow.groups.list_led_by(old_owner.id) == []
            assert [led.id for led in await uow.groups.list_led_by(bob.id)] == [group.id]

    async def test_an_owner_who_hides_stays_the_owner_that_is_known(self, shop: Shop) -> None:
        mei = make_person("Mei")
        group = await make_group(shop, owner=mei)
        async with shop.writing() as uow:
            stored = await uow.groups.get(group.id or 0)
            await name_leaders(uow, stored, [], now=shop.now())
        async with shop.reading() as uow:
            assert (await uow.groups.get(group.id or 0)).owner_id == mei.id
            assert await uow.members.list_leaders(group.id or 0) == []

    async def test_a_group_is_listed_only_while_the_bot_is_in_it(self, shop: Shop) -> None:
        mei = make_person("Mei")
        group = await make_group(shop, owner=mei)
        async with shop.reading() as uow:
            assert [joined.id for joined in await uow.groups.list_joined_by(mei.id)] == [group.id]
        async with shop.writing() as uow:
            await leave_group(uow, group.chat_id, now=shop.now())
        async with shop.reading() as uow:
            assert await uow.groups.list_joined_by(mei.id) == []
            assert await uow.groups.list_led_by(mei.id) == []


class TestMoving:
    async def test_a_group_keeps_everything_when_its_chat_moves(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        old, new = honey.group.chat_id, -1_009_999
        for _ in range(2):
            async with shop.writing() as uow:
                await follow_group(uow, old_chat_id=old, new_chat_id=new, now=shop.now())
        moved = await find(shop, new)
        assert moved is not None
        assert moved.id == honey.group.id
        assert await find(shop, old) is None
        async with shop.reading() as uow:
            due = await uow.outbox.list_due(now=shop.now(), limit=10)
        assert {entry.chat_id for entry in due} == {new}

    async def test_a_group_that_was_met_at_its_new_place_first_is_one_again(self, shop: Shop) -> None:
        honey, new = await make_pick(shop), -1_009_998
        await make_group(shop, chat_id=new, title=honey.group.title)
        for _ in range(2):
            async with shop.writing() as uow:
                await follow_group(uow, old_chat_id=honey.group.chat_id, new_chat_id=new, now=shop.now())
        moved = await find(shop, new)
        assert moved is not None
        assert moved.id == honey.group.id
        async with shop.reading() as uow:
            assert [group.id for group in await uow.groups.list_active()] == [honey.group.id]


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value", "field", "becomes"),
        [
            ("language", "ru", "language", "ru"),
            ("currency", " chf ", "currency", "CHF"),
            ("zone", "lisbon", "time_zone", "Europe/Lisbon"),
            ("zone", "Asia/Almaty", "time_zone", "Asia/Almaty"),
            ("plain", "on", "reads_plain_orders", True),
            ("plain", "off", "reads_plain_orders", False),
        ],
    )
    async def test_a_setting_that_is_known_is_kept(
        self, shop: Shop, name: str, value: str, field: str, becomes: object
    ) -> None:
        group = await make_group(shop)
        async with shop.writing() as uow:
            stored = await uow.groups.get(group.id or 0)
            await configure_group(uow, stored, name, value, now=shop.now())
        async with shop.reading() as uow:
            assert getattr(await uow.groups.get(group.id or 0), field) == becomes

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("language", "klingon"),
            ("currency", "XYZ"),
            ("currency", ""),
            ("zone", "Atlantis"),
            ("zone", ""),
            ("zone", "../../etc/passwd"),
            ("plain", "perhaps"),
        ],
    )
    async def test_what_is_unknown_is_refused(self, shop: Shop, name: str, value: str) -> None:
        group = await make_group(shop)
        async with shop.writing() as uow:
            stored = await uow.groups.get(group.id or 0)
            with pytest.raises(SettingUnreadable) as refusal:
                await configure_group(uow, stored, name, value, now=shop.now())
        assert (refusal.value.name, refusal.value.text) == (name, value)

    @pytest.mark.parametrize("name", ["price", "", "chat_id"])
    async def test_a_setting_that_does_not_exist_is_named(self, shop: Shop, name: str) -> None:
        group = await make_group(shop)
        async with shop.writing() as uow:
            stored = await uow.groups.get(group.id or 0)
            with pytest.raises(SettingUnreadable) as refusal:
                await configure_group(uow, stored, name, "12", now=shop.now())
        assert (refusal.value.name, refusal.value.text) == ("", name)
